"""The mental model: a raw note, put in order beside it. The raw note itself keeps every byte."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.claims.arithmetic import sums_in
from notegen.claims.counts import counts_in, likenesses_of, miscounts_in, shares_of
from notegen.claims.held import Held
from notegen.claims.raw_note import RawNote, Topic, plain_text
from notegen.claims.word_sums import word_sums_in
from notegen.compose.finished import finished_note
from notegen.compose.held import HeldClaims
from notegen.compose.mental_model import Computed, ModelContext, TopicContext, thoughts_of
from notegen.compose.note_filters import note_filters
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.errors import NotegenError
from notegen.kinds.judging import OnClaim, hold, reading_on
from notegen.kinds.kind import Made
from notegen.language.note_marks import MarkKind, without_mark
from notegen.language.words import is_content, tokens
from notegen.library.library import Library
from notegen.markdown.write import heading_text
from notegen.vault.logs import NoteRecord
from notegen.vault.names import collision_key, free_path, legal_name
from notegen.vault.note import Merge, Property
from notegen.vault.vault import Vault

SUFFIX = " – mental model"
"""What the name of the note has behind that of the raw one."""
MAX_COMPARED = 400
"""Words of the raw note that a sum of words is compared with."""
_NOT_IN_ANCHORS = re.compile(r"%%|[#^|\[\]:\\]")
"""What a link to a heading leaves out (Obsidian)."""
_LINK = re.compile(r"\[\[([^\[\]|#]+)[^\[\]]*\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSubject:
    """A raw note that is to have a mental model."""

    path: str
    """Of the raw note."""
    text: str
    """As it is read: mojibake repaired, every line in its place."""
    note: RawNote
    language: str
    held: tuple[Held, ...]
    """Its claims, in order."""
    library: Library


@dataclass(frozen=True, slots=True)
class MentalModel:
    """A NoteKind. A mental model is known by the raw note that its property links."""

    name = "mental model"
    mark = "refined_from"
    merge: Merge = "regions"

    def identity(self, properties: Mapping[str, Any]) -> str | None:
        """As `NoteKind.identity`: the link to the raw note."""
        found = _LINK.search(str(properties.get(self.mark) or ""))
        return found[1].strip() if found else None

    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
        """As `NoteKind.known`: those whose link leads to the same raw note."""
        mine = vault.resolve(self.identity(properties) or "", "")
        return [each for each in vault.notes_of(self) if mine and vault.resolve(each.key, each.path) == mine]

    def key(self, subject: RawSubject) -> str:
        """As `NoteKind.key`."""
        return subject.path.removesuffix(".md")

    def place(self, subject: RawSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`: beside the raw note."""
        folder, name = posixpath.split(subject.path)
        new = legal_name(name.removesuffix(".md") + SUFFIX, ".md")
        keys = {collision_key(each) for each in taken}
        return free_path(f"{folder}/{new}" if folder else new, lambda each: collision_key(each) in keys)

    def made_from(self, subject: RawSubject, desk: Desk) -> str:
        """As `NoteKind.made_from`: the raw note, which the note names."""
        return self.key(subject)

    def make(self, subject: RawSubject, place: Place, desk: Desk) -> Made:
        """The note."""
        vault = desk.vault
        model = ModelContext(
            title=subject.note.title,
            raw_link=vault.link(subject.path, place.note_path, page=None, alias=subject.note.title),
            has_books=bool(subject.library.books()),
            topics=tuple(topic for topic in _topics(subject, place, desk) if not topic.is_empty),
            questions=tuple(each for topic in subject.note.topics for each in thoughts_of(topic, "question")),
            rabbit_holes=subject.note.rabbit_holes,
        )
        properties: dict[str, Property] = {
            "type": self.name,
            "tags": list(desk.settings.questions.tags),
            "date": place.date,
            self.mark: vault.property_link(subject.path, place.note_path),
            "supported": model.count("supported"),
            "contradicted": model.count("contradicted"),
            "not_found": model.count("not found"),
        }
        filters = note_filters(place, desk.templates, subject.language)
        note = finished_note("mental_model.md.j2", {"model": model}, properties, filters, desk.templates)
        return Made(notes=(replace(note, kind=self),))


MENTAL_MODEL = MentalModel()


def held_claims(note: RawNote, library: Library, on_claim: OnClaim) -> tuple[Held, ...]:
    """The claims of a raw note with their verdicts, in the order of its lines."""
    return hold([claim for topic in note.topics for claim in topic.claims], library, on_claim)


def _topics(subject: RawSubject, place: Place, desk: Desk) -> list[TopicContext]:
    lines = plain_text(subject.text).split("\n")
    held = iter(subject.held)
    found = []
    for topic in subject.note.topics:
        claims = tuple(next(held) for _ in topic.claims)
        shown = [source for claim in claims for source in claim.evidence]
        title = topic.rabbit_hole.title if topic.rabbit_hole else topic.title or subject.note.title
        asked = _asked(topic)
        found.append(
            TopicContext(
                title=title,
                link=_section_link(topic, subject, place, desk),
                parked=topic.rabbit_hole,
                insights=thoughts_of(topic, "insight"),
                moments=thoughts_of(topic, "aha"),
                analogies=thoughts_of(topic, "analogy"),
                claims=HeldClaims(all=claims),
                computed=_computed(topic, lines, subject, desk),
                reading=reading_on(asked, subject.library, shown) if asked else (),
            )
        )
    return sorted(found, key=lambda each: each.parked is not None)


def _asked(topic: Topic) -> str:
    """What the books are asked for on a topic: its title, where that names anything; nothing for what is parked."""
    if topic.rabbit_hole or not topic.title:
        return ""
    kinds: tuple[MarkKind, ...] = ("aha", "insight", "analogy", "question")
    bare = topic.title
    for kind in kinds:
        bare = without_mark(kind, bare)
    return bare


def _section_link(topic: Topic, subject: RawSubject, place: Place, desk: Desk) -> str:
    """A link to the section of the raw note, or to the note where the heading cannot be part of a link."""
    shown = heading_text(topic.title) if topic.title and topic.is_heading else ""
    link = desk.vault.link(subject.path, place.note_path, page=None, alias=shown or subject.note.title)
    anchor = " ".join(_NOT_IN_ANCHORS.sub(" ", topic.title).split())
    if not shown or not anchor or desk.vault.settings.use_markdown_links:
        return link
    return link.replace("|", f"#{anchor}|", 1)


def _computed(topic: Topic, lines: Sequence[str], subject: RawSubject, desk: Desk) -> Computed:
    """What can be computed in the lines of a topic."""
    own = [line if number in topic.lines else "" for number, line in enumerate(lines, 1)]
    counts = counts_in(own)
    stated = word_sums_in(own)
    measured = []
    if stated and desk.encoder.is_there:
        from notegen.figures.word_sums import measured_sum

        words = [word for word in dict.fromkeys(tokens(" ".join(lines))) if is_content(word, subject.language)]
        try:
            encoder = desk.encoder.need()
            measured = [measured_sum(each, words[:MAX_COMPARED], encoder) for each in stated]
        except NotegenError:
            measured = []
    return Computed(
        sums=sums_in(own),
        shares=shares_of(counts),
        likenesses=likenesses_of(counts),
        miscounts=miscounts_in(own, counts),
        word_sums=tuple(measured),
        unmeasured=() if measured else tuple(each.text for each in stated),
    )
