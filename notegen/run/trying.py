"""Which model to take: each drafts the same page of a book, and what it is worth is counted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from notegen.compose.templates import Templates
from notegen.config import Settings
from notegen.draft.draft import Draft
from notegen.draft.drafter import Brief
from notegen.draft.model.claim_changes import sourced_claims
from notegen.draft.model.drafter import LLMDrafter
from notegen.errors import PdfError
from notegen.extract.document import Document
from notegen.llm.endpoint import Endpoint
from notegen.reading.passage import Passage, cut
from notegen.reading.stretch import Stretch
from notegen.run.reader import PdfReader
from notegen.store.replies import Replies

MIN_WORDS = 150
"""Of a page that is worth trying a model on."""
SKIPPED_SHARE = 0.25
"""Of a book, at its beginning: prefaces and contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one model made of the page."""

    model: str
    claims: int
    """Sentences that name sources."""
    supported: int
    unverified: int
    contradicted: int
    faults: int
    """Parts that were left out, and questions without a usable answer."""
    calls: int
    seconds: float
    prompt_tokens: int
    reply_tokens: int
    price_usd: float | None
    """Of the page; None where it is not known."""
    reason: str
    """Why it drafted nothing; "" where it did."""

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def page_to_try(pdf: Path, page: int | None, reader: PdfReader) -> Passage:
    """One page of a PDF: the one that is named, by its index, else one with enough words after its beginning.

    Raises PdfError where it has none.
    """
    document = reader.read(pdf, ())
    chosen = _page_of(document) if page is None else page
    if chosen is None or not 0 <= chosen < document.page_count:
        raise PdfError(f"{pdf.name} has no page of text to try a model on.", "Name another PDF: --pdf Book.pdf")
    document = reader.read(pdf, [chosen])
    title = f"{document.title}, p. {document.labels[chosen]}"
    return cut(document, Stretch(title=title, first=chosen, last=chosen))


def _page_of(document: Document) -> int | None:
    """The first page with enough words behind the beginning, else the one with most."""
    start = round(SKIPPED_SHARE * document.page_count)
    enough = [page for page, words in enumerate(document.words) if words >= MIN_WORDS]
    best = max(range(document.page_count), key=lambda page: document.words[page], default=None)
    return next((page for page in enough if page >= start), best)


def tried(
    passage: Passage,
    models: Sequence[str],
    endpoint: Endpoint,
    settings: Settings,
    templates: Templates,
    step: Callable[[str, str], None] = lambda model, what: None,
    notice: Callable[[str], None] = lambda sentence: None,
) -> list[Trial]:
    """A trial of each model, one after the other. Answers are not kept, so that every trial measures.

    step: told (model, what happens).
    """
    found = []
    for model in models:
        draft_settings = replace(settings.draft, model=model)
        asked = replace(endpoint, model=model)
        drafter = LLMDrafter(asked, draft_settings, settings.learner, templates, Replies(None))
        began = time.monotonic()

        def told(what: str, model: str = model) -> None:
            step(model, what)

        draft = drafter.draft(passage, Brief(step=told, notice=notice))
        found.append(_counted(model, draft, time.monotonic() - began))
    return found


def _counted(model: str, draft: Draft, seconds: float) -> Trial:
    added = [each for each in (*(section.added for section in draft.sections), draft.added) if each]
    verdicts = [claim.verdict for each in added for claim in sourced_claims(each) if claim.verdict != "own"]
    record = draft.record
    failed = [each for each in (*record.sections, record.whole) if each.by == "extracted" and each.reason]
    return Trial(
        model=model,
        claims=len(verdicts),
        supported=verdicts.count("supported"),
        unverified=verdicts.count("unverified"),
        contradicted=verdicts.count("contradicted"),
        faults=sum(len(each.left_out) for each in added) + len(failed),
        calls=record.calls,
        seconds=round(seconds, 1),
        prompt_tokens=record.prompt_tokens,
        reply_tokens=record.reply_tokens,
        price_usd=record.cost_usd,
        reason=failed[0].reason if failed and not added else "",
    )
