"""Make tests/embed/reference.npz: the attentions and vectors that transformers and torch give for some sentences.

    python -m pip install torch transformers
    python tools/make_attention_reference.py FOLDER

FOLDER holds the published model (model.safetensors, config.json, tokenizer.json, tokenizer_config.json). notegen itself
never imports torch; its own numbers are held against this file by tests/embed/test_minilm.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

SENTENCES = (
    "She ate because she was hungry.",
    "Retrieval-augmented généralisation: unbelievably tokenised!",
    "注意 is all you need 🎯",
    "x",
)
OUT = Path(__file__).resolve().parent.parent / "tests" / "embed" / "reference.npz"
STEPS = 65535
"""Attention weights are stored as 16-bit fractions: half a step is 8e-6, far under the 1e-4 they are compared to."""


def main(folder: str) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    arrays: dict[str, np.ndarray] = {"sentences": np.array(SENTENCES)}
    for number, sentence in enumerate(SENTENCES):
        with torch.inference_mode():
            output = model(**tokenizer(sentence, return_tensors="pt"), output_attentions=True)
        weights = np.stack([layer[0].numpy() for layer in output.attentions])
        arrays[f"attention{number}"] = np.round(weights * STEPS).astype(np.uint16)
        vector = output.last_hidden_state[0].mean(0)
        arrays[f"vector{number}"] = (vector / vector.norm()).numpy()
    OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(OUT, **arrays)
    print(OUT, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
