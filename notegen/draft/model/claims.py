"""The statements of one answer, checked one by one: fit to be read, in the model's own words, borne by the source."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.config import LearnerSettings
from notegen.draft.additions import Claim
from notegen.draft.model import faults
from notegen.draft.model.check.judge import Veto
from notegen.draft.model.grounding import evidence_for
from notegen.draft.model.model_maths import with_maths
from notegen.draft.model.questions import Question
from notegen.draft.model.reply import StatementForm
from notegen.draft.quoting.extractive import Work
from notegen.draft.quoting.terms import shown_terms
from notegen.language.names import code_of
from notegen.markdown.write import clean

MAX_LABEL_CHARS = 60
TOLD_ONCE = frozenset({"statements", "aspects", "happening", "production", "mistakes", "bridge"})
"""Parts of a section that must not say the same among them."""
UNVERIFIED_SHARE = 1 / 2
"""From so many claims without a bearing sentence the model is asked again."""


class Claims:
    """One answer on its way into the note.

    `faults` are sentences for the model, `left_out` words for the note; `unverified` counts claims that the sentences
    they name do not bear, `sourced` all that name some.
    """

    def __init__(self, question: Question, work: Work, learner: LearnerSettings, veto: Veto | None) -> None:
        self.question, self.work = question, work
        self.stack = {each.casefold(): each for each in learner.stack}
        self.is_translated = _differs(learner.language, work.passage.language or "en")
        self.veto = veto
        self.faults: list[str] = []
        self.left_out: list[str] = []
        self.doubts: list[str] = []
        self.contradicted: list[Claim] = []
        self.sourced = self.copies = self.fit = 0
        self._said: dict[str, list[str]] = {}
        self._texts = [each.text for each in question.sentences.values()]

    @property
    def deserves_another_try(self) -> bool:
        """Most of what it claims is doubtful, or half of it is unfit: small faults are left out instead."""
        doubtful = len(self.doubts) > 1 and len(self.doubts) > UNVERIFIED_SHARE * self.sourced
        unfit = len(self.faults) > max(1, len(self.faults) + self.fit) * UNVERIFIED_SHARE
        return unfit or (doubtful and not self.is_translated)  # words of two languages are never the same

    def told(self) -> list[str]:
        """What to tell the model."""
        doubts = [f"{each} Name the right ids, or say what they say." for each in self.doubts]
        copied = ["You copied sentences of the text. Explain them in your own words."] if self.copies else []
        return [*self.faults, *doubts, *copied][:8]

    def why_empty(self) -> str:
        """Why nothing is left of the answer, for the note: one sentence without the model's words."""
        if self.left_out:
            return f"The model's answer did not hold: {self.left_out[0]}."
        return f"The model's answer {'only repeats the source' if self.copies else 'says nothing that can be used'}."

    def claims(self, forms: Sequence[StatementForm], where: str, *, may_be_own: bool = False) -> tuple[Claim, ...]:
        return tuple(claim for each in forms if (claim := self.claim(each, where, may_be_own=may_be_own)))

    def claim(
        self, form: StatementForm, where: str, *, may_be_own: bool = False, may_copy: bool = False
    ) -> Claim | None:
        """A statement that names its sources. may_be_own: without any it counts as the model's own knowledge.
        may_copy: a sentence of the source will do."""
        text, maths = with_maths(form.text)
        if not self._is_fit(text, where):
            return None
        if not may_copy and self._is_copy(text):
            return None
        named = [self.question.sentences[each] for each in form.sources if each in self.question.sentences]
        evidence, found = evidence_for(text, named, list(self.question.sentences.values()), self.veto)
        if not named and not found.holds and may_be_own:
            return Claim(text=text, terms=shown_terms(text, self.work.concepts), maths=maths)
        self.sourced += 1
        if not found.holds:
            self.doubts.append(f"{where}: {', '.join(form.sources) or 'no source'} does not say “{cut(text)}”.")
        claim = Claim(
            text=text,
            verdict=found.outcome,
            evidence=tuple(self.work.statement(each) for each in evidence),
            terms=shown_terms(text, self.work.concepts),
            maths=maths,
        )
        if claim.verdict == "contradicted" and not self.is_translated:
            self.contradicted.append(claim)
            return None
        return claim

    def owns(self, texts: Sequence[str], where: str) -> tuple[Claim, ...]:
        return tuple(claim for each in texts if (claim := self.own(each, where)))

    def own(self, text: str, where: str) -> Claim | None:
        """A statement from the model's own knowledge."""
        text, maths = with_maths(text)
        if not self._is_fit(text, where) or self._is_copy(text):
            return None
        return Claim(text=text, terms=shown_terms(text, self.work.concepts), maths=maths)

    def _is_copy(self, text: str) -> bool:
        copied = faults.is_copy(text, self._texts)
        self.copies += copied
        return copied

    def _is_fit(self, text: str, where: str) -> bool:
        if not text:
            return False
        fault = faults.text_fault(text, self.question.source)
        said = self._said.setdefault("section" if where in TOLD_ONCE else where, [])
        if not fault and any(faults.same(text, each) for each in said):
            return False  # said already
        if fault:
            self.refuse(where, fault, f" (“{cut(text)}”)")
            return False
        said.append(text)
        self.fit += 1
        return True

    def label(self, text: str) -> str:
        """A few words for a node, a name or a title; "" where they cite what the source does not have."""
        label = clean(text)
        if len(label) > MAX_LABEL_CHARS:
            label = label[: MAX_LABEL_CHARS - 1].rsplit(" ", 1)[0] + "…"
        return "" if faults.invented(label, self.question.source) or faults.circles(label) else label

    def refuse(self, where: str, fault: str, text: str = "") -> None:
        """Tell the model the whole fault, and the note only its kind: what was wrong must not be read there."""
        self.faults.append(f"{where}{text}: {fault}.")
        self.left_out.append(f"{where} ({fault.partition(':')[0]})")


def _differs(wanted: str, spoken: str) -> bool:
    """The note's language, in the learner's words ("" for the source's), is another than the source's, an ISO code."""
    return bool(wanted.strip()) and code_of(wanted) != spoken


def cut(text: str) -> str:
    return text if len(text) <= MAX_LABEL_CHARS else text[: MAX_LABEL_CHARS - 1] + "…"
