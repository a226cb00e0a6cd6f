"""The turns of a chat as questions with their answers: each question once, small talk dropped, structure kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from notegen.chats.answers import answers_in
from notegen.chats.chat import Chat, Turn
from notegen.language.detect import language_of
from notegen.language.small_talk import small_talk
from notegen.language.words import parts_and_ends
from notegen.markdown.foreign import Block, plain, read

SAME_QUESTION = 0.85
"""Share of words that two questions have in common, of all that either has, from which on they are one."""
LEAST_WORDS = 4
"""Shorter questions ("why?", "and then?") are the same only where they are word for word: what they ask about is not
in them."""
_QUOTE_MARK = re.compile(r" {0,3}> ?")
_ONLY_NUMBER = re.compile(r"[\s*_]*\d{1,3}[.)][\s*_]*")
"""A line that only counts: questions are numbered once, by the note."""
_ENDS_ASKING = re.compile(r"[?？]\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question and what was answered, every time that it was asked."""

    number: int
    """From 1, through the whole chat."""
    text: str
    """As the learner wrote it, Markdown."""
    answers: tuple[tuple[Block, ...], ...]
    times: int = 1
    """How often it was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """A chat, told as its questions."""

    questions: tuple[Question, ...]
    language: str
    """ISO 639-1; "" where the text does not tell."""
    dropped: int
    """Greetings and offers that were left out."""


def questions_of(chat: Chat) -> Questions:
    """The questions of a chat in the order in which they were first asked."""
    language = language_of("\n".join(turn.text for turn in chat.turns)[:20_000])
    found: list[Question] = []
    words: list[list[str]] = []
    dropped = 0
    for asked, said in _pairs(chat.turns, language):
        asked = "\n".join(line for line in asked.splitlines() if not _ONLY_NUMBER.fullmatch(line)).strip()
        if not asked:
            continue
        answers, left_out = answers_in(read(said), language)
        dropped += left_out
        mine = [word.casefold() for word in parts_and_ends(asked) if word[0].isalnum()]
        same = next((at for at, each in enumerate(words) if _is_same(each, mine)), None)
        if same is None:
            words.append(mine)
            found.append(Question(number=len(found) + 1, text=asked, answers=answers))
        else:
            known = {_letters(each) for each in found[same].answers}
            new = tuple(each for each in answers if _letters(each) not in known)
            found[same] = replace(found[same], answers=found[same].answers + new, times=found[same].times + 1)
    return Questions(questions=tuple(found), language=language, dropped=dropped)


def _pairs(turns: Sequence[Turn], language: str) -> list[tuple[str, str]]:
    """(question, answer) of each time that the learner speaks. Where no turn is the assistant's, a turn holds both."""
    if not any(turn.role == "assistant" for turn in turns):
        return [_parted(turn.text, language) for turn in turns]
    pairs: list[tuple[str, str]] = []
    for turn in turns:
        if turn.role == "learner":
            pairs.append((turn.text, ""))
        elif pairs:
            asked, said = pairs[-1]
            pairs[-1] = (asked, f"{said}\n\n{turn.text}".strip())
    return pairs


def _parted(text: str, language: str) -> tuple[str, str]:
    """(question, answer) of a turn in which one follows the other unmarked.

    A quotation at its head is the question. Else it goes to the first heading, or to the first line that greets as
    assistants do, or to the first rule; where there is none of them, to its last paragraph that asks.
    """
    blocks = [block for block in read(text) if block.kind != "rule"]
    lines = text.splitlines()
    if blocks and blocks[0].kind == "quote":
        asked = "\n".join(_QUOTE_MARK.sub("", line) for line in lines[blocks[0].line - 1 : blocks[0].last])
        return asked.strip(), "\n".join(lines[blocks[0].last :]).strip("\n")
    talk = small_talk(language)
    cut = next(
        (
            block.line - 1
            for at, block in enumerate(blocks)
            if block.kind == "heading" or (at and block.kind == "paragraph" and talk.is_praise(plain(block.spans)))
        ),
        None,
    )
    cut = next((rule.line - 1 for rule in read(text) if rule.kind == "rule"), None) if cut is None else cut
    if cut is None:
        asking = [
            block.last for block in blocks if block.kind == "paragraph" and _ENDS_ASKING.search(plain(block.spans))
        ]
        cut = asking[-1] if asking else (blocks[0].last if blocks else 0)
    asked = "\n".join(line for line in lines[:cut] if not re.fullmatch(r"\s*(?:[-*_]\s*){3,}", line))
    return asked.strip(), "\n".join(lines[cut:]).strip("\n")


def _is_same(one: Sequence[str], other: Sequence[str]) -> bool:
    if min(len(one), len(other)) < LEAST_WORDS or _numbers(one) != _numbers(other):
        return one == other
    first, second = set(one), set(other)
    return len(first & second) >= SAME_QUESTION * len(first | second)


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(sign.isdigit() for sign in word)]


def _letters(answer: Sequence[Block]) -> str:
    return "".join(each for each in repr(answer).casefold() if each.isalnum())
