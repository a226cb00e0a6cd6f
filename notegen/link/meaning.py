"""How close two texts are in meaning, by the vectors of an encoder, for the candidates that the other signals found.

The vault is never encoded whole for one note: only the candidates are, and their vectors are kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.embed.encoder import Encoder
from notegen.link.ranking import Meaning
from notegen.link.signals import Query
from notegen.link.vault_index import VaultIndex
from notegen.markdown.parse import parse
from notegen.markdown.shown import shown_blocks
from notegen.vault.vault import Vault

MAX_CHARACTERS = 1_200
"""What an encoder of 256 word pieces reads."""


def encoder_text(title: str, text: str) -> str:
    """What stands for a note before the encoder: its title and its first words. text: the whole note."""
    return f"{title}\n{' '.join(' '.join(shown_blocks(parse(text[: 4 * MAX_CHARACTERS]))).split())}"[:MAX_CHARACTERS]


def meaning_of(vault: Vault, index: VaultIndex, encoder: Encoder | None, text: str = "") -> Meaning:
    """What compares a text with notes by meaning. text: that of a query that is no note of the vault.

    The encoder knows English: a note in another language gets the cosine 0, and so does a query.
    """

    def cosines(query: Query, places: Sequence[int]) -> NDArray[np.float32] | None:
        if encoder is None or (query.note is not None and not index.notes[query.note].is_english):
            return None
        own = text_of(vault, index, query.note) if query.note is not None else text[:MAX_CHARACTERS]
        vectors = encoder.encode([own, *(text_of(vault, index, place) for place in places)])
        known = np.array([index.notes[place].is_english for place in places], np.float32)
        found: NDArray[np.float32] = (vectors[1:] @ vectors[0]) * known
        return found

    return cosines


def text_of(vault: Vault, index: VaultIndex, place: int) -> str:
    """What stands for a note of the vault before the encoder."""
    note = index.notes[place]
    return encoder_text(note.title, vault.text(note.path))
