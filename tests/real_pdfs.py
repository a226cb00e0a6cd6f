"""Where the real PDFs of the tests are."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE_PDF = ROOT / "vault_example" / "Inbox" / "Embeddings and Attention.pdf"
MORE_PDFS = ROOT.parent / "shared" / "pdf"
"""More real PDFs, where they lie beside the checkout."""


def shared_pdf(name: str) -> Path:
    """A real PDF that is not part of the project; the test is skipped where it is not there."""
    path = MORE_PDFS / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside the checkout")
    return path
