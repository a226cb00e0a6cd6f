"""What an assistant said, without its greetings, praise and offers. All of it stays in the pasted text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from notegen.language.sentences import spans as sentence_spans
from notegen.language.small_talk import SmallTalk, small_talk
from notegen.markdown.foreign import Block, Span, plain

MAX_TALK = 1_000
"""Characters of a paragraph in which small talk is looked for: nobody greets for longer."""
_HEAD = 3
"""Blocks at the head of an answer in which it may greet."""


def answers_in(blocks: Sequence[Block], language: str) -> tuple[tuple[tuple[Block, ...], ...], int]:
    """(the answers that stand one after the other, how many greetings and offers were left out).

    An answer ends where it offers to go on and the next one greets, or a rule parts them: so a chat program shows an
    answer that was asked for again.
    """
    talk = small_talk(language or "en")
    answers: list[list[Block]] = [[]]
    dropped = 0
    at = 0
    while at < len(blocks):
        if end := _offer_end(blocks, at, talk, language):
            dropped += 1
            at = end
            if answers[-1]:
                answers.append([])
            continue
        if blocks[at].kind != "rule" or answers[-1]:
            answers[-1].append(blocks[at])
        at += 1
    kept: list[tuple[Block, ...]] = []
    for answer in answers:
        told, greeted = _without_greeting(answer, talk, language)
        dropped += greeted
        if filled := _without_empty_headings([block for block in told if block.kind != "rule"]):
            kept.append(tuple(filled))
    return tuple(kept), dropped


def _without_empty_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without headings under which nothing stands, such as one that only said who speaks."""
    kept: list[Block] = []
    for block in reversed(blocks):
        below = kept[-1] if kept else None
        is_empty = block.kind == "heading" and (
            below is None or (below.kind == "heading" and below.level <= block.level)
        )
        if not is_empty:
            kept.append(block)
    return kept[::-1]


def _offer_end(blocks: Sequence[Block], at: int, talk: SmallTalk, language: str) -> int:
    """Where the offer that begins at a block ends; 0 where none begins, or where the answer goes on behind it."""
    if not _is_all(blocks[at], talk, language, offers=True):
        return 0
    end = at + 1
    while end < len(blocks) and (
        blocks[end].kind == "list" or _is_short(blocks[end]) or _is_all(blocks[end], talk, language, offers=True)
    ):
        end += 1
    rest = blocks[end:]
    goes_on = bool(rest) and rest[0].kind != "rule" and not _is_all(rest[0], talk, language, offers=False)
    return 0 if goes_on else end


def _is_short(block: Block) -> bool:
    """A paragraph of a word or two between the parts of an offer: "or"."""
    return block.kind == "paragraph" and len(plain(block.spans).split()) <= 2


def _is_all(block: Block, talk: SmallTalk, language: str, *, offers: bool) -> bool:
    """Whether each sentence of a paragraph is small talk, and one of them an offer (or praise). A question that follows
    an offer belongs to it."""
    if block.kind != "paragraph":
        return False
    text = plain(block.spans)
    if len(text) > MAX_TALK:
        return False
    sentences = [text[start:end] for start, end, _ in sentence_spans(text, language)]
    has_offered = False
    for sentence in sentences:
        has_offered = has_offered or talk.is_offer(sentence)
        if not (talk.is_offer(sentence) or talk.is_praise(sentence) or (has_offered and sentence.endswith("?"))):
            return False
    return has_offered if offers else any(map(talk.is_praise, sentences))


def _without_greeting(answer: Sequence[Block], talk: SmallTalk, language: str) -> tuple[list[Block], int]:
    """(the answer without the sentences with which its first paragraphs greet, how many paragraphs had any)."""
    told: list[Block] = []
    count = 0
    for at, block in enumerate(answer):
        rest = block
        if block.kind == "paragraph" and at < _HEAD:
            start = _greeting_end(block.spans, talk, language)
            rest = replace(block, spans=_cut(block.spans, start)) if start else block
            count += bool(start)
        if rest.kind != "paragraph" or plain(rest.spans):
            told.append(rest)
    return told, count


def _greeting_end(spans: Sequence[Span], talk: SmallTalk, language: str) -> int:
    """Where the sentences end with which a paragraph greets."""
    text = "".join(span.text for span in spans).replace("\n", " ")[:MAX_TALK]
    done = 0
    for start, end, _ in sentence_spans(text, language):
        if not talk.is_praise(" ".join(text[start:end].split())):
            break
        done = end
    return done


def _cut(spans: Sequence[Span], start: int) -> tuple[Span, ...]:
    """The spans from a place in their text on."""
    rest: list[Span] = []
    for span in spans:
        kept = span.text[max(start, 0) :]
        start -= len(span.text)
        if kept and (rest or kept.strip()):
            rest.append(replace(span, text=kept if rest else kept.lstrip()))
    return tuple(rest)
