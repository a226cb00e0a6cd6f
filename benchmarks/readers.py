"""The readers that are compared: each takes a PDF and gives its text, its headings and its captioned regions."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_OVERLAP = 0.02
"""Of a paragraph's area: a region that covers more of one cuts into the text."""


def without_layout_model() -> Any:
    """pymupdf as notegen's worker imports it: without its neural layout model."""
    sys.modules["pymupdf.layout"] = None  # type: ignore[assignment]
    import pymupdf

    return pymupdf


def read_notegen(path: Path) -> dict[str, Any]:
    from notegen.extract import extract

    document = extract(path)
    blocks = [block for page in document.pages for block in page.blocks]
    regions = []
    for page in document.pages:
        paragraphs = [block.bbox for block in page.blocks if block.kind == "paragraph"]
        for thing in (*page.pictures, *page.tables):
            number = re.search(r"\d+(?:\.\d+)*", thing.label)
            if number:
                regions.append((page.index, number[0], not any(covers(thing.bbox, box) for box in paragraphs)))
    return {
        "text": "\n".join(block.text for block in blocks),
        "headings": [(block.text, block.page) for block in blocks if block.kind == "heading"],
        "regions": regions,
    }


def covers(region: Sequence[float], box: Sequence[float]) -> bool:
    width = min(region[2], box[2]) - max(region[0], box[0])
    height = min(region[3], box[3]) - max(region[1], box[1])
    return width > 0 and height > 0 and width * height > _OVERLAP * (box[2] - box[0]) * (box[3] - box[1])


def read_get_text(path: Path) -> dict[str, Any]:
    return {"text": "\n".join(page.get_text() for page in without_layout_model().open(path))}


def read_pymupdf4llm(path: Path) -> dict[str, Any]:
    import pymupdf4llm

    chunks = pymupdf4llm.to_markdown(str(path), page_chunks=True, use_ocr=False)
    headings = [
        (re.sub(r"[*_`#]+", "", line).strip(), index)
        for index, chunk in enumerate(chunks)
        for line in chunk["text"].splitlines()
        if line.startswith("#")
    ]
    return {"text": "\n".join(chunk["text"] for chunk in chunks), "headings": headings}


def read_pdftotext(path: Path) -> dict[str, Any]:
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return {"text": done.stdout.decode("utf-8", "replace")}


READERS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "notegen": read_notegen,
    "pymupdf get_text": read_get_text,
    "pymupdf4llm": read_pymupdf4llm,
    "pdftotext": read_pdftotext,
}
