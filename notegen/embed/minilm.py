"""all-MiniLM-L6-v2 in onnxruntime, from the weights as they were published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from notegen.embed.encoder import Attention, Floats, unit_rows
from notegen.embed.graph import LAYERS, WIDTH, build_graph
from notegen.embed.weights import MODEL_NAME, TOKENIZER, WEIGHTS
from notegen.errors import NotegenError

MAX_PIECES = 256
"""Pieces of a text that become its vector: the length that the model was published with."""
_BATCH_PIECES = 1024
"""Pieces read at a time. More is not faster on a processor: what each layer makes then leaves its cache."""
_FOLDER_OPTION = "session.model_external_initializers_file_folder_path"


class MiniLMEncoder:
    """An `Encoder` that needs no network. It keeps no state between calls."""

    name = MODEL_NAME
    dimensions = WIDTH

    def __init__(self, folder: Path, threads: int = 0) -> None:
        """Load the model from a folder with its weights and its tokenizer. threads: that it uses; 0: one for each core.

        Raises NotegenError for files that are there and are not the model's; OSError for files that cannot be read.
        """
        graph = build_graph(folder / WEIGHTS)
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.log_severity_level = 4  # whatever goes wrong is raised as well
            options.add_session_config_entry(_FOLDER_OPTION, str(folder))
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads burn no time
            self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # both libraries raise bare Exception
            raise NotegenError(
                f"The model {MODEL_NAME} cannot be loaded: {error}.", "Run: notegen model fetch"
            ) from error
        self._tokenizer.enable_truncation(MAX_PIECES)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Floats:
        """As `Encoder.encode`: the mean of a text's pieces, as the model was trained. What exceeds 256 is not read."""
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        encodings = self._tokenizer.encode_batch_fast([_storable(text) for text in texts])
        for rows in _batches([len(each.ids) for each in encodings]):
            feed = _feed([encodings[row] for row in rows])
            hidden = self._session.run(["hidden"], feed)[0]
            vectors[rows] = np.einsum("bsw,bs->bw", hidden, feed["mask"].astype(np.float32))
        return unit_rows(vectors)

    def attention(self, sentence: str) -> Attention:
        """As `Encoder.attention`, of all 6 layers and 12 heads."""
        sentence = _storable(sentence)
        encoding = self._tokenizer.encode(sentence)
        weights = self._session.run([f"attention{each}" for each in range(LAYERS)], _feed([encoding]))
        words, word_of = _words(encoding, sentence)
        return Attention(
            model=self.name,
            words=words,
            pieces=tuple(encoding.tokens),
            word_of=word_of,
            weights=np.stack([layer[0] for layer in weights]),
            is_cut=bool(encoding.overflowing),
        )


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indexes of texts of like length, so that little is padded."""
    rows: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda each: lengths[each]):
        if rows and (len(rows) + 1) * lengths[index] > _BATCH_PIECES:
            yield rows
            rows = []
        rows.append(index)
    if rows:
        yield rows


def _feed(encodings: Sequence[Encoding]) -> dict[str, Any]:
    length = max(len(each.ids) for each in encodings)
    ids = np.zeros((len(encodings), length), np.int64)
    mask = np.zeros_like(ids)
    for row, each in enumerate(encodings):
        ids[row, : len(each.ids)] = each.ids
        mask[row, : len(each.ids)] = 1
    return {"ids": ids, "mask": mask, "positions": np.arange(length, dtype=np.int64)}


def _words(encoding: Encoding, sentence: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """(the words as the sentence spells them, for each piece the index of its word)."""
    words: list[str] = []
    word_of: list[int] = []
    before: int | None = -1
    for word, (start, end), token in zip(encoding.word_ids, encoding.offsets, encoding.tokens, strict=True):
        if word is None:
            words.append(token)
        elif word != before:
            words.append(sentence[start:end])
        else:
            words[-1] += sentence[start:end]
        before = word
        word_of.append(len(words) - 1)
    return tuple(words), tuple(word_of)


def _storable(text: str) -> str:
    """Text without lone surrogates, which a damaged PDF can hold and the tokenizer's Rust cannot."""
    return text.encode(errors="replace").decode()
