"""What in a note belongs to another program: fields, ids, drawings, addresses, markup. No link may stand there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from notegen.markdown.dialect import TASK_SIGNS

Stretch = tuple[int, int]
"""[start, end) of a note's text."""

_PROPERTIES = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_OTHER_VIEW = re.compile(r"^(?:[\w-]+-plugin|tldraw-file|marp)[ \t]*:", re.MULTILINE)
"""Properties by which a plugin takes the whole note over: drawings, boards, slides, mind maps, databases."""
_ITEM = r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[.\][ \t]+)?"
_LINE_RULES = re.compile(
    rf"""
      {_ITEM}[^\n:\[\](){{}}|`]{{1,120}}::.*$                  # a field of Dataview, its value too
    | [\[(][^\n\[\]()]{{1,60}}::[^\n]{{0,200}}?[\])]                  # the same within a line
    | ^[ \t>]*\[(?!\^)[^\[\]\n]+\]:.*(?:\n[ \t]+["'(].*)?$     # the definition of a link, with its title
    | \b[A-Za-z][A-Za-z0-9+.-]*://[^\s<>"]+ | \bwww\.[^\s<>"]+ | \bmailto:\S+
    | \{{[^{{}}\n]*\}}                                         # attributes, placeholders of templates, TeX
    | (?<![\w:]):[a-z0-9_+-]+:(?![\w:])                        # a picture by its name
    """,
    re.MULTILINE | re.VERBOSE,
)
_TASK = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[.\][ \t].*$", re.MULTILINE)
_TASKS_SIGN = re.compile(f"[{TASK_SIGNS}]")
"""With which the plugin Tasks marks dates, ids and the like: all is data from the first of them to its line's end."""
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)(?=[\s/>])[^<>]*?(/?)>")
_DISPLAY = re.compile(r"(?P<code>(?<!`)(?P<ticks>`{1,9})(?!`)[^`\n]+(?P=ticks))|(?<!\\)\$\$")
_TEX = re.compile(r"\\[()\[\]]")


def is_taken_over(text: str) -> bool:
    """Whether the note is another plugin's file: a drawing, a board."""
    properties = _PROPERTIES.match(text)
    return properties is not None and bool(_OTHER_VIEW.search(properties[1]))


def plugin_syntax(text: str, starts: Sequence[int], code: Collection[int]) -> Iterator[Stretch]:
    """The stretches of a note that are another program's.

    starts: the offsets of its lines. code: its lines of code, from 1.
    """
    if is_taken_over(text):
        yield 0, len(text)
        return
    yield from (found.span() for found in _LINE_RULES.finditer(text))
    for task in _TASK.finditer(text):
        if sign := _TASKS_SIGN.search(task[0]):
            yield task.start() + sign.start(), task.end()
    yield from _elements(text)
    yield from _formulas(text, {starts[line - 1] for line in code if line <= len(starts)})


def _elements(text: str) -> Iterator[Stretch]:
    """Elements of HTML from their opening to their closing tag."""
    opened: dict[str, list[int]] = {}
    for tag in _TAG.finditer(text):
        closes, name, closed = tag[1], tag[2].lower(), tag[3]
        if closes and opened.get(name):
            yield opened[name].pop(), tag.end()
        elif not (closes or closed):
            opened.setdefault(name, []).append(tag.start())


def _formulas(text: str, code: Collection[int]) -> Iterator[Stretch]:
    r"""What stands between two `$$`, to the end of the line, and between `\(` and `\)` or `\[` and `\]`."""
    signs = [found.start() for found in _DISPLAY.finditer(text) if not found["code"]]
    signs = [at for at in signs if text.rfind("\n", 0, at) + 1 not in code]
    for start, end in zip(signs[::2], signs[1::2], strict=False):
        line_end = text.find("\n", end)
        yield start, len(text) if line_end < 0 else line_end
    for left, right in pairwise(_TEX.finditer(text)):
        if (left[0], right[0]) in ((r"\(", r"\)"), (r"\[", r"\]")):
            yield left.start(), right.end()
