"""Quests: what of the books comes into one, what is ticked and when, and what the learner does to it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pymupdf
from study import WINDS, Study, concept_note, read_on

from notegen.learner.ledger.deed import Deed
from notegen.learner.ledger.entry import Entry
from notegen.learner.quest import ConceptCondition, PagesCondition, read_condition, runs_of, slug_of, ticked
from notegen.vault.regions import find, wrap

NOTE = "Quests/Quest – Trade wind.md"
TODAY = dt.date(2026, 1, 9)
WIND = WINDS[0].partition(".")[0] + "."


def quest(notegen, study: Study, *more: str):
    return notegen("quest", "Trade wind", "--vault", study.root, "--offline", "--json", *more)


def test_a_quest_begins_with_what_the_book_says_it_is(notegen, study: Study):
    ran = quest(notegen, study)
    assert (ran.status, ran.data["status"], ran.data["path"]) == (0, "written", NOTE)
    assert ran.data["stages"][0]["asks"] == "what"
    assert ran.data["stages"][0]["read"][0]["text"] == WIND
    text = study.note(NOTE).read_text(encoding="utf-8")
    assert f"- {WIND} [[Sea.pdf#page=1|p. 1]]" in text
    assert "^ng-explained-trade-wind" in text
    assert quest(notegen, study).data["status"] == "unchanged"


def test_every_quoted_line_is_the_books_own(notegen, study: Study):
    quest(notegen, study)
    source = " ".join(" ".join(WINDS).split())
    text = study.note(NOTE).read_text(encoding="utf-8")
    quoted = [line for line in text.split("\n") if "#page=" in line]
    assert quoted
    for line in quoted:
        assert re.sub(r"\[\[.*?\]\]", "", line).removeprefix("- ").strip() in source


def test_a_topic_that_no_book_speaks_of_is_said_and_nothing_written(notegen, study: Study):
    ran = notegen("quest", "Volcano", "--vault", study.root, "--offline")
    assert ran.status == 2
    assert "No book of the vault speaks of “Volcano”." in ran.err
    assert not study.note("Quests").exists()


def test_a_dry_run_writes_nothing(notegen, study: Study):
    before = {path: path.read_bytes() for path in study.root.rglob("*.md")}
    assert quest(notegen, study, "--dry-run").data["status"] == "written"
    assert {path: path.read_bytes() for path in study.root.rglob("*.md")} == before


def test_status_ticks_what_the_notes_show_and_keeps_the_learners_edits(notegen, study: Study):
    quest(notegen, study)
    study.change(NOTE, "in your own words ^", "in your own words (to Anna) ^")
    deed = "[[2026-01-05 Winds|2026-01-06 explained: my words]]"
    concept_note(study, "Trade wind", WIND, 1, f'evidence:\n  - "{deed}"\n')
    shown = notegen("status", "--vault", study.root, "--json").data
    assert [each["met"] for each in _when(shown)] == [True, True, False, False]
    assert shown["ticked"] == [NOTE]
    text = study.note(NOTE).read_text(encoding="utf-8")
    assert re.search(r"- \[x\] .*\(to Anna\) \^ng-explained-trade-wind", text)
    assert re.search(r"- \[ \] .* \^ng-recalled-trade-wind", text)
    assert notegen("status", "--vault", study.root, "--json").data["ticked"] == []


def _when(shown) -> list:
    return shown["quests"][0]["complete_when"]


def test_a_look_without_ticks_leaves_the_note(notegen, study: Study):
    quest(notegen, study)
    concept_note(study, "Trade wind", WIND, 1, 'evidence:\n  - "[[a|2026-01-06 explained: x]]"\n')
    before = study.note(NOTE).read_bytes()
    assert notegen("status", "--vault", study.root, "--dry-run", "--json").data["ticked"] == []
    assert study.note(NOTE).read_bytes() == before


def test_conditions_come_back_from_their_lines():
    for each in (
        ConceptCondition(what="recalled", target="Trade wind", slug="trade-wind"),
        PagesCondition(book="b1-0123456789abcdef", ranges=((4, 7), (19, 19))),
    ):
        assert read_condition(str(each)) == each
    assert read_condition("read the book") is None
    assert runs_of({7, 4, 5, 6, 19}) == ((4, 7), (19, 19))
    assert slug_of("Écoulement d'air") == "coulement-d-air"
    assert slug_of("注意")


def test_applied_needs_a_deed_and_recalled_another_day():
    what = Deed(date=dt.date(2026, 1, 6), what="explained", where="a")
    recalled = Deed(date=dt.date(2026, 1, 6), what="recalled", where="a", grade="good")

    def met(kind, *deeds) -> bool:
        return ConceptCondition(what=kind, target="a", slug="a").is_met(Entry(deeds=deeds), TODAY)

    assert met("explained", what)
    assert not met("applied", what)
    assert not met("recalled", what, recalled)
    assert not met("recalled", what, Deed(date=dt.date(2026, 1, 7), what="applied", where="a"))
    assert met("recalled", what, Deed(date=dt.date(2026, 1, 8), what="recalled", where="a", grade="good"))
    assert not met("explained", Deed(date=dt.date(2026, 1, 10), what="explained", where="a"))


def test_a_tick_keeps_a_region_that_nobody_changed_as_written():
    text = wrap("complete", "- [ ] one ^ng-explained-a\n- [ ] two ^ng-explained-ab")
    after = ticked(text, ["ng-explained-a"])
    assert "- [x] one" in after
    assert "- [ ] two" in after
    assert find(after)[0].is_as_written
    assert ticked(after, []) == after


def test_pages_are_read_when_logs_cover_them(notegen, study: Study):
    read_on(study)
    ran = notegen("quest", "Spring tide", "--vault", study.root, "--offline", "--json")
    assert next(each["met"] for each in ran.data["complete_when"]) is True


def test_the_folder_is_what_the_settings_say_and_a_foreign_note_is_not_touched(notegen, study: Study):
    settings = Path(study.note("notegen.toml"))
    settings.write_text(settings.read_text(encoding="utf-8") + '[folders]\nquests = "My quests"\n', encoding="utf-8")
    mine = study.note("My quests/Quest – Trade wind.md")
    mine.parent.mkdir()
    mine.write_text("mine\n", encoding="utf-8")
    assert quest(notegen, study).data["path"] == "My quests/Quest – Trade wind 1.md"
    assert mine.read_text(encoding="utf-8") == "mine\n"


def test_cards_hold_the_stages_with_their_pages(notegen, study: Study, tmp_path: Path):
    file = tmp_path / "quest.pdf"
    assert quest(notegen, study, "--cards", str(file)).status == 0
    with pymupdf.open(file) as printed:
        text = " ".join(" ".join(page.get_text() for page in printed).split())
    assert WIND in text
    assert "(p. 1)" in text
    assert "Stage 1" in text


def test_what_the_learner_writes_into_a_quest_counts_as_explained_and_tried(notegen, study: Study):
    quest(notegen, study)
    words = " The trade wind pushed merchant ships across the whole Atlantic ocean."
    study.change(NOTE, "in my own words:", f"in my own words:{words}")
    assert _met(notegen, study) == {"explained"}
    study.change(NOTE, "and what happened:", f"and what happened:{words} I measured it on the harbour wall.")
    assert _met(notegen, study) == {"explained", "applied"}


def _met(notegen, study: Study) -> set[str]:
    shown = notegen("status", "--vault", study.root, "--json").data
    told = [each["condition"].partition("|")[2].partition(" ")[0] for each in _when(shown) if each["met"]]
    return set(told) - {""}
