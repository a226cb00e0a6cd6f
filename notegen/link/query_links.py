"""Links to notes in places that are code: queries of Dataview and Bases in a note, and `.base` files.

A link there has no words that a reader sees. What certainly names a note follows it to its new name: `[[Note]]`, its
path in quotes, its name as the argument of a function that takes a note. A name that may mean anything is left.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from notegen.markdown.fences import fences

_QUERY_LANGUAGES = frozenset({"dataview", "dataviewjs", "base", "tasks"})
"""Languages of fenced blocks that Obsidian's plugins and Bases run as queries."""
_INLINE_QUERY = re.compile(r"`\$?=[^`\n]*`")
_WIKILINK = re.compile(r"\[\[(?P<target>[^\[\]\n|#]+)(?P<rest>(?:#[^\[\]\n|]*)?(?:\\?\|[^\[\]\n]*)?)\]\]")
_QUOTED = re.compile(
    r"(?P<call>\b(?:link|file|hasLink|dv\.page|dv\.fileLink|dv\.io\.load)\(\s*)?(?P<mark>\\?[\"'])(?P<text>[^\"'\\\n]+)(?P=mark)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftPlace:
    """A place that still has the old name."""

    path: str
    line: int
    """From 1."""
    text: str
    """The line, without the blanks around it."""


def follow_in_queries(text: str, source: str, old: str, new: str, resolves: Callable[[str], str | None]) -> str:
    """The text of a note, or of a `.base` file, with the links in its queries leading to `new` where they led to `old`.

    resolves: the file that a link target leads to.
    """
    for start, end in reversed(list(_spans(text, source))):
        text = text[:start] + _followed(text[start:end], old, new, resolves) + text[end:]
    return text


def left_in_queries(text: str, source: str, old: str) -> Iterator[LeftPlace]:
    """The lines of queries that still have the name of the note at `old`."""
    name = re.compile(rf"(?<!\w){re.escape(_title(old))}(?!\w)", re.IGNORECASE)
    for start, end in _spans(text, source):
        for found in name.finditer(text, start, end):
            line = text.count("\n", 0, found.start())
            yield LeftPlace(path=source, line=line + 1, text=text.split("\n")[line].strip())


def _spans(text: str, source: str) -> Iterator[tuple[int, int]]:
    """Where the queries stand, in order."""
    if source.lower().endswith(".base"):
        yield 0, len(text)
        return
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    blocks = list(fences(lines)) if "```" in text or "~~~" in text else []
    spans = [
        (starts[each.first + 1], starts[each.last])
        for each in blocks
        if each.info.lower().split()[:1] and each.info.lower().split()[0] in _QUERY_LANGUAGES and each.last > each.first
    ]
    code = [(starts[each.first], starts[each.last + 1]) for each in blocks]
    spans += [
        found.span()
        for found in _INLINE_QUERY.finditer(text)
        if not any(start <= found.start() < end for start, end in code)
    ]
    yield from sorted(spans)


def _followed(query: str, old: str, new: str, resolves: Callable[[str], str | None]) -> str:
    def linked(found: re.Match[str]) -> str:
        if resolves(found["target"]) != old:
            return found[0]
        return f"[[{_like(found['target'], new)}{found['rest']}]]"

    def quoted(found: re.Match[str]) -> str:
        is_path = "/" in found["text"] and found["text"].removesuffix(".md") == old.removesuffix(".md")
        is_named = bool(found["call"]) and resolves(found["text"]) == old
        after = _like(found["text"], new)
        if not (is_path or is_named) or "'" in after:  # one more quotation mark could end the text
            return found[0]
        return f"{found['call'] or ''}{found['mark']}{after}{found['mark']}"

    return _QUOTED.sub(quoted, _WIKILINK.sub(linked, query))


def _like(target: str, new: str) -> str:
    """The new note, named as the old one was: by its path or by its name, with or without its ending."""
    path = new if "/" in target or new.count("/") == 0 else posixpath.basename(new)
    return path if target.lower().endswith(".md") else path.removesuffix(".md")


def _title(path: str) -> str:
    return posixpath.basename(path).removesuffix(".md")
