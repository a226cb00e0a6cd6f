"""Names of notes are no formulas."""

from __future__ import annotations

import pytest

from notegen.figures.lettering import stamp, write_text
from notegen.figures.style import canvas, image_of, panel


@pytest.mark.parametrize("text", ["$$", "a $x$ b", "$\\frac{$", "cost $5 and $6"])
def test_dollars_are_drawn_as_they_are(text: str):
    sheet = canvas(60)
    axes = panel(sheet, 0, 0, 700, 60)
    written = write_text(axes, 10, 30, text, fontsize=9)
    stamp(axes, text, 9, [(300, 30)], "#000000")
    assert image_of(sheet, "svg")
    assert written.get_text() == text
