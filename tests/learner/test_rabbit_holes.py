"""Rabbit holes: what the learner marked anywhere is parked with its source, comes back in time, never deleted."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from study import TIDES, WINDS, Study, book, concept_note, study_in

from notegen.learner.rabbit_holes import RabbitHole, When, marked_in, parked_in, when_of
from notegen.run.rabbit_holes import RabbitReport, park_rabbit_holes
from notegen.vault.regions import find, wrap

NOTE = "Rabbit Holes.md"
DAY = dt.date(2026, 1, 5)


@pytest.fixture
def sea(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    return study_in(tmp_path)


def mark(sea: Study, text: str, name: str = "Dump") -> None:
    (sea.root / f"{name}.md").write_text(text, encoding="utf-8")


def park(sea: Study, date: dt.date = DAY) -> RabbitReport:
    return park_rabbit_holes(sea.desk, date, dry_run=False)


def test_every_way_to_mark_one_is_known_with_reason_and_time():
    text = """# Notes

### 🐰 RABBIT HOLE: LSA vs LDA (not before 2026-02-01; why: for week four)
- [ ] how gyres form 🐰
  - not before: [[Trade wind]] and [[Gyre]]
> [!rabbit] Coriolis force
> why: everybody names it

A thought #rabbit-hole on **tides**
- [x] 🐰 been there
```
🐰 code
```
"""
    assert list(marked_in(text)) == [
        RabbitHole(text="LSA vs LDA", why="for week four", when=When(date=dt.date(2026, 2, 1))),
        RabbitHole(text="how gyres form", when=When(concepts=("Trade wind", "Gyre"))),
        RabbitHole(text="Coriolis force", why="everybody names it"),
        RabbitHole(text="A thought on tides"),
        RabbitHole(text="been there", is_done=True),
    ]


def test_what_notegen_wrote_marks_nothing():
    assert not list(marked_in(wrap("section-1", "The book says 🐰 and #rabbit-hole") + "\n\n#rabbit-holes are many\n"))


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("2026-02-01", When(date=dt.date(2026, 2, 1))),
        ("2026-02-31", None),
        ("Gyre, Trade wind", When(concepts=("Gyre", "Trade wind"))),
        ("…", None),
    ],
)
def test_a_time_is_a_day_or_the_names_of_concepts(said: str, when: When | None):
    assert when_of(said) == when


def test_it_is_parked_once_with_its_source_and_stays_away_when_deleted(sea: Study):
    mark(sea, "🐰 Why *gyres* [turn] (why: maps; not before: [[Gyre]])\n")
    assert park(sea).parked == ("Why gyres [turn]",)
    text = sea.note(NOTE).read_text(encoding="utf-8")
    assert "from [[Dump]]" in text
    assert "why: maps" in text
    assert "not before: Gyre" in text
    assert park(sea).parked == ()
    [hole] = [region for region in find(text) if region.id.startswith("hole-")]
    sea.note(NOTE).write_text(text[: hole.start] + text[hole.end :], encoding="utf-8")
    assert park(sea).parked == ()


def test_without_a_time_it_comes_back_after_a_week_and_the_learner_may_change_that(sea: Study):
    mark(sea, "🐰 gyres\n")
    park(sea)
    [one] = parked_in(sea.note(NOTE).read_text(encoding="utf-8")).values()
    assert one.when == When(date=dt.date(2026, 1, 12))
    sea.change(NOTE, "2026-01-12", "2027-01-01")
    mark(sea, "🐰 tides\n", "Other")
    park(sea)
    assert [each.when for each in parked_in(sea.note(NOTE).read_text(encoding="utf-8")).values()] == [
        When(date=dt.date(2027, 1, 1)),
        When(date=dt.date(2026, 1, 12)),
    ]


def test_done_ones_are_struck_and_never_deleted(sea: Study):
    mark(sea, "🐰 gyres\n")
    park(sea)
    sea.change(NOTE, "- [ ] gyres", "- [x] gyres")
    assert park(sea).struck == ("gyres",)
    assert "- [x] ~~gyres~~\n" in sea.note(NOTE).read_text(encoding="utf-8")
    before = sea.note(NOTE).read_bytes()
    assert park(sea) == RabbitReport(path=NOTE, parked=(), struck=())
    assert sea.note(NOTE).read_bytes() == before


def test_a_foreign_note_of_that_name_is_not_touched(sea: Study):
    mark(sea, "mine\n", "Rabbit Holes")
    mark(sea, "🐰 gyres\n")
    assert park(sea).path == "Rabbit Holes 1.md"
    assert sea.note(NOTE).read_text(encoding="utf-8") == "mine\n"


def test_it_comes_back_in_a_log_when_its_time_has_come_and_is_done_when_ticked_there(sea: Study):
    pdf = book(sea.root / "Inbox" / "Sea.pdf", [("Winds", WINDS), ("Tides", TIDES), ("More", TIDES)])
    concept_note(sea, "Trade wind", WINDS[0].partition(".")[0] + ".", 1)
    mark(sea, "🐰 gyres (not before: [[Trade wind]])\n🐰 storms (not before 2026-01-07)\n")

    def returned(path: str) -> str:
        return "".join(each.text for each in find(sea.note(path).read_text(encoding="utf-8")) if each.id == "rabbits")

    sea.day("2026-01-05", pdf, "1")
    assert returned("Logs/2026-01-05 Winds.md") == ""
    sea.change("Logs/2026-01-05 Winds.md", "- [ ] What is a trade wind?", "- [x] What is a trade wind?")
    sea.day("2026-01-08", pdf, "2")
    second = "Logs/2026-01-08 Tides.md"
    assert "> - [ ] gyres\n>   from [[Rabbit Holes]]" in returned(second)
    assert "> - [ ] storms" in returned(second)
    sea.change(second, "- [ ] storms", "- [x] storms")
    sea.day("2026-01-09", pdf, "3")
    assert "~~storms~~" in sea.note(NOTE).read_text(encoding="utf-8")
    assert "storms" not in returned("Logs/2026-01-09 More.md")
    assert os.path.exists(sea.root / "Dump.md")
