"""What a log template is given, field by field. Texts are plain: a template passes them through the filter `esc`, or
through one that escapes by itself (`heading`, `highlighted`, `fenced`, `table`, `mermaid`).

The template of a concept note (`concept.md.j2`) is given `concept`, a ConceptContext, and the same filters.
Templates of logs also get `draft` (`notegen.draft.draft.Draft`) and these filters:

| filter | takes | gives |
|---|---|---|
| `esc` | text | Markdown that shows exactly that text |
| `said` | an English phrase of notegen's own | the same in the note's language, by `words/<code>.toml` |
| `heading` | text | text for a heading line, without what heading links drop |
| `capital` | text | the same with a capital first letter |
| `upper_name` | a concept's name | the same in capitals |
| `highlighted` | Statement, Claim | its text, escaped, its terms marked ==so== |
| `page_link` | page index | a link to that page of the PDF, labelled with its printed number |
| `page_number` | page index | "p. 25" |
| `page_span` | Section | "p. 25", or "pp. 25–27" |
| `embedded` | Picture, Table or formula Block | the embed of its image |
| `drawn` | Figure | the embed of a figure that notegen drew |
| `fenced` | CodeListing, Block | a code fence |
| `bullet` | an item's own mark | a list item's mark in Markdown |
| `table` | rows | a Markdown table |
| `mermaid` | ConceptMap | a Mermaid fence |
| `jump("text")` | id of a block of the note | a link to it, labelled with the text |
| `arrows` | ConceptMap | its edges, with names in place of node ids |
| `quote` | Markdown | the same as the body of a callout |
| `region("id")` | Markdown | the same between region markers; learners own all that is outside |
"""

from __future__ import annotations

from dataclasses import dataclass

from notegen.draft.draft import Statement
from notegen.extract.document import Highlight


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedNote:
    """A note of the vault that belongs to the log."""

    link: str
    """Markdown: a link to it."""
    reason: str
    """Why, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptContext:
    """`concept` in the template of a concept note, together with `log`'s book_link and date."""

    name: str
    """As the source writes it."""
    what: Statement
    """The source's definition, word for word."""
    why: Statement | None
    """A second sentence of the source on it."""
    related: tuple[str, ...]
    """Markdown: links to notes that the source names in the same paragraphs."""
    log_link: str
    """Markdown: a link to the log that made the note."""
    book_link: str
    """Markdown: a link to the page of the definition, labelled with the book's title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedLine:
    """A sentence of a book that the vault quotes elsewhere."""

    text: str
    link: str
    """Markdown: a link to its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUpQuestion:
    """Something learned that is due."""

    question: str
    link: str
    """Markdown: a link to the note of its concept."""
    answer: CitedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """What the learner found unclear in an earlier log."""

    text: str
    """Their own words."""
    log_link: str
    """Markdown."""
    passages: tuple[CitedLine, ...]
    """What the vault quotes about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite:
    """A concept that these pages use and that the learner has not explained yet."""

    link: str
    """Markdown."""
    said: CitedLine | None
    """What it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturningHole:
    """A rabbit hole whose time has come."""

    text: str
    why: str
    link: str
    """Markdown: a link to the note that keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyContext:
    """What the ledger says when a log is first made; empty in one that is made again: what stands there stays."""

    due: tuple[WarmUpQuestion, ...] = ()
    mastered: tuple[str, ...] = ()
    """Markdown: links to concepts of the passage that the learner has mastered; they are not explained again."""
    unclear: tuple[OpenQuestion, ...] = ()
    first: tuple[Prerequisite, ...] = ()
    rabbits: tuple[ReturningHole, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """The text of one page as it was read."""

    number: str
    """The page number as printed."""
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogContext:
    """`log` in a template: the facts of the note that are not in the Draft."""

    title: str
    """Title of the passage."""
    chapter: str
    """Title of the enclosing section, "" when there is none or it is the same."""
    book: str
    """Title of the PDF."""
    book_link: str
    """Markdown: a link to the passage's first page, labelled with the book's title and pages."""
    date: str
    """YYYY-MM-DD."""
    pages: str
    """Printed range: "25–36"."""
    pdf_pages: str
    """Range counted from 1: "40-52"."""
    drafter: str
    """Who drafted: "extractive" or "llm"."""
    suspect: str
    """Why the PDF looks damaged, one sentence; "" for a sound one."""
    skipped: tuple[str, ...]
    """Pages that could not be read, one sentence each."""
    ocr: str
    """Which pages were read by OCR: "all pages", "pp. 3, 5", "p. 3"; "" for none."""
    related: tuple[RelatedNote, ...]
    """Notes of the vault that belong to the passage, best first."""
    raw: tuple[RawPage, ...]
    """All that was read of the pages, where the settings ask for it."""
    model: str
    """The language model that drafted, as its server reports it; "" when none did."""
    endpoint: str
    """Where it was asked."""
    fallback: str
    """Why parts of the note are without the model that was asked, one or two sentences; "" when none is."""
    highlights: tuple[Highlight, ...]
    """What the learner marked and noted in the PDF, in order."""
    study: StudyContext
    """What is to be recalled, answered or looked up first."""
    ocr_advice: str
    """What would let scanned pages be read (better), one or two sentences; "" when nothing is missing."""
