"""What the template of a note of questions is given: each question with its answers, what was computed again, the chat
as it came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from notegen.chats.questions import Question, Questions
from notegen.chats.reading import Pasted
from notegen.claims.weights import WeightTable, weight_table
from notegen.compose.claimed_tables import marked, rows_of
from notegen.compose.held import HeldClaims
from notegen.figures.figure import Figure
from notegen.markdown.check_text import CHARACTER_RULES
from notegen.markdown.foreign import Block, plain, read, walk
from notegen.markdown.foreign_writing import relevelled
from notegen.markdown.write import clean

MAX_FOLDED = 200_000
"""Characters of a pasted text that stand in the note; a longer one lies beside it as a file."""
MAX_QUESTION = 250_000
"""Characters of the answers to one question that a note shows."""
SHORT = 70
"""Characters of a question in its heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart:
    """A stretch of an answer that ends with a table of weights, where it has one."""

    blocks: tuple[Block, ...]
    weights: WeightTable | None = None
    figure: Figure | None = None
    """The attention of the real encoder on the sentence that the table is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContext:
    """One answer."""

    parts: tuple[AnswerPart, ...]
    blocks: tuple[Block, ...]
    """All of it, as it was said."""
    claims: HeldClaims
    """What it states, held against the books; none where the vault has no book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionContext:
    """One question in the template."""

    number: int
    short: str
    """Its first sentence, for the heading. Plain text."""
    asked: tuple[Block, ...]
    times: int
    answers: tuple[AnswerContext, ...]
    left_out: int = 0
    """Characters of its answers that are too many for a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatContext:
    """`chat` in the template: the facts of the note beside its questions."""

    title: str
    date: str
    """YYYY-MM-DD of the chat; "" where it does not say."""
    code_pages: tuple[str, ...]
    """UTF-8 had been read as these, and was repaired; () for a sound text."""
    dropped: int
    """Greetings and offers that were left out."""
    pasted: str
    """The text as it came; "" where it cannot stand in a note."""
    file: bytes
    """What lies beside the note: the bytes as they came, where the text in the note differs from them; b"" else."""
    suffix: str
    """Of that file."""


Drawing = Callable[[Sequence[Block], WeightTable], Figure | None]
"""Draws what a table of weights claims to show: (the blocks before the table, the table) → the measured figure."""


Holding = Callable[[Sequence[Block]], HeldClaims]
"""Holds the statements of an answer against the books."""


def question_context(question: Question, draw: Drawing, hold: Holding, invented: str) -> QuestionContext:
    """A question as its template shows it. invented: that word in the language of the note."""
    level = 3 if len(question.answers) == 1 else 4
    answers, left_out = _within(question.answers)
    return QuestionContext(
        number=question.number,
        short=short(question.text),
        asked=relevelled(read(question.text), 4),
        times=question.times,
        answers=tuple(
            AnswerContext(
                parts=tuple(_parts(relevelled(answer, level), draw, invented)), blocks=answer, claims=hold(answer)
            )
            for answer in answers
        ),
        left_out=left_out,
    )


def length(blocks: Sequence[Block]) -> int:
    """Characters of blocks."""
    cells = (cell for block in walk(blocks) for row in block.rows for cell in row)
    spans = (block.spans for block in walk(blocks))
    return sum(len(span.text) for run in (*spans, *cells) for span in run) + sum(
        len(each.text) for each in walk(blocks)
    )


def _within(answers: Sequence[tuple[Block, ...]]) -> tuple[list[tuple[Block, ...]], int]:
    """(the answers as far as a note has room for their blocks, how many characters it has none for)."""
    room, left_out = MAX_QUESTION, 0
    shown: list[tuple[Block, ...]] = []
    for answer in answers:
        kept: list[Block] = []
        for block in answer:
            size = length([block])
            if size > room:
                left_out += size
            else:
                kept.append(block)
                room -= size
        shown += [tuple(kept)] if kept else []
    return shown, left_out


def chat_context(title: str, date: str, questions: Questions, pasted: Pasted, told: str) -> ChatContext:
    """The facts of a chat. told: the words of this chat, where the file is an export that holds them as JSON."""
    text = told if pasted.is_export else pasted.text
    as_it_came = pasted.is_export or text.encode() == pasted.data
    can_stand = len(text) <= MAX_FOLDED and _can_stand(text)
    return ChatContext(
        title=title,
        date=date,
        code_pages=pasted.repaired,
        dropped=questions.dropped,
        pasted=text if can_stand else "",
        file=b"" if can_stand and as_it_came else text.encode() if pasted.is_export else pasted.data,
        suffix="txt",
    )


def short(text: str) -> str:
    """The first line of a question that says something, cut between words. Plain text."""
    lines = [line for block in walk(read(text)) for line in plain_lines(block)]
    line = next((each for each in lines if sum(sign.isalpha() for sign in each) >= 3), clean(text))
    if len(line) <= SHORT:
        return line
    return line[: SHORT - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def plain_lines(block: Block) -> list[str]:
    """The lines of a paragraph or heading, without marks."""
    text = "".join(span.text for span in block.spans)
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _parts(blocks: Sequence[Block], draw: Drawing, invented: str) -> Iterator[AnswerPart]:
    part: list[Block] = []
    done: list[Block] = []
    for block in blocks:
        table = _weights(block, done) if block.kind == "table" else None
        part.append(marked(block, table, invented) if block.kind == "table" else block)
        if table:
            yield AnswerPart(blocks=tuple(part), weights=table, figure=draw(done, table))
            part = []
        done.append(block)
    if part:
        yield AnswerPart(blocks=tuple(part))


def _weights(block: Block, before: Sequence[Block]) -> WeightTable | None:
    near = [each for each in before if each.kind in ("heading", "paragraph")]
    headings = [each for each in near if each.kind == "heading"][-1:]
    context = " ".join(plain(each.spans) for each in (*headings, *near[-2:]))
    return weight_table(rows_of(block), context)


def _can_stand(text: str) -> bool:
    """Whether every letter of a text can stand in a note as it is: nothing in it runs, breaks or gets lost there."""
    if "\r" in text or "<%" in text or text != text.strip("\n") + "\n" * text.endswith("\n"):
        return False
    return all(not pattern.search(line) for line in text.split("\n") for pattern, _ in CHARACTER_RULES)
