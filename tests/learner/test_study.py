"""The next day uses the ledger: what is due, mastered, unclear or missing stands in the new log, and stays as it is."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from study import CURRENTS, TIDES, WINDS, Study, book, concept_note, study_in

from notegen.learner.prompts import SPOKEN, prompts_in
from notegen.learner.unclear import open_questions
from notegen.run.day import run_day
from notegen.run.request import DayRequest
from notegen.vault.regions import find

FIRST, SECOND = "Logs/2026-01-05 Winds.md", "Logs/2026-01-09 Tides.md"
GOOD = 'evidence:\n  - "[[Winds|{first} recalled good: x]]"\n  - "[[Winds|{last} recalled good: x]]"\n'
MASTERED = GOOD.format(first="2025-12-01", last="2025-12-20")
DUE = GOOD.format(first="2026-01-05", last="2026-01-06") + "next_review: 2026-01-08\n"


@pytest.fixture
def sea(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A vault with the log of one day, and a book that goes on."""
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    made = study_in(tmp_path)
    pages = [("Winds", WINDS), ("Tides", [*TIDES, *WINDS[1:]]), ("Currents", CURRENTS)]
    made.day("2026-01-05", book(made.root / "Inbox" / "Sea.pdf", pages), "1")
    return made


def read_tides(sea: Study, **more: bool) -> None:
    request = DayRequest(pdfs=(sea.root / "Inbox" / "Sea.pdf",), pages="pdf:2", date=dt.date(2026, 1, 9), **more)  # type: ignore[arg-type]
    assert not run_day(request, sea.desk).failed


def regions(sea: Study, path: str = SECOND) -> dict[str, str]:
    text = sea.note(path).read_text(encoding="utf-8")
    return {region.id: region.text for region in find(text)}


def test_what_is_due_comes_first_with_its_answer_folded(sea: Study):
    concept_note(sea, "Trade wind", WINDS[0].partition(".")[0] + ".", 1, DUE)
    read_tides(sea)
    assert regions(sea)["check-warmup"] == (
        "> [!question] 🔥 Warm-up\n> - [ ] What does “Trade wind” mean? [[Trade wind]]\n>\n"
        "> > [!success]- Answers · extracted\n"
        "> > 1. A trade wind is a steady wind that blows towards the equator. [[Sea.pdf#page=1|p. 1]]"
    )
    assert [*regions(sea)][:2] == ["head", "check-warmup"]


def test_a_warm_up_asks_five_things_at_most_and_the_card_where_there_is_one(sea: Study):
    concept_note(sea, "Trade wind", WINDS[0].partition(".")[0] + ".", 1, DUE)
    sea.cards()
    for number in range(6):
        concept_note(sea, f"Calm {chr(97 + number)}", "A calm is a sea without any wind or wave.", 1, DUE)
    read_tides(sea)
    asked = [line for line in regions(sea)["check-warmup"].split("\n") if line.startswith("> - [ ]")]
    assert len(asked) == 5
    concept_note(sea, "Trade wind", "It blows and blows and blows.", 1, DUE.replace("01-08", "01-07"))
    sea.note(SECOND).unlink()
    read_tides(sea)
    assert "> - [ ] What is a trade wind? [[Trade wind]]" in regions(sea)["check-warmup"]


def test_a_ticked_warm_up_is_a_recall(sea: Study):
    concept_note(sea, "Trade wind", WINDS[0].partition(".")[0] + ".", 1, DUE)
    read_tides(sea)
    sea.change(
        SECOND, "- [ ] What does “Trade wind” mean? [[Trade wind]]", "- [x] What does “Trade wind” mean? [[Trade wind]]"
    )
    sea.day("2026-01-13", sea.root / "Inbox" / "Sea.pdf", "3")
    text = sea.note("Concepts/Trade wind.md").read_text(encoding="utf-8")
    assert "[[2026-01-09 Tides|2026-01-13 recalled good: What does “Trade wind” mean?]]" in text
    assert "mastered: 2026-01-13" in text


def test_what_is_mastered_is_named_and_linked_and_not_explained_again(sea: Study):
    read_tides(sea)
    assert "SPRING TIDE" in regions(sea)["background"]
    sea.note(SECOND).unlink()
    for path in (sea.root / "Concepts").glob("*.md"):
        path.unlink()
    concept_note(sea, "Spring tide", TIDES[0].partition(".")[0] + ".", 2, MASTERED)
    read_tides(sea)
    assert "- [[Spring tide]]" in regions(sea)["mastered"]
    assert "background" not in regions(sea)
    sea.change("Concepts/Spring tide.md", MASTERED, "")
    before = sea.note(SECOND).read_bytes()
    read_tides(sea)
    read_tides(sea, refresh=True)
    assert sea.note(SECOND).read_bytes() == before


def test_what_becomes_known_later_changes_no_log_that_is_there(sea: Study):
    read_tides(sea)
    before = sea.note(SECOND).read_bytes()
    concept_note(sea, "Spring tide", TIDES[0].partition(".")[0] + ".", 2, MASTERED)
    sea.change(FIRST, "unclear:", "unclear: why sailors fear the spring tide so much")
    read_tides(sea)
    assert sea.note(SECOND).read_bytes() == before


def test_what_is_unclear_comes_back_with_what_the_vault_quotes_about_it(sea: Study):
    sea.change(FIRST, "unclear:", "unclear: why the *trade wind* blows towards the equator")
    read_tides(sea)
    said = regions(sea)["unclear"].split("\n")
    assert said[2:4] == ["> - [ ] why the \\*trade wind\\* blows towards the equator", ">   from [[2026-01-05 Winds]]"]
    answer = "A trade wind is a steady wind that blows towards the equator. [[Sea.pdf#page=1|p. 1]]"
    assert said[4] == f">   - {answer}"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FIRST, "unclear: why winds blow", "unclear: ~~why winds blow~~"),
        (FIRST, "unclear: why winds blow", "unclear: why winds blow\n  - because air rises"),
        (SECOND, "- [ ] why winds blow", "- [x] why winds blow"),
        (SECOND, "- [ ] why winds blow", "- [ ] ~~why winds blow~~"),
        (SECOND, "> - [ ] why winds blow\n", "> - [ ] why winds blow\n>   warm air rises and cold air follows\n"),
    ],
)
def test_it_comes_back_until_it_is_struck_or_answered(sea: Study, path: str, old: str, new: str):
    sea.change(FIRST, "unclear:", "unclear: why winds blow")
    read_tides(sea)
    prompts = prompts_in(sea.desk.templates.catalogue(code) for code in SPOKEN)

    def still_open() -> list[str]:
        vault = sea.desk.vault
        return [each.text for each in open_questions(vault.logs(), vault, prompts.every, prompts.unclear)]

    assert still_open() == ["why winds blow"]
    sea.change(path, old, new)
    assert still_open() == []


def test_a_concept_that_the_pages_use_and_nobody_explained_is_offered_first(sea: Study):
    concept_note(sea, "Trade wind", WINDS[0].partition(".")[0] + ".", 1)
    read_tides(sea)
    assert "first" not in regions(sea)  # nobody keeps the ledger yet
    sea.note(SECOND).unlink()
    concept_note(sea, "Calm", "A calm is a sea without any wind or wave.", 1, MASTERED)
    read_tides(sea)
    assert "> - [[Trade wind]]\n>   A trade wind is a steady wind" in regions(sea)["first"]


def test_a_day_writes_down_what_was_ticked_before_it_looks(sea: Study):
    concept_note(sea, "Trade wind", WINDS[0].partition(".")[0] + ".", 1)
    sea.change(FIRST, "- [ ] What is a trade wind?", "- [x] What is a trade wind?")
    dry = DayRequest(pdfs=(sea.root / "Inbox" / "Sea.pdf",), pages="pdf:2", date=dt.date(2026, 1, 9), dry_run=True)
    run_day(dry, sea.desk)
    assert "evidence" not in sea.note("Concepts/Trade wind.md").read_text(encoding="utf-8")
    read_tides(sea)
    assert "2026-01-09 ticked: What is a trade wind?" in sea.note("Concepts/Trade wind.md").read_text(encoding="utf-8")
    before = {path: path.read_bytes() for path in sea.root.rglob("*.md")}
    read_tides(sea)
    assert {path: path.read_bytes() for path in sea.root.rglob("*.md")} == before


def test_a_vault_without_a_ledger_gets_the_log_that_it_always_got(sea: Study):
    read_tides(sea)
    assert not {"check-warmup", "unclear", "first", "mastered"} & set(regions(sea))
    assert os.path.exists(sea.note(SECOND))
