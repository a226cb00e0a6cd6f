"""What a model is asked: the numbered sentences of a section, or the key sentences of the passage, and the form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from notegen.config import LearnerSettings
from notegen.draft.draft import Section
from notegen.draft.model.passage_kinds import kind_of
from notegen.draft.model.reply import Form, SectionForm, WholeForm, schema_of
from notegen.draft.quoting.extractive import Work
from notegen.llm.client import Message, Picture
from notegen.llm.endpoint import Endpoint
from notegen.reading.sentences import Sentence

MAX_SECTION_CHARS, MAX_WHOLE_CHARS = 6000, 8000
"""Of the sentences in one question: what small models read with care, and what fits their context."""
MAX_CODE_CHARS = 2000
MAX_PICTURES = 4
MAX_PNG_BYTES = 1_500_000
MAX_NOTES_CHARS = 2000
SECTION_MARK = "🔹"
"""In the heading of every section of a log."""


class PromptTemplates(Protocol):
    """Fills in a prompt template; `notegen.compose.templates.Templates` does."""

    def render(self, name: str, filters: Mapping[str, Any], **context: Any) -> str: ...

    def prompts_fingerprint(self) -> str: ...

    def own_prompts_fingerprint(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One call's worth."""

    title: str
    form: type[Form]
    schema: dict[str, Any]
    messages: tuple[Message, ...]
    sentences: dict[str, Sentence]
    """The sentences shown, by id."""
    source: str
    """All the text of the PDF that is shown."""
    has_code: bool = False
    """Code of the PDF is among it."""
    aspects: tuple[str, ...] = ()
    """What is asked of a text of its kind."""
    pictures: tuple[str, ...] = ()
    without_pictures: Question | None = None
    """The same for a model that does not see."""

    @property
    def chars(self) -> int:
        """Length of what is sent, pictures aside."""
        return sum(len(each.text) for each in self.messages)

    @property
    def schema_chars(self) -> int:
        return len(json.dumps(self.schema))

    def key(self, endpoint: Endpoint, max_tokens: int) -> str:
        """The same for the same question to the same model."""
        parts = [
            endpoint.base_url,
            endpoint.model,
            max_tokens,
            self.schema,
            [[each.role, each.text, *(hashlib.sha256(p.png).hexdigest() for p in each.pictures)]
             for each in self.messages],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Asks about one passage. notes: what the learner wrote, only where they allow it to be sent."""

    work: Work
    learner: LearnerSettings
    templates: PromptTemplates
    notes: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    """As `Brief.refused`."""
    sees: bool = False
    """Pictures go along."""
    length: float = 0.0
    """Share of a section's words that an answer may have; 0 for no limit."""

    def section(self, section: Section, index: int) -> Question:
        """About one section of the draft. index: of its source section."""
        lines, sentences = self._numbered([(index, each) for each in self.work.sentences[index]], MAX_SECTION_CHARS)
        code = [each for each in section.code if len(each.text) <= MAX_CODE_CHARS]
        parts = ("section", SectionForm, section.title, lines, sentences)
        kind = kind_of(
            [each.text for each in self.work.sentences[index]],
            self.work.language,
            has_code=bool(section.code),
            has_formulas=bool(section.formulas),
        )
        asks: dict[str, Any] = {"code": code, "aspects": kind.aspects, "without": kind.without}
        asks["words"] = round(self.length * self.work.sources[index].word_count)
        blind = self._question(*parts, pictures=(), **asks)
        pictures = _pictures(section) if self.sees else ()
        if not pictures:
            return blind
        names = tuple(each.name for each in pictures)
        return replace(self._question(*parts, seen=pictures, pictures=names, **asks), without_pictures=blind)

    def whole(self) -> Question:
        """About the passage."""
        work = self.work
        chosen = [(index, each) for index in work.kept for each in work.digests[index]]
        known = {each.text for _, each in chosen}
        for concept in work.concepts:
            if concept.definition and concept.definition.text not in known:
                chosen.append((-1, concept.definition))
        lines, sentences = self._numbered(chosen, MAX_WHOLE_CHARS)
        names = [concept.name for concept in work.concepts]
        return self._question("whole", WholeForm, "", lines, sentences, concepts=names)

    def _question(
        self,
        template: str,
        form: type[Form],
        title: str,
        lines: Sequence[str],
        sentences: dict[str, Sentence],
        *,
        seen: tuple[Picture, ...] = (),
        **context: Any,
    ) -> Question:
        notes = tuple(each[:MAX_NOTES_CHARS] for each in self.notes)
        reasons = self._reasons(title)
        shown = [*lines, *(each.text for each in context.get("code", ()))]
        digest = hashlib.sha256("\n".join([*shown, *notes, *reasons]).encode("utf-8", "replace")).hexdigest()
        context |= {
            "learner": asdict(self.learner),
            "passage": self.work.passage.title,
            "title": title,
            "lines": lines,
            "notes": notes,
            "refused": reasons,
            "boundary": f"===== {digest[:16]} =====",  # nobody can write into a text the hash of that text
        }
        asked = self.templates.render(f"prompts/{template}.md.j2", {}, **context)
        rules = self.templates.render("prompts/system.md.j2", {}, learner=context["learner"])
        return Question(
            title=title,
            form=form,
            schema=schema_of(
                form,
                list(sentences),
                without=context.get("without", ()),
                tools=self.learner.stack,
                pictures=context.get("pictures", ()),
                aspects=context.get("aspects", ()),
            ),
            messages=(
                Message(role="system", text=rules.strip()),
                Message(role="user", text=asked.strip(), pictures=seen),
            ),
            sentences=sentences,
            source="\n".join([*shown, title, self.work.passage.title, *notes]),
            has_code=bool(context.get("code")),
            aspects=tuple(context.get("aspects", ())),
            pictures=tuple(context.get("pictures", ())),
        )

    def _reasons(self, title: str) -> tuple[str, ...]:
        """Why the learner refused earlier text of a section, or of what is no section where `title` is empty."""
        own = [why for name, why in self.refused if (title in name if title else SECTION_MARK not in name)]
        return tuple(why[:MAX_NOTES_CHARS] for why in dict.fromkeys(own))

    def _numbered(
        self, sentences: Sequence[tuple[int, Sentence]], max_chars: int
    ) -> tuple[list[str], dict[str, Sentence]]:
        """(lines to show, quotable sentences by id). Where there is too much, the sentences that say least go."""
        kept = set(range(len(sentences)))
        size = sum(len(each.text) for _, each in sentences)
        for at in sorted(kept, key=lambda at: self.work.salience.score(sentences[at][1])):
            if size <= max_chars:
                break
            size -= len(sentences[at][1].text)
            kept.discard(at)
        lines: list[str] = []
        ids: dict[str, Sentence] = {}
        before = None
        for at in sorted(kept):
            home, sentence = sentences[at]
            if before is not None and home != before:
                lines.append("")
            before = home
            if sentence.quotable:
                ids[f"S{len(ids) + 1}"] = sentence
                lines.append(f"S{len(ids)}: {_with_tex(sentence)}")
            else:
                lines.append(f"    {sentence.text}")
        return lines, ids


def again(templates: PromptTemplates, question: Question, answer: str, faults: Sequence[str]) -> tuple[Message, ...]:
    """The question once more, after the answer and what was wrong with it."""
    told = templates.render("prompts/again.md.j2", {}, faults=list(faults))
    return (
        *question.messages,
        Message(role="assistant", text=answer[:20_000]),
        Message(role="user", text=told.strip()),
    )


def _with_tex(sentence: Sentence) -> str:
    text = sentence.text
    for each in reversed(sentence.maths):
        text = f"{text[: each.start]}${each.tex}${text[each.end :]}"
    return text


def _pictures(section: Section) -> tuple[Picture, ...]:
    """The figures of a section, then the crops of its formulas."""
    crops = [(each.label or f"Picture {number}", each.png) for number, each in enumerate(section.pictures, 1)]
    crops += [
        (f"Formula {each.block.marker or number}", each.block.crop) for number, each in enumerate(section.formulas, 1)
    ]
    found: dict[str, bytes] = {}
    for name, png in crops:
        if png and len(png) <= MAX_PNG_BYTES and len(found) < MAX_PICTURES:
            found.setdefault(name, png)
    return tuple(Picture(name=name, png=png) for name, png in found.items())
