"""One head of the encoder on one sentence: a heatmap with numbers, and where a single word looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from notegen.errors import UsageError
from notegen.figures.figure import Figure, ImageFormat, NumberTable, Rows
from notegen.figures.heads import SPECIAL, ShownHead, shown_head, word_index
from notegen.figures.heatmap import draw_heatmap
from notegen.figures.rounding import as_text, rounded_shares
from notegen.figures.style import canvas, image_of
from notegen.figures.word_links import draw_links, links_height_px
from notegen.language.words import stop_words

if TYPE_CHECKING:
    from notegen.embed.encoder import Attention, Encoder

MAX_GRID_WORDS = 22
"""With [CLS] and [SEP]. With more, a grid of 700 px has no room for numbers; the focus view alone is drawn then."""
MAX_LISTED = 14
"""Words of a focus view; of a longer sentence the strongest ones, the rest added up in one line."""
MAX_ROW = 5
"""Words of the row of numbers in a log."""
MAX_CHARACTERS = 2_000
_DECIMALS = 2
_GAP_PX = 18
UNKNOWN_SHARE = 0.2
MAX_PIECES_PER_WORD = 2.5
"""English has about 1.2 pieces a word here. Far more means that the model does not know the words."""
MIN_JUDGED_WORDS = 6
"""Fewer words say nothing about a sentence's language."""
NOT_WHY = "It shows where this head looks, not why."


def attention_figure(
    encoder: Encoder,
    sentence: str,
    *,
    focus: str = "",
    layer: int | None = None,
    head: int | None = None,
    image_format: ImageFormat = "png",
) -> Figure:
    """The attention of one head on `sentence`, of `focus` in particular ("": the word with the strongest link).

    Raises UsageError for a sentence without words, a focus that is no word of it, or a layer or head that is not there.
    """
    sentence = " ".join(sentence.split())
    if not sentence:
        raise UsageError(
            "There is no sentence.", 'For example: notegen figure attention "She ate because she was hungry."'
        )
    if len(sentence) > MAX_CHARACTERS:
        raise UsageError(f"The sentence has {len(sentence)} characters.", f"Give one of at most {MAX_CHARACTERS}.")
    attention = encoder.attention(sentence)
    start = word_index(attention.words, focus) if focus else None
    shown = shown_head(attention, focus=start, layer=layer, head=head)
    if start is None:
        start = shown.link[0] if shown.link else min(1, len(shown.words) - 1)
    has_grid = len(shown.words) <= MAX_GRID_WORDS
    steps = rounded_shares(shown.weights, _DECIMALS)
    caption = " ".join(
        [
            f"Attention in {shown.model}, {shown.layer_and_head}, {shown.rule}.",
            "Each row is a word and what it looks at; its numbers sum to 1." if has_grid else
            f"Its {len(shown.words) - 2} words are too many for a grid; one row of it is shown.",
            "[CLS] and [SEP] mark the two ends for the model; heads rest there when nothing else concerns them.",
            *_doubts(attention),
            NOT_WHY,
        ]
    )  # fmt: skip
    return Figure(
        image=_image(shown, steps, start, has_grid, image_format),
        format=image_format,
        alt=_alt(shown, steps, start),
        caption=caption,
        sentence=f"{_alt(shown, steps, start)}. {NOT_WHY}",
        row=_row(shown, steps, start),
        matrix=weights_table(shown, steps).rows,
        tables=(weights_table(shown, steps, None if has_grid else start),),
        numbers={"sentence": sentence, **numbers_of(shown), "focus": shown.words[start]},
    )


def _row(shown: ShownHead, steps: np.ndarray, start: int) -> Rows:
    """What the word looks at most, in the order of the sentence, and the rest in one number."""
    kept = sorted(int(each) for each in np.argsort(-shown.weights[start], kind="stable")[:MAX_ROW])
    rest = int(steps[start].sum() - steps[start, kept].sum())
    shares = [as_text(int(steps[start, each]), _DECIMALS) for each in kept]
    header = (f"“{shown.words[start]}” looks at", *(shown.words[each] for each in kept), "others")
    return header, ("share", *shares, as_text(rest, _DECIMALS))


def numbers_of(shown: ShownHead) -> dict[str, object]:
    """For programs: the model, layer, head, rule, words, and weights[i][j] from word i to word j."""
    return {
        "model": shown.model,
        "layer": shown.layer,
        "head": shown.head,
        "rule": shown.rule,
        "words": list(shown.words),
        "weights": [[round(float(each), 7) for each in row] for row in shown.weights],
    }


def weights_table(shown: ShownHead, steps: np.ndarray, only: int | None = None) -> NumberTable:
    """The drawn numbers, each row with its sum; words are numbered, for one may stand in a sentence twice.

    only: the row of one word, as a list of the words that it looks at.
    """
    header: tuple[str, ...]
    if only is not None:
        order = [int(each) for each in np.argsort(-shown.weights[only], kind="stable")]
        rows = [(str(each + 1), shown.words[each], as_text(int(steps[only, each]), _DECIMALS)) for each in order]
        total = ("sum", "", as_text(int(steps[only].sum()), _DECIMALS))
        header = ("#", f"what “{shown.words[only]}” looks at", "share")
        return NumberTable(title="The numbers", rows=(header, *rows, total))
    body = [
        (f"{number} {word}", *(as_text(int(each), _DECIMALS) for each in row), as_text(int(row.sum()), _DECIMALS))
        for number, (word, row) in enumerate(zip(shown.words, steps, strict=True), 1)
    ]
    header = ("from ↓ to →", *(str(number) for number in range(1, len(shown.words) + 1)), "sum")
    return NumberTable(title="The numbers", rows=(header, *body))


def not_understood(attention: Attention) -> str:
    """Why the model cannot be expected to know what it reads, a few words; "" when it can."""
    words, word_of = attention.words, attention.word_of
    own = [piece for piece in attention.pieces if piece not in SPECIAL]
    if own and own.count("[UNK]") / len(own) > UNKNOWN_SHARE:
        return "it has signs that the model does not know ([UNK])"
    named = [index for index, word in enumerate(words) if word not in SPECIAL and any(each.isalpha() for each in word)]
    if len(named) < MIN_JUDGED_WORDS:
        return ""
    if sum(index in named for index in word_of) / len(named) > MAX_PIECES_PER_WORD:
        return "the model takes its words apart into small pieces"
    if not any(words[index].casefold() in stop_words("en") for index in named):
        return "no word is one of those that hold English sentences together"
    return ""


def _doubts(attention: Attention) -> list[str]:
    doubts = []
    if attention.is_cut:
        doubts.append("The sentence is longer than the model reads, so its end is missing.")
    if why := not_understood(attention):
        doubts.append(f"The model was trained on English; of this sentence {why}, so little can be read from it.")
    return doubts


def _alt(shown: ShownHead, steps: np.ndarray, start: int) -> str:
    """The shares that are named are those of the table."""
    words = shown.words
    end = int(np.argmax(shown.weights[start]))
    parts = [f"Attention of {shown.model}, {shown.layer_and_head}: “{words[start]}” looks most at “{words[end]}” "
             f"({as_text(int(steps[start, end]), _DECIMALS)})"]  # fmt: skip
    if shown.link and shown.link != (start, end):
        first, second = shown.link
        parts.append(f"“{words[first]}” gives “{words[second]}” {as_text(int(steps[first, second]), _DECIMALS)}")
    return "; ".join(parts)


def _image(shown: ShownHead, steps: np.ndarray, start: int, has_grid: bool, image_format: ImageFormat) -> bytes:
    listed, shares = listed_words(shown.words, steps[start])
    below = links_height_px(len(listed))
    grid = 60 + 560 * min(1.0, (len(shown.words) + 3) / 11) if has_grid else 0.0
    sheet = canvas(grid + (_GAP_PX if has_grid else 0) + below)
    if has_grid:
        draw_heatmap(
            sheet,
            shown.words,
            steps,
            top=0,
            height=grid,
            focus=start,
            title=f"{shown.layer_and_head}: row looks at column",
        )
    title = f"Where “{shown.words[start]}” looks" + ("" if has_grid else f" · {shown.layer_and_head}")
    draw_links(
        sheet, shown.words[start], listed, shares, top=grid + (_GAP_PX if has_grid else 0), height=below, title=title
    )
    return image_of(sheet, image_format)


def listed_words(words: Sequence[str], steps: np.ndarray) -> tuple[list[str], list[int]]:
    """The words of a focus view in the order of the sentence, and their hundredths; the weakest added up at the end."""
    if len(words) <= max(MAX_LISTED, MAX_GRID_WORDS):
        return list(words), [int(each) for each in steps]
    kept = sorted(int(each) for each in np.argsort(-steps, kind="stable")[:MAX_LISTED])
    rest = int(steps.sum() - steps[kept].sum())
    return [*(words[each] for each in kept), f"{len(words) - len(kept)} others"], [
        *(int(steps[each]) for each in kept),
        rest,
    ]
