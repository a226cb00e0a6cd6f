"""Attention between words, and which head is shown: numbers only, nothing is drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.embed.encoder import Attention
from notegen.errors import UsageError
from notegen.language.words import STOP_WORDS

Weights = NDArray[np.float64]

FIXED_SHARE = 0.5
"""A head that gives more than this share of its attention to one fixed place (the word before, the word after, the word
itself, or one and the same word for all, as [CLS]) shows that habit and little of the sentence."""
SPECIAL = frozenset({"[CLS]", "[SEP]"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHead:
    """One head of one layer, between words."""

    model: str
    layer: int
    head: int
    """Both from 1."""
    rule: str
    """How this head came to be shown, for the caption."""
    words: tuple[str, ...]
    weights: Weights
    """(words, words): the share of word i's attention that goes to word j. Each row sums to 1."""
    link: tuple[int, int] | None
    """(i, j): the link that decided, or the strongest one; None where there are no two words."""

    @property
    def layer_and_head(self) -> str:
        return f"layer {self.layer}, head {self.head}"


def between_words(attention: Attention) -> Weights:
    """(layers, heads, words, words) from weights between word pieces: what goes to the pieces of a word is added up,
    what comes from them is averaged, so that each row still sums to 1."""
    starts = np.flatnonzero(np.diff(attention.word_of, prepend=-1))
    counts = np.diff(starts, append=len(attention.word_of))
    columns = np.add.reduceat(attention.weights.astype(np.float64), starts, axis=-1)
    rows: Weights = np.add.reduceat(columns, starts, axis=-2) / counts[:, None]
    rows /= rows.sum(axis=-1, keepdims=True)
    return rows


def shown_head(
    attention: Attention, *, focus: int | None = None, layer: int | None = None, head: int | None = None
) -> ShownHead:
    """The head to show: the one asked for, else the one with the strongest link between two content words.

    focus: index of a word; the link then has to start from it. layer, head: from 1. Heads that mostly look at a fixed
    place are passed over, unless all do. Raises UsageError for a layer or head that the model does not have.
    """
    weights = between_words(attention)
    layers, heads = weights.shape[:2]
    for name, number, there in (("layer", layer, layers), ("head", head, heads)):
        if number is not None and not 1 <= number <= there:
            raise UsageError(f"{attention.model} has {there} {name}s; there is no {name} {number}.", "Count from 1.")
    allowed = np.ones((layers, heads), bool)
    if layer:
        allowed &= np.arange(layers)[:, None] == layer - 1
    if head:
        allowed &= np.arange(heads)[None, :] == head - 1
    moving = allowed & ~_looks_at_a_fixed_place(weights, attention.words)
    pool = moving if moving.any() else allowed
    links, what = _links(attention.words, focus)
    scores = (
        np.where(pool[:, :, None, None] & links, weights + 1, 0.0) + pool[:, :, None, None]
    )  # without links: the first
    at = tuple(int(each) for each in np.unravel_index(np.argmax(scores), scores.shape))
    return ShownHead(
        model=attention.model,
        layer=at[0] + 1,
        head=at[1] + 1,
        rule=_rule(what, attention.words, at[2:] if links.any() else None, layer, head, bool(moving.any())),
        words=attention.words,
        weights=weights[at[0], at[1]],
        link=(at[2], at[3]) if links.any() else None,
    )


def word_index(words: Sequence[str], wanted: str) -> int:
    """Where a word stands first, whatever its case. Raises UsageError when it is not among the words."""
    found = [index for index, word in enumerate(words) if word.casefold() == wanted.strip().casefold()]
    if not found:
        there = " · ".join(word for word in words if word not in SPECIAL) or "none"
        raise UsageError(f"“{wanted}” is no word of the sentence.", f"Its words, as the model sees them: {there}")
    return found[0]


def is_content(word: str) -> bool:
    """A word that means something by itself: letters, and no stop word."""
    return word not in SPECIAL and any(each.isalpha() for each in word) and word.casefold() not in STOP_WORDS


def _links(words: Sequence[str], focus: int | None) -> tuple[NDArray[np.bool_], str]:
    """((words, words): which links may decide, what they are in words). None where there are no two words."""
    ordinary = np.array([word not in SPECIAL for word in words])
    content = np.array([is_content(word) for word in words])
    places = np.arange(len(words))
    gap = np.abs(places[:, None] - places[None, :])
    if focus is not None:
        start = places == focus
        for ends, what in ((content, "to a content word"), (ordinary, "to another word")):
            links = start[:, None] & ends[None, :] & (gap > 0)
            if links.any():
                return links, f"link from “{words[focus]}” {what}"
        return start[:, None] & ~start[None, :], f"link from “{words[focus]}”"
    for kind, least, what in (
        (content, 2, "link between two content words that are no neighbours"),
        (content, 1, "link between two content words"),
        (ordinary, 1, "link between two words"),
    ):
        links = kind[:, None] & kind[None, :] & (gap >= least)
        if links.any():
            return links, what
    return np.zeros((len(words), len(words)), bool), ""


def _looks_at_a_fixed_place(weights: Weights, words: Sequence[str]) -> NDArray[np.bool_]:
    """(layers, heads): which heads give most of the attention of the sentence's own words to one fixed place."""
    own = np.array([index for index, word in enumerate(words) if word not in SPECIAL], int)
    if not len(own):
        return np.zeros(weights.shape[:2], bool)
    shares = [weights[:, :, own, own + step].mean(axis=-1) for step in (-1, 0, 1)]
    shares.append(weights[:, :, own, :].mean(axis=-2).max(axis=-1))
    return np.asarray(np.max(shares, axis=0) > FIXED_SHARE)


def _rule(
    what: str, words: Sequence[str], link: tuple[int, ...] | None, layer: int | None, head: int | None, moving: bool
) -> str:
    if layer and head:
        return "the head that was asked for"
    if link is None:
        return "the first head: the sentence has no two words that could be linked"
    among = f" of layer {layer}" if layer else f" that is number {head} in its layer" if head else ""
    outside = (
        "heads left aside that mostly look at the word itself, at its neighbour, or with every word at the same place"
        if moving
        else "although it, like the others, mostly looks at a fixed place"
    )
    pair = f"“{words[link[0]]}” → “{words[link[1]]}”"
    return f"picked because, of every head{among}, it holds the strongest {what} ({pair}), {outside}"
