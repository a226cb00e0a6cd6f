"""The plan of a book: its days, the ticks that follow the logs, and what the learner does to it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner
from study import TIDES, WINDS, Study, book

from notegen.cli.main import cli
from notegen.errors import NotegenError, PdfError, UsageError
from notegen.run.reading_plan import PlanReport, PlanRequest, as_data, make_plan

TODAY = dt.date(2026, 1, 6)
NOTE = "Plans/Long.md"
SECTIONS = ("Winds", "Tides", "Waves", "Rain", "Snow", "Ice")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A book of six sections, two pages each, of which nothing is read."""
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    (tmp_path / "vault" / "Inbox").mkdir(parents=True)
    (tmp_path / "vault" / "notegen.toml").write_text("[link]\nrelated = 0\n", encoding="utf-8")
    made = Study(tmp_path / "vault")
    pages = [
        (f"{title}{more}", WINDS if place % 2 else TIDES)
        for place, title in enumerate(SECTIONS)
        for more in ("", " on")
    ]
    pdf = book(made.root / "Inbox" / "Long.pdf", pages)
    with pymupdf.open(pdf) as document:
        document.set_toc([[1, title, 2 * place + 1] for place, title in enumerate(SECTIONS)])
        document.saveIncr()
    return made


def planned(
    shelf: Study, pages: int = 0, *, by: str = "", start: str = "", today: dt.date = TODAY, **more
) -> PlanReport:
    request = PlanRequest(
        book=more.pop("book", "Long"),
        by=dt.date.fromisoformat(by) if by else None,
        pages_per_day=pages,
        start=dt.date.fromisoformat(start) if start else None,
        today=today,
        **more,
    )
    return make_plan(request, shelf.desk)


def days(report: PlanReport) -> list[tuple[str, str, bool]]:
    return [(each["date"], each["pdf_pages"], each["read"]) for each in as_data(report)["days"]]


def read(shelf: Study, pages: str, date: str = "2026-01-06") -> None:
    shelf.day(date, shelf.note("Inbox/Long.pdf"), pages)


def text(shelf: Study) -> str:
    return shelf.note(NOTE).read_text(encoding="utf-8")


def refused(shelf: Study, pages: int = 0, **more) -> NotegenError:
    with pytest.raises(NotegenError) as caught:
        planned(shelf, pages, **more)
    assert caught.value.next_step
    assert not shelf.note("Plans").exists()
    return caught.value


def test_a_day_ends_with_the_section_that_brings_it_nearest_its_pages(shelf: Study):
    assert days(planned(shelf, 5)) == [
        ("2026-01-06", "1-4", False),
        ("2026-01-07", "5-8", False),
        ("2026-01-08", "9-12", False),
    ]
    assert [each[1] for each in days(planned(shelf, 3))] == ["1-2", "3-4", "5-6", "7-8", "9-10", "11-12"]
    assert "- [ ] 2026-01-06 · [[Long.pdf#page=1|pp. 1–2]] · Winds\n" in text(shelf)


def test_a_plan_by_a_day_ends_on_it_or_before(shelf: Study):
    assert days(planned(shelf, by="2026-01-11", start="2026-01-08")) == [
        ("2026-01-08", "1-4", False),
        ("2026-01-09", "5-8", False),
        ("2026-01-10", "9-12", False),
    ]
    assert [each[:2] for each in days(planned(shelf, by="2026-01-06"))] == [("2026-01-06", "1-12")]


def test_a_second_run_ticks_what_logs_cover_and_writes_nothing_else(shelf: Study):
    planned(shelf, 5)
    assert planned(shelf, 5, today=dt.date(2026, 1, 7)).note.status == "unchanged"
    before = text(shelf)
    read(shelf, "1-2")
    assert planned(shelf).note.status == "unchanged"
    read(shelf, "3-4")
    assert planned(shelf, 5, today=dt.date(2026, 2, 1)).note.status == "updated"
    assert text(shelf).replace("- [x] 2026-01-06", "- [ ] 2026-01-06").partition("%% notegen:begin days")[2].count(
        "- [ ] "
    ) == before.count("- [ ] ")
    assert "- [x] 2026-01-06" in text(shelf)


def test_ticks_and_lines_of_the_learner_stay(shelf: Study):
    planned(shelf, 5)
    shelf.change(NOTE, "- [ ] 2026-01-08", "- [x] 2026-01-08")
    shelf.change(NOTE, "Waves; Rain\n", "Waves; Rain\n- [ ] ask Ada about waves\n")
    shelf.change(NOTE, "Winds; Tides\n", "Winds; Tides (with Ada)\n")
    read(shelf, "1-4")
    planned(shelf)
    for mine in ("- [x] 2026-01-08", "- [ ] 2026-01-07", "- [ ] ask Ada about waves\n", "Winds; Tides (with Ada)\n"):
        assert mine in text(shelf)
    assert "- [x] 2026-01-06" in text(shelf)


def test_another_pace_plans_what_is_unread_by_then(shelf: Study):
    planned(shelf, 5)
    read(shelf, "1-3")
    assert days(planned(shelf, 2, today=dt.date(2026, 1, 9)))[:2] == [
        ("2026-01-09", "4-4", False),
        ("2026-01-10", "5-6", False),
    ]
    assert "2026-01-06" not in text(shelf)


def test_a_finished_book_is_said_and_not_planned_anew(shelf: Study):
    planned(shelf, 12)
    read(shelf, "1-12")
    report = planned(shelf)
    assert (report.subject.is_finished, days(report)) == (True, [("2026-01-06", "1-12", True)])
    assert "**Finished: your logs cover every page.**" in text(shelf)
    with pytest.raises(PdfError, match="Nothing of Long is left to read"):
        planned(shelf, 3)


def test_what_nobody_can_plan_is_said(shelf: Study):
    assert "no PDF is called so" in refused(shelf, 5, book="Nothing").reason
    assert "--by 2026-01-05 is in the past" in refused(shelf, by="2026-01-05").reason
    assert "--by 2026-01-07 is before --from" in refused(shelf, by="2026-01-07", start="2026-01-08").reason
    assert "--from 2025-12-31 is in the past" in refused(shelf, 5, start="2025-12-31").reason
    assert "has no plan yet" in refused(shelf).reason
    assert isinstance(refused(shelf, 1, start="9999-12-31"), UsageError)


def test_the_command_tells_programs_and_a_dry_run_writes_nothing(shelf: Study):
    asked = ["plan", "Long.pdf", "--vault", str(shelf.root), "--pages-per-day", "5", "--json"]
    dry = json.loads(CliRunner().invoke(cli, [*asked, "--dry-run"], catch_exceptions=False).stdout)
    assert not shelf.note("Plans").exists()
    done = json.loads(CliRunner().invoke(cli, asked, catch_exceptions=False).stdout)
    assert {**done, "dry_run": True} == dry
    assert (done["path"], done["pages_per_day"], done["finished"]) == (NOTE, 5, False)
    assert done["days"][0] == {
        "date": dt.date.today().isoformat(),
        "pages": "1–4",
        "pdf_pages": "1-4",
        "titles": ["Winds", "Tides"],
        "read": False,
    }


def test_the_plan_speaks_the_language_of_the_outline(shelf: Study):
    with pymupdf.open(shelf.root / "Inbox" / "Long.pdf") as document:
        titles = ("Was der Wind ist und wie er entsteht", "Wie die Gezeiten mit dem Mond gehen")
        document.set_toc([[1, title, 6 * place + 1] for place, title in enumerate(titles)])
        document.saveIncr()
    planned(shelf, 2)
    assert "# 🗓️ Leseplan · " in (shelf.root / NOTE).read_text(encoding="utf-8")
