"""A new kind of note is one module, one template and one line of registration: three of them, made as any other is."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from notegen.compose.finished import filters_at, finished_note
from notegen.compose.place import Place
from notegen.desk import Desk, open_desk
from notegen.kinds import KINDS
from notegen.kinds.kind import Made, PassageSubject, known_by_key
from notegen.kinds.made_from import made_from, wishes_of
from notegen.reading.passage import cut, pdf_pages
from notegen.run.day import run_day
from notegen.run.report import DayReport
from notegen.run.request import DayRequest
from notegen.vault.identity import passage_key
from notegen.vault.logs import NoteRecord
from notegen.vault.note import Merge
from notegen.vault.regions import find
from notegen.vault.vault import Vault

TEMPLATE = """# Glossary of {{ book|esc }}

{% for term in draft.defined %}{% filter region("term-" ~ loop.index) %}
## {{ term.name|heading }}

{{ word }}: {{ term.what.text|esc }} {{ term.what.evidence.page|page_link }}
{% endfilter %}{% endfor %}
## My words

- What I call it:
"""
WINDS = (
    "A trade wind is a steady wind that blows towards the equator. A sea breeze is a light wind that blows by day. The "
    "sea breeze is weaker than the trade wind. A trade wind brings rain that no sea breeze brings."
)
TIDES = (
    "A spring tide is a tide of great range that comes at full moon. Sailors fear the spring tide. A spring tide is "
    "dangerous where the harbour is not deep."
)


@dataclass(frozen=True)
class Glossary:
    """The terms that a book defines: one note for each of its passages, or one that grows for the whole book."""

    merge: Merge
    whole_book: bool
    name: str = "glossary"
    mark: str = "glossary_of"

    def identity(self, properties: Mapping[str, Any]) -> str | None:
        return str(properties[self.mark]) if self.mark in properties else None

    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
        return known_by_key(self, properties, vault)

    def key(self, subject: PassageSubject) -> str:
        book, stretch = subject.document.book, subject.stretch
        return book if self.whole_book else passage_key(book, pdf_pages(stretch.first, stretch.last))

    def place(self, subject: PassageSubject, desk: Desk, taken: Collection[str]) -> str:
        return f"Glossaries/{subject.name}.md"

    def made_from(self, subject: PassageSubject, desk: Desk) -> str:
        parts = f"{subject.stretch} {wishes_of(desk, has_scans=False)}"
        return made_from(hashlib.sha256(parts.encode()).hexdigest()[:16])

    def make(self, subject: PassageSubject, place: Place, desk: Desk) -> Made:
        passage = cut(subject.document, subject.stretch)
        draft = desk.drafter.draft(passage, subject.brief)
        note = finished_note(
            "glossary.md.j2",
            {"draft": draft, "book": subject.name},
            {"type": self.name, self.mark: self.key(subject), "made_from": place.made_from},
            filters_at(place, passage, desk.templates),
            desk.templates,
        )
        return Made(notes=(replace(note, kind=self),), record=draft.record)


@dataclass
class Shelf:
    """A vault with one book, and the templates of its glossary."""

    root: Path
    book: Path

    def template(self, word: str) -> None:
        folder = self.root / ".notegen" / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "glossary.md.j2").write_text(TEMPLATE.replace("{{ word }}", word), encoding="utf-8")

    def day(self, pages: str) -> DayReport:
        request = DayRequest(pdfs=(self.book,), pages=f"pdf:{pages}", date=dt.date(2026, 1, 5), kinds=("glossary",))
        report = run_day(request, open_desk(self.root, os.environ))
        assert not report.failed
        return report

    @property
    def note(self) -> Path:
        [note] = (self.root / "Glossaries").glob("*.md")
        return note


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    root = tmp_path / "vault"
    (root / "Inbox").mkdir(parents=True)
    (root / "notegen.toml").write_text("", encoding="utf-8")
    document = pymupdf.open()
    for title, text in (("Winds", WINDS), ("Tides", TIDES)):
        page = document.new_page()
        page.insert_text((72, 80), title, fontsize=20)
        page.insert_textbox((72, 110, 520, 400), text, fontsize=11)
    document.save(root / "Inbox" / "Sea.pdf")
    shelf = Shelf(root, root / "Inbox" / "Sea.pdf")
    shelf.template("Meaning")
    return shelf


def register(monkeypatch: pytest.MonkeyPatch, merge: Merge, *, whole_book: bool) -> None:
    monkeypatch.setitem(KINDS, "glossary", Glossary(merge, whole_book))


def test_a_kind_that_is_merged_by_region_keeps_what_the_learner_changed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    register(monkeypatch, "regions", whole_book=False)
    [made] = shelf.day("1").notes
    assert (made.status, made.path, made.source) == ("written", "Glossaries/Sea.md", "Inbox/Sea.pdf")
    text = shelf.note.read_text(encoding="utf-8")
    assert "[[Sea.pdf#page=1|p. 1]]" in text
    assert [shelf.day("1").notes[0].status, text] == ["unchanged", shelf.note.read_text(encoding="utf-8")]
    shelf.note.rename(shelf.root / "Glossaries" / "Mine.md")
    mine = text.replace("a steady wind", "my own wind") + "\nMy own line.\n"
    shelf.note.write_text(mine, encoding="utf-8")
    shelf.template("Sense")
    [again] = shelf.day("1").notes
    now = shelf.note.read_text(encoding="utf-8")
    assert (again.status, again.path) == ("updated", "Glossaries/Mine.md")
    assert "Meaning: A trade wind is my own wind" in now
    assert "Sense: A sea breeze is" in now
    assert "My own line." in now
    assert any("were kept" in sentence for sentence in again.said)


def test_a_note_of_any_kind_is_known_by_its_last_comment_when_its_properties_are_broken(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
):
    register(monkeypatch, "regions", whole_book=False)
    shelf.day("1")
    broken = shelf.note.read_text(encoding="utf-8").replace("glossary_of:", "glossary of [", 1)
    shelf.note.write_text(broken, encoding="utf-8")
    [note] = shelf.day("1").notes
    assert (note.status, note.path) == ("kept", "Glossaries/Sea.md")
    assert "line" in note.said[0]
    assert shelf.note.read_text(encoding="utf-8") == broken


def test_a_kind_that_grows_takes_new_parts_in_at_its_end(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    register(monkeypatch, "append", whole_book=True)
    shelf.day("1")
    before = shelf.note.read_text(encoding="utf-8")
    shelf.template("Sense")
    [second] = shelf.day("2").notes
    now = shelf.note.read_text(encoding="utf-8")
    assert second.status == "updated"
    assert now.index("Meaning: A trade wind") < now.index("## My words") < now.index("Sense: A spring tide")
    assert "Sense: A trade wind" not in now
    assert {region.id for region in find(before)} < {region.id for region in find(now)}
    assert not any(region.damaged for region in find(now))
    removed = next(region for region in find(now) if "spring tide" in region.text)
    shelf.note.write_text(now[: removed.start] + now[removed.end :], encoding="utf-8")
    shelf.template("Word")
    shelf.day("2")
    assert "A spring tide is" not in shelf.note.read_text(encoding="utf-8")


def test_a_kind_that_is_made_once_is_the_learners_from_then_on(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    register(monkeypatch, "once", whole_book=True)
    shelf.day("1")
    before = shelf.note.read_bytes()
    shelf.template("Sense")
    assert [note.status for note in shelf.day("2").notes] == ["unchanged"]
    assert shelf.note.read_bytes() == before
