"""The words that a reader sees in a block of text: link texts stay, code, maths, comments and HTML go."""

from __future__ import annotations

import posixpath
import re

from notegen.markdown.inline import LIVE, TOKEN
from notegen.markdown.parsed import ParsedNote

_CALLOUT_MARK = re.compile(r"\[![^\]\n]*\][+-]?")
_GONE = " \n "
"""What stands for something that has no words, so that no phrase runs across it."""


def shown_blocks(note: ParsedNote) -> list[str]:
    """The words of each block of a note, in order; its headings are blocks too."""
    return [shown(prose.text) for prose in note.prose]


def shown(text: str) -> str:
    """The words of a block. An embed shows another file, so it has none here."""
    text = _CALLOUT_MARK.sub(_GONE, text, count=1) if text.startswith("[!") else text
    if not LIVE.search(text):
        return text
    pieces: list[str] = []
    done = 0
    for match in TOKEN.finditer(text):
        said = _said(match)
        if said is not None:
            pieces += [text[done : match.start()], said]
            done = match.end()
    return "".join([*pieces, text[done:]])


def link_words(target: str, alias: str) -> str:
    """The text that a wikilink shows: its alias, else the name of what it leads to."""
    return alias or posixpath.basename(target.partition("#")[0].strip()).removesuffix(".md")


def _said(match: re.Match[str]) -> str | None:
    """What a token shows; None for one that stays as it is."""
    kind = match.lastgroup
    if kind == "wiki":
        place, _, alias = match["wiki_text"].partition("|")
        return _GONE if match[0].startswith("!") else link_words(place.removesuffix("\\"), alias.strip())
    if kind == "link":
        return _GONE if match[0].startswith("!") else shown(match["link_text"])
    if kind == "escape":
        return match[0][1:]
    return None if kind in ("tag", "mark", "bold", "ticks_only", "open_link", "open_comment") else _GONE
