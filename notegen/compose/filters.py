"""The filters of a log template: plain text and typed content in, Obsidian's Markdown out."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from notegen.draft.additions import Claim
from notegen.draft.draft import CodeListing, ConceptMap, Edge, Section, Statement
from notegen.extract.document import Block, Document, Picture, Table
from notegen.figures.figure import Figure
from notegen.language.catalogue import ENGLISH, Catalogue
from notegen.language.naming import RELATIONS
from notegen.markdown import write
from notegen.markdown.fences import fences
from notegen.markdown.python_code import python_problem
from notegen.reading.pages import printed_range
from notegen.vault.note import Attachment
from notegen.vault.regions import wrap
from notegen.vault.vault import Vault

MAX_WIDTH_PX = 700
"""Width of Obsidian's readable line; a larger picture is shown at this width."""
POINTS_TO_PX = 1.6
"""A crop is shown at about 1.6 px a point: the size it has on a printed page held at reading distance."""
NAME_DIGITS = 16
MIN_FORMULA_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{4,}")
"""Names of functions have three letters."""


@dataclass(slots=True)
class FigureFilters:
    """The filters that a figure needs. Rendering fills `attachments` with every image that the template embeds."""

    vault: Vault
    note_path: str
    attachment_folder: str
    catalogue: Catalogue = ENGLISH
    attachments: dict[str, Attachment] = field(default_factory=dict)

    def all(self) -> dict[str, Callable[..., Any]]:
        """Filter name → function."""
        return {
            "esc": write.escape,
            "said": self.catalogue.said,
            "drawn": self.drawn,
            "all_numbers": self.all_numbers,
            "table": write.table,
            "quote": write.quote,
        }

    @property
    def page_counts(self) -> Mapping[str, int]:
        """Pages of each PDF that is known to the note, by path."""
        return {}

    def drawn(self, figure: Figure) -> str:
        """The embed of a figure that notegen drew."""
        return self.embed(figure.image, figure.format, figure.alt, MAX_WIDTH_PX)

    def all_numbers(self, figure: Figure) -> str:
        """A link to all numbers of a figure, which become a CSV file beside the note; "" where there are none."""
        if not figure.matrix:
            return ""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([_inert(cell) for cell in row] for row in figure.matrix)
        return self.attached(text.getvalue().encode(), "csv", "all numbers")

    def attached(self, data: bytes, suffix: str, alias: str) -> str:
        """A link to a file beside the note, which is named by its content."""
        return self.vault.link(self._attach(data, suffix), self.note_path, page=None, alias=alias)

    def embed(self, data: bytes, suffix: str, alt: str, width: int) -> str:
        """The embed of an image, which becomes an attachment named by its content. width: in pixels."""
        path = self._attach(data, suffix)
        return self.vault.link(path, self.note_path, page=None, alias=alt, embed=True, width=width)

    def _attach(self, data: bytes, suffix: str) -> str:
        """The path of a file beside the note, named by its content."""
        name = f"{hashlib.sha256(data).hexdigest()[:NAME_DIGITS]}.{suffix}"
        path = f"{self.attachment_folder}/{name}" if self.attachment_folder else name
        self.attachments[path] = Attachment(path=path, data=data)
        return path


@dataclass(slots=True, kw_only=True)
class LogFilters(FigureFilters):
    """The filters of one log."""

    pdf_path: str
    document: Document

    @property
    def page_counts(self) -> Mapping[str, int]:
        """As `FigureFilters.page_counts`: of the note's own PDF."""
        return {self.pdf_path: self.document.page_count}

    def all(self) -> dict[str, Callable[..., Any]]:
        """Filter name → function."""
        return {
            **FigureFilters.all(self),
            "heading": write.heading_text,
            "upper_name": str.upper,
            "capital": lambda name: name[:1].upper() + name[1:],
            "highlighted": self.highlighted,
            "page_link": self.page_link,
            "page_number": self.page_number,
            "page_span": self.page_span,
            "embedded": self.embedded,
            "fenced": self.fenced,
            "jump": self.jump,
            "bullet": bullet,
            "mermaid": lambda drawn: mermaid(self._worded(drawn)),
            "arrows": lambda drawn: arrows(self._worded(drawn)),
            "region": region,
            "worded": worded,
        }

    def _worded(self, drawn: ConceptMap) -> ConceptMap:
        """The map with the relations in the note's language."""
        said = {relation: self.catalogue.said(relation) for relation in RELATIONS}
        edges = tuple(replace(edge, label=said.get(edge.label, edge.label)) for edge in drawn.edges)
        return replace(drawn, edges=edges)

    def highlighted(self, statement: Statement | Claim) -> str:
        formulas = [(each.start, each.end, each.tex) for each in statement.maths]
        return write.highlight(statement.text, statement.terms, formulas)

    def page_link(self, page: int) -> str:
        return self.vault.link(self.pdf_path, self.note_path, page=page + 1, alias=self.page_number(page))

    def jump(self, block_id: str, text: str) -> str:
        """A link to a block of the note itself."""
        shown = write.label(text)
        return f"[{shown}](#^{block_id})" if self.vault.settings.use_markdown_links else f"[[#^{block_id}|{shown}]]"

    def page_number(self, page: int) -> str:
        """ "p. 5", with its place in the file where two pages print that number: "p. 5 (file 11)"."""
        label, said = self.document.labels[page], self.catalogue.said
        if self.document.labels.count(label) > 1:
            return said("p. {page} (file {number})", page=label, number=page + 1)
        return said("p. {page}", page=label)

    def page_span(self, section: Section) -> str:
        if section.last_page <= section.page:
            return self.page_number(section.page)
        pages = printed_range(self.document, section.page, section.last_page)
        return self.catalogue.said("pp. {pages}", pages=pages)

    def embedded(self, part: Picture | Table | Block) -> str:
        """The embed of the part's image, which becomes an attachment named by its content."""
        data = part.crop if isinstance(part, Block) else part.png
        width = min(MAX_WIDTH_PX, round((part.bbox[2] - part.bbox[0]) * POINTS_TO_PX))
        return self.embed(data, "png", self._alt(part), width)

    def _alt(self, part: Picture | Table | Block) -> str:
        """The printed caption, else what kind of crop it is: in English in every note, so that programs can tell."""
        page = self.document.labels[part.page]
        if isinstance(part, Block):
            return f"Formula {part.marker}".strip() + f" on page {page}"
        return part.caption or f"{'Picture' if isinstance(part, Picture) else 'Table'} on page {page}"

    def fenced(self, listing: CodeListing | Block) -> str:
        """A code fence; code that says it is Python and does not parse is shown as text."""
        language = listing.language
        if language == "python" and python_problem(listing.text):
            language = "text"
        return write.code_fence(listing.text, language)


def worded(formula: str) -> bool:
    """The text of a formula says in words what its picture shows; of letters and signs without their places, as
    "s = m v" of a fraction, the picture alone tells more."""
    return len(_WORD.findall(formula)) >= MIN_FORMULA_WORDS


def bullet(marker: str) -> str:
    """A list item's mark in Markdown: its own number where it has one, else a dash."""
    number = re.fullmatch(r"\(?(\d{1,3})[.)]", marker.strip())
    return f"{number[1]}." if number else "-"


def _inert(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    is_number = re.fullmatch(r"-?\d+(?:\.\d+)?", cell)
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number else cell


def region(text: str, region_id: str) -> str:
    """The text between region markers, blank lines around it; nothing for an empty text."""
    tidied = tidy(text)
    return f"\n{wrap(region_id, tidied)}\n\n" if tidied else ""


def tidy(text: str) -> str:
    """No blank lines at the ends, no two in a row outside code fences, no spaces at line ends."""
    given = text.split("\n")
    code = {number for fence in fences(given) for number in range(fence.first + 1, fence.last + 1)}
    lines: list[str] = []
    for number, line in enumerate(given):
        kept = line if number in code else line.rstrip()
        if kept or number in code or (lines and lines[-1]):
            lines.append(kept)
    return "\n".join(lines).strip("\n")


def arrows(concept_map: ConceptMap) -> list[Edge]:
    """The edges with the names of what they join in place of their ids."""
    names = {node.id: node.label for node in concept_map.nodes}
    return [replace(edge, start=names[edge.start], end=names[edge.end]) for edge in concept_map.edges]


def mermaid(concept_map: ConceptMap) -> str:
    """The concept map as a Mermaid fence with quoted labels."""
    lines = ["flowchart LR"]
    for node in concept_map.nodes:
        lines.append(f"    {node.id}({write.mermaid_label(node.label)})")
    for edge in concept_map.edges:
        arrow = f"-- {write.mermaid_label(edge.label)} -->" if edge.label else "-->"
        lines.append(f"    {edge.start} {arrow} {edge.end}")
    return "```mermaid\n" + "\n".join(lines) + "\n```"
