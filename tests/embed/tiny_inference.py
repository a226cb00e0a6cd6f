"""A model of inference that the tests make: what holds the word "never" follows from nothing."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from notegen.embed.onnx_wire import INT64, external_tensor, ints, model, node, value

WORDS = ("[UNK]", "[SEP]", "never")
NEVER = WORDS.index("never")


def make_tiny_model(folder: Path, labels: tuple[str, ...] = ("contradiction", "entailment", "neutral")) -> Path:
    """model.onnx, tokenizer.json and config.json. Logits: 9 for the second label, and 20 for the first a "never"."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "w.bin").write_bytes(struct.pack("<6f", 20.0, 0.0, 0.0, 0.0, 9.0, 0.0))
    graph = model(
        "tiny",
        nodes=[
            node("Equal", ["input_ids", "never"], "is_never"),
            node("Cast", ["is_never"], "as_number", to=1),
            node("ReduceSum", ["as_number", "axes"], "count", keepdims=1),
            node("MatMul", ["count", "weights"], "scaled"),
            node("Add", ["scaled", "bias"], "logits"),
        ],
        tensors=[
            ints("never", [NEVER]),
            ints("axes", [1]),
            external_tensor("weights", [1, 3], "w.bin", 0, 12),
            external_tensor("bias", [3], "w.bin", 12, 12),
        ],
        inputs=[value("input_ids", INT64, ["batch", "length"])],
        outputs=[value("logits", 1, ["batch", "label"])],
        opset=17,
    )
    (folder / "model.onnx").write_bytes(graph)
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"}, "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": {word: at for at, word in enumerate(WORDS)}, "unk_token": "[UNK]"},
    }  # fmt: skip
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    config = {"id2label": {str(at): label for at, label in enumerate(labels)}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder
