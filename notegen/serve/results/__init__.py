"""What each method answers: the fields of its command's `--json`."""

from notegen.serve.results.asking import (
    Ask,
    Book,
    Evidence,
    FoundPassage,
    HeldClaim,
    LibraryIndex,
    LibraryStatus,
    ParkedRabbitHole,
    Passage,
    Refine,
    Unread,
)
from notegen.serve.results.learning import Card, Cards, CardsOfBook, Graded, Question, Quiz
from notegen.serve.results.looking import Check, Drop, Ignored, Problem, Related, Status, Suggestion
from notegen.serve.results.making import Day, DrafterOfPart, Failed, Note, Troubled, Usage
from notegen.serve.results.result import Answer, Greeting, Result, Written
from notegen.serve.results.reviewing import Decided, Proposal, ReviewList
from notegen.serve.results.taking_back import History, Run, RunWithChanges, TakenBack, Undo

__all__ = [
    "Answer",
    "Ask",
    "Book",
    "Card",
    "Cards",
    "CardsOfBook",
    "Check",
    "Day",
    "Decided",
    "DrafterOfPart",
    "Drop",
    "Evidence",
    "Failed",
    "FoundPassage",
    "Graded",
    "Greeting",
    "HeldClaim",
    "History",
    "Ignored",
    "LibraryIndex",
    "LibraryStatus",
    "Note",
    "ParkedRabbitHole",
    "Passage",
    "Problem",
    "Proposal",
    "Question",
    "Quiz",
    "Refine",
    "Related",
    "Result",
    "ReviewList",
    "Run",
    "RunWithChanges",
    "Status",
    "Suggestion",
    "TakenBack",
    "Troubled",
    "Undo",
    "Unread",
    "Usage",
    "Written",
]
