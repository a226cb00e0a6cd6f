"""`notegen ask`: what the books say, in their words, or that they do not have it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_the_answer_is_the_books_own_words_with_their_page(rivers: Path, notegen):
    said = notegen("ask", "What is an oxbow lake?", "--vault", rivers, "--offline", "--json").data
    assert said["question"] == "What is an oxbow lake?"
    assert said["found"] is True
    first = said["answer"][0]
    assert "An oxbow lake is left behind when the river breaks through the neck of a meander." in first["text"]
    assert (first["pdf"], first["pdf_page"], first["page"]) == ("Inbox/Rivers.pdf", 2, "2")
    assert said["passages"][0].keys() >= {"text", "pdf", "pdf_page", "page", "score"}
    scores = [each["score"] for each in said["passages"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "question", ["Which enzyme copies the genome of a retrovirus?", "Who painted the Sistine chapel?"]
)
def test_what_no_book_speaks_of_is_not_found_and_has_no_answer(rivers: Path, notegen, question: str):
    said = notegen("ask", question, "--vault", rivers, "--json").data
    assert (said["found"], said["answer"]) == (False, [])
    assert said["missing"]


def test_a_person_is_told_what_no_page_has(rivers: Path, notegen):
    said = notegen("ask", "Which enzyme copies the river's genome?", "--vault", rivers)
    assert said.status == 0
    assert said.out.startswith("Not in your sources.")
    assert "No page has: enzyme" in said.out


def test_one_book_can_be_asked_alone(rivers: Path, notegen, make_book):
    make_book(rivers / "Sources.pdf", ["A lake is a body of still water. A lake in a crater has no outlet at all."])
    question = "What is a lake?"
    said = notegen("ask", question, "--book", "Sources", "--vault", rivers, "--json").data
    assert {each["pdf"] for each in said["passages"]} == {"Sources.pdf"}
    wrong = notegen("ask", question, "--book", "Moons", "--vault", rivers)
    assert wrong.status == 2
    assert "Inbox/Rivers.pdf" in wrong.err


def test_a_question_without_a_word_to_look_for_is_refused_plainly(rivers: Path, notegen):
    asked = notegen("ask", "What is it?", "--vault", rivers)
    assert asked.status == 2
    assert "nothing in this question" in asked.err


def test_asking_writes_nothing_into_the_vault(rivers: Path, notegen):
    before = {path: path.stat().st_mtime_ns for path in rivers.rglob("*")}
    notegen("ask", "What is a delta?", "--vault", rivers)
    assert {path: path.stat().st_mtime_ns for path in rivers.rglob("*")} == before


def test_meaning_finds_what_other_words_say(rivers: Path, notegen, weights: Path):
    answers = [
        json.loads(notegen("ask", "Why do mountain lakes look turquoise?", "--vault", rivers, "--json",
                           NOTEGEN_MODEL__PATH=str(place)).out)
        for place in (weights, rivers)
    ]  # fmt: skip
    assert all("turquoise" in each["answer"][0]["text"] for each in answers)


def test_who_asks_in_another_language_than_the_books_is_told_so(rivers: Path, notegen):
    asked = "Welche Völker haben in den Tälern dieser großen Flüsse gelebt?"
    said = notegen("ask", asked, "--vault", rivers, "--json").data
    assert said["found"] is False
    assert said["advice"] == "The question is in German, and the books are in English: ask in their words."


def test_what_the_book_of_the_nearest_hit_does_not_have_is_missing_though_another_book_has_it(
    rivers: Path, notegen, make_book
):
    make_book(
        rivers / "Cells.pdf", ["Enzymes copy the genome of a retrovirus. A ribosome reads it and builds proteins."]
    )
    asked = "Which enzymes and proteins does a turquoise lake below a glacier have?"
    assert notegen("ask", asked, "--vault", rivers, "--json").data["found"] is False


def test_a_place_is_named_once_however_much_of_it_is_near(vault: Path, make_book, notegen):
    facts = (
        "A moss is a small plant without roots.", "Rain is what a moss drinks, through each of its leaves.",
        "On a dry wall the moss sleeps for weeks.", "Deer dig for moss below the snow of a long winter.",
        "Moss that burns slowly was once cut for stoves.", "The spores of a moss travel with the wind.",
        "Gardens of moss are swept each morning in Kyoto.", "A moss holds twenty times its weight in water.",
        "Nurses laid clean moss on wounds during the war.", "Some birds line their nests with soft moss.",
    )  # fmt: skip
    make_book(vault / "Inbox" / "Moss.pdf", ["\n\n".join(facts)])
    said = notegen("ask", "What is a moss?", "--vault", vault, "--offline")
    places = [line for line in said.out.splitlines() if line.startswith("see also: ")]
    assert len(places) == len(set(places)) == 1
