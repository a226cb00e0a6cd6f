"""The calls of a run: each question once, several at a time, remembered; asked again once with what was wrong."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from notegen.config import DraftSettings, LearnerSettings
from notegen.draft.additions import SectionAdditions, WholeAdditions
from notegen.draft.drafter import Brief
from notegen.draft.model.assemble import Assembly
from notegen.draft.model.at_once import at_once
from notegen.draft.model.check.judge import Veto
from notegen.draft.model.claim_changes import changed_section, changed_whole, sourced_claims
from notegen.draft.model.questions import PromptTemplates, Question, again
from notegen.draft.model.reply import read
from notegen.draft.model.verify import VerdictsForm, doubted, question_about, unverified
from notegen.draft.quoting.extractive import Work
from notegen.errors import ModelError, NotegenError
from notegen.llm.circuit_breaker import CircuitBreaker
from notegen.llm.client import MAX_NAME_CHARS, Answer, Message, ModelClient, offered_by
from notegen.llm.endpoint import KEYRING_SERVICE, Endpoint
from notegen.llm.spending import Spending
from notegen.markdown.write import clean
from notegen.store.replies import Kept, Replies

CHARS_PER_TOKEN_CUT = 8.0
"""No text has so many characters a token: a server that counts fewer tokens has read only a part of the prompt."""
NOTHING_TO_ASK = "It has no sentence that can be quoted."
DRY_RUN = "Not asked: this is a dry run."
_FAULTS_OF_ANSWER = ("form", "empty", "cut", "broken", "content")
"""After these the model is asked once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one question."""

    added: SectionAdditions | WholeAdditions | None = None
    model: str = ""
    error: ModelError | None = None
    why_not: str = ""
    """Why nothing was asked, where that is no error."""


class Interview:
    """All calls of one run to one model. `calls` counts the requests that were sent."""

    def __init__(
        self,
        endpoint: Endpoint,
        settings: DraftSettings,
        learner: LearnerSettings,
        templates: PromptTemplates,
        memory: Replies,
        veto: Veto | None,
    ) -> None:
        self.endpoint, self.settings, self.learner, self.templates = endpoint, settings, learner, templates
        self.spending = Spending(endpoint, settings, memory)
        self._memory, self._veto = memory, veto
        self._breaker = CircuitBreaker(endpoint.timeout_s)
        self._client: ModelClient | None = None
        self._step: Callable[[str], None] = lambda what: None

    @property
    def calls(self) -> int:
        return self._client.calls if self._client else 0

    def hold(self, asked: Sequence[Question | None], work: Work, brief: Brief) -> list[Outcome]:
        """The outcome of every question, None among them for those that cannot be asked. Never raises ModelError."""
        outcomes: list[Outcome] = [
            self._remembered(each, work, brief) if each else Outcome(why_not=NOTHING_TO_ASK) for each in asked
        ]
        missing = [at for at, each in enumerate(outcomes) if asked[at] and not each.added]
        if brief.dry_run or not missing:
            return outcomes
        self._breaker.begin_draft()
        try:
            client = self._opened(brief)
        except ModelError as error:
            return [each if each.added or each.why_not else Outcome(error=error) for each in outcomes]
        self._step = brief.step
        brief.step(f"asking {self.endpoint.model}")
        whole = len(asked) - 1  # waits for the sections
        for batch in ([at for at in missing if at != whole], [at for at in missing if at == whole]):
            self._ask_all(batch, asked, work, client, outcomes, brief)
        return outcomes

    def verified(self, outcomes: Sequence[Outcome], brief: Brief) -> list[Outcome]:
        """The outcomes, with the claims marked that the model, asked once more, does not stand by. Where it gives no
        usable answer they stay as they are."""
        claims = [
            claim
            for each in outcomes
            if each.added
            for claim in sourced_claims(each.added)
            if claim.verdict == "supported"
        ]
        if not claims:
            return list(outcomes)
        question = question_about(claims, self.templates)
        kept = None if brief.refresh else self._memory.get(self._key(question))
        try:
            if kept is None and not brief.dry_run:
                brief.step("asking whether the sentences say it")
                answer = self._answer(question, question.messages, self._opened(brief), is_first=False)
                kept = Kept(text=answer.text, model=clean(answer.model)[:MAX_NAME_CHARS])
            if kept is None:
                return list(outcomes)
            found = read(VerdictsForm, kept.text)
        except ModelError:
            return list(outcomes)
        self._memory.put(self._key(question), kept)
        mark = unverified(doubted(claims, found))
        return [
            replace(each, added=changed_section(each.added, mark) if isinstance(each.added, SectionAdditions)
                    else changed_whole(each.added, mark)) if each.added else each
            for each in outcomes
        ]  # fmt: skip

    def put(self, question: Question, brief: Brief) -> Kept:
        """The answer to a question that stands by itself, in its form: the one that was kept, else asked for, once more
        with what was wrong. Raises ModelError."""
        kept = None if brief.refresh else self._memory.get(self._key(question))
        if kept is not None:
            return kept
        self._breaker.begin_draft()
        client, messages = self._opened(brief), question.messages
        for attempt in range(2):
            answer = self._answer(question, messages, client, is_first=attempt == 0)
            try:
                read(question.form, answer.text)
            except ModelError as error:
                if attempt:
                    raise
                messages = again(self.templates, question, answer.text, [str(error.__cause__ or error.reason)])
            else:
                break
        kept = Kept(text=answer.text, model=clean(answer.model)[:MAX_NAME_CHARS])
        self._memory.put(self._key(question), kept)
        return kept

    def _ask_all(
        self,
        batch: Sequence[int],
        asked: Sequence[Question | None],
        work: Work,
        client: ModelClient,
        outcomes: list[Outcome],
        brief: Brief,
    ) -> None:
        """Ask the questions at these places, several at a time."""

        def outcome_of(at: int) -> Outcome:
            question = asked[at]
            assert question is not None  # only such are missing
            try:
                return self._outcome(question, work, client)
            except Exception as error:  # a fault of notegen with one answer must not cost the note
                return Outcome(error=_stumble(error))

        for at, outcome in at_once(outcome_of, batch, self.endpoint.calls_at_once):
            outcomes[at] = outcome
            known = sum(bool(each.added or each.error or each.why_not) for each in outcomes)
            brief.step(f"{known} of {len(outcomes)} parts are drafted")

    def _opened(self, brief: Brief) -> ModelClient:
        """The client, after the learner was told where the document goes. Raises ModelError."""
        if self._breaker.stopped:
            raise self._breaker.stopped
        if self._client is None:
            endpoint = self.endpoint
            if endpoint.needs_key:
                step = f"Keep it in the keyring (keyring set {KEYRING_SERVICE} {endpoint.host}) or set OPENAI_API_KEY."
                error = ModelError("key", f"There is no key for {endpoint.host}.", step, fatal=True)
                self._breaker.failed(error, 0.0)
                raise error
            client = ModelClient(endpoint, self._breaker, self._memory, self.settings.max_tokens)
            where = "this machine" if endpoint.is_local else "the text of the PDF goes there"
            brief.notice(f"Drafting with {endpoint.model} at {endpoint.base_url} ({where}){_offers(client)}.")
            if self._breaker.stopped:
                raise self._breaker.stopped
            self._client = client
        return self._client

    def _remembered(self, question: Question, work: Work, brief: Brief) -> Outcome:
        nothing = Outcome(why_not=DRY_RUN) if brief.dry_run else Outcome()
        kept = None if brief.refresh else self._memory.get(self._key(question))
        if kept is None:
            return self._remembered(question.without_pictures, work, brief) if question.without_pictures else nothing
        try:
            assembly = self._assembly(question, work)
            added = assembly.assembled(read(question.form, kept.text))
        except Exception:  # an older notegen kept what this one does not read: it is asked again
            return nothing
        return nothing if added.is_empty else Outcome(added=added, model=kept.model)

    def _outcome(self, question: Question, work: Work, client: ModelClient) -> Outcome:
        """Ask, check, ask once more, keep."""
        messages = question.messages
        best: tuple[Answer, Assembly, SectionAdditions | WholeAdditions] | None = None
        trouble: ModelError | None = None
        for attempt in range(2):
            text = ""
            try:
                answer = self._answer(question, messages, client, is_first=attempt == 0)
                text = answer.text
                assembly = self._assembly(question, work)
                added = assembly.assembled(read(question.form, text))
            except ModelError as error:
                if error.kind == "blind" and question.without_pictures:
                    return self._outcome(question.without_pictures, work, client)
                trouble = trouble or error
                if attempt or error.kind not in _FAULTS_OF_ANSWER:
                    break
                told = [str(error.__cause__ or error.reason)]
            else:
                fewer = best is None or len(assembly.told()) <= len(best[1].told())
                if not added.is_empty and fewer:
                    best = (answer, assembly, added)
                if not added.is_empty and (self.endpoint.is_local or not assembly.deserves_another_try):
                    break  # time is dear on one's own machine: doubts are marked, and not asked about
                told = assembly.told() or ["It says nothing that can be used."]
                if added.is_empty:
                    trouble = trouble or ModelError("content", assembly.why_empty(), _LARGER)
            messages = again(self.templates, question, text, told)
        if best is None:
            return Outcome(error=trouble)
        answer, _, added = best
        model = clean(answer.model)[:MAX_NAME_CHARS]
        self._memory.put(self._key(question), Kept(text=answer.text, model=model))
        return Outcome(added=added, model=model)

    def _answer(
        self, question: Question, messages: tuple[Message, ...], client: ModelClient, *, is_first: bool
    ) -> Answer:
        chars = sum(len(each.text) for each in messages)
        promised = self.spending.promise(chars, question.schema_chars, len(question.pictures))
        try:
            answer = client.ask(messages, question.schema, self._told(question))
        except BaseException:
            self.spending.settle(promised, 0, 0, 0, 0)
            raise
        counted = answer.reply_tokens if answer.reply_tokens is not None else len(answer.text) // 4
        self.spending.settle(promised, chars, len(question.pictures), answer.prompt_tokens, counted)
        if answer.fault:
            raise answer.fault
        if is_first and answer.prompt_tokens and answer.prompt_tokens * CHARS_PER_TOKEN_CUT < chars:
            reason = (
                f"{self.endpoint.host} read only {answer.prompt_tokens} tokens of about {chars // 4}: it cut the text."
            )
            step = "Give it a longer context: for Ollama set OLLAMA_CONTEXT_LENGTH=16384, or num_ctx in a Modelfile."
            raise ModelError("truncated", reason, step)
        return answer

    def _told(self, question: Question) -> Callable[[int], None]:
        """Says how far an answer is."""
        return lambda tokens: self._step(f"{question.title or 'overview'}: {tokens} tokens")

    def _assembly(self, question: Question, work: Work) -> Assembly:
        return Assembly(question, work, self.learner, self._veto)

    def _key(self, question: Question) -> str:
        return question.key(self.endpoint, self.settings.max_tokens)


_LARGER = "Name a larger model."


def _stumble(error: Exception) -> ModelError:
    if isinstance(error, NotegenError):  # such as a model of inference that cannot be loaded
        return ModelError("content", error.reason, error.next_step)
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
    return ModelError("content", f"notegen stumbled over the model's answer ({where}).", "Please report it.")


def _offers(client: ModelClient) -> str:
    """What the server says that it has, where that is not what is asked for. A server that is not there, or refuses the
    key, stops the run."""
    try:
        offered = offered_by(client.endpoint)
    except ModelError as error:
        if error.kind in ("refused", "key"):
            client.breaker.failed(error, 0.0)
        return ""
    if not offered or client.endpoint.model in offered:
        return ""
    return f", which offers {', '.join(offered[:5])}"
