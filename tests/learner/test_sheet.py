"""The sheet of a book: what was read, on few pages, each statement once and with its page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from real_pdfs import EXAMPLE_PDF
from study import TIDES, WINDS, Study, concept_note, read_on

from notegen.draft.draft import Evidence, Formula, Quotation, QuotedLine, Statement
from notegen.extract.document import Block, Picture
from notegen.learner.sheet import WORDS_PER_PAGE, Room, Wrong, in_turn

NOTE = "Sheets/Sea.md"
WIND = WINDS[0].partition(".")[0] + "."
TIDE = TIDES[0].partition(".")[0] + "."
FAILED = (
    'evidence:\n  - "[[2026-01-05 Winds|2026-01-06 recalled again: What is a trade wind?]]"\n'
    '  - "[[2026-01-05 Winds|2026-01-07 recalled hard: What is a trade wind?]]"\n'
    '  - "[[2026-01-05 Winds|2026-01-07 recalled good: Whom did it carry?]]"\n'
)


def sheet(study: Study) -> str:
    """The note without the marks of terms."""
    return study.note(NOTE).read_text(encoding="utf-8").replace("==", "")


def test_a_definition_stands_once_with_its_page_and_a_second_run_is_idle(notegen, study: Study):
    ran = notegen("sheet", "Sea", "--vault", study.root, "--json")
    assert (ran.status, ran.data["status"], ran.data["path"], ran.data["passages"]) == (0, "written", NOTE, ["1-1"])
    assert sheet(study).count(WIND) == ran.data["definitions"] == 1
    assert re.search(re.escape(WIND) + r".* \[\[Sea.pdf#page=1\|p. 1\]\]", sheet(study))
    assert TIDE not in sheet(study)
    assert "Answered wrong" not in sheet(study)
    assert notegen("sheet", "sea", "--vault", study.root).out.startswith("= Sheets/Sea.md")


def test_what_is_read_later_comes_in_and_the_learners_words_stay(notegen, study: Study):
    notegen("sheet", "Sea", "--vault", study.root)
    study.change(NOTE, "a steady wind", "a constant wind (mine)")
    read_on(study)
    ran = notegen("sheet", "Sea", "--vault", study.root, "--json")
    assert (ran.data["status"], ran.data["passages"]) == ("updated", ["1-1", "2-2"])
    assert "a constant wind (mine)" in sheet(study)
    assert sheet(study).count(TIDE) == 1


def test_what_was_answered_wrong_comes_first_and_is_not_said_again(notegen, study: Study):
    concept_note(study, "Trade wind", WIND, 1, FAILED)
    ran = notegen("sheet", "Sea", "--vault", study.root, "--json")
    assert ran.data["wrong"] == 1
    asked = f"- **What is a trade wind?** (2026-01-07) [[Trade wind]]\n  {WIND} [[Sea.pdf#page=1|p. 1]]"
    assert asked in sheet(study)
    assert "Whom did it carry?" not in sheet(study)
    assert sheet(study).count(WIND) == 1


def test_a_dry_run_writes_nothing_and_a_foreign_note_keeps_its_place(notegen, study: Study):
    ran = notegen("sheet", "Sea", "--vault", study.root, "--dry-run")
    assert (ran.status, ran.out.startswith(f"+ {NOTE}  (would be written: 1 definition,")) == (0, True)
    assert not study.note("Sheets").exists()
    study.note("Sheets").mkdir()
    study.note(NOTE).write_text("mine", encoding="utf-8")
    assert notegen("sheet", "Sea", "--vault", study.root, "--json").data["path"] == "Sheets/Sea 1.md"
    assert sheet(study) == "mine"


def test_nothing_read_is_said_with_the_next_step(notegen, study: Study):
    (study.root / "Logs/2026-01-05 Winds.md").unlink()
    ran = notegen("sheet", "Sea", "--vault", study.root)
    assert ran.status == 1
    assert "Nothing of Sea has been read yet." in ran.err
    assert "notegen day --book “Sea”" in ran.err
    assert notegen("sheet", "Land", "--vault", study.root).status == 2
    assert notegen("sheet", "", "--vault", study.root).status == 2


def test_a_sheet_of_a_real_book(notegen, vault):
    """A definition has what follows in its unit and nothing before it; a picture is one that the log embeds, once, in
    the file that is there."""
    book = Path(shutil.copy(EXAMPLE_PDF, vault / "Inbox"))
    assert notegen("day", book, "--pages", "pdf:4-7", "--vault", vault).status == 0
    before = {path for path in vault.rglob("*") if path.suffix == ".png"}
    ran = notegen("sheet", book.stem, "--vault", vault, "--json")
    text = (vault / ran.data["path"]).read_text(encoding="utf-8")
    assert "Short means a few hundred coordinates" in text
    assert "- The ==distributional hypothesis== is the claim" in text
    assert "Where could such vectors come from?" not in text
    assert (ran.data["formulas"], ran.data["tables"], ran.data["pictures"]) == (1, 1, 1)
    assert len(re.findall(r"!\[\[[^|]*\.png", text)) == 2
    assert {path for path in vault.rglob("*") if path.suffix == ".png"} == before
    [log] = (vault / "Logs").glob("*.md")
    log.write_text(re.sub(r"!\[\[.*\n", "", log.read_text(encoding="utf-8")), encoding="utf-8")
    ran = notegen("sheet", book.stem, "--vault", vault, "--json", "--dry-run")
    assert (ran.data["formulas"], ran.data["pictures"]) == (0, 0)


def definition(words: int) -> Quotation:
    text = " ".join(["word"] * words)
    line = QuotedLine(page=0, statement=Statement(text=text, evidence=Evidence(page=0, text=text)))
    return Quotation(unit="", kind="definition", lines=(line,))


@pytest.mark.parametrize(("pages", "kept"), [(1, [1, 1]), (2, [3, 1])])
def test_a_page_is_full_at_its_words_and_every_passage_has_a_part(pages: int, kept: list[int]):
    room = Room(pages * WORDS_PER_PAGE)
    wrong = Wrong(question="Ten words", date="", concept="", answer=" ".join(["word"] * 8), page=0)
    assert room.takes(wrong)
    passages = [[definition(200), definition(200), definition(199)], [definition(190)]]
    assert [len(each) for each in room.share(passages)] == kept
    assert room.left_out == 4 - sum(kept)


def test_a_page_has_room_for_five_pictures_or_sixteen_formulas():
    picture = Picture(page=0, bbox=(0, 0, 9, 9), kind="image")
    formula = Formula(block=Block(kind="formula", page=0, text="x", bbox=(0, 0, 9, 9)))
    assert [len(own) for own in Room(WORDS_PER_PAGE).share([[picture] * 20])] == [5]
    assert [len(own) for own in Room(WORDS_PER_PAGE).share([[formula] * 20])] == [16]


def test_a_short_sheet_has_of_each_group():
    picture = Picture(page=0, bbox=(0, 0, 9, 9), kind="image")
    assert in_turn([definition(1), definition(2)], [picture, picture]) == (
        definition(1),
        picture,
        definition(2),
        picture,
    )
