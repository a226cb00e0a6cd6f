"""The learning quest: a topic in stages from the books' own words, with practice, a guess, and conditions to meet."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from notegen.claims.held import Source
from notegen.compose.finished import finished_note
from notegen.compose.note_filters import note_filters
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.kinds.kind import Made
from notegen.kinds.marked import MarkedKind
from notegen.kinds.quest_measures import Measures
from notegen.kinds.quest_sources import Listing, Stage
from notegen.learner.quest import PROPERTY, Condition
from notegen.vault.names import legal_name
from notegen.vault.note import Merge, Property

TEMPLATE = "quest.md.j2"
MAX_TYPED = 4
"""Words of a line that is to be typed again."""
_NOT_IN_SHELL = re.compile(r"[\"`$\\!\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """A concept that the quest stands on and that the learner has not explained yet."""

    name: str
    path: str
    said: Source | None = None
    """What it is, in a book's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """A condition as the note shows it."""

    condition: Condition
    name: str
    """Of the concept, or of the book."""
    pages: str = ""
    """As printed."""
    is_met: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestSubject:
    """`quest` in the template."""

    subjects: tuple[str, ...]
    """What it is about, in the order in which it is learned."""
    subtitle: str
    books: tuple[str, ...]
    """Titles of the books that it quotes."""
    goals: tuple[str, ...]
    """What the learner learns for, as the settings say."""
    stages: tuple[Stage, ...]
    first: tuple[First, ...]
    exercises: tuple[Source, ...]
    listing: Listing | None
    measures: Measures
    conditions: tuple[ConditionLine, ...]
    concepts: tuple[str, ...]
    """Paths of the concept notes that it is about."""
    planned: tuple[str, ...] = ()
    """Those of them that come with it."""
    language: str = ""

    @property
    def title(self) -> str:
        """The subjects, the first with a capital."""
        named = ", ".join(self.subjects)
        return named[:1].upper() + named[1:]

    @property
    def figure_line(self) -> str:
        """The command that draws the words that were measured, to be run with others."""
        words = (_NOT_IN_SHELL.sub("", word) for word in self.measures.words[:MAX_TYPED])
        return " ".join(["notegen figure embeddings", *(f'"{word}"' for word in words)])


@dataclass(frozen=True, slots=True)
class Quest(MarkedKind):
    """A NoteKind. One note for each topic, or set of topics."""

    name = "quest"
    mark = "quest_of"
    merge: Merge = "regions"

    def key(self, subject: QuestSubject) -> str:
        """As `NoteKind.key`: the topics, whatever their order."""
        return key_of(subject.subjects)

    def place(self, subject: QuestSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`. Not the topic alone, for the concept's note is called so."""
        return posixpath.join(desk.settings.folders.quests.strip("/"), legal_name(f"Quest – {subject.title}"))

    def make(self, subject: QuestSubject, place: Place, desk: Desk) -> Made:
        """The note."""
        vault = desk.vault
        filters = note_filters(place, desk.templates, subject.language)
        paths = [*subject.concepts, *(each.path for each in subject.first)]
        links = {path: vault.link(path, place.note_path, planned=subject.planned) for path in paths}
        properties: dict[str, Property] = {
            "type": self.name,
            self.mark: self.key(subject),
            PROPERTY: [str(each.condition) for each in subject.conditions],
        }
        context = {"quest": subject, "links": links}
        note = finished_note(TEMPLATE, context, properties, filters, desk.templates, planned=subject.planned)
        return Made(notes=(replace(note, kind=self),))


QUEST = Quest()


def key_of(subjects: Sequence[str]) -> str:
    """What a quest is known by."""
    return "; ".join(sorted({" ".join(each.casefold().split()) for each in subjects}))
