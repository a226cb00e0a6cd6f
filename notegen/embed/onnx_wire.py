"""Just enough of ONNX's file format to write a model: protocol buffers by hand, some fifty lines.

The `onnx` package does this too, in 31 MB, which would be the largest thing that a vault of notes makes anyone install.
Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), IR version 10.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

FLOAT, INT64 = 1, 7
"""TensorProto.DataType."""
_IR_VERSION = 10
_EXTERNAL = 1
"""TensorProto.DataLocation: the numbers lie in another file."""
_ATTRIBUTE_FLOAT, _ATTRIBUTE_INT, _ATTRIBUTE_INTS = 1, 2, 7

Attribute = int | float | Sequence[int]


def node(kind: str, inputs: Sequence[str], output: str, **attributes: Attribute) -> bytes:
    """A NodeProto: one operation of the graph."""
    fields = [*(_text(1, name) for name in inputs), _text(2, output), _text(4, kind)]
    fields += [_bytes(5, _attribute(name, value)) for name, value in attributes.items()]
    return b"".join(fields)


def external_tensor(name: str, shape: Sequence[int], file_name: str, offset: int, length: int) -> bytes:
    """A TensorProto of float32 numbers that lie in `file_name`, `length` bytes from `offset` on."""
    where = {"location": file_name, "offset": str(offset), "length": str(length)}
    entries = [_bytes(13, _text(1, key) + _text(2, value)) for key, value in where.items()]
    return b"".join([*(_int(1, size) for size in shape), _int(2, FLOAT), _text(8, name), *entries, _int(14, _EXTERNAL)])


def ints(name: str, values: Sequence[int]) -> bytes:
    """A TensorProto with a row of int64."""
    return _int(1, len(values)) + _int(2, INT64) + _text(8, name) + _bytes(9, struct.pack(f"<{len(values)}q", *values))


def number(name: str, value: float) -> bytes:
    """A TensorProto with a single float32."""
    return _int(2, FLOAT) + _text(8, name) + _bytes(9, struct.pack("<f", value))


def value(name: str, kind: int, shape: Sequence[str]) -> bytes:
    """A ValueInfoProto: an input or output whose dimensions are known by name only."""
    dimensions = b"".join(_bytes(1, _text(2, each)) for each in shape)
    return _text(1, name) + _bytes(2, _bytes(1, _int(1, kind) + _bytes(2, dimensions)))


def model(
    name: str,
    *,
    nodes: Sequence[bytes],
    tensors: Sequence[bytes],
    inputs: Sequence[bytes],
    outputs: Sequence[bytes],
    opset: int,
) -> bytes:
    """A ModelProto: the whole file. opset: version of ONNX's operators."""
    graph = b"".join(
        [
            *(_bytes(1, each) for each in nodes),
            _text(2, name),
            *(_bytes(5, each) for each in tensors),
            *(_bytes(11, each) for each in inputs),
            *(_bytes(12, each) for each in outputs),
        ]
    )
    return b"".join([_int(1, _IR_VERSION), _text(2, "notegen"), _bytes(7, graph), _bytes(8, _int(2, opset))])


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        return _text(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _int(20, _ATTRIBUTE_FLOAT)
    if isinstance(value, int):
        return _text(1, name) + _int(3, value) + _int(20, _ATTRIBUTE_INT)
    return _text(1, name) + b"".join(_int(8, each) for each in value) + _int(20, _ATTRIBUTE_INTS)


def _int(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """Seven bits a byte, low ones first; a negative number is its 64-bit two's complement."""
    value &= 0xFFFF_FFFF_FFFF_FFFF
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
