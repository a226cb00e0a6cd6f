"""A learner's vault for tests: small books, days of study, and what the learner does to notes in between."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from notegen.desk import Desk, open_desk
from notegen.run.cards import CardsReport, make_cards
from notegen.run.day import run_day
from notegen.run.report import DayReport
from notegen.run.request import DayRequest
from notegen.vault.regions import with_roster, wrap

WINDS = (
    "A trade wind is a steady wind that blows towards the equator. It carried the ships of the merchants.",
    "Sailors who cross the ocean look for the trade wind, and they wait in the harbour until it blows.",
    "The trade wind brings rain to the coast. Farmers on the coast plant their fields before the trade wind comes.",
)
TIDES = (
    "A spring tide is a tide of great range that comes at full moon. It covers the whole beach of the island.",
    "Sailors fear the spring tide, for their boats are carried far into the fields behind the harbour.",
    "The spring tide is dangerous where the harbour is not deep. No pilot enters the port in a spring tide.",
)
CURRENTS = (
    "A rip current is a narrow flow of water that runs from the beach to the open sea. It is gone within hours.",
    "Swimmers fear the rip current, for nobody swims as fast as the water flows.",
    "The rip current is dangerous because it pulls swimmers away from the land. Guards watch each rip current.",
)


def book(path: Path, pages: Sequence[tuple[str, Sequence[str]]]) -> Path:
    """A PDF of (heading, paragraphs) pages, with an outline."""
    document = pymupdf.open()
    outline = []
    for number, (title, paragraphs) in enumerate(pages, 1):
        page = document.new_page()
        page.insert_text((72, 80), title, fontsize=20)
        for place, text in enumerate(paragraphs):
            page.insert_textbox((72, 110 + 60 * place, 520, 165 + 60 * place), text, fontsize=11)
        outline.append([1, title, number])
    document.set_toc(outline)
    document.save(path)
    return path


@dataclass
class Study:
    """A vault with a book in its inbox."""

    root: Path
    later: Path | None = None
    """The same vault after its second day."""

    @property
    def desk(self) -> Desk:
        return open_desk(self.root, os.environ, may_fetch=False)

    def day(self, date: str, pdf: Path, pages: str) -> DayReport:
        request = DayRequest(pdfs=(pdf,), pages=f"pdf:{pages}", date=dt.date.fromisoformat(date))
        report = run_day(request, self.desk)
        assert not report.failed
        return report

    def cards(self, *, dry_run: bool = False) -> CardsReport:
        return make_cards(self.desk, dry_run=dry_run)

    def note(self, path: str) -> Path:
        return self.root / path

    def change(self, path: str, old: str, new: str) -> None:
        text = self.note(path).read_text(encoding="utf-8")
        assert old in text
        self.note(path).write_text(text.replace(old, new, 1), encoding="utf-8")


def study_in(folder: Path) -> Study:
    """A new vault."""
    root = folder / "vault"
    (root / "Inbox").mkdir(parents=True)
    (root / "notegen.toml").write_text("[cards]\npages_per_card = 1\n", encoding="utf-8")
    return Study(root)


def concept_note(study: Study, name: str, said: str, page: int, more: str = "") -> None:
    """A concept note as notegen makes it. more: lines of properties."""
    definition = f"# {name}\n\n> [!info] What it is · extracted\n> {said} [[Sea.pdf#page={page}|p. {page}]]"
    front = f"---\ntype: concept\npassage: b1-0123456789abcdef {page}-{page}\n{more}---\n"
    path = study.note(f"Concepts/{name}.md")
    path.parent.mkdir(exist_ok=True)
    path.write_text(front + with_roster(wrap("definition", definition)), encoding="utf-8")


def read_on(study: Study) -> None:
    """The second day of study: its log and concept notes."""
    assert study.later is not None
    for path in study.later.rglob("*.md"):
        there = study.root / path.relative_to(study.later)
        if not there.exists():
            shutil.copy(path, there)
