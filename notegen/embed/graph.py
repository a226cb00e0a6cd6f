"""MiniLM as an ONNX graph that also gives its attention weights. The numbers stay in the safetensors file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from notegen.embed import onnx_wire as wire
from notegen.errors import NotegenError

LAYERS, HEADS, WIDTH = 6, 12, 384
"""Of all-MiniLM-L6-v2, from its config.json."""
_NORM_EPSILON = 1e-12
_OPSET = 20
"""The first that has Gelu."""
_MAX_HEADER_BYTES = 1 << 20


def build_graph(weights: Path) -> bytes:
    """The bytes of an ONNX model that computes what BertModel does, with float32 numbers taken from `weights`.

    Inputs: `ids` and `mask` (int64, batch × length; mask is 1 for a token, 0 for padding), `positions` (int64, length).
    Outputs: `hidden` (float32, batch × length × 384) and `attention0` … `attention5` (float32, batch × 12 × length ×
    length; row i sums to 1 over the tokens that i looks at). Raises NotegenError for a file that is no such model.
    """
    build = _Build(weights)
    build.embeddings()
    for layer in range(LAYERS):
        build.layer(layer)
    return build.finished()


class _Build:
    """The parts of a graph as they are put together. `at` is the name of the value that the next part starts from."""

    def __init__(self, weights: Path) -> None:
        self._file_name = weights.name
        self._start, self._tensors_of_file = _header(weights)
        self._nodes: list[bytes] = []
        self._tensors = [
            wire.ints("split_heads", [0, 0, HEADS, WIDTH // HEADS]),
            wire.ints("join_heads", [0, 0, WIDTH]),
            wire.ints("first", [0]),
            wire.ints("mask_axes", [1, 2]),
            wire.number("scale", 1 / math.sqrt(WIDTH // HEADS)),
            wire.number("one", 1.0),
            wire.number("far", 1e4),
        ]
        self._at = ""

    def embeddings(self) -> None:
        words = self._add("Gather", self._weight("embeddings.word_embeddings.weight"), "ids")
        positions = self._add("Gather", self._weight("embeddings.position_embeddings.weight"), "positions")
        kinds = self._add("Gather", self._weight("embeddings.token_type_embeddings.weight"), "first")
        self._at = self._norm(self._add("Add", self._add("Add", words, positions), kinds), "embeddings.LayerNorm")
        mask = self._add("Unsqueeze", self._add("Cast", "mask", to=wire.FLOAT), "mask_axes")
        self._bias = self._add("Mul", self._add("Sub", mask, "one"), "far")

    def layer(self, number: int) -> None:
        name = f"encoder.layer.{number}"
        query, key, value = (
            self._add("Reshape", self._linear(self._at, f"{name}.attention.self.{part}"), "split_heads")
            for part in ("query", "key", "value")
        )
        query = self._add("Mul", self._add("Transpose", query, perm=[0, 2, 1, 3]), "scale")
        scores = self._add("MatMul", query, self._add("Transpose", key, perm=[0, 2, 3, 1]))
        attention = self._add("Softmax", self._add("Add", scores, self._bias), to_name=f"attention{number}", axis=-1)
        seen = self._add("MatMul", attention, self._add("Transpose", value, perm=[0, 2, 1, 3]))
        seen = self._add("Reshape", self._add("Transpose", seen, perm=[0, 2, 1, 3]), "join_heads")
        self._residual(seen, f"{name}.attention.output")
        inner = self._add("Gelu", self._linear(self._at, f"{name}.intermediate.dense"))
        self._residual(inner, f"{name}.output")

    def finished(self) -> bytes:
        self._add("Identity", self._at, to_name="hidden")
        batch, length = "batch", "length"
        attentions = [
            wire.value(f"attention{each}", wire.FLOAT, [batch, "heads", length, length]) for each in range(LAYERS)
        ]
        return wire.model(
            "minilm",
            nodes=self._nodes,
            tensors=self._tensors,
            inputs=[
                wire.value("ids", wire.INT64, [batch, length]),
                wire.value("mask", wire.INT64, [batch, length]),
                wire.value("positions", wire.INT64, [length]),
            ],
            outputs=[wire.value("hidden", wire.FLOAT, [batch, length, "width"]), *attentions],
            opset=_OPSET,
        )

    def _residual(self, value: str, name: str) -> None:
        self._at = self._norm(self._add("Add", self._linear(value, f"{name}.dense"), self._at), f"{name}.LayerNorm")

    def _norm(self, value: str, name: str) -> str:
        weight, bias = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._add("LayerNormalization", value, weight, bias, axis=-1, epsilon=_NORM_EPSILON)

    def _linear(self, value: str, name: str) -> str:
        weight = self._add("Transpose", self._weight(f"{name}.weight"), perm=[1, 0])  # onnxruntime folds it on loading
        return self._add("Add", self._add("MatMul", value, weight), self._weight(f"{name}.bias"))

    def _weight(self, name: str) -> str:
        try:
            facts = self._tensors_of_file[name]
            start, end = (int(each) for each in facts["data_offsets"])
            shape = [int(each) for each in facts["shape"]]
        except (KeyError, TypeError, ValueError) as error:
            raise _not_the_model() from error
        self._tensors.append(wire.external_tensor(name, shape, self._file_name, self._start + start, end - start))
        return name

    def _add(self, kind: str, *inputs: str, to_name: str = "", **attributes: wire.Attribute) -> str:
        output = to_name or f"{kind.lower()}{len(self._nodes)}"
        self._nodes.append(wire.node(kind, inputs, output, **attributes))
        return output


def _header(weights: Path) -> tuple[int, Mapping[str, Mapping[str, list[int]]]]:
    """(where the numbers start, facts of each tensor): safetensors begins with the size of a JSON header, then it."""
    with weights.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if size > _MAX_HEADER_BYTES:
            raise _not_the_model()
        try:
            tensors = json.loads(file.read(size))
        except ValueError as error:
            raise _not_the_model() from error
    if not isinstance(tensors, dict):
        raise _not_the_model()
    return 8 + size, tensors


def _not_the_model() -> NotegenError:
    return NotegenError("The weights are not those of all-MiniLM-L6-v2.", "Run: notegen model fetch")
