"""A model of natural-language inference in onnxruntime: how likely it is that one text follows from another.

Any cross-encoder exported to ONNX will do that has its `tokenizer.json` and its `config.json` beside it, as those of
the Hugging Face hub have (for example cross-encoder/nli-deberta-v3-xsmall, Apache-2.0). notegen ships and fetches none.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from notegen.errors import NotegenError

MAX_PIECES = 512
"""Pieces of both texts together that are read."""


class InferenceModel:
    """Keeps no state between calls."""

    def __init__(self, file: Path) -> None:
        """Load the model. Raises NotegenError for a file that is none, or without its tokenizer or labels."""
        try:
            self._tokenizer = Tokenizer.from_file(str(_beside(file, "tokenizer.json")))
            options = onnxruntime.SessionOptions()
            options.log_severity_level = 4
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
            labels = json.loads(_beside(file, "config.json").read_text(encoding="utf-8"))["id2label"]
            names = {int(at): str(name).casefold() for at, name in dict(labels).items()}
            self._entailment = next(at for at, name in names.items() if re.match(r"entail", name))
        except Exception as error:  # both libraries raise bare Exception
            raise NotegenError(
                f"The model of inference {file.name} cannot be loaded ({type(error).__name__}: {error}).",
                "Correct draft.nli in notegen.toml: a folder with model.onnx, tokenizer.json and config.json.",
            ) from error
        self._tokenizer.enable_truncation(MAX_PIECES, strategy="only_first")
        self._tokenizer.no_padding()
        self._inputs = {each.name for each in self._session.get_inputs()}

    def entailment(self, premise: str, hypothesis: str) -> float:
        """The chance, from 0 to 1, that the hypothesis follows from the premise."""
        encoding = self._tokenizer.encode(_storable(premise), _storable(hypothesis))
        feed = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        rows = {name: np.array([ids], np.int64) for name, ids in feed.items() if name in self._inputs}
        logits = np.asarray(self._session.run(None, rows)[0], np.float64)[0]
        powers = np.exp(logits - logits.max())
        return float(powers[self._entailment] / powers.sum())


def _beside(file: Path, name: str) -> Path:
    """A file of the model, beside the ONNX file or in the folder above."""
    return next((each / name for each in (file.parent, file.parent.parent) if (each / name).is_file()), file)


def _storable(text: str) -> str:
    return text.encode(errors="replace").decode()
