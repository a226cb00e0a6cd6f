"""What is in a note: the parts that `parse` finds. All are frozen; every `line` counts from 1 in the whole file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkKind = Literal["wikilink", "embed", "markdown", "image", "autolink"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    level: int
    text: str
    line: int
    end_line: int
    underlined: bool = False
    """Made by a line of `---` or `===` below it."""
    nested: bool = False
    """Inside a quote, callout or list: it opens no section of the note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    kind: LinkKind
    """embed: `![[…]]`; image: `![…](…)`; autolink: a bare or `<…>` URL."""
    target: str
    """Path, name or URL, without the subpath; "" for the note itself."""
    line: int
    subpath: str = ""
    """From "#" on, as written: "#Heading", "#^block", "#page=3"."""
    alias: str = ""
    """What follows the first "|", or the text of a Markdown link."""

    @property
    def is_url(self) -> bool:
        """Whether it names a scheme or host instead of a place in the vault."""
        if self.kind in ("wikilink", "embed"):
            return "://" in self.target
        head, colon, _ = self.target.partition(":")
        return self.target.startswith("//") or bool(colon and head.isascii() and head.replace("-", "").isalnum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    kind: str
    """Lower case, as written."""
    title: str
    fold: str
    """"", "+" or "-"."""
    line: int
    depth: int
    """Number of quotes around its text, from 1."""
    has_body: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    language: str
    """First word of the info string, lower case; "" when there is none or the block is indented."""
    text: str
    line: int
    """Of the opening fence, or of the first indented line."""
    indented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of text that is something: maths, a comment, a tag, a highlight, an HTML tag, a block id."""

    text: str
    """Without its delimiters; an HTML tag with them."""
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Math(Span):
    display: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote(Span):
    """`text` is the label, lower case."""

    definition: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Span):
    mark: str
    """The character between the brackets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    line: int
    text: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header row, a delimiter row and what follows, whether or not their cell counts agree."""

    header: Row
    columns: int
    """Cells of the delimiter row."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The text of one block."""

    text: str
    line: int
    """Of its first line."""
    plain: str
    """`text` with code, maths, links, comments and HTML blanked out, same length."""
    in_list: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclosed:
    """Something that was begun and never ended."""

    what: Literal["fence", "math", "comment", "link", "highlight", "bold"]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedNote:
    lines: tuple[str, ...]
    frontmatter: str | None
    """The YAML text between the `---` lines; None when the note has none."""
    body_line: int
    """The first line after the frontmatter."""
    verbatim: frozenset[int]
    """Lines inside code, display maths or a comment of several lines: what looks like Markdown there is not."""
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    callouts: tuple[Callout, ...]
    code: tuple[Code, ...]
    code_spans: tuple[Span, ...]
    math: tuple[Math, ...]
    tags: tuple[Span, ...]
    comments: tuple[Span, ...]
    block_ids: tuple[Span, ...]
    highlights: tuple[Span, ...]
    html: tuple[Span, ...]
    tables: tuple[Table, ...]
    tasks: tuple[Task, ...]
    footnotes: tuple[Footnote, ...]
    prose: tuple[Prose, ...]
    unclosed: tuple[Unclosed, ...]
