"""The quiz: what is asked and in which order, and what becomes of the answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from study import Study, read_on

from notegen.learner.ledger.deed import Deed
from notegen.learner.ledger.entry import Entry
from notegen.learner.quiz import QuizQuestion, chosen
from notegen.vault.properties import parse, split

DAY = dt.date(2026, 1, 10)
WIND = "Concepts/Trade wind.md"


def question(name: str, topic: str = "", book: str = "B") -> QuizQuestion:
    return QuizQuestion(
        id=name,
        question=name,
        answer="It is.",
        book=book,
        page=1,
        page_label="p. 1",
        note="Log.md",
        topics=(topic or name,),
    )


def recalled(about: str, day: dt.date) -> Deed:
    return Deed(date=day, what="recalled", grade="good", where="Log", about=about)


def asked(pool: list[QuizQuestion], entries: dict[str, Entry], count: int = 9) -> list[str]:
    return [each.question.id for each in chosen(pool, entries, DAY, count)]


def test_what_is_due_comes_first_by_the_question_that_rested_longest():
    early = DAY - dt.timedelta(days=5)
    entry = Entry(
        deeds=(recalled("What is it?", DAY - dt.timedelta(days=2)), recalled("Why is it?", early)), next_review=DAY
    )
    pool = [question("What is new?"), question("What is it?", "T"), question("Why is it?", "T")]
    assert asked(pool, {"T": entry}) == ["Why is it?", "What is new?"]
    assert asked(pool, {"T": replace(entry, next_review=DAY + dt.timedelta(days=1))}) == ["What is new?"]
    assert asked(pool, {"T": entry}, 1) == ["Why is it?"]


def test_what_was_asked_today_rests():
    entry = Entry(deeds=(recalled("What is it?", DAY),), next_review=DAY)
    assert asked([question("What is it?", "T"), question("Why is it?", "T")], {"T": entry}) == []


def test_books_and_kinds_of_question_take_turns():
    pool = [question(f"What {each}?") for each in "abc"] + [question("Why d?"), question("How e?", book="C")]
    assert asked(pool, {}) == ["What a?", "How e?", "Why d?", "What b?", "What c?"]


def test_a_person_is_asked_and_each_answer_is_written_at_once(notegen, study: Study):
    ran = notegen("quiz", "--vault", study.root, "--date", "2026-01-06", answers="a wind\ny\ng\n")
    assert (ran.status, "1 asked, 1 known" in ran.out) == (0, True), ran.err
    assert "p. 1" in ran.out
    found = parse(split(study.note(WIND).read_text(encoding="utf-8"))[0] or "")
    assert found["evidence"] == ["[[2026-01-05 Winds|2026-01-06 recalled good sure: What is a trade wind?]]"]
    assert (found["learned"], found["next_review"]) == ("explained", "2026-01-08")
    assert "[[Trade wind]]" in study.note("Mastered Concepts.md").read_text(encoding="utf-8")
    assert "Nothing is due" in notegen("quiz", "--vault", study.root, "--date", "2026-01-07").out


def test_a_program_gets_questions_and_tells_grades(notegen, study: Study):
    read_on(study)
    told = ("--vault", study.root, "--date", "2026-01-06", "--json")
    data = notegen("quiz", *told).data
    assert [each["question"] for each in data["questions"]] == ["What is a trade wind?", "What is a spring tide?"]
    assert set(data["questions"][0]) == {
        "id", "question", "answer", "book", "page", "pages", "note", "topics", "due",
    }  # fmt: skip
    first, second = (each["id"] for each in data["questions"])
    written = notegen("quiz", *told, "--grade", f"{first}=again", "--grade", f"{second}=easy").data
    assert [each["grade"] for each in written["recorded"]] == ["again", "easy"]
    due = notegen("quiz", "--vault", study.root, "--date", "2026-01-07", "--json").data["questions"]
    assert [(each["id"], each["due"]) for each in due] == [(first, True)]
    assert notegen("quiz", *told, "--grade", "nobody=good").status == 2
    assert notegen("quiz", *told, "--grade", f"{first}=perfect").status == 2


def test_a_question_that_names_no_concept_is_kept_with_its_log(notegen, study: Study):
    study.note(WIND).unlink()
    told = ("--vault", study.root, "--date", "2026-01-06", "--json")
    [one] = notegen("quiz", *told).data["questions"]
    assert one["topics"] == ["Logs/2026-01-05 Winds.md"]
    notegen("quiz", *told, "--grade", f"{one['id']}=good")
    found = parse(split(study.note("Logs/2026-01-05 Winds.md").read_text(encoding="utf-8"))[0] or "")
    assert found["next_review"] == "2026-01-08"
    assert notegen("quiz", "--vault", study.root, "--date", "2026-01-08", "--json").data["questions"][0]["due"]


def test_a_concept_without_a_card_is_asked_by_its_definition(notegen, study: Study):
    study.note("notegen.toml").write_text("[cards]\nper_day = 0\n", encoding="utf-8")
    [one] = notegen("quiz", "--vault", study.root, "--json").data["questions"]
    assert one["question"] == "What does “Trade wind” mean?"
    assert one["answer"].startswith("A trade wind is a steady wind")
