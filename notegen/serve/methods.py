"""The table of methods: each is a command, with its options as parameters and its `--json` as the result.

Whatever is heavy is imported when a method is called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from notegen import __version__
from notegen.serve import asking, learning, looking, making, requests, results, reviewing, taking_back
from notegen.serve.call import Call
from notegen.serve.fault import UnknownMethodError
from notegen.serve.results import Answer

PROTOCOL = 1
"""Grows when a caller of the version before would no longer be served as it expects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of every face."""

    name: str
    request: type[requests.Request]
    result: type[results.Result]
    run: Callable[[Any, Call], Answer]
    summary: str
    """What it does, one sentence."""
    writes: bool = False
    """Whether it may write into the vault: then it waits for its turn."""


def hello(asked: requests.Hello, call: Call) -> Answer:
    """Say what serves, and what it can do."""
    root = call.root_of(call.vault_of(asked.vault))
    if call.client and asked.methods is not None:
        call.client.announce(asked.methods, root)
    return {
        "protocol": PROTOCOL,
        "version": __version__,
        "vault": str(root),
        "methods": list(METHODS),
        "writes": [each.name for each in METHODS.values() if each.writes],
    }


METHODS: dict[str, Method] = {
    each.name: each
    for each in (
        Method(
            name="hello",
            request=requests.Hello,
            result=results.Greeting,
            run=hello,
            summary="What serves this vault, and the methods that it has.",
        ),
        Method(
            name="day",
            request=requests.Day,
            result=results.Day,
            run=making.day,
            summary="Make today's notes from the PDFs in the inbox and the books in progress.",
            writes=True,
        ),
        Method(
            name="draft",
            request=requests.Draft,
            result=results.Day,
            run=making.draft,
            summary="Make a note of these pages of a PDF.",
            writes=True,
        ),
        Method(
            name="status",
            request=requests.Status,
            result=results.Status,
            run=looking.status,
            summary="What became of each PDF in the inbox.",
        ),
        Method(
            name="related",
            request=requests.Related,
            result=results.Related,
            run=looking.related,
            summary="The notes that belong to a note, best first, with reasons.",
        ),
        Method(
            name="ask",
            request=requests.Ask,
            result=results.Ask,
            run=asking.ask,
            summary="What the vault's books say to a question, word for word with the page.",
        ),
        Method(
            name="refine",
            request=requests.Refine,
            result=results.Refine,
            run=asking.refine,
            summary="Put a raw note in order in a note beside it, its claims held against the books.",
            writes=True,
        ),
        Method(
            name="library.index",
            request=requests.LibraryIndex,
            result=results.LibraryIndex,
            run=asking.library_index,
            summary="Read the vault's PDFs, so that they can be asked.",
        ),
        Method(
            name="library.status",
            request=requests.LibraryStatus,
            result=results.LibraryStatus,
            run=asking.library_status,
            summary="Which books can be asked.",
        ),
        Method(
            name="cards",
            request=requests.Cards,
            result=results.Cards,
            run=learning.cards,
            summary="Make cards of what was read.",
            writes=True,
        ),
        Method(
            name="quiz",
            request=requests.Quiz,
            result=results.Quiz,
            run=learning.quiz,
            summary="What is due to be recalled; with grades: write down how it went.",
            writes=True,
        ),
        Method(
            name="quest",
            request=requests.Quest,
            result=results.Quest,
            run=learning.quest,
            summary="Make a learning quest of topics, in the books' own words.",
            writes=True,
        ),
        Method(
            name="plan",
            request=requests.Plan,
            result=results.Plan,
            run=learning.plan,
            summary="Plan when a book is read, a tick for each day.",
            writes=True,
        ),
        Method(
            name="sheet",
            request=requests.Sheet,
            result=results.Sheet,
            run=learning.sheet,
            summary="Condense what was read of a book to a few pages.",
            writes=True,
        ),
        Method(
            name="exam",
            request=requests.Exam,
            result=results.Exam,
            run=learning.exam,
            summary="Make a mock exam of what was read of a book, with an answer key.",
            writes=True,
        ),
        Method(
            name="ledger",
            request=requests.Ledger,
            result=results.Ledger,
            run=learning.ledger,
            summary="Keep and tell what was learned of each concept.",
            writes=True,
        ),
        Method(
            name="review.list",
            request=requests.ReviewList,
            result=results.ReviewList,
            run=reviewing.review_list,
            summary="New text that waits beside the learner's own.",
        ),
        Method(
            name="review.accept",
            request=requests.ReviewAccept,
            result=results.Decided,
            run=reviewing.review_accept,
            summary="Put proposed text in, as it is or as edited.",
            writes=True,
        ),
        Method(
            name="review.reject",
            request=requests.ReviewReject,
            result=results.Decided,
            run=reviewing.review_reject,
            summary="Refuse proposed text, with the reason.",
            writes=True,
        ),
        Method(
            name="undo",
            request=requests.Undo,
            result=results.Undo,
            run=taking_back.undo,
            summary="Take a run back: files become what they were.",
            writes=True,
        ),
        Method(
            name="history",
            request=requests.History,
            result=results.History,
            run=taking_back.history,
            summary="The runs on record, and what each changed.",
        ),
        Method(
            name="check",
            request=requests.Check,
            result=results.Check,
            run=looking.check,
            summary="Whether notes render and are safe: links, properties, code, maths.",
        ),
    )
}
"""By name, as `hello` lists them."""


def method(name: str) -> Method:
    """The method of that name. Raises UnknownMethodError."""
    if name not in METHODS:
        raise UnknownMethodError(name)
    return METHODS[name]
