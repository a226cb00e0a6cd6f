"""The same word in two sentences, seen by the same head."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from notegen.errors import UsageError
from notegen.figures.attention import MAX_CHARACTERS, NOT_WHY, listed_words, not_understood, weights_table
from notegen.figures.figure import Figure, ImageFormat, NumberTable
from notegen.figures.heads import ShownHead, shown_head, word_index
from notegen.figures.rounding import as_text, rounded_shares
from notegen.figures.style import WIDTH_PX, canvas, image_of
from notegen.figures.word_links import draw_links, links_height_px

if TYPE_CHECKING:
    from notegen.embed.encoder import Encoder


def compare_figure(
    encoder: Encoder,
    first: str,
    second: str,
    word: str,
    *,
    layer: int | None = None,
    head: int | None = None,
    image_format: ImageFormat = "png",
) -> Figure:
    """Where `word` looks in either sentence, in one head. Raises UsageError where a sentence has it not."""
    sentences = [" ".join(each.split()) for each in (first, second)]
    if any(not each or len(each) > MAX_CHARACTERS for each in sentences):
        raise UsageError("Two sentences are compared.", f"Give both, each of at most {MAX_CHARACTERS} characters.")
    attentions = [encoder.attention(each) for each in sentences]
    starts = [word_index(each.words, word) for each in attentions]
    chosen = [
        shown_head(each, focus=start, layer=layer, head=head) for each, start in zip(attentions, starts, strict=True)
    ]
    strengths = [float(each.weights[each.link]) if each.link else 0.0 for each in chosen]
    leader = int(np.argmax(strengths))
    lead = chosen[leader]
    shown = [
        lead if index == leader else shown_head(each, focus=start, layer=lead.layer, head=lead.head)
        for index, (each, start) in enumerate(zip(attentions, starts, strict=True))
    ]
    steps = [rounded_shares(each.weights, 2) for each in shown]
    doubts = [why for each in attentions if (why := not_understood(each))]
    ends = [_most(each, step, start) for each, step, start in zip(shown, steps, starts, strict=True)]
    return Figure(
        image=_image(shown, steps, starts, image_format),
        format=image_format,
        alt=f"“{word}” in two sentences, {lead.model}, {lead.layer_and_head}: it looks most at “{ends[0][0]}” "
        f"({ends[0][1]}) in the first and at “{ends[1][0]}” ({ends[1][1]}) in the second",
        caption=f"Where “{word}” looks in A: “{sentences[0]}” and in B: “{sentences[1]}”. {lead.model}, "
        f"{lead.layer_and_head}, {lead.rule}; sentence {'AB'[leader]} decided. "
        + ("The model was trained on English; little can be read from it here. " if doubts else "")
        + f"The numbers of a sentence sum to 1. {NOT_WHY}",
        tables=tuple(
            NumberTable(title=f"The numbers in {letter}", rows=weights_table(each, step, start).rows)
            for letter, each, step, start in zip("AB", shown, steps, starts, strict=True)
        ),
        numbers={
            "model": lead.model,
            "layer": lead.layer,
            "head": lead.head,
            "rule": lead.rule,
            "word": word,
            "sentences": [
                {
                    "sentence": sentence,
                    "words": list(each.words),
                    "word_index": start,
                    "weights": [round(float(share), 7) for share in each.weights[start]],
                }
                for sentence, each, start in zip(sentences, shown, starts, strict=True)
            ],
        },
    )


def _most(shown: ShownHead, steps: np.ndarray, start: int) -> tuple[str, str]:
    """(the word that is looked at most, its share as the table has it)."""
    end = int(np.argmax(shown.weights[start]))
    return shown.words[end], as_text(int(steps[start, end]), 2)


def _image(shown: list[ShownHead], steps: list[np.ndarray], starts: list[int], image_format: ImageFormat) -> bytes:
    lists = [listed_words(each.words, step[start]) for each, step, start in zip(shown, steps, starts, strict=True)]
    height = max(links_height_px(len(words)) for words, _ in lists)
    sheet = canvas(height)
    for index, ((words, shares), each, start) in enumerate(zip(lists, shown, starts, strict=True)):
        title = f"{'AB'[index]} · {each.layer_and_head}"
        draw_links(sheet, each.words[start], words, shares, top=0, height=height, title=title,
                   left=index * WIDTH_PX / 2, width=WIDTH_PX / 2)  # fmt: skip
    return image_of(sheet, image_format)
