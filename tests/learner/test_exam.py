"""The mock exam of a book: questions that nobody has asked yet, and the answers apart."""

from __future__ import annotations

import pytest
from study import TIDES, WINDS, Study, book, concept_note, read_on, study_in

NOTE, ANSWERS = "Exams/Exam – Sea 2026-01-08.md", "Exams/Exam – Sea 2026-01-08 – Answers.md"
WIND, TIDE = "What is a trade wind?", "What is a spring tide?"
SAID = TIDES[0].partition(".")[0] + "."


@pytest.fixture
def exam(notegen, study: Study):
    """Asks for an exam of the book after its second day; returns what the command did."""
    read_on(study)
    return lambda *more, date="2026-01-08": notegen("exam", "sea", "--vault", study.root, "--date", date, *more)


def asked(ran) -> list[str]:
    return [each["question"] for each in ran.data["questions"]]


def test_questions_and_answers_stand_apart_and_a_second_run_is_idle(exam, study: Study):
    ran = exam("--json")
    assert (ran.status, ran.data["status"], ran.data["path"], ran.data["answers"]) == (0, "written", NOTE, ANSWERS)
    assert {WIND, TIDE} <= set(asked(ran))
    questions, answers = (study.note(path).read_text(encoding="utf-8") for path in (NOTE, ANSWERS))
    assert TIDE in questions
    assert SAID not in questions
    assert "#page=" not in questions
    assert f"[[{ANSWERS[6:-3]}]]" in questions
    assert f"[[{NOTE[6:-3]}]]" in answers
    assert f"{SAID} [[Sea.pdf#page=2|p. 2]]" in answers
    assert answers.count("#page=") == len(asked(ran))
    study.change(NOTE, "My answer:", "My answer: I know")
    again = exam("--json")
    assert (again.data["status"], again.data["questions"]) == ("unchanged", ran.data["questions"])
    assert "I know" in study.note(NOTE).read_text(encoding="utf-8")


def test_what_a_card_or_evidence_names_is_not_asked(exam, study: Study):
    study.cards()
    study.change("Cards/Sea.md", TIDE, "How tall is a mountain?")
    assert "No question of Sea is left" in exam().err  # a card that was edited, or deleted, has asked once
    study.note("Cards/Sea.md").unlink()
    evidence = f'evidence:\n  - "[[2026-01-05 Winds|2026-01-06 recalled good: {TIDE}]]"\n'
    concept_note(study, "Spring tide", SAID, 2, evidence)
    assert asked(exam("--json")) == [WIND]


def test_a_page_may_be_asked_of_more_than_once(notegen, tmp_path, monkeypatch):
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    made = study_in(tmp_path)
    made.day("2026-01-05", book(made.root / "Inbox" / "Sea.pdf", [("Winds and tides", (*WINDS, *TIDES))]), "1")
    assert sorted(asked(notegen("exam", "Sea", "--vault", made.root, "--json"))) == [TIDE, WIND]


def test_a_question_about_a_concept_counts_for_the_card_that_asks_for_it(exam, study: Study):
    evidence = 'evidence:\n  - "[[2026-01-05 Winds|2026-01-06 recalled good: What does “Trade wind” mean?]]"\n'
    concept_note(study, "Trade wind", WINDS[0].partition(".")[0] + ".", 1, evidence)
    assert WIND not in asked(exam("--json"))


def test_another_day_asks_others_until_none_is_left(exam, study: Study):
    first = exam("--n", "1", "--json")
    assert (len(asked(first)), first.data["left_over"] > 0) == (1, True)
    second = exam("--json", date="2026-01-09")
    assert len(asked(second)) == first.data["left_over"]
    assert not set(asked(first)) & set(asked(second))
    last = exam(date="2026-01-10")
    assert (last.status, "No question of Sea is left that was never asked." in last.err) == (1, True)


def test_a_dry_run_writes_nothing_and_a_foreign_note_keeps_its_place(exam, study: Study):
    assert exam("--dry-run").out.startswith(f"+ {NOTE}  (would be written: ")
    assert not study.note("Exams").exists()
    study.note("Exams").mkdir()
    study.note(ANSWERS).write_text("mine", encoding="utf-8")
    ran = exam("--json")
    assert ran.data["answers"] == ANSWERS.replace(".md", " 1.md")
    assert f"[[{ran.data['answers'][6:-3]}]]" in study.note(NOTE).read_text(encoding="utf-8")
    assert study.note(ANSWERS).read_text(encoding="utf-8") == "mine"
    study.note(NOTE).unlink()
    assert "its answer key is there" in exam().err


def test_what_cannot_be_asked_of_is_said_with_the_next_step(notegen, study: Study):
    (study.root / "Logs/2026-01-05 Winds.md").unlink()
    ran = notegen("exam", "Sea", "--vault", study.root)
    assert (ran.status, "Nothing of Sea has been read yet." in ran.err) == (1, True)
    assert [notegen("exam", each, "--vault", study.root).status for each in ("Land", "")] == [2, 2]
    assert notegen("exam", "Sea", "--date", "soon", "--vault", study.root).status == 2
