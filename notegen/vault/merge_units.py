"""A text cut into the pieces that a merge compares: its paragraphs, items, rows and fences, and the sentences of each.

The pieces joined again are the text. What stands on several lines and is one paragraph for Markdown is one unit, so
that a program that wraps lines anew changes nothing that counts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from notegen.language.sentences import spans
from notegen.markdown.fences import fences
from notegen.vault.merge_marks import unmarked

_QUOTE_COLUMNS = 4
"""A quotation's mark is indented by three columns at most (CommonMark, section 5.1)."""
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)*")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_TITLE = re.compile(r"\[![\w-]+\]")
_OPENS = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]|(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|\||\[!|%%|\$\$"
    r"|\^[\w-]+[ \t]*$|\[\^[^\]]+\]:|(?:[-*_][ \t]*){3,}$)"
)
"""What begins a block of its own after a line of text."""
_ALONE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|\||\[!|%%|(?:[-*_][ \t]*){3,}$)")
"""What has no second line."""
_OPENING = re.compile(r"(?:[ \t]*>[ \t]?)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?)?")
_MARKED = re.compile(r"([ \t]*(?:>[ \t]?)*[ \t]*)([-*+])(?=[ \t])")
_FENCE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:```|~~~)")
_EMPHASIS = re.compile(r"(?<!\w)(_{1,2})(?=\S)([^_\n]+?)(?<=\S)\1(?!\w)")
_BULLET = re.compile(r"^[*+](?=[ \t])")
_OTHER_MARKS = frozenset("*+0123456789")
_NUMBER = re.compile(r"^(\d{1,9})\)(?=[ \t])")
_WORD = re.compile(r"\w+")
_TELLING = re.compile(r"\w{4,}")
"""Shorter words ("the", "der", "que") are in most sentences of any language."""
_PAGE_LINK = re.compile(r"\[\[[^\[\]]*#page=\d[^\[\]]*\]\]|\[[^\[\]]*\]\([^()\s]*#page=\d[^()]*\)")
_PLAINLY_OPENS = ("- ", "#", "> -")
"""What most lines begin with that are no more of the paragraph above; the other rules take longer."""


class Unit(NamedTuple):
    """One piece of a text."""

    raw: str
    """Its lines, each with its LF."""
    gap: str
    """The blank lines below it, those of a quotation (">") too."""

    @property
    def key(self) -> str:
        """What stays of it whatever a linter, a learner's mark or another width of lines make of it."""
        return _key(self.raw)

    @property
    def content(self) -> str:
        """Its key without quotation marks, bullet and box: the same wherever it was moved."""
        text = self.key.partition("|")[2]
        return text[_opening(text) :]

    @property
    def words(self) -> frozenset[str]:
        """Those that tell what it says: short ones and its page link are left out."""
        return _words(self.raw)

    @property
    def depth(self) -> int:
        """How deep it is quoted."""
        return _quoted(self.raw.partition("\n")[0])[0].count(">")

    @property
    def is_item(self) -> bool:
        return bool(_ITEM.match(_quoted(self.raw)[1]))

    @property
    def is_title(self) -> bool:
        """Of a callout."""
        return bool(_TITLE.match(_quoted(self.raw)[1].lstrip()))

    @property
    def is_row(self) -> bool:
        """Of a table."""
        return _quoted(self.raw)[1].lstrip().startswith("|")

    @property
    def is_fence(self) -> bool:
        return bool(_FENCE.match(_quoted(self.raw)[1]))

    @property
    def indent(self) -> int:
        """Columns before its first character."""
        rest = _quoted(self.raw)[1]
        return len(rest) - len(rest.lstrip(" \t"))


def units(text: str) -> list[Unit]:
    """The pieces of a text, line ends as LF. Blank lines before the first are left out."""
    lines = text.split("\n")
    has_fence = "```" in text or "~~~" in text
    closing = {fence.first: fence.last for fence in fences(lines)} if has_fence else {}
    found: list[Unit] = []
    number = 0
    while number < len(lines):
        last = closing.get(number, number)
        while number not in closing and last + 1 < len(lines) and last + 1 not in closing:
            following = lines[last + 1]
            if not following or following.startswith(_PLAINLY_OPENS) or not _goes_on(lines[last], following):
                break
            last += 1
        below = last + 1
        while below < len(lines) and (not lines[below] or (lines[below][0] in " \t>" and _is_blank(lines[below]))):
            below += 1
        if found or lines[number].strip():
            raw, gap = lines[number : last + 1], lines[last + 1 : below]
            found.append(Unit("".join(f"{line}\n" for line in raw), "".join(f"{line}\n" for line in gap)))
        number = below if found else number + 1
    return found


def parts(unit: Unit) -> list[str]:
    """The sentences of a unit, its bullets and quotation marks as parts of their own; a fence or a row is one part."""
    if unit.is_fence or unit.is_row:
        return [unit.raw]
    found: list[str] = []
    for line in unit.raw.splitlines(keepends=True):
        begin = _opening(line)
        found += [line[:begin]] if begin else []
        ends = [begin + end for _, end, _ in spans(line[begin:])]
        for end in (*ends[:-1], len(line)):
            end += len(line[end:]) - len(line[end:].lstrip())
            found += [line[begin:end]] if line[begin:end] else []
            begin = end
    return found


def opens_line(part: str) -> bool:
    """Whether a part is what a line begins with: a bullet, a box, marks of a quotation."""
    return bool(part) and _opening(part) == len(part)


def likeness(one: Unit, other: Unit) -> float:
    """How much of their words two units share, 0 to 1 (Dice's coefficient)."""
    mine, theirs = one.words, other.words
    both = len(mine) + len(theirs)
    return 2 * len(mine & theirs) / both if both else float(one.key == other.key)


def key_of(part: str) -> str:
    """As `Unit.key`, of a sentence."""
    return _key(part)


def _opening(line: str) -> int:
    found = _OPENING.match(line)
    return found.end() if found else 0


@lru_cache(maxsize=8192)
def _goes_on(line: str, following: str) -> bool:
    """Whether the next line is more of the same paragraph."""
    depth, rest = _quoted(line)
    depth_after, rest_after = _quoted(following)
    if not rest.strip() or not rest_after.strip() or depth.count(">") != depth_after.count(">"):
        return False
    return not (_ALONE.match(rest) or _OPENS.match(rest_after))


def _is_blank(line: str) -> bool:
    """It has nothing but marks of a quotation."""
    return not _quoted(line)[1].strip()


def _quoted(line: str) -> tuple[str, str]:
    """(the quotation's marks, what is quoted)."""
    if ">" not in line[:_QUOTE_COLUMNS]:
        return "", line
    found = _QUOTE.match(line)
    end = found.end() if found and ">" in found[0] else 0
    return line[:end], line[end:]


@lru_cache(maxsize=8192)
def _key(raw: str) -> str:
    lines = [_quoted(line)[1] for line in unmarked(raw).split("\n")]
    depth = _quoted(raw)[0].count(">")
    if _FENCE.match(lines[0]):
        return "\n".join(line.rstrip() for line in lines)
    text = " ".join(" ".join(lines).split())
    if "_" in text:
        text = _EMPHASIS.sub(lambda found: "*" * len(found[1]) + found[2] + "*" * len(found[1]), text)
    if text[:1] in _OTHER_MARKS:
        text = _NUMBER.sub(r"\1.", _BULLET.sub("-", text))
    return f"{depth}|{text}"


@lru_cache(maxsize=8192)
def _words(raw: str) -> frozenset[str]:
    text = _key(raw)
    text = (_PAGE_LINK.sub("", text) if "#page=" in text else text).casefold()
    return frozenset(_TELLING.findall(text) or _WORD.findall(text))


def like(raw: str, other: str) -> str:
    """The item with the bullet of another one, so that both stay one list; anything else as it is."""
    if raw[:2] == other[:2] == "- ":
        return raw
    mine, theirs = _MARKED.match(raw), _MARKED.match(other)
    if mine and theirs and mine[1].count(">") == theirs[1].count(">"):
        return raw[: mine.start(2)] + theirs[2] + raw[mine.end(2) :]
    return raw


def seam(above: Unit, below: Unit) -> str:
    """The blank lines between two units that were not neighbours before."""
    if above.depth and above.depth == below.depth and not below.is_title:
        return (
            ""
            if (above.is_item and below.is_item) or above.is_row == below.is_row is True
            else f"{'>' * above.depth}\n"
        )
    if not above.depth and not below.depth:
        nested = below.is_item and below.indent > 0
        if (above.is_item and below.is_item) or (above.is_row and below.is_row) or (above.is_item and nested):
            return ""
    return "\n"


def forget() -> None:
    """Forget the keys and words of lines met so far, for measuring."""
    _key.cache_clear()
    _words.cache_clear()
    _goes_on.cache_clear()
