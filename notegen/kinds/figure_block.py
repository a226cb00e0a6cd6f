"""Fenced blocks that name a figure, anywhere in the vault: the figure is drawn below the block, the block stays.

    ```notegen
    attention "She ate because she was hungry." --focus because
    ```

What is drawn is a region of its own right under the block, named by the block's text: so it is drawn once, and anew
when the text changes. A region that the learner has edited is left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from notegen.compose.filters import FigureFilters, tidy
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.errors import NotegenError, UsageError, VaultError
from notegen.figures.request import make_figure, parse_request
from notegen.figures.vault_names import names_of
from notegen.kinds.kind import Made
from notegen.markdown import write
from notegen.markdown.fences import fences
from notegen.vault import regions
from notegen.vault.logs import NoteRecord
from notegen.vault.note import Edit, Merge
from notegen.vault.vault import Vault

LANGUAGE = "notegen"
TEMPLATE = "shipped/partials/figure.md.j2"
_ID_DIGITS = 10
_PENDING = "-pending"
"""Ends the id of a region that waits for the model, or for notes to map: the next run tries again."""
MAX_NOTE_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """One fenced block."""

    request: str
    end: int
    """Offset just after its closing fence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSubject:
    """A note that may hold blocks which ask for figures."""

    path: str
    text: str
    version: str
    """Of the file as it was read."""


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A NoteKind whose notes are the learner's: what it makes are edits of them."""

    name = "figure block"
    mark = ""
    merge: Merge = "regions"

    def subjects(self, desk: Desk) -> Iterator[FigureSubject]:
        """The notes of the vault in which there is a fence of the right name."""
        for path in desk.vault.files.paths:
            if not path.endswith(".md"):
                continue
            try:
                text, version = desk.vault.read_text(path)
            except VaultError:
                continue
            if len(text) <= MAX_NOTE_CHARACTERS and (f"``{LANGUAGE}" in text or f"~~{LANGUAGE}" in text):
                yield FigureSubject(path=path, text=text, version=version)

    def identity(self, properties: Mapping[str, Any]) -> str | None:
        """As `NoteKind.identity`: a block may stand in any note."""
        return None

    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
        """As `NoteKind.known`."""
        return ()

    def key(self, subject: FigureSubject) -> str:
        """As `NoteKind.key`."""
        return subject.path

    def place(self, subject: FigureSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        return subject.path

    def made_from(self, subject: FigureSubject, desk: Desk) -> str:
        """As `NoteKind.made_from`. The key of a figure's region says what the figure was made from."""
        return subject.version

    def make(self, subject: FigureSubject, place: Place, desk: Desk) -> Made:
        """The note with a figure below each block that has none yet, or an older one; nothing where all have theirs."""
        filters = FigureFilters(desk.vault, subject.path, place.attachment_folder)
        text = _with_figures(subject.text, filters, desk)
        if text == subject.text:
            return Made(notes=())
        attachments = tuple(filters.attachments.values())
        return Made(notes=(Edit(path=subject.path, text=text, version=subject.version, attachments=attachments),))


FIGURE_BLOCK = FigureBlock()


def _with_figures(before: str, filters: FigureFilters, desk: Desk) -> str:
    text = before
    seen: dict[str, int] = {}
    edits: list[tuple[int, int, str]] = []
    found = regions.find(text)
    for block in _blocks(text):
        if any(each.start < block.end <= each.end for each in found):
            continue  # inside a part that notegen wrote
        key = hashlib.sha256(" ".join(block.request.split()).encode()).hexdigest()[:_ID_DIGITS]
        seen[key] = seen.get(key, 0) + 1
        region_id = f"figure-{key}" + (f"-{seen[key]}" if seen[key] > 1 else "")
        below = next((each for each in found if not each.damaged and not text[block.end : each.start].strip()
                      and each.start >= block.end and each.id.startswith("figure-")), None)  # fmt: skip
        if below and (below.id == region_id or not below.is_as_written):
            continue
        drawn, is_final = _drawn(block.request, filters, desk)
        wrapped = regions.wrap(region_id if is_final else region_id + _PENDING, drawn)
        if below:
            edits.append((below.start, below.end, wrapped))
        else:
            edits.append(
                (block.end, block.end, f"\n\n{wrapped}" + ("" if text[block.end :].startswith("\n\n") else "\n"))
            )
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return _with_line_ends_of(before, text)


def _blocks(text: str) -> Iterator[_Block]:
    """The blocks at the left edge of the text; one inside another fence, a quote or a list is no request."""
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    for fence in fences(lines):
        is_asked = fence.is_closed and fence.info.lower().split()[:1] == [LANGUAGE]
        if is_asked and lines[fence.first].startswith(("`", "~")):
            request = "\n".join(lines[fence.first + 1 : fence.last])
            yield _Block(request=request, end=starts[fence.last] + len(lines[fence.last]))


def _drawn(text: str, filters: FigureFilters, desk: Desk) -> tuple[str, bool]:
    """(Markdown, whether it is final): the figure, or a sentence that says why there is none."""
    is_final = True
    try:
        request = parse_request(text)
        is_final = request.kind != "map"  # what a vault has too little for today, it may have tomorrow
        figure = make_figure(request, desk.encoder.need, lambda: names_of(desk.vault))
    except UsageError as error:
        return f"*{write.escape(f'{error.reason} {error.next_step}')}*", is_final
    except NotegenError:
        waits = "This figure waits for the weights of the model: run notegen model fetch, then notegen day."
        return f"*{waits}*", False
    return tidy(desk.templates.render(TEMPLATE, filters.all(), figure=figure)), True


def _with_line_ends_of(before: str, text: str) -> str:
    """The new text with the line ends of the note: all CRLF, where it had no others."""
    if before.count("\n") and before.count("\r\n") == before.count("\n"):
        return text.replace("\r\n", "\n").replace("\n", "\r\n")
    return text
