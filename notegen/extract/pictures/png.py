"""Pixels as a PNG (W3C Recommendation "Portable Network Graphics"), in half the time of MuPDF's writer."""

from __future__ import annotations

import struct
import zlib

import pymupdf

_LEVEL = 3
"""Of zlib: half the time of level 6 for 1 to 7 % more bytes, measured on slides and on line drawings."""
_GREY, _RGB = 0, 2
"""The colour types."""


def as_png(pixmap: pymupdf.Pixmap) -> bytes:
    """The same pixels without loss, in grey where nothing is coloured. pixmap: RGB or grey, without alpha."""
    channels, samples, stride = pixmap.n, bytes(pixmap.samples_mv), pixmap.stride
    if channels == 3 and samples[::3] == samples[1::3] == samples[2::3]:
        channels, samples, stride = 1, samples[::3], stride // 3
    rows = b"".join(b"\0" + samples[start : start + stride] for start in range(0, stride * pixmap.height, stride))
    header = struct.pack(">2I5B", pixmap.width, pixmap.height, 8, _GREY if channels == 1 else _RGB, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, _LEVEL)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
