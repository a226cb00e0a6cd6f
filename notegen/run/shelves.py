"""The books of a vault on their way to cards: which passages have none yet, and what each gives."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notegen.desk import Desk
from notegen.draft.quoting.extractive import Work
from notegen.draft.quoting.questions.choose import PER_PAGE, best_questions
from notegen.draft.quoting.questions.frames import grammar
from notegen.draft.quoting.questions.passage import Reading
from notegen.errors import PdfError
from notegen.extract.document import Document
from notegen.kinds.cards import CARDS
from notegen.learner.cards.card import Card, card_of
from notegen.learner.cards.noted import cards_in, ids_of, refused_in
from notegen.learner.cards.plugin import CardSyntax
from notegen.learner.cards.rules import Book, Known, is_fit
from notegen.reading.passage import cut
from notegen.reading.unit import Unit
from notegen.run.reader import PdfReader
from notegen.run.request import Progress
from notegen.run.sources import Source
from notegen.run.task import stretch_of
from notegen.vault.identity import properties_of, yaml_of
from notegen.vault.logs import LogRecord

_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """The passage of a log, and what it gives."""

    log: LogRecord
    title: str = ""
    """As the book has it."""
    language: str = ""
    cards: tuple[Card, ...] = ()
    """Those that are fit, the most worth asking first."""

    @property
    def pdf_pages(self) -> str:
        return "{}-{}".format(*self.log.pdf_pages)

    @property
    def date(self) -> str:
        """YYYY-MM-DD, "" where the log does not say."""
        return self.log.date.isoformat() if self.log.date else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A book on its way."""

    source: Source
    document: Document
    name: str
    text: str
    """Of its cards note as it stands; "" for none."""
    path: str
    passages: tuple[Studied, ...]
    """Those that the note has no cards of yet."""


def shelf_of(
    source: Source, logs: Sequence[LogRecord], reader: PdfReader, desk: Desk, on_progress: Progress
) -> Iterator[Shelf]:
    """The book of a source with the cards that could come; nothing for one without logs."""
    document = reader.read(source.path, ())
    source = source.known_as(document, logs)
    if not source.logs:
        return
    note = next(iter(CARDS.known({CARDS.mark: document.book}, desk.vault)), None)
    text = desk.vault.text(note.path) if note else ""
    done = set(CARDS.made_of(note.path, desk.vault)) if note else set()
    passages: list[Studied] = []
    if any("{}-{}".format(*log.pdf_pages) not in done for log in source.logs) and not refuses(text):
        passages = studied_in(source, document, reader, desk, on_progress)
    yield Shelf(
        source=source,
        document=document,
        name=source.path.stem,
        text=text,
        path=note.path if note else "",
        passages=tuple(each for each in passages if each.pdf_pages not in done),
    )


def studied_in(
    source: Source,
    document: Document,
    reader: PdfReader,
    desk: Desk,
    on_progress: Progress,
    *,
    per_page: int | None = PER_PAGE,
) -> list[Studied]:
    """The passages of a source's logs in the order in which they were read. per_page: as in `best_questions`."""
    units: list[Unit] = []
    titles: list[str] = []
    found = []
    for log in sorted(source.logs, key=lambda log: (log.date or dt.date.min, log.pdf_pages)):
        on_progress(source.name, f"looking for questions on pp. {log.pages}")
        found.append(_studied(log, source, document, units, titles, reader, desk, per_page))
    return found


def _studied(
    log: LogRecord,
    source: Source,
    document: Document,
    units: list[Unit],
    titles: list[str],
    reader: PdfReader,
    desk: Desk,
    per_page: int | None,
) -> Studied:
    """What a log's passage gives. units, titles: of the book as far as it was read before, which grow."""
    stretch = stretch_of(log, document, desk)
    if stretch is None:
        return Studied(log=log)
    passage = cut(reader.read(source.path, range(stretch.first, stretch.last + 1)), stretch)
    try:
        work = Work(passage)
    except PdfError:  # a passage without a sentence that can be quoted
        return Studied(log=log, title=stretch.title, language=passage.language)
    headings = [each.title for each in work.sources]
    units += [unit for section in work.units for unit in section]
    titles += headings
    studied = Studied(log=log, title=stretch.title, language=work.language)
    words, text = grammar(work.language), desk.vault.text(log.path)
    if words is None or refuses(text):
        return studied
    book = Book(Reading.of(units, titles, words))
    refused = [plain(line) for line in refused_in(text)]
    questions = best_questions(work.units, headings, work.language, per_page=per_page)
    cards = {card.id: card for card in (card_of(each, document.book) for each in questions)}
    fit = [card for card in cards.values() if is_fit(card, book)]
    return replace(studied, cards=tuple(card for card in fit if not any(plain(card.question) in x for x in refused)))


def refuses(text: str) -> bool:
    """A note whose property `card` says no."""
    value = properties_of(yaml_of(text)).get("card")
    return value is False or (isinstance(value, str) and value.strip().lower() == "no")


def plain(text: str) -> str:
    """Its letters and digits alone, to find a question in a line."""
    return _LETTERS.sub("", text).casefold()


def chosen_cards(shelves: Sequence[Shelf], syntax: CardSyntax, desk: Desk) -> dict[str, tuple[Card, ...]]:
    """Path of a log → its cards. Of each day the best of every passage come first, over all books."""
    settings = desk.settings.cards
    noted = [desk.vault.text(record.path) for record in desk.vault.notes_of(CARDS)]
    there = [card for text in noted for card in cards_in(text, syntax)]
    ever = {each for text in noted for each in ids_of(text)}
    known = Known((card.question, card.answer) for card in there)
    days = Counter(card.date for card in there)
    chosen: dict[str, list[Card]] = {}
    waiting = sorted(
        (each for shelf in shelves for each in shelf.passages), key=lambda each: (each.date, each.log.path)
    )
    for turn in range(max((len(each.cards) for each in waiting), default=0)):
        for each in (each for each in waiting if turn < len(each.cards)):
            card, own = each.cards[turn], chosen.setdefault(each.log.path, [])
            pages = each.log.pdf_pages[1] - each.log.pdf_pages[0] + 1
            if len(own) >= max(1, pages // settings.pages_per_card) or days[each.date] >= settings.per_day:
                continue
            if card.id not in ever and not known.has_like(card, each.language):
                own.append(card)
                known.add(card)
                days[each.date] += 1
    return {path: tuple(sorted(cards, key=lambda card: card.page)) for path, cards in chosen.items()}
