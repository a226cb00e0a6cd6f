"""Where in a note's text its links stand, so that one can be changed and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from notegen.markdown.editable import line_starts, place_in_text
from notegen.markdown.inline import TOKEN
from notegen.markdown.parse import parse

_PROPERTY_LINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPlace:
    """A link as it stands."""

    start: int
    end: int
    """Offsets in the text, brackets included."""
    kind: Literal["wikilink", "embed", "markdown", "image", "definition", "property"]
    """A definition is the target of a reference link, behind "[label]: "; nothing else of it is a part of the place."""
    target: str
    """What it leads to, without subpath."""
    subpath: str
    """From "#" on, "" for none."""
    shown: str
    """The alias of a wikilink, the text of a Markdown link; "" for none."""
    has_alias: bool
    bar: str
    """What parts, or would part, target and alias: "|", in a table "\\|"."""
    title: str = ""
    """The title of a Markdown link, in its quotes; "" for none."""


def link_places(text: str) -> Iterator[LinkPlace]:
    """Every wikilink, embed, Markdown link and definition of one, block by block; those in properties first.

    Links in code, maths and comments are none. One that runs over a line end is passed over.
    """
    note = parse(text)
    starts = line_starts(text)
    front_end = starts[note.body_line - 1] if note.frontmatter is not None and note.body_line <= len(starts) else 0
    for found in _PROPERTY_LINK.finditer(text, 0, front_end):
        yield _wiki(found.start(), found.end(), "property", found[1])
    rows = {row.line for table in note.tables for row in (table.header, *table.rows)}
    for prose in note.prose:
        lines = prose.text.split("\n")
        for match in TOKEN.finditer(prose.text):
            if match.lastgroup not in ("wiki", "link", "definition") or "\n" in match[0]:
                continue
            at = prose.text.count("\n", 0, match.start())
            column = match.start() - (prose.text.rfind("\n", 0, match.start()) + 1)
            begin = place_in_text(text, starts, prose.line + at, lines[at])
            if begin is None or text[begin + column : begin + column + len(match[0])] != match[0]:
                continue
            start, end = begin + column, begin + column + len(match[0])
            is_embed = match[0].startswith("!")
            if match.lastgroup == "wiki":
                bar = "\\|" if prose.line + at in rows else "|"
                yield _wiki(start, end, "embed" if is_embed else "wikilink", match["wiki_text"], bar)
            elif match.lastgroup == "definition":
                written = match["definition_target"]
                target, subpath = _destination(written)
                yield LinkPlace(
                    start=end - len(written),
                    end=end,
                    kind="definition",
                    target=target,
                    subpath=subpath,
                    shown="",
                    has_alias=False,
                    bar="",
                )
            elif match["link_target"] is not None:
                target, subpath = _destination(match["link_target"])
                yield LinkPlace(
                    start=start,
                    end=end,
                    kind="image" if is_embed else "markdown",
                    target=target,
                    subpath=subpath,
                    shown=match["link_text"],
                    has_alias=True,
                    bar="",
                    title=match["link_title"] or "",
                )


def _destination(written: str) -> tuple[str, str]:
    """(target, subpath from "#" on) of a Markdown link."""
    place = written[1:-1] if written.startswith("<") else unquote(written)
    target, hash_, subpath = place.partition("#")
    return target.strip(), hash_ + subpath


def _wiki(
    start: int, end: int, kind: Literal["wikilink", "embed", "property"], inside: str, bar: str = "|"
) -> LinkPlace:
    place, parted, alias = inside.partition("|")
    if parted and place.endswith("\\"):
        place, bar = place.removesuffix("\\"), "\\|"
    target, hash_, subpath = place.partition("#")
    return LinkPlace(
        start=start,
        end=end,
        kind=kind,
        target=target.strip(),
        subpath=hash_ + subpath,
        shown=alias,
        has_alias=bool(parted),
        bar=bar,
    )
