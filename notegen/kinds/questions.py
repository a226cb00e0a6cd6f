"""The note of questions: what a learner asked in a chat and what was answered, each question once."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.chats.chat import Chat
from notegen.chats.questions import Questions, questions_of
from notegen.chats.reading import Pasted
from notegen.claims.statements import statements_in
from notegen.claims.weights import WeightTable
from notegen.compose.finished import finished_note
from notegen.compose.held import HeldClaims
from notegen.compose.note_filters import note_filters
from notegen.compose.place import Place
from notegen.compose.questions import QuestionContext, chat_context, length, question_context, short
from notegen.desk import Desk
from notegen.errors import NotegenError
from notegen.figures.figure import Figure
from notegen.figures.request import FigureRequest, Names, make_figure
from notegen.kinds.judging import OnClaim, hold
from notegen.kinds.kind import Made, known_by_key
from notegen.language.names import code_of
from notegen.library.library import Library
from notegen.markdown.foreign import Block, plain, read, walk
from notegen.vault.logs import NoteRecord
from notegen.vault.names import collision_key, free_path, legal_name
from notegen.vault.note import Merge, Property
from notegen.vault.vault import Vault

MAX_PART = 250_000
"""Characters of questions and answers in one note; a longer chat goes on in another one."""
_KEY = re.compile(r"q1-[0-9a-f]{16}(?:-\d{1,3})?")
_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„\n]{8,200})[”\"»“]")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NAMED = 0.6
"""Share of a table's words that a sentence must have for the table to be about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsSubject:
    """A part of a chat that is to have a note: all of it, where it is not very long."""

    chat: Chat
    questions: Questions
    asked: tuple[QuestionContext, ...]
    """Those of the part, as its template shows them."""
    pasted: Pasted
    title: str
    """Of the note: the chat's own, else its first question."""
    part: int = 1
    """From 1."""


@dataclass(frozen=True, slots=True)
class QuestionsKind:
    """A NoteKind. A note of questions is known by its chat, so that a chat that went on brings in what is new."""

    name = "questions"
    mark = "chat_key"
    merge: Merge = "regions"

    def identity(self, properties: Mapping[str, Any]) -> str | None:
        """As `NoteKind.identity`."""
        key = str(properties.get(self.mark) or "")
        return key if _KEY.fullmatch(key) else None

    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
        """As `NoteKind.known`."""
        return known_by_key(self, properties, vault)

    def key(self, subject: QuestionsSubject) -> str:
        """As `NoteKind.key`: of the program's id of the chat, else of the letters of its first question."""
        first = next(turn.text for turn in subject.chat.turns if turn.role == "learner" and turn.text.strip())
        letters = "".join(each for each in first.casefold() if each.isalnum())
        code = hashlib.sha256((subject.chat.id or letters).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return f"q1-{code}" + (f"-{subject.part}" if subject.part > 1 else "")

    def place(self, subject: QuestionsSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        folder = desk.settings.questions.folder.strip("/")
        name = legal_name(subject.title, ".md")
        keys = {collision_key(each) for each in taken}
        return free_path(f"{folder}/{name}" if folder else name, lambda each: collision_key(each) in keys)

    def made_from(self, subject: QuestionsSubject, desk: Desk) -> str:
        """As `NoteKind.made_from`: the chat, which the note names."""
        return self.key(subject)

    def make(self, subject: QuestionsSubject, place: Place, desk: Desk) -> Made:
        """The note."""
        told = "\n\n".join(f"{turn.role}:\n\n{turn.text}" for turn in subject.chat.turns)
        pasted = told if subject.part == 1 else ""
        chat = chat_context(subject.title, subject.chat.date, subject.questions, subject.pasted, pasted)
        if subject.part > 1:
            chat = replace(chat, pasted="", file=b"")
        properties: dict[str, Property] = {
            "type": self.name,
            "title": subject.title,
            "tags": list(desk.settings.questions.tags),
            "date": subject.chat.date or place.date,
            "questions": len(subject.asked),
            self.mark: self.key(subject),
        }
        filters = note_filters(place, desk.templates, subject.questions.language)
        note = finished_note(
            "questions.md.j2", {"chat": chat, "questions": subject.asked}, properties, filters, desk.templates
        )
        return Made(notes=(replace(note, kind=self),))


QUESTIONS = QuestionsKind()


def subjects_of(
    chat: Chat, pasted: Pasted, desk: Desk, library: Library, on_claim: OnClaim
) -> Iterator[QuestionsSubject]:
    """The notes that a chat needs: one, or several where it is very long. Tables are computed again, and drawn where
    the encoder is there; what answers state is held against the books, where there are any."""
    questions = questions_of(chat)
    has_books = bool(library.books())

    catalogue = desk.templates.catalogue(code_of(desk.settings.learner.language) or questions.language)
    invented = catalogue.said("invented")

    def held(answer: Sequence[Block]) -> HeldClaims:
        found = statements_in(answer, questions.language) if has_books else ()
        return HeldClaims(all=hold(found, library, on_claim))

    name = chat.title or short(questions.questions[0].text)
    parts: list[list[QuestionContext]] = [[]]
    size = 0
    for question in questions.questions:
        more = len(question.text) + sum(length(answer) for answer in question.answers)
        if parts[-1] and size + more > MAX_PART:
            parts.append([])
            size = 0
        asked = read(question.text)
        draw = functools.partial(_measured, asked, desk)
        parts[-1].append(question_context(question, draw, held, invented))
        size += more
    for number, part in enumerate(parts, 1):
        title = name if number == 1 else f"{name} ({number})"
        yield QuestionsSubject(
            chat=chat, questions=questions, asked=tuple(part), pasted=pasted, title=title, part=number
        )


def _measured(asked: Sequence[Block], desk: Desk, before: Sequence[Block], table: WeightTable) -> Figure | None:
    """The real encoder's attention on the sentence that a table is about; None without weights or such a sentence.

    asked, before: the question, and what the answer says before the table.
    """
    sentence = _sentence_of([*asked, *before], table.words)
    if not sentence or not desk.encoder.is_there:
        return None
    words = {each.casefold() for each in _WORD.findall(sentence)}
    focus = next((each for each in table.focus if each.casefold() in words), "")
    try:
        return make_figure(FigureRequest(kind="attention", texts=(sentence,), focus=focus), desk.encoder.need, Names)
    except NotegenError:
        return None


def _sentence_of(before: Sequence[Block], words: Sequence[str]) -> str:
    """The quoted sentence before a table that has most of its words, the nearest one first."""
    wanted = {part for word in words for part in _WORD.findall(word.casefold())}
    if not wanted:
        return ""
    for block in reversed(list(walk(before))):
        for quoted in reversed(_QUOTED.findall(plain(block.spans))):
            has = set(_WORD.findall(quoted.casefold()))
            if len(wanted & has) >= _NAMED * len(wanted) and len(has) >= 3:
                return " ".join(quoted.split())
    return ""
