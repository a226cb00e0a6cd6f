"""The typed content of a note before any Markdown exists. Every drafter fills the same types; all are frozen.

Texts are plain text: what they need to be safe Markdown is added by `compose`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from notegen.extract.document import Block, Maths, Picture, Table
from notegen.reading.unit import UnitKind

if TYPE_CHECKING:  # they stand on the types of this module
    from notegen.draft.additions import SectionAdditions, WholeAdditions


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A source sentence: what a statement stands on."""

    page: int
    """Index of the page, from 0."""
    text: str
    """The exact sentence of the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of the note."""

    text: str
    evidence: Evidence
    terms: tuple[str, ...] = ()
    """Words of `text`, as written there, that are shown highlighted."""
    maths: tuple[Maths, ...] = ()
    """Formulas in `text`, which has their characters one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeaway:
    """One line of the TL;DR."""

    label: str
    """Where the line is from, or what it is about where a model says so: "From the passage", "Core idea", …"""
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundConcept:
    """A concept of the passage in the source's words."""

    name: str
    what: Statement
    """The sentence that defines it; else the first one of which it is the subject."""
    is_defined: bool = True
    """`what` says what it is."""
    why: Statement | None = None
    """A second sentence of the source on the same concept: what it is for, or how it behaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeListing:
    """Code from the source, verbatim."""

    page: int
    text: str
    language: str = ""
    """Info string of the fence; "" when not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A display formula and what the source says right before it."""

    block: Block
    lead: Statement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedLine:
    """One line of a quotation: words, or a formula or listing as it stands among them."""

    page: int
    """Index from 0."""
    statement: Statement | None = None
    block: Block | None = None
    """A formula or a listing; None where there is a statement."""
    is_item: bool = False
    """It is an item of the list that the quotation holds."""
    marker: str = ""
    """The item's own number or bullet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A unit of the source: what stands together is printed together."""

    unit: str
    """Id of the unit."""
    kind: UnitKind
    lines: tuple[QuotedLine, ...]
    is_cut: bool = False
    """It is long and only its beginning is shown, up to a whole item or paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCheck:
    """A question and its answer in the source's words."""

    question: str
    answer: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the claims of a model rest on, each sentence once."""

    block: str
    """Id of the block of the note where it stands."""
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """A unit of the source of which a model's draft says nothing."""

    page: int
    words: str
    """The first words of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of the passage."""

    title: str
    """"" for text above the first heading of the passage."""
    page: int
    chapter: str = ""
    """Title of the nearest enclosing section when this one is nested deeper."""
    last_page: int = 0
    """Index of the page on which it ends."""
    digest: tuple[Statement, ...] = ()
    """The sentences of the quotations, one by one, in the order of the source."""
    quotations: tuple[Quotation, ...] = ()
    """What the section says, whole thoughts in the order of the source."""
    in_tldr: bool = False
    """A sentence of this section stands in the TL;DR, and there only."""
    code: tuple[CodeListing, ...] = ()
    more_code: tuple[int, ...] = ()
    """Page indexes of further listings that are not shown."""
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    formulas: tuple[Formula, ...] = ()
    self_checks: tuple[SelfCheck, ...] = ()
    added: SectionAdditions | None = None
    """What a language model adds; None when none was asked, or its answer did not hold."""
    not_added: str = ""
    """Why a model that was asked adds nothing, one sentence."""
    proof: Proof | None = None
    """Sentences of this section on which claims of the note rest, and which its quotations do not print."""
    quotes_block: str = ""
    """Id of the block where its quotations begin, where claims rest on them; else ""."""
    uncovered: tuple[Uncovered, ...] = ()
    """What the model's draft of the section leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node of the concept map."""

    id: str
    """Unique in the map, letters and digits."""
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A labelled arrow of the concept map, between node ids."""

    start: str
    end: str
    label: str = ""
    """The relation that a sentence of the source states."""
    page: int | None = None
    """Index of the page of that sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptMap:
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One step of the challenge."""

    text: str
    page: int | None = None
    """Index of the page it is about."""
    phrase: str = ""
    """`text` with {name} for what it names, as the catalogues of other languages have it."""
    name: str = ""
    """The number of a formula, the label of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A hands-on task of about ten minutes that needs nothing but the source and the learner."""

    goal: str
    tasks: tuple[Task, ...]
    exercises: tuple[Statement, ...] = ()
    """The source's own exercises, as printed."""
    starter: CodeListing | None = None
    """Code of the source to start from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastery:
    """A concept that the passage covers."""

    concept: str
    statement: Statement | None = None
    """A sentence of which it is the subject; it stands elsewhere in the note, or in the source alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRecord:
    """Who drafted one part of the note."""

    title: str
    by: Literal["llm", "extracted"] = "extracted"
    reason: str = ""
    """Why a model that was asked did not draft it; "" when it did, or none was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What drafting would send and cost. Ranges are (least, most)."""

    pages: int
    pictures: int
    sections: int
    calls: int
    """Without those that would only correct an answer."""
    prompt_tokens: tuple[int, int]
    reply_tokens: tuple[int, int]
    price_usd: tuple[float, float] | None
    """None when the price is not known."""
    notes: tuple[str, ...] = ()
    """Notes of the vault whose text would be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRecord:
    """How a Draft came to be."""

    sections: tuple[PartRecord, ...] = ()
    whole: PartRecord = PartRecord(title="")
    """TL;DR, concepts, challenge and recap."""
    is_complete: bool = True
    """Nothing is left that a later run should ask for."""
    model: str = ""
    """As the server reported it, "" when no model drafted."""
    endpoint: str = ""
    prompts: str = ""
    """Hash of the prompts that were used."""
    calls: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0
    cost_usd: float | None = 0.0
    """None when the price is not known."""
    estimate: Estimate | None = None
    """Of a dry run, which asks nothing."""
    advice: str = ""
    """What the learner can do about parts that the model did not draft."""
    waits_for: str = ""
    """Why some of them may be drafted later without anybody doing anything: the server was away, slow or busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    title: str
    drafter: str
    """How it was made: "extractive", or "llm"."""
    tldr: tuple[Takeaway, ...] = ()
    defined: tuple[BackgroundConcept, ...] = ()
    """The shown concepts that the source defines, whoever explains them in the note."""
    background: tuple[BackgroundConcept, ...] = ()
    """Those shown in the source's words, defined or not: a model explains the others."""
    sections: tuple[Section, ...] = ()
    concept_map: ConceptMap = ConceptMap()
    challenge: Challenge | None = None
    mastery: tuple[Mastery, ...] = ()
    recap: tuple[Statement, ...] = ()
    gallery: tuple[Picture, ...] = ()
    """Pictures that no section mentions."""
    more_pictures: tuple[int, ...] = ()
    """Pages of such pictures that are not shown."""
    left_out_pictures: int = 0
    """How many those are."""
    concepts: tuple[str, ...] = ()
    """Names of the concepts that are shown and may get notes, most important first."""
    terms: tuple[str, ...] = ()
    """Names for links and search: those of `concepts`, and more that are less sure."""
    added: WholeAdditions | None = None
    """What a language model adds for the passage as a whole."""
    record: DraftRecord = DraftRecord()
