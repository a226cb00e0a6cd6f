"""A question of the learner, answered by a model from passages of their books: typed, and held against them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

from notegen.draft.drafter import Brief
from notegen.draft.explained import Explained, Said
from notegen.draft.model import faults
from notegen.draft.model.check.judge import Veto
from notegen.draft.model.grounding import evidence_for
from notegen.draft.model.interview import Interview
from notegen.draft.model.questions import Question
from notegen.draft.model.reply import Form, many, read, schema_of
from notegen.draft.model.reply import Said as Stated
from notegen.llm.client import Message
from notegen.markdown.write import clean
from notegen.reading.sentences import Sentence

MAX_QUESTION_CHARS = 500


class AnsweredForm(Form):
    """What is asked about a question."""

    answered: bool
    statements: many(Stated, 5)  # type: ignore[valid-type]


def explained(
    question: str, passages: Sequence[str], interview: Interview, veto: Veto | None, brief: Brief
) -> Explained:
    """What the model of the interview says to a question. passages: of the books, best first.

    A statement that says the reverse of its passages is left out, one that they do not bear is marked. Raises
    ModelError.
    """
    asked = _question(question[:MAX_QUESTION_CHARS], passages, interview)
    kept = interview.put(asked, brief)
    form = read(AnsweredForm, kept.text)
    every = list(asked.sentences.values())
    said = []
    for each in form.statements if form.answered else ():
        text = clean(each.text)
        named = [asked.sentences[id] for id in each.sources if id in asked.sentences]
        evidence, found = evidence_for(text, named, every, veto)
        if faults.text_fault(text, asked.source) or found.outcome == "contradicted":
            continue
        bearing = tuple(dict.fromkeys(one.order for one in (evidence if found.holds else named)))
        said.append(Said(text=text, verdict="supported" if found.holds else "unverified", passages=bearing))
    return Explained(model=kept.model, said=tuple(said))


def _question(question: str, passages: Sequence[str], interview: Interview) -> Question:
    sentences = {
        f"S{at}": Sentence(text=text, page=0, order=at - 1, first=True, quotable=True)
        for at, text in enumerate(passages, start=1)
    }
    lines = [f"{id}: {each.text}" for id, each in sentences.items()]
    digest = hashlib.sha256("\n".join([question, *lines]).encode("utf-8", "replace")).hexdigest()
    learner = asdict(interview.learner)
    context = {"question": question, "lines": lines, "boundary": f"===== {digest[:16]} ====="}
    asked = interview.templates.render("prompts/answer.md.j2", {}, **context)
    rules = interview.templates.render("prompts/system.md.j2", {}, learner=learner)
    return Question(
        title=question,
        form=AnsweredForm,
        schema=schema_of(AnsweredForm, list(sentences)),
        messages=(Message(role="system", text=rules.strip()), Message(role="user", text=asked.strip())),
        sentences=sentences,
        source="\n".join([*lines, question]),
    )
