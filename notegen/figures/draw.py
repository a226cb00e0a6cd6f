"""The figures of one log: which sentence, which names, and what is said where a figure would mislead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notegen.draft.draft import Draft
from notegen.errors import NotegenError
from notegen.figures.coverage import Reading, coverage_figure
from notegen.figures.figure import LogFigures
from notegen.reading.passage import Passage

if TYPE_CHECKING:
    from notegen.embed.encoder import Encoder

MIN_WORDS = 4
"""Of what is shown as the key sentence; less is a name rather than a sentence."""
MIN_WORDS_ELSEWHERE = 8
"""Of a sentence that stands for no concept; less may be a caption, or in a language that cannot be told."""
LAST_LATIN = "\u024f"
OTHER_LETTERS = 0.3
"""Share from which a text counts as one in other letters. One Chinese letter is as much as several of English."""
NO_MODEL = (
    "No figures of attention and embeddings here: the weights of the model are not on this machine. After "
    "“notegen model fetch”, “notegen day” draws them."
)
NO_ENGLISH = (
    "No figures of attention and embeddings here: the model was trained on English, and this source is in another "
    "language."
)
NO_LATIN = (
    "No figures of attention and embeddings here: the model was trained on English, and this source is in other "
    "letters."
)
NO_SENTENCE = "No attention figure here: no sentence of these pages could be shown that the model would know."
"""All of these are in the catalogues of the languages of notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a log's figures are made from, beside its draft."""

    sentence: str = ""
    """The learner's choice for the attention figure; "" for the definition of the main concept."""
    notes: tuple[str, ...] = ()
    """Titles of the vault's notes."""
    readings: tuple[Reading, ...] = ()
    """The book's logs so far."""
    is_long_book: bool = False


def draw(draft: Draft, passage: Passage, wishes: Wishes, encoder: Encoder | None) -> LogFigures:
    """The log's figures. encoder: None where there is no model; the log then says so in one sentence."""
    labels, today = passage.document.labels, (passage.first, passage.last)
    coverage = coverage_figure(labels, wishes.readings, today) if wishes.is_long_book else None
    language = passage.language
    if encoder is None:
        return LogFigures(no_attention=NO_MODEL, coverage=coverage)
    why = NO_ENGLISH if language not in ("", "en") else ""
    if _is_in_other_letters(passage):
        why = NO_LATIN  # whatever its English parts make it look like
    if why and not wishes.sentence:
        return LogFigures(no_attention=why, coverage=coverage)
    from notegen.figures.attention import attention_figure
    from notegen.figures.embedding_map import map_figure

    attention = names = None
    no_attention = no_map = ""
    try:
        if sentence := wishes.sentence or key_sentence(key_sentences(draft), encoder):
            attention = attention_figure(encoder, sentence)
        else:
            no_attention = NO_SENTENCE
    except NotegenError as error:
        no_attention = f"No attention figure here: {error.reason}"
    sections = _sections(passage)
    try:
        names = map_figure(encoder, draft.concepts, wishes.notes, sections)
    except NotegenError as error:
        no_map = f"No embedding map here: {error.reason}"
    return LogFigures(attention=attention, no_attention=no_attention, map=names, no_map=no_map, coverage=coverage)


def _sections(passage: Passage) -> list[str]:
    """The passage's sections as the book names them: by its outline, else by its headings."""
    inside = [each.title for each in passage.document.outline if passage.first <= each.page <= passage.last]
    return inside or [" ".join(block.text.split()) for block in passage.blocks if block.kind == "heading"]


def _is_in_other_letters(passage: Passage) -> bool:
    """A good part of the text is in letters that English does not have: Chinese, Cyrillic, Arabic …"""
    letters = [each for block in passage.blocks for each in block.text if each.isalpha()]
    return sum(each > LAST_LATIN for each in letters) > OTHER_LETTERS * len(letters)


def key_sentences(draft: Draft) -> list[str]:
    """What could be shown, best first: definitions in the order of their concepts' importance, then sentences of the
    mastery check, of the summary and of the sections. Formulas are passed over, for the model reads words, and so is
    what is too short: to be a sentence or, where it defines nothing, to tell its language."""
    order = {name.casefold(): number for number, name in enumerate(draft.concepts)}
    concepts = sorted(draft.defined, key=lambda each: order.get(each.name.casefold(), len(order)))
    main = [each.what for each in concepts] + [each.statement for each in draft.mastery if each.statement]
    others = [each.statement for each in draft.tldr] + [each for part in draft.sections for each in part.digest]
    whole = [each for each in others if each.text.endswith(".")]
    return [
        each.text
        for statements, least in ((main, MIN_WORDS), (whole, MIN_WORDS_ELSEWHERE))
        for each in statements
        if not each.maths and len(each.text.split()) >= least
    ]


def key_sentence(sentences: Sequence[str], encoder: Encoder) -> str:
    """The first sentence that the model can be expected to know and whose grid can be read; else the first that it
    knows; "" where there is none. Words are counted as the model sees them, so that what is promised is drawn."""
    from notegen.figures.attention import MAX_GRID_WORDS, not_understood

    too_long = ""
    for sentence in sentences:
        attention = encoder.attention(sentence)
        if not_understood(attention):
            continue
        if len(attention.words) <= MAX_GRID_WORDS:
            return sentence
        too_long = too_long or sentence
    return too_long
