"""Forms that somebody filled in."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from notegen.extract import extract


def test_a_box_of_a_form_says_whether_it_is_ticked(tmp_path: Path):
    document = pymupdf.open()
    page = document.new_page()
    for i, (text, value) in enumerate((("The experiment was repeated.", True), ("The result was the same.", False))):
        page.insert_text((90, 111 + 60 * i), text)
        box = pymupdf.Widget()
        box.rect, box.field_name, box.field_value = pymupdf.Rect(72, 100 + 60 * i, 84, 112 + 60 * i), f"c{i}", value
        box.field_type = pymupdf.PDF_WIDGET_TYPE_CHECKBOX
        page.add_widget(box)
    document.save(tmp_path / "Form.pdf")
    texts = [block.text for block in extract(tmp_path / "Form.pdf").pages[0].blocks]
    assert texts == ["☑ The experiment was repeated.", "☐ The result was the same."]
