"""Which questions a unit could answer: every one that the form of its sentences gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from notegen.draft.quoting.questions.frames import Frame, Grammar
from notegen.draft.quoting.questions.phrases import Forms, is_noun_phrase, opens_with_noun, term_of
from notegen.draft.quoting.questions.question import Question
from notegen.language.words import tokens
from notegen.reading.unit import Part, Unit

MAX_BOOK_ANSWER_PARTS = 3
MIN_ITEMS = 2
MAX_LETTERS = 600
"""What is longer has no short answer."""
_PIECES = re.compile(r",? (?:and|or|und|oder|et|ou|y|e|o|ed?)\s|[,;]\s")
_AROUND = " \u00a0\u202f"
_END = re.compile(r"[.!?…][\"”’»)]*$")


def candidates(unit: Unit, grammar: Grammar, forms: Forms) -> list[Question]:
    """All questions that a unit could answer, unproven."""
    found = list(_asked_by_the_book(unit, grammar))
    for index, part in enumerate(unit.parts):
        if part.kind in ("sentence", "item"):
            found += _framed(unit, index, grammar, forms)
    found += _parallel(unit, grammar, forms)
    return found


def _framed(unit: Unit, index: int, grammar: Grammar, forms: Forms) -> Iterator[Question]:
    for frame in grammar.frames:
        match = _match(frame, unit.parts[index : index + frame.sentences], grammar)
        groups = _phrases(frame, match, grammar, forms) if match else {}
        if match is None or not groups:
            continue
        answer = _with_what_belongs(unit, index, frame.sentences)
        question = Question(
            kind=frame.kind,
            text=_elided(frame.question.format(**groups), grammar.language),
            unit=unit,
            parts=answer,
            taken=" ".join(value for name, value in groups.items() if f"{{{name}}}" in frame.question),
            subjects=tuple(match[name] for name in _subjects(groups)),
            says=" ".join([groups["a"], *(each.text for each in answer[frame.sentences :])]),
        )
        if frame.kind == "list":
            yield from _list(question, index, match, grammar)
        else:
            yield question


def _subjects(groups: Mapping[str, str]) -> list[str]:
    """The groups that are asked about; a whole clause only where nothing in it is marked."""
    marked = [name for name in ("x", "y", "pair") if groups.get(name)]
    return marked or [name for name in ("rest", "k") if groups.get(name)]


def _match(frame: Frame, parts: Sequence[Part], grammar: Grammar) -> re.Match[str] | None:
    """The frame laid over whole sentences, without what only leads into them."""
    if len(parts) < frame.sentences or any(part.kind not in ("sentence", "item") for part in parts):
        return None
    text = " ".join(part.text for part in parts)
    if len(text) > MAX_LETTERS or not (_END.search(text) or text.endswith(":")):
        return None
    lead = grammar.leads.match(text)
    text = text[lead.end() :] if lead else text
    return frame.sentence.fullmatch(text[:1].upper() + text[1:] if lead else text)


def _phrases(frame: Frame, match: re.Match[str], grammar: Grammar, forms: Forms) -> dict[str, str]:
    """What the groups of a frame put into its question; nothing where one of them is no noun phrase, or its form within
    a sentence is unknown."""
    groups = {name: (value or "").strip(_AROUND) for name, value in match.groupdict().items()}
    if not all(is_noun_phrase(groups[name], grammar) for name in ("x", "y") if name in groups):
        return {}
    if "x" not in groups and "rest" in groups and not opens_with_noun(groups["rest"], grammar):
        return {}
    for name in ("x", "y", "rest"):
        if groups.get(name):
            groups[name] = forms.inside(groups[name], grammar)
            if not groups[name]:
                return {}
    if frame.kind == "term":
        groups["y"] = term_of(groups["y"], grammar)
    return {name: frame.words.get(value, value) for name, value in groups.items()}


def _elided(question: str, language: str) -> str:
    """Without a space for a group that matched nothing; French "que" before a vowel."""
    question = re.sub(" +", " ", question)
    return re.sub(r"\b([Qq])ue (?=[aeiouyéèêàâîô])", r"\1u’", question) if language == "fr" else question


def _with_what_belongs(unit: Unit, index: int, sentences: int) -> tuple[Part, ...]:
    """The sentences, and the items that they lead into."""
    end = index + sentences
    leads = unit.parts[end - 1].text.endswith(":")
    while end < len(unit.parts) and leads and unit.parts[end].kind == "item":
        end += 1
    return unit.parts[index:end]


def _list(question: Question, index: int, match: re.Match[str], grammar: Grammar) -> Iterator[Question]:
    """A question for several things, where exactly so many follow: as items, or one after the other in the sentence."""
    groups = match.groupdict()
    wanted = grammar.counts.get(groups.get("n") or "", 0)
    inline = (groups.get("a") or "").strip()
    items = list(takewhile(lambda part: part.kind == "item", question.unit.parts[index + 1 :]))
    if inline:
        if wanted and len([piece for piece in _PIECES.split(inline) if piece.strip()]) == wanted:
            yield replace(question, parts=question.unit.parts[index : index + 1], says=inline)
    elif len(items) >= MIN_ITEMS and (not wanted or len(items) == wanted):
        said = " ".join(part.text for part in items)
        yield replace(question, parts=question.unit.parts[index : index + 1 + len(items)], says=said)


def _parallel(unit: Unit, grammar: Grammar, forms: Forms) -> Iterator[Question]:
    """Two sentences on two kinds of one thing: "Native mode simulators …. Glued mode simulators …."."""
    if not grammar.parallel:
        return
    subjects = [(part, _subject(part, grammar)) for part in unit.parts if part.kind == "sentence"]
    for (one, first), (two, second) in pairwise(subjects):
        if not first or not second or first == second:
            continue
        left, right = tokens(first.casefold()), tokens(second.casefold())
        same_head = (
            not set(left) <= set(right)
            and not set(right) <= set(left)
            and left[-1] == right[-1]
            and len(left) > 1
            and len(right) > 1
        )
        if not same_head or not (is_noun_phrase(first, grammar) and is_noun_phrase(second, grammar)):
            continue
        shown = forms.inside(first, grammar), forms.inside(second, grammar)
        if all(shown):
            text = grammar.parallel.format(x=shown[0], y=shown[1])
            said = one.text.removeprefix(first) + two.text.removeprefix(second)
            yield Question(
                kind="contrast",
                text=text,
                unit=unit,
                parts=(one, two),
                taken=" ".join(shown),
                subjects=(first, second),
                says=said,
            )


def _subject(part: Part, grammar: Grammar) -> str:
    """What stands before the first verb that is known; "" where there is none early enough."""
    words = part.text.split()[:8]
    for index, word in enumerate(words):
        if word in grammar.parallel_verbs:
            return " ".join(words[:index])
    return ""


def _asked_by_the_book(unit: Unit, grammar: Grammar) -> Iterator[Question]:
    """A question in the text that the sentences after it answer."""
    parts: Sequence[Part] = unit.parts
    for index, part in enumerate(parts[:-1]):
        text = part.text
        if part.kind != "sentence" or not text.endswith("?") or not grammar.asks.match(text):
            continue
        after = [each for each in parts[index + 1 : index + 1 + MAX_BOOK_ANSWER_PARTS] if each.kind == "sentence"]
        if after and not any(each.text.endswith("?") for each in after):
            said = " ".join(each.text for each in after)
            yield Question(
                kind="book", text=text, unit=unit, parts=tuple(after), taken=text, subjects=(text,), says=said
            )
