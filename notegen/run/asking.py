"""A question put to the vault's books: as `notegen ask` and programs are told the answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.draft.drafter import Brief, Drafter
from notegen.draft.explained import Explained, Explainer
from notegen.errors import ModelError, UsageError
from notegen.language.detect import language_of
from notegen.language.names import name_of
from notegen.library.answering import Quoted, answer_of
from notegen.library.library import Book, Found, Hit, Library
from notegen.library.terms import Word, asked_words, counted, has_number_of

MAX_PASSAGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the books say to a question."""

    question: str
    found: Found
    quoted: tuple[Quoted, ...]
    """The answer; empty where the books do not have it."""
    advice: str = ""
    """What may help where it is empty: to ask in the language of the books."""
    explained: Explained | None = None
    """What a language model says from the hits, where one drafts."""
    no_model: str = ""
    """Why it does not, though one is named."""

    @property
    def sent(self) -> tuple[Hit, ...]:
        """The hits that a model is shown, in the order of `Said.passages`."""
        return tuple(hit for hit in self.found.hits if hit.certain)


def with_model(answer: Answer, drafter: Drafter, brief: Brief) -> Answer:
    """The answer with what the model of a drafter says to it. It stays as it is without one, where the books do not
    answer, and where the model gives none."""
    if not isinstance(drafter, Explainer) or not answer.quoted:
        return answer
    try:
        return replace(answer, explained=drafter.explain(answer.question, [hit.text for hit in answer.sent], brief))
    except ModelError as error:
        return replace(answer, no_model=f"{error.reason} {error.next_step}".strip())


def ask(library: Library, question: str, book: str = "", top: int = MAX_PASSAGES) -> Answer:
    """Search the books, or the one that is called `book`, for what answers. Raises UsageError for a wrong book, and for
    a question without a word to look for."""
    question = " ".join(question.split())
    books = library.books()
    chosen = {each.key for each in books_called(book, books)} if book else None
    languages = {each.language for each in books if each.units and (chosen is None or each.key in chosen)}
    words = asked_words(question, languages)
    if not words:
        raise UsageError("There is nothing in this question to look for.", 'Ask in words: notegen ask "What is a …?"')
    found = library.search(words, question, books=chosen, top=top)
    found = replace(found, is_unanswered=not _has_what_is_counted(question, words, found.hits))
    advice = "" if found.is_answered else _other_languages(question, languages)
    return Answer(question=question, found=found, quoted=answer_of(found), advice=advice)


def _other_languages(question: str, languages: Collection[str]) -> str:
    """A sentence where the question is in none of the books' languages; "" where it is, or nobody knows."""
    own = language_of(question)
    if not own or not languages or own in languages or "" in languages:
        return ""
    listed = ", ".join(sorted(map(name_of, languages)))
    return f"The question is in {name_of(own)}, and the books are in {listed}: ask in their words."


def _has_what_is_counted(question: str, words: Sequence[Word], hits: Sequence[Hit]) -> bool:
    """Where a question asks for a number, one stands near what is counted in one of the hits."""
    thing = counted(question)
    word = next((each for each in words if each.text.casefold() == thing), None) if thing else None
    return word is None or any(
        has_number_of(hit.unit.text, word, language_of(question, hit.book.language), question) for hit in hits
    )


def books_called(name: str, books: Sequence[Book]) -> list[Book]:
    """The books that a person means: by path, file name or title, else by a part of them. Raises UsageError."""
    wanted = name.casefold().removesuffix(".pdf")
    names = {each.key: _names(each) for each in books}
    found = [each for each in books if wanted in names[each.key]]
    found = found or [each for each in books if any(wanted in one for one in names[each.key])]
    if not found:
        listed = ", ".join(each.pdf for each in books[:8]) or "none"
        raise UsageError(f"--book {name}: no PDF is called so.", f"Choose one of: {listed}.")
    return found


def _names(book: Book) -> tuple[str, str, str]:
    path = book.pdf.casefold().removesuffix(".pdf")
    return path.rpartition("/")[2], path, book.title.casefold()


def as_data(answer: Answer) -> dict[str, Any]:
    """The answer for programs, ready for JSON. Fields may be added; none is renamed."""
    found = answer.found
    return {
        "question": answer.question,
        "found": found.is_answered,
        "answer": [_place(each.hit) for each in answer.quoted],
        "passages": [_passage(each) for each in found.hits],
        "coverage": round(found.coverage, 3),
        "missing": list(found.missing),
        **({"advice": answer.advice} if answer.advice else {}),
        **_explained_as_data(answer),
    }


def _explained_as_data(answer: Answer) -> dict[str, Any]:
    if answer.explained is None:
        return {"no_model": answer.no_model} if answer.no_model else {}
    sent = answer.sent
    return {
        "model": answer.explained.model,
        "claims": [
            {"text": each.text, "verdict": each.verdict, "units": [sent[at].unit.id for at in each.passages]}
            for each in answer.explained.said
        ],
    }


def _passage(hit: Hit) -> dict[str, Any]:
    return {
        **_place(hit),
        "score": hit.score,
        "coverage": round(hit.covered, 3),
        "exact": bool(hit.certain),
    }


def _place(hit: Hit) -> dict[str, Any]:
    return {
        "text": hit.text,
        "pdf": hit.book.pdf,
        "pdf_page": hit.page + 1,
        "page": hit.label,
        "heading": hit.heading,
        "book": hit.book.title,
        "whole": hit.is_whole,
        "gone": hit.book.is_gone,
        "id": hit.unit.id,
    }
