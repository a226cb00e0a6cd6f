"""From an answer in its form to what the note shows: each part is checked, repaired or left out with a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from notegen.draft.additions import (
    Bridge,
    ChallengeAdditions,
    Claim,
    Comparison,
    ConceptAdditions,
    SectionAdditions,
    Seen,
    WholeAdditions,
)
from notegen.draft.additions import Question as SelfQuestion
from notegen.draft.draft import CodeListing, ConceptMap, Edge, Node
from notegen.draft.model import faults
from notegen.draft.model.check.judge import supports
from notegen.draft.model.claims import Claims
from notegen.draft.model.code_comments import without_claimed_results
from notegen.draft.model.recompute import recompute
from notegen.draft.model.reply import (
    BridgeForm,
    CodeForm,
    DiagramForm,
    Form,
    SectionForm,
    StatementForm,
    TableForm,
    WholeForm,
)
from notegen.draft.quoting.concepts import mentions, name_stems
from notegen.language.stems import stem
from notegen.language.words import tokens
from notegen.markdown.write import clean

MAX_CELL_CHARS = 160
_PYTHON = ("python", "py", "python3")


class Assembly(Claims):
    """One answer on its way into the note; its statements are checked by `Claims`."""

    def assembled(self, form: Form) -> SectionAdditions | WholeAdditions:
        return self._whole(form) if isinstance(form, WholeForm) else self._section(form)

    def _section(self, form: Form) -> SectionAdditions:
        assert isinstance(form, SectionForm)
        claims, example = self.claims(form.statements, "statements"), self._code(form.example, "example")
        happening = self.claims(form.happening, "happening", may_be_own=True)
        if not example and not self.question.has_code:  # nothing happens that could be checked by looking
            happening = tuple(each for each in happening if each.verdict == "supported")
        result = SectionAdditions(
            claims=claims,
            aspects=self._aspects(form),
            example=example,
            happening=happening,
            comparison=self._table(form.table),
            diagram=self._diagram(form.diagram),
            bridge=self._bridge(form.bridge),
            production=self.own(form.production, "production") if form.production else None,
            mistakes=self.owns(form.mistakes, "mistakes"),
            questions=self._questions(form),
            seen=tuple(
                Seen(name=each.name, claim=claim)
                for each in form.pictures
                if each.name in self.question.pictures and (claim := self.own(each.description, "pictures"))
            ),
        )
        return _with_left_out(result, self.left_out, self.contradicted)

    def _whole(self, form: WholeForm) -> WholeAdditions:
        tldr = form.tldr
        lines = (
            ("Core idea", self.claim(tldr.core_idea, "tldr.core_idea")),
            ("Why it matters", self.own(tldr.why_it_matters, "tldr.why_it_matters")),
            ("Key takeaway", self.claim(tldr.key_takeaway, "tldr.key_takeaway")),
            ("Connects to", self.own(tldr.connects_to, "tldr.connects_to")),
            ("Watch out", self.own(tldr.watch_out, "tldr.watch_out")),
        )
        concepts = []
        for each in form.concepts:
            name, what = self._concept(each.name, each.what, "concepts")
            if name and what:
                concepts.append(
                    ConceptAdditions(
                        name=name,
                        what=what,
                        why=self.own(each.why, f"why of {name}"),
                        example=self._code(each.example, f"example of {name}"),
                        bridge=self._bridge(each.bridge),
                    )
                )
        result = WholeAdditions(
            tldr=tuple((label, claim) for label, claim in lines if claim),
            concepts=tuple(concepts),
            challenge=self._challenge(form),
            mastery=tuple(
                (name, claim)
                for name, claim in (self._concept(each.concept, each.statement, "mastery") for each in form.mastery)
                if name and claim
            ),
            recap=self.claims(form.recap, "recap"),
        )
        return _with_left_out(result, self.left_out, self.contradicted)

    def _concept(self, name: str, form: StatementForm, where: str) -> tuple[str, Claim | None]:
        """A statement on a concept: one whose source does not name the concept is on something else."""
        label, claim = self.label(name), self.claim(form, where)
        if claim and claim.verdict == "supported":
            words = [stem(word) for each in claim.evidence for word in tokens(each.text)]
            if not mentions(words, name_stems(label)):
                claim = replace(claim, verdict="unverified")
        return label, claim

    def _code(self, form: CodeForm | None, where: str) -> CodeListing | None:
        if form is None or not form.code.strip():
            return None
        code = _without_fence(form.code)
        language = clean(form.language).lower()
        if not language and not faults.code_fault(code, "python"):
            language = "python"
        fault = faults.code_fault(code, language)
        if fault:
            self.refuse(where, fault)
            return None
        if language in _PYTHON:
            return CodeListing(page=0, text=without_claimed_results(code), language="python")
        return CodeListing(page=0, text=code, language=language)

    def _table(self, form: TableForm | None) -> Comparison | None:
        if form is None or not (form.header and form.rows):
            return None
        width = max(len(form.header), 2)
        rows = [[clean(cell)[:MAX_CELL_CHARS] for cell in row] for row in (form.header, *form.rows)]
        words = " ".join(cell for row in rows for cell in row)
        fault = faults.invented(words, self.question.source)
        if any(len(row) != width for row in rows):
            fault = "has rows of different lengths"
        elif len({tuple(row) for row in rows}) < len(rows) or not all(any(row) for row in rows):
            fault = "repeats a row, or has an empty one"
        if fault:
            self.refuse("table", fault)
            return None
        right, wrong = recompute(rows)
        named = [self.question.sentences[each] for each in form.sources if each in self.question.sentences]
        bears = supports(words, [each.text for each in named])
        return Comparison(
            title=self.label(form.title),
            rows=right,
            verdict="supported" if bears else "unverified",
            evidence=tuple(self.work.statement(each) for each in named[:2]),
            recomputed=wrong,
        )

    def _diagram(self, form: DiagramForm | None) -> ConceptMap | None:
        if form is None or not form.nodes:
            return None
        ids: dict[str, str] = {}
        nodes: list[Node] = []
        for each in form.nodes:
            label = self.label(each.label)
            if label and each.id not in ids and label not in {node.label for node in nodes}:
                ids[each.id] = f"N{len(nodes) + 1}"
                nodes.append(Node(id=ids[each.id], label=label))
        edges = {
            (ids[each.start], ids[each.end]): Edge(
                start=ids[each.start], end=ids[each.end], label=self.label(each.label)
            )
            for each in form.edges
            if each.start in ids and each.end in ids and each.start != each.end
        }
        joined = {end for pair in edges for end in pair}
        nodes = [node for node in nodes if node.id in joined]
        if len(nodes) < 2:
            self.refuse("diagram", "has no edges between its nodes")
            return None
        return ConceptMap(nodes=tuple(nodes), edges=tuple(edges.values()))

    def _bridge(self, form: BridgeForm | None) -> Bridge | None:
        """To a tool that the learner named; any other is passed over."""
        tool = self.stack.get(clean(form.tool).casefold()) if form else None
        claim = self.own(form.text, "bridge") if form and tool else None
        return Bridge(tool=tool, claim=claim) if tool and claim else None

    def _aspects(self, form: SectionForm) -> tuple[tuple[str, Claim], ...]:
        """Those that were asked for, in the order of the question."""
        found = []
        for each in form.aspects:
            name = clean(each.aspect).casefold()
            if name in self.question.aspects:
                claim = self.claim(StatementForm(text=each.text, sources=each.sources), "aspects")
                if claim:
                    found.append((name, claim))
        return tuple(sorted(found, key=lambda each: self.question.aspects.index(each[0])))

    def _questions(self, form: SectionForm) -> tuple[SelfQuestion, ...]:
        found: list[SelfQuestion] = []
        for each in form.questions:
            text = clean(each.question)
            answer = StatementForm(text=each.answer, sources=each.sources)
            if not text or faults.text_fault(text, self.question.source, ends=False):
                continue
            claim = self.claim(answer, "questions", may_copy=True)
            if claim and not any(faults.same(text, other.text) for other in found):
                found.append(SelfQuestion(text=text, answer=claim))
        return tuple(found)

    def _challenge(self, form: WholeForm) -> ChallengeAdditions | None:
        asked = form.challenge
        if asked is None:
            return None
        fit = [
            clean(each)
            for each in (asked.goal, *asked.steps)
            if not faults.text_fault(clean(each), self.question.source, ends=False)
        ]
        goal = clean(asked.goal)
        if len(fit) < 2 or fit[0] != goal:
            if asked.steps:
                self.refuse("challenge", "has no goal or no steps that can be used")
            return None
        expected = [
            _continued(clean(each))
            for each in asked.expected
            if not faults.text_fault(clean(each), self.question.source, ends=False)
        ]
        return ChallengeAdditions(
            goal=goal, steps=tuple(fit[1:]), expected=tuple(expected), starter=self._code(asked.starter, "starter code")
        )


Additions = TypeVar("Additions", SectionAdditions, WholeAdditions)


def _with_left_out(result: Additions, left_out: Sequence[str], contradicted: Sequence[Claim]) -> Additions:
    return replace(result, left_out=tuple(dict.fromkeys(left_out)), contradicted=tuple(contradicted))


def _continued(text: str) -> str:
    """The text as the end of a sentence that has begun: "afterwards you can …"."""
    text = re.sub(r"^you (?:can|will be able to) ", "", text, flags=re.IGNORECASE)
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _without_fence(code: str) -> str:
    """The code without a Markdown fence that the model put around it."""
    lines = code.replace("\r\n", "\n").strip("\n").split("\n")
    if lines[0].startswith("```") and lines[-1].strip() == "```":
        lines = lines[1:-1]
    return "\n".join(line.rstrip() for line in lines)
