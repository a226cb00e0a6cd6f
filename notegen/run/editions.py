"""A PDF that has another text than the notes of it quote: a new edition, or another book, under the same name.

The earlier notes say so, and their links go to an archived copy; a note of the new text refers to what the learner
wrote in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notegen.compose.filters import FigureFilters, tidy
from notegen.desk import Desk
from notegen.errors import VaultError
from notegen.extract.document import Document
from notegen.kinds.concept import CONCEPT
from notegen.kinds.kind import place_at
from notegen.language.detect import language_of
from notegen.learner.written import written_in
from notegen.link.following import follow
from notegen.run.sources import Source
from notegen.store.editions import kept_edition
from notegen.vault.apply import apply
from notegen.vault.logs import LogRecord, NoteRecord
from notegen.vault.names import legal_name
from notegen.vault.note import Edit, Note, Plan, Write
from notegen.vault.plan import plan
from notegen.vault.properties import split, update
from notegen.vault.regions import find, wrap

TEMPLATE = "shipped/partials/edition.md.j2"
REGION = "edition"
_HEADING = re.compile(r"^#{1,6} +(?P<text>[^\n]*[^\s#])[ \t#]*$", re.MULTILINE)


def earlier_edition(source: Source, document: Document, logs: Sequence[LogRecord], desk: Desk) -> list[LogRecord]:
    """The logs that link this file and quote another text than it has now. Of two scans nobody can say: all that is
    known of them is their file."""
    vault = desk.vault
    path = vault.storage.path_of(source.path)
    return [
        log
        for log in logs
        if path is not None
        and _is_another(log.book, document.book)
        and not (log.newer_edition or log.trouble)
        and vault.resolve(log.source.strip("[]"), log.path) == path
    ]


def _is_another(one: str, other: str) -> bool:
    """Whether two ids of books tell two texts apart: one of them is of a text, and both are of one version."""
    kinds = {each[:1] for each in (one, other)}
    versions = {each[1:].partition("-")[0] for each in (one, other)}
    return one != other and "b" in kinds and len(versions) == 1 and versions != {""}


def archive(logs: Sequence[LogRecord], source: Source, desk: Desk, *, dry_run: bool) -> str:
    """Let the notes of an earlier edition say so and link its archived copy; return what was done, a sentence.

    Raises VaultError, BusyError.
    """
    vault = desk.vault
    path = vault.storage.path_of(source.path) or ""
    hashes = dict.fromkeys(log.source_sha256 for log in logs if log.source_sha256)
    there = next((found for each in hashes if (found := vault.find_pdf(each))), None)
    copies = (kept_edition(vault.private_folder, each) for each in hashes)
    data = next((copy for copy in copies if copy), None)
    place = there or _place(logs, source, desk)
    is_there = bool(there or data)
    edits = [_archived(log, path, place, is_there, desk) for log in logs]
    edits += _concepts(logs, path, place, desk)
    writes = plan(edits, vault).writes
    if data and not there:
        writes = (Write(path=place, data=data, status="written"), *writes)
    if not dry_run:
        apply(Plan(writes=writes), vault)
        vault.refresh()
    quoting = f"“{logs[0].path}” quotes" if len(logs) == 1 else f"“{logs[0].path}” and {len(logs) - 1} more quote"
    end = "a copy of what it was" if is_there else "which is not there: put the earlier edition in that place"
    return f"“{source.name}” has another text now than the one that {quoting}; links there lead to “{place}”, {end}."


def with_reference(note: Note, source: Source, pages: tuple[int, int], desk: Desk) -> Note:
    """The new note of a passage, with what the learner wrote about these pages of an earlier edition by reference."""
    vault = desk.vault
    path = vault.storage.path_of(source.path)
    earlier = [
        log
        for log in vault.logs()
        if log.newer_edition
        and path is not None
        and vault.resolve(log.newer_edition.strip("[]"), log.path) == path
        and log.pdf_pages[0] <= pages[1]
        and pages[0] <= log.pdf_pages[1]
    ]
    if not earlier:
        return note
    links = [vault.link(log.path, note.path) for log in earlier]
    parts = [part for log in earlier for part in _own_parts(log, note.path, desk)]
    text = _rendered(note.path, note.body, desk, newer=True, links=links, parts=parts)
    return Note(
        path=note.path,
        properties=note.properties,
        body=f"{text}\n\n{note.body}",
        attachments=note.attachments,
        kind=note.kind,
    )


def _place(logs: Sequence[LogRecord], source: Source, desk: Desk) -> str:
    """Where the earlier edition goes: no file of that name is in the vault."""
    vault, folder = desk.vault, desk.settings.sources.folder.strip("/")
    date = min((log.date.isoformat() for log in logs if log.date), default="earlier")
    for number in range(1, 10_000):
        again = f" {number}" if number > 1 else ""
        name = legal_name(f"{source.path.stem} (edition of {date}{again})", ".pdf")
        path = f"{folder}/{name}" if folder else name
        if not vault.files.named(name) and not vault.storage.is_there(path):
            return path
    raise VaultError(f"There are too many editions of {source.name}.", "Move some of them away.")


def _archived(log: LogRecord, path: str, place: str, is_there: bool, desk: Desk) -> Edit:
    """The log of an earlier edition, with its links to the archived copy and a word at its top."""
    vault = desk.vault
    text, version = vault.read_text(log.path)
    text = follow(text, log.path, path, place, vault)
    text = update(text, {"newer_edition": vault.property_link(path, log.path)})[0]
    body = split(text)[1]
    link = vault.link(place, log.path, planned=[place])
    newer = vault.link(path, log.path)
    said = _rendered(log.path, body, desk, newer=False, link=link, book=newer, is_there=is_there)
    if "\r\n" in body:
        said = said.replace("\n", "\r\n")
    line_end = "\r\n" if "\r\n" in body else "\n"
    return Edit(path=log.path, text=f"{text[: len(text) - len(body)]}{said}{line_end * 2}{body}", version=version)


def _concepts(logs: Sequence[LogRecord], path: str, place: str, desk: Desk) -> Iterator[Edit]:
    """The concept notes that were made of the earlier edition, with their links to the archived copy."""
    books = {log.book for log in logs}
    notes: list[NoteRecord] = [each for each in desk.vault.notes_of(CONCEPT) if each.key.partition(" ")[0] in books]
    for note in notes:
        text, version = desk.vault.read_text(note.path)
        after = follow(text, note.path, path, place, desk.vault)
        if after != text:
            yield Edit(path=note.path, text=after, version=version)


def _own_parts(log: LogRecord, note_path: str, desk: Desk) -> Iterator[str]:
    """Embeds of the parts of an earlier log in which the learner wrote."""
    vault = desk.vault
    body = split(vault.text(log.path))[1]
    regions = [(each.start, each.end) for each in find(body)]
    headings = list(_HEADING.finditer(body))
    for found, following in zip(headings, [*headings[1:], None], strict=True):
        section = body[found.end() : following.start() if following else len(body)]
        if any(start <= found.start() < end for start, end in regions) or re.search(r"[#|^\[\]]|%%", found["text"]):
            continue
        if written_in(section):
            yield "!" + vault.link(log.path, note_path).replace("]]", f"#{found['text']}]]")


def _rendered(path: str, body: str, desk: Desk, **context: object) -> str:
    place = place_at(path, desk)
    catalogue = desk.templates.catalogue(place.language or language_of(body, "en"))
    filters = FigureFilters(desk.vault, path, place.attachment_folder, catalogue)
    return wrap(REGION, tidy(desk.templates.render(TEMPLATE, filters.all(), **context)))
