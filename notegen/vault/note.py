"""A finished note on its way into the vault, and the list of writes that puts it there. Data only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from notegen.vault.merge_sentences import Hunk

if TYPE_CHECKING:
    from notegen.vault.logs import NoteRecord
    from notegen.vault.vault import Vault

Property = str | int | bool | list[str]
"""What an Obsidian property may hold: text (dates as YYYY-MM-DD), number, checkbox or list."""

WriteStatus = Literal["written", "updated", "unchanged", "kept"]


Merge = Literal["regions", "once", "append"]
"""How a new version reaches a note that is there. regions: region by region, what the learner changed stays; once: not
at all, the note is the learner's; append: regions that it never had come in at its end, the others stay."""


class KnownKind(Protocol):
    """What the vault must know of a kind of note (see `notegen.kinds.kind.NoteKind`)."""

    @property
    def name(self) -> str: ...
    @property
    def mark(self) -> str: ...
    @property
    def merge(self) -> Merge: ...
    def identity(self, properties: Mapping[str, Any]) -> str | None: ...
    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that the note embeds. Named by its content, so it is never rewritten."""

    path: str
    """Relative to the vault, with "/"."""
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Finished Markdown plus what it embeds."""

    path: str
    """Where it goes, relative to the vault, with "/". An existing note of the same passage keeps its own place."""
    properties: dict[str, Property]
    """notegen's own properties, in the order in which they are written."""
    body: str
    """Everything after the frontmatter: regions (see `regions.py`) and the learner's own space between them."""
    attachments: tuple[Attachment, ...] = ()
    kind: KnownKind | None = None
    """By which the note is found that the vault has already; None: it is always a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A note that is there, with its whole new text: something of notegen's in it has changed, or comes in."""

    path: str
    text: str
    version: str
    """Of the file as it was read (see `files`)."""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Regenerated:
    """A region of which the plan has a new version, and what became of it."""

    key: str
    was: str
    """Its key in the note before; "" for one that the note did not have."""
    name: str
    """What a person calls it."""
    generated: str
    """The new version."""
    text: str
    """As it stands in the note when the plan is carried out."""
    hunks: tuple[Hunk, ...] = ()
    """What of the new version waits beside the learner's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One file that the plan would put in the vault."""

    path: str
    """Relative to the vault."""
    data: bytes
    status: WriteStatus
    """written: new; updated: exists, bytes differ; unchanged: exists, same bytes; kept: everything new in it would
    touch what the learner changed, so nothing is written."""
    before_sha256: str = ""
    """Of the file when the plan was made; "" when it did not exist. `apply` writes only while this still holds."""
    said: tuple[str, ...] = ()
    """What was left alone and why, one sentence each."""
    regenerated: tuple[Regenerated, ...] = ()
    """The regions of which this is a new version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A file that the plan would move to the vault's trash."""

    path: str
    """Relative to the vault."""
    before_sha256: str
    """Of the file when the plan was made; it goes only while this still holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The writes of one passage, attachments before notes; then what goes to the trash."""

    writes: tuple[Write, ...] = field(default=())
    removals: tuple[Removal, ...] = ()
