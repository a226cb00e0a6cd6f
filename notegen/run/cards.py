"""The cards of the vault's books: what was read becomes notes of cards, one a book."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from notegen.desk import Desk
from notegen.errors import NotegenError, PdfError
from notegen.kinds.cards import CARDS, CardPassage, CardsSubject
from notegen.kinds.kind import place_at
from notegen.learner.cards.card import Card
from notegen.learner.cards.noted import NotedCard, cards_in, ids_of, refused_in, troubled_in
from notegen.learner.cards.plugin import CardSyntax
from notegen.run.asked import write_notes
from notegen.run.reader import AskPassword, PdfReader
from notegen.run.report import Failure, Missing
from notegen.run.request import Progress
from notegen.run.shelves import Shelf, chosen_cards, plain, refuses, shelf_of
from notegen.run.sources import linkable_place, sources_of_the_day
from notegen.vault.note import WriteStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsOfBook:
    """What became of the cards of one book."""

    name: str
    """The PDF's name, without its ending."""
    book: str
    """Its id."""
    path: str
    """Of the cards note; "" where there is nothing to make one of."""
    pdf: str
    status: WriteStatus
    cards: tuple[NotedCard, ...]
    """All that the note holds, or would."""
    new: int
    said: tuple[str, ...]
    changed_at: int
    """When the note was last changed by anybody, seconds since 1970; 0 for one that is not written."""

    @property
    def asked(self) -> tuple[NotedCard, ...]:
        """Those that are to be asked: whole, and not refused."""
        return tuple(card for card in self.cards if card.question and card.answer and not card.is_refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsReport:
    books: tuple[CardsOfBook, ...]
    failed: tuple[Failure, ...]


def make_cards(
    desk: Desk,
    *,
    book: str = "",
    dry_run: bool,
    on_progress: Progress = lambda pdf, what: None,
    ask_password: AskPassword = lambda pdf, wrong: "",
) -> CardsReport:
    """Bring the cards of what was read into their notes. book: the name of a PDF; "" for every book of a log.

    With dry_run the same is worked out and nothing written. What goes wrong with one book is in the report.
    Raises UsageError for a book that is not there, PdfError where there is none at all.
    """
    syntax = CardSyntax.read(desk.vault.storage.read)
    reader = PdfReader(desk.settings.extract.ocr_languages, ask_password)
    shelves: list[Shelf] = []
    failed: list[Failure] = []
    logs = desk.vault.logs()
    for source in sources_of_the_day(desk, logs, pdfs=(), book=book, book_at=reader.book_at):
        if isinstance(source, Failure):
            failed.append(source)
        elif isinstance(source, Missing):
            failed.append(Failure.of(source.pdf, PdfError("The PDF is not in the vault any more.", "Put it back.")))
        else:
            try:
                shelves += shelf_of(source, logs, reader, desk, on_progress)
            except NotegenError as error:
                failed.append(Failure.of(source.name, error))
    if book and not shelves and not failed:
        raise PdfError(f"No log of {book} is in the vault yet.", f"Make one first: notegen day --book “{book}”")
    chosen = chosen_cards(shelves, syntax, desk)
    made: list[CardsOfBook] = []
    for shelf in shelves:
        try:
            made.append(_noted(shelf, chosen, syntax, desk, dry_run=dry_run))
        except NotegenError as error:
            failed.append(Failure.of(shelf.source.name, error))
    return CardsReport(books=tuple(made), failed=tuple(failed))


def as_data(report: CardsReport) -> dict[str, Any]:
    """The report for programs, ready for JSON. Fields may be added; none is renamed."""
    return {
        "books": [
            {
                "book": one.name,
                "id": one.book,
                "path": one.path,
                "pdf": one.pdf,
                "status": one.status,
                "new": one.new,
                "cards": [
                    {
                        "id": card.id,
                        "question": card.question,
                        "answer": card.answer,
                        "page": card.page,
                        "date": card.date,
                        "reviewed": bool(card.schedule),
                        "edited": card.is_edited,
                        "refused": card.is_refused,
                    }
                    for card in one.cards
                ],
                "said": list(one.said),
            }
            for one in report.books
        ],
        "failed": [{"pdf": each.pdf, "reason": each.reason, "next_step": each.next_step} for each in report.failed],
    }


def _noted(
    shelf: Shelf, chosen: dict[str, tuple[Card, ...]], syntax: CardSyntax, desk: Desk, *, dry_run: bool
) -> CardsOfBook:
    """The note of a book with its new cards, written unless it is a dry run."""
    pdf_path, copy = linkable_place(shelf.source, desk)
    passages = tuple(
        CardPassage(
            title=each.title,
            date=each.date,
            pages=each.log.pages,
            pdf_pages=each.pdf_pages,
            cards=chosen.get(each.log.path, ()),
        )
        for each in shelf.passages
    )
    subject = CardsSubject(
        document=shelf.document,
        book=shelf.document.book,
        name=shelf.name,
        language=next((each.language for each in shelf.passages if each.language), ""),
        passages=passages,
        syntax=syntax,
    )
    path, text = shelf.path, shelf.text
    status: WriteStatus = "unchanged"
    said: tuple[str, ...] = ()
    if passages and (shelf.path or any(each.cards for each in passages)):
        place = place_at(shelf.path or CARDS.place(subject, desk, ()), desk, pdf_path=pdf_path)
        planned = write_notes(CARDS.make(subject, place, desk).notes, copy, desk, dry_run=dry_run)
        note = planned.writes[-1]
        path, text, status, said = note.path, note.data.decode("utf-8", "replace"), note.status, note.said
    refused = [plain(line) for log in shelf.source.logs for line in refused_in(desk.vault.text(log.path))]
    cards = tuple(
        replace(card, is_refused=card.is_refused or any(plain(card.question) in line for line in refused))
        for card in cards_in(text, syntax)
    )
    stamp = desk.vault.storage.stamp(path) if path else None
    return CardsOfBook(
        name=shelf.name,
        book=shelf.document.book,
        path=path,
        pdf=pdf_path,
        status=status,
        cards=() if refuses(text) else cards,
        new=len(ids_of(text) - ids_of(shelf.text)),
        said=(*said, *troubled_in(text, syntax)),
        changed_at=stamp[1] // 1_000_000_000 if stamp else 0,
    )
