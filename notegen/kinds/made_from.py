"""What a note was made from beside its PDF, and by which notegen: two things, so that an upgrade alone changes no note.

The property `made_from` of a log holds `WISHES-MAKER`: a hash of what the learner decides (own templates, settings, who
drafts), and one of the notegen that made it; `-incomplete` follows where parts wait for a model. When the wishes change
the note is made again; when only the maker does, it waits for `day --upgrade` or `--refresh`. Versions before this rule
wrote one hash of both, which nobody can take apart: such a note was made by an earlier version, whatever its wishes.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import notegen
from notegen.compose.templates import shipped_folder
from notegen.desk import Desk
from notegen.extract.document import Highlight
from notegen.extract.version import extractor_version

_FORM = re.compile(r"(?P<wishes>[0-9a-f]{16})-(?P<maker>[0-9a-f]{8})(?P<rest>-incomplete)?")
_INCOMPLETE = "-incomplete"
_NO_MAKERS = frozenset({"cli", "watch", "run", "store", "extract"})
"""Rooms that do not decide what a note says; `extract` has a version of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrom:
    """The property, read."""

    wishes: str
    """"" where the note does not say."""
    maker: str
    """"" for an earlier version that did not say."""
    is_complete: bool

    @classmethod
    def read(cls, text: str) -> MadeFrom:
        """Any text is one."""
        found = _FORM.fullmatch(text)
        if not found:
            return cls(wishes="", maker="", is_complete=not text.endswith(_INCOMPLETE))
        return cls(wishes=found["wishes"], maker=found["maker"], is_complete=not found["rest"])

    @property
    def is_earlier(self) -> bool:
        """Another notegen than this one made the note."""
        return self.maker != maker()

    def stands(self, wishes: str) -> bool:
        """Nothing that the learner decides has changed, as far as the note says, and nothing is missing."""
        return self.is_complete and (not self.wishes or self.wishes == wishes)


def made_from(wishes: str) -> str:
    """The property of a note that is made now."""
    return f"{wishes}-{maker()}"


def wishes_of(desk: Desk, *, has_scans: bool, highlights: Sequence[Highlight] = ()) -> str:
    """Hash of all that the learner decides about a note. The vault around it is no part of it, and neither is the date.

    Of settings only those count that are not left at their default: a version that knows more of them changes nothing.
    """
    settings = desk.settings
    parts = [
        desk.drafter.identity,
        desk.templates.own_fingerprint(),
        list(settings.log.tags),
        settings.log.attachments,
        [changed(settings.link), changed(settings.concepts)],
        desk.encoder.is_there,
    ]
    if settings.log.raw_extract:
        parts.append({"raw_extract": True})
    if settings.learner.language:
        parts.append({"language": settings.learner.language})
    if has_scans:
        parts.append(list(settings.extract.ocr_languages))
    if highlights:
        parts.append([[each.page, each.text, each.colour, each.comment] for each in highlights])
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def changed(settings: Any) -> Mapping[str, Any]:
    """The settings of one part that are not at their default."""
    usual = asdict(type(settings)())
    return {name: value for name, value in asdict(settings).items() if value != usual[name]}


@functools.cache
def maker() -> str:
    """Which notegen this is: a hash of its code, of its templates and of the libraries that read PDFs."""
    digest = hashlib.sha256(extractor_version().encode())
    package = Path(notegen.__file__).parent
    for folder, pattern in ((package, "*.py"), (shipped_folder(), "*.j2"), (shipped_folder(), "*.toml")):
        for path in sorted(folder.rglob(pattern)):
            name = path.relative_to(folder).as_posix()
            if folder is not package or name.partition("/")[0] not in _NO_MAKERS:
                digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:8]
