"""The log: the note of one passage of a book."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.compose.compose import compose
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.draft.draft import Draft
from notegen.figures import draw
from notegen.figures.draw import Wishes
from notegen.figures.vault_names import note_titles
from notegen.kinds.concept import CONCEPT, ConceptSubject
from notegen.kinds.kind import Made, PassageSubject
from notegen.kinds.log_path import log_path
from notegen.kinds.made_from import made_from, wishes_of
from notegen.kinds.study import study_of
from notegen.learner.written import readings_of
from notegen.link.related import Related
from notegen.reading.passage import Passage, cut, pdf_pages
from notegen.vault.identity import identity_of, passage_key
from notegen.vault.logs import NoteRecord, record_of, same_passage
from notegen.vault.note import Edit, Merge
from notegen.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Log:
    """A NoteKind. A log is known by its book and its pages; `type` is the learner's to change."""

    name = "log"
    mark = "source_sha256"
    merge: Merge = "regions"

    def identity(self, properties: Mapping[str, Any]) -> str | None:
        """As `NoteKind.identity`."""
        found = identity_of(properties)
        return found.key if found and found.kind == self.name else None

    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
        """As `NoteKind.known`: of the same pages of the same book, in whatever file it was."""
        mine = record_of("", properties)
        return same_passage(mine, vault.logs()) if mine else []

    def key(self, subject: PassageSubject) -> str:
        """As `NoteKind.key`."""
        document, stretch = subject.document, subject.stretch
        return passage_key(document.book or document.sha256, pdf_pages(stretch.first, stretch.last))

    def place(self, subject: PassageSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        return log_path(subject.stretch.title, subject.name, subject.date, desk, taken)

    def made_from(self, subject: PassageSubject, desk: Desk) -> str:
        """As `NoteKind.made_from`."""
        has_scans = not all(subject.document.words[subject.stretch.first : subject.stretch.last + 1])
        first, last = subject.stretch.first, subject.stretch.last
        marks = [each for each in subject.document.highlights if first <= each.page <= last]
        return made_from(wishes_of(desk, has_scans=has_scans, highlights=marks))

    def make(self, subject: PassageSubject, place: Place, desk: Desk) -> Made:
        """The notes of new concepts and the log; before them those of its concept notes whose PDF was moved."""
        passage = cut(subject.document, subject.stretch)
        draft = desk.drafter.draft(passage, subject.brief)
        related = _related(draft, passage, place, desk)
        figures = draw(draft, passage, _wishes(subject, desk), desk.encoder.get())
        shown, study = study_of(draft, passage, subject, place, desk)
        log = compose(shown, passage, related, place, desk.templates, figures, study)
        subjects = [ConceptSubject(concept=each, passage=passage, related=related) for each in related.concepts]
        concepts = [note for each in subjects for note in CONCEPT.make(each, place, desk).notes]
        notes = (*_mended(related, place, desk), *concepts, replace(log, kind=self))
        return Made(notes=notes, record=draft.record)


LOG = Log()


def _related(draft: Draft, passage: Passage, place: Place, desk: Desk) -> Related:
    """The log's connections. What compares texts (numpy) is loaded for those who want any."""
    links, concepts = desk.settings.link, desk.settings.concepts
    if not (links.related or links.inline or concepts.new_per_log):
        return Related()
    from notegen.link.relate import relate

    return relate(draft, passage, desk.vault, place.note_path, links, concepts, desk.encoder.get)


def _wishes(subject: PassageSubject, desk: Desk) -> Wishes:
    """What the figures need to know of the vault."""
    is_long = subject.document.page_count > desk.settings.day.max_pages
    return Wishes(
        sentence=subject.sentence,
        notes=note_titles(desk.vault),
        readings=readings_of(subject.book, desk.vault) if is_long else (),
        is_long_book=is_long,
    )


def _mended(related: Related, place: Place, desk: Desk) -> list[Edit]:
    """The log's own concept notes whose PDF was moved."""
    if not related.earlier:
        return []
    from notegen.link.mending import mended

    return mended(related.earlier, place.pdf_path, desk.vault)
