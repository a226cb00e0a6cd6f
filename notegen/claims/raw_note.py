"""A raw note, as somebody typed it while reading, taken apart: topics, and in them what is an insight, a moment of
understanding, an analogy, an open question, a claim; and the rabbit holes that it put off.

Nothing is reworded. A label ("Bottom line:", "Key insight") or a heading says what kind a thought is; an analogy also
shows by its words, an open question by its mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from notegen.claims.grouping import grouped
from notegen.claims.statements import Statement, line_of, sentences_in, statements_in
from notegen.language.note_marks import MarkKind, has_mark, not_before, without_mark
from notegen.markdown.foreign import Block, Span, read

ThoughtKind = Literal["insight", "aha", "analogy", "question"]
_KINDS: tuple[ThoughtKind, ...] = ("aha", "insight", "analogy", "question")
"""In the order in which a label is looked at: "the aha moment: a key insight" is both, and the first."""
LEAST_TO_GROUP = 6
"""Thoughts of a note without headings from which on they are put together by what they are about."""
MAX_LABEL = 60
"""Characters of a label."""
_FRONTMATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?:.*\n)*?---[ \t]*(?:\r?\n|\Z)")
_COMMENT_LINE = re.compile(r"^[ \t]*%%.*%%[ \t]*$", re.MULTILINE)
_CALLOUT = re.compile(r"^(?P<quote>[ \t]*>[ \t]*)\[!\w[\w-]*\][+-]?[ \t]*", re.MULTILINE)
_LINK = re.compile(r"!?\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*)\]\]")
_ABOUT_ITSELF = re.compile(r"^\W*(?:status|date|stand|datum|statut|estado|stato|fecha|data)\b\W*:", re.IGNORECASE)
"""What a note says of itself, and claims of nothing."""
_OPEN = re.compile(r"[?？]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """Something that its author marked, in their own words."""

    kind: ThoughtKind
    spans: tuple[Span, ...]
    line: int

    @property
    def text(self) -> str:
        """Plain, on one line."""
        return line_of(self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class RabbitHole:
    """Something that its author put off."""

    title: str
    line: int
    status: str
    """In the author's words; "" where they say none."""
    not_before: str
    """After what it may be taken up again; "" where they do not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One section of the note."""

    title: str
    """Its heading; "" for what stands before the first one."""
    line: int
    level: int
    path: tuple[str, ...]
    """The headings above it."""
    thoughts: tuple[Thought, ...]
    claims: tuple[Statement, ...]
    lines: frozenset[int]
    """Those that belong to it."""
    is_heading: bool = True
    """The title is a heading of the note; else a word that its lines share, "" where they share none."""
    rabbit_hole: RabbitHole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawNote:
    """The whole note."""

    title: str
    topics: tuple[Topic, ...]
    rabbit_holes: tuple[RabbitHole, ...]


def read_raw_note(text: str, name: str, language: str) -> RawNote:
    """What is in a raw note. name: of its file, for a note without a title. Lines count in the text as it is given."""
    blocks = read(plain_text(text))
    first = blocks[0] if blocks else None
    has_title = first is not None and first.kind == "heading" and first.level == 1
    title = line_of(first.spans) if first is not None and has_title else name
    topics = [_topic(*each, language) for each in _sections(blocks)]
    topics = _by_concept(topics[0], language) if len(topics) == 1 and not topics[0].rabbit_hole else topics
    holes = [topic.rabbit_hole for topic in topics if topic.rabbit_hole]
    for heading, _, _, _, own in _sections(blocks):
        holes += [] if has_mark("rabbit_hole", heading) else _put_off(heading, own, language)
    return RawNote(title=title, topics=tuple(topics), rabbit_holes=tuple(sorted(holes, key=lambda each: each.line)))


def plain_text(text: str) -> str:
    """The text of a note without what only Obsidian and notegen read; every line keeps its place."""
    text = text.replace("\r\n", "\n")
    if opening := _FRONTMATTER.match(text):
        text = "\n" * opening[0].count("\n") + text[opening.end() :]
    text = _CALLOUT.sub(lambda match: match["quote"], _COMMENT_LINE.sub("", text))
    return _LINK.sub(lambda match: match[1], text)


def _by_concept(topic: Topic, language: str) -> list[Topic]:
    """The one topic of a note without headings, by what its claims and thoughts are about."""
    parts: list[Statement | Thought] = sorted([*topic.claims, *topic.thoughts], key=lambda each: each.line)
    if len(parts) < LEAST_TO_GROUP:
        return [topic]
    found = []
    for group in grouped([each.text for each in parts], language):
        own = [parts[at] for at in group.members]
        claims = tuple(each for each in own if isinstance(each, Statement))
        thoughts = tuple(each for each in own if isinstance(each, Thought))
        lines = frozenset(each.line for each in own)
        name = group.name[:1].upper() + group.name[1:]
        found.append(replace(topic, title=name, is_heading=False, claims=claims, thoughts=thoughts, lines=lines))
    return found


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[str, int, int, tuple[str, ...], list[Block]]]:
    """(title, line, level, titles above, blocks) of each section that has any block of its own."""
    above: list[tuple[int, str]] = []
    title, line, level = "", 1, 0
    own: list[Block] = []
    for block in blocks:
        if block.kind != "heading":
            own += [] if block.kind == "rule" else [block]
            continue
        if own or has_mark("rabbit_hole", title):
            yield title, line, level, tuple(name for _, name in above[:-1]), own
        own = []
        title, line, level = line_of(block.spans), block.line, block.level
        above = [each for each in above if each[0] < level]
        above.append((level, title))
    if own or has_mark("rabbit_hole", title):
        yield title, line, level, tuple(name for _, name in above[:-1]), own


def _topic(title: str, line: int, level: int, path: tuple[str, ...], blocks: Sequence[Block], language: str) -> Topic:
    thoughts = list(_thoughts(title, line, blocks, language))
    last = max((block.last for block in blocks), default=line)
    hole = None
    if has_mark("rabbit_hole", title):
        status = _status(blocks)
        said = " ".join(
            [status, *(each.text for each in sentences_in(blocks, language) if has_mark("put_off", each.text))]
        )
        name = without_mark("rabbit_hole", re.sub(r"\s*\([^()]*\)\s*$", "", title)) or title
        hole = RabbitHole(title=name, line=line, status=status, not_before=not_before(said) or not_before(title))
    claims = tuple(
        replace(each, headings=(*path, title))
        for each in statements_in(blocks, language)
        if not has_mark("put_off", each.text)
        and not _ABOUT_ITSELF.match(each.text)
        and not (hole and each.text in hole.status)
    )
    return Topic(
        title=title,
        line=line,
        level=level,
        path=path,
        thoughts=tuple(thoughts),
        claims=claims,
        lines=frozenset(range(line, last + 1)),
        rabbit_hole=hole,
    )


def _thoughts(title: str, line: int, blocks: Sequence[Block], language: str) -> Iterator[Thought]:
    """The marked thoughts of a section, its own heading included. A label alone on its line marks the list below it."""
    if (kind := _kind_of(title)) and kind != "question" and without_mark(kind, title):
        word, colon, said = title.partition(":")
        name = said.strip() if colon and said.strip() and _kind_of(word) else title
        yield Thought(kind=kind, spans=(Span(name),), line=line)
    below: ThoughtKind | None = None
    for block, is_item in _flat(blocks):
        label, rest = _labelled(block.spans)
        kind = _kind_of(label) if label else None
        if not is_item:
            below = kind if label and not line_of(rest) else None
        if kind and line_of(rest):
            yield Thought(kind=kind, spans=rest, line=block.line)
        elif is_item and below:
            yield Thought(kind=below, spans=block.spans, line=block.line)
        elif line_of(rest):
            yield from _unmarked(block, language)


def _unmarked(block: Block, language: str) -> Iterator[Thought]:
    """Comparisons, and questions that nothing answers in the same paragraph."""
    sentences = list(sentences_in([block], language))
    for at, each in enumerate(sentences):
        if has_mark("compares", each.text):
            yield Thought(kind="analogy", spans=(Span(each.text),), line=each.line)
        elif _OPEN.search(each.text) and at == len(sentences) - 1:
            yield Thought(kind="question", spans=(Span(each.text),), line=each.line)


def _flat(blocks: Sequence[Block], *, in_list: bool = False) -> Iterator[tuple[Block, bool]]:
    """(paragraph, whether it stands in a list or quotation) of blocks, in order."""
    for block in blocks:
        if block.kind == "paragraph":
            yield block, in_list
        elif block.kind in ("list", "item", "quote"):
            yield from _flat(block.children, in_list=True)


def _labelled(spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """(the label that a paragraph opens with, the rest): bold words at its head, or words before a colon."""
    bold: list[Span] = []
    for span in spans:
        if "strong" not in span.marks and (span.text.strip(" :\n") or not bold):
            break
        bold.append(span)
    if bold and len(line_of(bold)) <= MAX_LABEL and any("strong" in span.marks for span in bold):
        rest = list(spans[len(bold) :])
        if rest:
            rest[0] = replace(rest[0], text=rest[0].text.lstrip(" :–—-\n"))
        return line_of(bold).strip(" :"), tuple(rest)
    text = "".join(span.text for span in spans)
    found = re.match(r"\s*([^:：.!?\n]{2,60})[:：]\s+(?=\S)", text)
    if found and _kind_of(found[1]):
        return found[1].strip(), (Span(text[found.end() :]),)
    return "", tuple(spans)


def _kind_of(label: str) -> ThoughtKind | None:
    marks: dict[ThoughtKind, MarkKind] = {each: each for each in _KINDS}
    return next((kind for kind in _KINDS if has_mark(marks[kind], label)), None)


def _status(blocks: Sequence[Block]) -> str:
    """What a section says of where its author stands with it."""
    for block, _ in _flat(blocks):
        label, rest = _labelled(block.spans)
        if label and has_mark("status", label) and line_of(rest):
            return line_of(rest)
    return ""


def _put_off(title: str, blocks: Sequence[Block], language: str) -> Iterator[RabbitHole]:
    """What single lines of a section put off: what is named on the line, else the thing above it, else the section."""
    above = title
    for block, _ in _flat(blocks):
        label, rest = _labelled(block.spans)
        for each in sentences_in([block], language):
            if has_mark("put_off", each.text):
                named = label if label and line_of(rest) else above
                yield RabbitHole(title=named, line=each.line, status=each.text, not_before=not_before(each.text))
                break
        else:
            above = label or above
