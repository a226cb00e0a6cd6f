"""The kinds of note: where each goes, what it is made from and how. One module a kind, and one line here."""

from notegen.kinds.answers import ANSWERS
from notegen.kinds.exam import EXAM
from notegen.kinds.kind import NoteKind, PassageSubject
from notegen.kinds.log import LOG
from notegen.kinds.mental_model import MENTAL_MODEL
from notegen.kinds.plan import PLAN
from notegen.kinds.quest import QUEST
from notegen.kinds.questions import QUESTIONS
from notegen.kinds.sheet import SHEET

KINDS: dict[str, NoteKind[PassageSubject]] = {kind.name: kind for kind in (LOG,)}
"""The kinds that a passage can have a note of, by name. Others come with them, or stand in notes of the learner's."""

OTHERS = {kind.name: kind for kind in (QUESTIONS, MENTAL_MODEL, ANSWERS, PLAN, SHEET, EXAM, QUEST)}
"""The kinds that commands of their own make, of something else than a passage."""

__all__ = ["KINDS", "OTHERS"]
