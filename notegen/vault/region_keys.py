"""What a region of a note is known by: its key, and what its key is made from.

What a note has once is known by its plain word: `head`, `tldr`, `map`. What repeats is known by what it says, as its
place among its like changes with every part that comes before it: in `section-1f0a3b9c22d4` the first six digits stand
for its heading and the last six for its first evidence (the first words that it quotes from a page). Parts that say the
same are told apart by a number at the end. A template may count (`region("section-" ~ number)`): the numbers only tell
the parts of one rendering apart, and `keyed` puts lasting keys in their place. Notes of earlier versions keep counted
keys until they are made again.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from notegen.vault.markers import Region, find, wrap

_CODE_DIGITS = 6
_NO_HEADING = "0" * _CODE_DIGITS
_REPEATING = re.compile(
    r"(?P<kind>[a-z][a-z-]*?)-(?:(?P<heading>[0-9a-f]{6})(?P<evidence>[0-9a-f]{6})(?:-\d{1,3})?|(?P<number>\d{1,3}))"
)
_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*)")
_PAGE = re.compile(r"#page=(\d+)")
_PAGE_LINK = re.compile(r"!?\[\[[^\[\]]*#page=\d[^\[\]]*\]\]|!?\[[^\[\]]*\]\([^()\s]*#page=\d[^()]*\)")
_EMBED = re.compile(r"!\[\[([^\[\]|]+)[^\[\]]*\]\]|!\[[^\[\]]*\]\(([^()\s]+)[^()]*\)")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[([^\[\]]*)\]\([^()\s]*\)")
_BULLET = re.compile(r"[>\s]*(?:(?:[-*+]|\d{1,3}[.)])\s+)?(?:\[.\]\s+)?")
_NAME_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one region can be recognised by."""

    id: str
    kind: str
    headings: frozenset[str] = frozenset()
    """Codes of its heading, as its key has it and as it stands there now."""
    evidence: frozenset[str] = frozenset()
    """Codes of what it quotes or shows, likewise."""
    pages: frozenset[int] = frozenset()
    """Pages that it links, counted from 1."""


def kind_of(region_id: str) -> str:
    """The kind of a region that may be there more than once ("section"); "" for one that is known by its plain word."""
    found = _REPEATING.fullmatch(region_id)
    return found["kind"] if found else ""


def keyed(body: str) -> str:
    """The body of a new note with lasting keys in place of counted ones."""
    used = {region.id for region in find(body)}
    for region in find(body):
        if region.damaged or not _is_counted(region.id):
            continue
        key = _key(kind_of(region.id), region.text)
        key = next(each for each in (key, *(f"{key}-{n}" for n in range(2, 1000))) if each not in used)
        used.add(key)
        body = body.replace(wrap(region.id, region.text), wrap(key, region.text), 1)
    return body


def mark_of(region: Region) -> Mark:
    """What a region is recognised by, from its key and its text. One that is gone has its key alone."""
    named = _REPEATING.fullmatch(region.id)
    headings = {code for code in (_heading_code(region.text), named and named["heading"]) if code}
    evidence = {_code(unit) for unit in _evidence(region.text)}
    if named and named["evidence"]:
        evidence.add(named["evidence"])
    return Mark(
        id=region.id,
        kind=named["kind"] if named else region.id,
        headings=frozenset(headings - {_NO_HEADING}),
        evidence=frozenset(evidence),
        pages=frozenset(int(number) for number in _PAGE.findall(region.text)),
    )


def name_of(region: Region) -> str:
    """What a person calls the region: its heading, or its kind and first words; its plain word where it has one."""
    kind = kind_of(region.id)
    if not kind:
        return region.id
    if heading := _heading(region.text):
        return _shown(heading).strip()
    words = next(iter(_quoted_lines(region.text)), "").split()
    return f"{kind}: {' '.join(words[:_NAME_WORDS])}{' …' if len(words) > _NAME_WORDS else ''}" if words else kind


def _is_counted(region_id: str) -> bool:
    found = _REPEATING.fullmatch(region_id)
    return bool(found and found["number"])


def _key(kind: str, text: str) -> str:
    first = next(iter(_evidence(text)), "") or _letters(text)
    return f"{kind}-{_heading_code(text) or _NO_HEADING}{_code(first)}"


def _heading_code(text: str) -> str:
    heading = _letters(_shown(_heading(text)))
    return _code(heading) if heading else ""


def _heading(text: str) -> str:
    """The last of the headings that the text begins with; "" where it begins with something else."""
    found = ""
    for line in text.split("\n"):
        if match := _HEADING.match(line):
            found = match[1]
        elif line.strip():
            break
    return found


def _evidence(text: str) -> list[str]:
    """What the text quotes and shows, in order: letters of lines that link a page, names of embedded files."""
    units = []
    for line in text.split("\n"):
        units += [_letters(one or other) for one, other in _EMBED.findall(line) if not _PAGE.search(one or other)]
        if _PAGE.search(line):
            units.append(_letters(_quoted(line)))
    return [unit for unit in units if unit]


def _quoted_lines(text: str) -> list[str]:
    quoted = (_quoted(line).strip() for line in text.split("\n") if _PAGE.search(line))
    return [line for line in quoted if line]


def _quoted(line: str) -> str:
    """The words of a line as a reader sees them, without its bullet and page link."""
    return _shown(_EMBED.sub("", _PAGE_LINK.sub("", _BULLET.sub("", line, count=1))))


def _shown(text: str) -> str:
    return _LINK.sub(lambda link: link[1] or link[2] or "", text)


def _letters(text: str) -> str:
    """What stays of a text whatever is marked, linked or escaped in it."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


def _code(letters: str) -> str:
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:_CODE_DIGITS]
