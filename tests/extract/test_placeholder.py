"""A page that only says that another program is needed makes no note, but a sentence on what to do."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from whole_document import whole

from notegen.errors import PdfError

WAIT = "Please wait...\nIf this message is not eventually replaced by the contents, your viewer may not show it."
LOCKED = "This document is protected. You need a reader with rights management to open it."


def saved(tmp_path: Path, text: str, *, inside: bool = False, dynamic: bool = False) -> Path:
    document = pymupdf.open()
    document.new_page().insert_textbox((72, 72, 500, 700), text, fontsize=11)
    catalogue = document.pdf_catalog()
    if inside:
        document.embfile_add("one.txt", b"content")
        document.xref_set_key(catalogue, "Collection", "<</Type/Collection>>")
    if dynamic:
        document.xref_set_key(catalogue, "NeedsRendering", "true")
    path = tmp_path / "form.pdf"
    document.save(path)
    return path


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        (WAIT, {}, "only Adobe"),
        ("Loading", {"dynamic": True}, "only Adobe"),
        (LOCKED, {}, "service"),
        ("Open this portfolio in another program.", {"inside": True}, "portfolio"),
    ],
)
def test_it_is_refused_with_what_to_do(text: str, kind: dict[str, bool], reason: str, tmp_path: Path) -> None:
    with pytest.raises(PdfError) as refused:
        whole(saved(tmp_path, text, **kind))
    assert reason in refused.value.reason
    assert refused.value.next_step


@pytest.mark.parametrize("inside", [False, True])
def test_a_text_is_read_whatever_it_says_or_holds(inside: bool, tmp_path: Path) -> None:
    path = saved(tmp_path, f"{LOCKED} {WAIT} " + "That page is often met in old forms. " * 30, inside=inside)
    assert any("often met in old forms" in block.text for block in whole(path).pages[0].blocks)
