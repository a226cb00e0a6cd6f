"""The drafter with a language model: the extractive draft stands, and a model fills in on top, section by section.

Where an answer does not come or does not hold, the section stays as extracted and says why.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace

from notegen.config import DraftSettings, LearnerSettings
from notegen.draft.additions import SectionAdditions, WholeAdditions
from notegen.draft.draft import Draft, DraftRecord, Estimate, PartRecord
from notegen.draft.drafter import Brief
from notegen.draft.explained import Explained
from notegen.draft.model.arrange import arranged, said_once
from notegen.draft.model.asked import explained
from notegen.draft.model.check.judge import Veto
from notegen.draft.model.check.veto import InferenceVeto
from notegen.draft.model.interview import Interview, Outcome
from notegen.draft.model.joining import with_section, with_whole
from notegen.draft.model.length import shortened
from notegen.draft.model.questions import PromptTemplates, Question, Questions
from notegen.draft.quoting.extractive import Work
from notegen.errors import ModelError
from notegen.llm.endpoint import Endpoint
from notegen.llm.spending import MIN_REPLY_TOKENS, USUAL_REPLY_TOKENS
from notegen.reading.passage import Passage
from notegen.store.replies import Replies

WHOLE = "Overview"


class LLMDrafter:
    """templates: fill in the prompts. memory: what was answered before. A drafter serves one run after the other."""

    name = "llm"

    def __init__(
        self,
        endpoint: Endpoint,
        settings: DraftSettings,
        learner: LearnerSettings,
        templates: PromptTemplates,
        memory: Replies,
        veto: Veto | None = None,
    ) -> None:
        self.endpoint, self.settings, self.learner, self.templates = endpoint, settings, learner, templates
        self._veto, self._memory = veto, memory
        self.begin_run()

    def begin_run(self) -> None:
        """See `Drafter.begin_run`."""
        self._interview = Interview(
            self.endpoint, self.settings, self.learner, self.templates, self._memory, self._veto
        )

    @property
    def identity(self) -> str:
        """See `Drafter.identity`."""
        parts = [
            self.endpoint.base_url,
            self.endpoint.model,
            self.templates.own_prompts_fingerprint(),
            sorted(asdict(self.learner).items() - asdict(type(self.learner)()).items()),
            self.settings.pictures,
            self.settings.send_notes,
        ]
        if self.settings.length != DraftSettings().length:
            parts.append(self.settings.length)
        if self.settings.verify != DraftSettings().verify:
            parts.append(self.settings.verify)
        if isinstance(self._veto, InferenceVeto):
            parts.append(self._veto.sha256)
        return "llm " + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    def draft(self, passage: Passage, brief: Brief) -> Draft:
        """See `Drafter.draft`."""
        work = Work(passage)
        draft = work.draft()
        questions = Questions(
            work=work,
            learner=self.learner,
            templates=self.templates,
            notes=tuple(text for _, text in brief.notes),
            refused=brief.refused,
            sees=self.settings.pictures,
            length=self.settings.length,
        )
        asked: list[Question | None] = [
            questions.section(section, index) for section, index in zip(draft.sections, work.kept, strict=True)
        ]
        asked = [each if each and each.sentences else None for each in asked]
        whole = questions.whole()
        asked.append(whole if whole.sentences else None)
        spending = self._interview.spending
        before = (self._interview.calls, spending.prompt_tokens, spending.reply_tokens, spending.cost_usd)
        outcomes = self._interview.hold(asked, work, brief)
        if self.settings.verify == "model":
            outcomes = self._interview.verified(outcomes, brief)
        record = self._record(draft, outcomes, before)
        if brief.dry_run:
            record = replace(record, estimate=self._estimate(passage, asked, outcomes, brief))
        draft = said_once(_filled(draft, outcomes, record))
        if self.settings.length:
            draft = shortened(draft, round(self.settings.length * sum(each.word_count for each in work.sources)))
        return arranged(draft, work)

    def explain(self, question: str, passages: Sequence[str], brief: Brief) -> Explained:
        """See `Explainer.explain`."""
        return explained(question, passages, self._interview, self._veto, brief)

    def _record(
        self, draft: Draft, outcomes: Sequence[Outcome], before: tuple[int, int, int, float | None]
    ) -> DraftRecord:
        calls, prompt, reply, cost = before
        interview, spending = self._interview, self._interview.spending
        models = Counter(each.model for each in outcomes if each.added and each.model)
        drafted = any(each.added for each in outcomes)
        failed = [each.error for each in outcomes if each.error]
        return DraftRecord(
            sections=tuple(
                _part(section.title, each) for section, each in zip(draft.sections, outcomes[:-1], strict=True)
            ),
            whole=_part(WHOLE, outcomes[-1]),
            is_complete=not failed,
            model=(models.most_common(1)[0][0] if models else self.endpoint.model) if drafted else "",
            endpoint=self.endpoint.base_url if drafted else "",
            prompts=self.templates.prompts_fingerprint()[:12] if drafted else "",
            calls=interview.calls - calls,
            prompt_tokens=spending.prompt_tokens - prompt,
            reply_tokens=spending.reply_tokens - reply,
            cost_usd=None if spending.cost_usd is None or cost is None else spending.cost_usd - cost,
            advice=_advice(failed),
            waits_for=next((each.reason for each in failed if each.passes), ""),
        )

    def _estimate(
        self, passage: Passage, asked: Sequence[Question | None], outcomes: Sequence[Outcome], brief: Brief
    ) -> Estimate:
        """Of what is not known already."""
        open_ = [each for each, outcome in zip(asked, outcomes, strict=True) if each and not outcome.added]
        spending = self._interview.spending
        ranges = [spending.prompt_range(each.chars, each.schema_chars, len(each.pictures)) for each in open_]
        prompt = (sum(low for low, _ in ranges), sum(high for _, high in ranges))
        reply = (MIN_REPLY_TOKENS * len(open_), min(USUAL_REPLY_TOKENS, self.settings.max_tokens) * len(open_))
        low, high = spending.price(prompt[0], reply[0]), spending.price(prompt[1], reply[1])
        return Estimate(
            pages=passage.last - passage.first + 1,
            pictures=sum(len(each.pictures) for each in open_),
            sections=sum(each is not asked[-1] for each in open_),
            calls=len(open_),
            prompt_tokens=prompt,
            reply_tokens=reply,
            price_usd=None if low is None or high is None else (low, high),
            notes=tuple(path for path, _ in brief.notes),
        )


def _filled(draft: Draft, outcomes: Sequence[Outcome], record: DraftRecord) -> Draft:
    for index, outcome in enumerate(outcomes[:-1]):
        added = outcome.added if isinstance(outcome.added, SectionAdditions) else None
        draft = with_section(draft, index, added, outcome.error.reason if outcome.error else "")
    whole = outcomes[-1].added
    if isinstance(whole, WholeAdditions):
        draft = with_whole(draft, whole)
    return replace(draft, drafter=LLMDrafter.name if record.model else draft.drafter, record=record)


def _part(title: str, outcome: Outcome) -> PartRecord:
    if outcome.added:
        return PartRecord(title=title, by="llm")
    return PartRecord(title=title, reason=outcome.error.reason if outcome.error else outcome.why_not)


def _advice(errors: Sequence[ModelError]) -> str:
    """The next step that most of the failed parts need."""
    steps = Counter(each.next_step for each in errors if each.next_step)
    return steps.most_common(1)[0][0] if steps else ""
