"""The concept note in full: what the books say of a concept from all sides, and what the encoder measures of it.

A concept note that is there grows into it: parts that it never had come in, every word that stands in it stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.claims.word_sums import WordSum, word_sums_in
from notegen.compose.finished import finished_note
from notegen.compose.full_concept import FullConceptContext
from notegen.compose.note_filters import note_filters
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.errors import NotegenError
from notegen.figures.request import FigureRequest, Names, make_figure
from notegen.kinds.concept_sources import ConceptSources, concept_sources
from notegen.kinds.kind import Made
from notegen.language.words import content_stems
from notegen.library.library import Library
from notegen.vault import regions
from notegen.vault.appending import append
from notegen.vault.logs import NoteRecord
from notegen.vault.names import legal_name
from notegen.vault.note import Edit, Merge, Property
from notegen.vault.properties import split
from notegen.vault.vault import Vault

MAX_WORDS = 6
"""Words whose vectors are shown."""
LEAST_WORDS = 3
"""With fewer nothing is nearer than something else."""
TEXTBOOK_WORDS = ("cat", "dog", "car", "king", "queen")
"""Whose vectors are shown for a concept of vectors, where no book of the vault puts words in quotation marks."""
MAX_RELATED = 5
OF_VECTORS = re.compile(r"embed|vector|vektor|vecteur|vettor|vetor|word2vec|glove", re.IGNORECASE)
"""Names of concepts to which the textbook's sum of words belongs even where no book of the vault states one."""
TEXTBOOK_SUM = WordSum(plus="king", minus="man", also="woman", result="queen", line=0)
"""T. Mikolov, W. Yih and G. Zweig, Linguistic Regularities in Continuous Space Word Representations, 2013."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FullConceptSubject:
    """A concept whose note is to be written in full."""

    name: str
    path: str
    """Of its note; where a new one goes."""
    text: str
    """Of the note that is there; "" for none."""
    version: str
    """Of its file."""
    others: tuple[tuple[str, str], ...]
    """(name, path) of the other concept notes of the vault."""
    library: Library


@dataclass(frozen=True, slots=True)
class FullConcept:
    """A NoteKind. Its note is that of the concept, made by a log or by the learner, or a new one."""

    name = "concept"
    mark = ""
    merge: Merge = "once"

    def identity(self, properties: Mapping[str, Any]) -> str | None:
        """As `NoteKind.identity`: the note keeps the one that it has."""
        return None

    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
        """As `NoteKind.known`: none, for what is there is edited in its place."""
        return ()

    def key(self, subject: FullConceptSubject) -> str:
        """As `NoteKind.key`."""
        return subject.path

    def place(self, subject: FullConceptSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        return subject.path

    def made_from(self, subject: FullConceptSubject, desk: Desk) -> str:
        """As `NoteKind.made_from`: the concept."""
        return subject.path

    def make(self, subject: FullConceptSubject, place: Place, desk: Desk) -> Made:
        """The note, or an edit of the one that is there; nothing where it has every part."""
        sources = concept_sources(subject.name, subject.library)
        context = context_of(subject, sources, place, desk)
        filters = note_filters(place, desk.templates, "")
        properties: dict[str, Property] = {}
        if not subject.text:
            properties = {"type": "concept", "tags": list(desk.settings.concepts.tags), "created": place.date}
        note = finished_note("full_concept.md.j2", {"concept": context}, properties, filters, desk.templates)
        if not subject.text:
            return Made(notes=(note,))
        text = _grown(subject.text, note.body)
        if text == subject.text:
            return Made(notes=())
        edit = Edit(path=subject.path, text=text, version=subject.version, attachments=note.attachments)
        return Made(notes=(edit,))


FULL_CONCEPT = FullConcept()


def new_place(name: str, desk: Desk) -> str:
    """Where the note of a concept that has none goes."""
    folder = desk.settings.concepts.folder.strip("/")
    file = legal_name(name[:1].upper() + name[1:], ".md")
    return f"{folder}/{file}" if folder else file


def context_of(subject: FullConceptSubject, sources: ConceptSources, place: Place, desk: Desk) -> FullConceptContext:
    """What the template shows."""
    empty = FullConceptContext(
        name=subject.name,
        has_title=re.search(r"^# ", subject.text, re.MULTILINE) is not None,
        definitions=sources.definitions,
        making=sources.sides.get("making", ()),
        uses=sources.sides.get("uses", ()),
        why=sources.sides.get("why", ()),
        types=sources.sides.get("types", ()),
        vectors=None,
        word_sums=(),
        figure=None,
        related=(),
        no_numbers="the weights of the model are not here (notegen model fetch)",
    )
    encoder = desk.encoder.get() if desk.encoder.is_there else None
    if encoder is None:
        return empty
    from notegen.figures.word_sums import measured_sum
    from notegen.figures.word_vectors import word_vectors

    near = _near(subject, desk)
    stated = word_sums_in([*sources.texts, *subject.text.split("\n")])
    if not stated and OF_VECTORS.search(subject.name):
        stated = (TEXTBOOK_SUM,)
    words = sources.examples[:MAX_WORDS]
    if len(words) < LEAST_WORDS:
        is_of_vectors = OF_VECTORS.search(subject.name)
        words = TEXTBOOK_WORDS if is_of_vectors else (subject.name, *(name for name, _ in near))
    figure = None
    try:
        if len(words) > 1:
            figure = make_figure(FigureRequest(kind="embeddings", texts=words), desk.encoder.need, Names)
    except NotegenError:
        figure = None
    return replace(
        empty,
        vectors=word_vectors(words, encoder) if len(words) > 1 else None,
        word_sums=tuple(measured_sum(each, words, encoder) for each in stated),
        figure=figure,
        related=tuple(desk.vault.link(path, place.note_path, page=None) for _, path in near),
        no_numbers="" if len(words) > 1 else "there is nothing yet to compare it with",
    )


def _near(subject: FullConceptSubject, desk: Desk) -> tuple[tuple[str, str], ...]:
    """The concept notes of the vault that the encoder finds nearest, the best first."""
    mine = content_stems(subject.name)
    others = [each for each in subject.others if content_stems(each[0]) != mine]
    if not others:
        return ()
    vectors = desk.encoder.need().encode([subject.name, *(name for name, _ in others)])
    cosines = vectors[1:] @ vectors[0]
    order = sorted(range(len(others)), key=lambda at: (-float(cosines[at]), at))
    return tuple(others[at] for at in order[:MAX_RELATED])


def _grown(text: str, body: str) -> str:
    """The text of a note with the regions of `body` that it never had. Those that it has keep their text; what the
    learner removed stays away. A note without any region takes them in at its end."""
    _, on_disk = split(text)
    there = {each.id: each.text for each in regions.find(on_disk) if not each.damaged}
    for region in reversed(regions.find(body)):
        if region.id in there:
            body = body[: region.start] + regions.wrap(region.id, there[region.id]) + body[region.end :]
    merged = regions.merge(on_disk, body)[0] if there else append(on_disk, body)
    return text[: len(text) - len(on_disk)] + merged
