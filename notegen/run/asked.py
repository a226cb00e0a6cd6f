"""Notes of a book that somebody asks for by a command: which book it is, and how they come into the vault."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.desk import Desk
from notegen.errors import PdfError, UsageError
from notegen.extract.document import Document
from notegen.run.reader import PdfReader
from notegen.run.sources import Source, sources_of_the_day
from notegen.vault.apply import apply
from notegen.vault.note import Attachment, Edit, Note, Plan, Write
from notegen.vault.plan import plan


def read_book(name: str, command: str, reader: PdfReader, desk: Desk) -> tuple[Source, Document]:
    """The book of that name, of which logs are in the vault, and its facts. command: the one that asks, for an example.

    Raises UsageError for a book that is not there, PdfError where nothing of it was read.
    """
    if not name.strip():
        raise UsageError("Of which book?", f"For example: notegen {command} “Deep Learning”")
    logs = desk.vault.logs()
    sources = sources_of_the_day(desk, logs, pdfs=(), book=name, book_at=reader.book_at)
    found = next(each for each in sources if isinstance(each, Source))
    document = reader.read(found.path, ())
    source = found.known_as(document, logs)
    if not source.logs:
        title = source.path.stem
        raise PdfError(f"Nothing of {title} has been read yet.", f"Read in it first: notegen day --book “{title}”")
    return source, document


def write_notes(notes: Sequence[Note | Edit], copy: Attachment | None, desk: Desk, *, dry_run: bool) -> Plan:
    """Write notes, after the copy of the PDF that they link; the plan that was carried out, or would be.

    Raises as `apply`.
    """
    planned = with_copy(plan(notes, desk.vault), copy)
    if not dry_run:
        apply(planned, desk.vault)
    return planned


def with_copy(planned: Plan, copy: Attachment | None) -> Plan:
    """The plan, which first puts that file into its place."""
    if copy is None:
        return planned
    return Plan(writes=(Write(path=copy.path, data=copy.data, status="written"), *planned.writes))
