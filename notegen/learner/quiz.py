"""Which questions are asked today: what is due comes first, then what was never asked; books and kinds take turns."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notegen.learner.ledger.deed import Deed
from notegen.learner.ledger.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizQuestion:
    """A question that may be asked."""

    id: str
    """Of its card; of a concept's definition `concept:` and its path."""
    question: str
    """Plain text."""
    answer: str
    """Plain text, the source's own words; a list has a line for each item."""
    book: str
    """Name of the PDF."""
    page: int | None
    """As links count, from 1."""
    page_label: str
    """As printed: "p. 25"."""
    note: str
    """Path of the note in which the passage can be looked up."""
    topics: tuple[str, ...]
    """Paths of the notes that hold what is learned of it: of the concepts that it names, else of its log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of today."""

    question: QuizQuestion
    is_due: bool
    """Else it was never asked."""


def chosen(pool: Sequence[QuizQuestion], entries: Mapping[str, Entry], today: dt.date, count: int) -> list[Asked]:
    """At most so many questions of the pool, one for each topic that is due, then new ones.

    entries: by the paths of topics. A topic that was asked about today is left in peace.
    """
    last = _last_asked(entries)
    busy = {
        path
        for path, entry in entries.items()
        if any(deed.what == "recalled" and deed.date == today for deed in entry.deeds)
    }
    due: list[QuizQuestion] = []
    for path in sorted(entries, key=lambda path: (entries[path].next_review or dt.date.max, path)):
        if not entries[path].is_due(today) or path in busy:
            continue
        about = [each for each in pool if path in each.topics and each not in due]
        if about and not any(path in each.topics for each in due):
            due.append(min(about, key=lambda each: (last.get(_key(each), dt.date.min), len(each.topics), each.id)))
    covered = {topic for each in due for topic in each.topics} | busy
    new = [each for each in pool if _key(each) not in last and not covered & set(each.topics)]
    asked = [Asked(question=each, is_due=True) for each in _taking_turns(due)]
    asked += [Asked(question=each, is_due=False) for each in _taking_turns(new)]
    return asked[:count]


def _key(question: QuizQuestion) -> str:
    return about_of(question.question)


def about_of(question: str) -> str:
    """A question as evidence names it."""
    told = Deed.read(str(Deed(date=dt.date.min, what="recalled", where="", about=question)))
    return told.about if told else question


def _last_asked(entries: Mapping[str, Entry]) -> dict[str, dt.date]:
    """When each question was asked last."""
    last: dict[str, dt.date] = {}
    for entry in entries.values():
        for deed in entry.deeds:
            if deed.what == "recalled":
                last[deed.about] = max(deed.date, last.get(deed.about, deed.date))
    return last


def _taking_turns(questions: Sequence[QuizQuestion]) -> list[QuizQuestion]:
    """The same questions: books take turns, and within a book the words that ask ("what", "why", "how")."""
    books: dict[str, list[QuizQuestion]] = defaultdict(list)
    for each in questions:
        books[each.book].append(each)
    return _woven([_woven(_by_first_word(own)) for own in books.values()])


def _by_first_word(questions: Sequence[QuizQuestion]) -> list[list[QuizQuestion]]:
    kinds: dict[str, list[QuizQuestion]] = defaultdict(list)
    for each in questions:
        kinds[each.question.partition(" ")[0].casefold()].append(each)
    return list(kinds.values())


def _woven(rows: Sequence[Sequence[QuizQuestion]]) -> list[QuizQuestion]:
    longest = max(map(len, rows), default=0)
    return [row[place] for place in range(longest) for row in rows if place < len(row)]
