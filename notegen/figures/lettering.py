"""Letters that can be drawn: every label gets a font that has its characters, and never a box.

DejaVu Sans comes with matplotlib. For Chinese, Japanese and Korean there is Droid Sans Fallback, which comes with
MuPDF. What neither has is replaced with a word: an emoji by its name, another script by the script's. No font of the
system is used, so a figure is the same on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from notegen.extract.text.fallback_font import fallback_font_path
from notegen.figures.style import PX_PER_PT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font
    from matplotlib.text import Text
    from matplotlib.textpath import TextPath

MAX_CHARACTERS = 30
_FINER = 10
"""Text is measured this much larger than it is drawn, where a pixel's rounding does not matter."""
_DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Sk")
"""Categories that show nothing by themselves, once what can be composed is."""


def drawable(text: str, max_characters: int = MAX_CHARACTERS) -> str:
    """One line of `text` in characters that `font_for` has, cut at `max_characters` with "…"."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    known = _dejavu() | (_fallback() if any(ord(each) > 0x2E7F for each in line) else frozenset())
    parts: list[str] = []
    for each in line:
        if ord(each) in known:
            parts.append(each)
        elif unicodedata.category(each) not in _DROPPED and (word := _word_for(each)) not in parts[-2:]:
            parts += [word, " "]
    line = " ".join("".join(parts).split()) or "(no name)"
    return line if len(line) <= max_characters else line[: max_characters - 1].rstrip(" ,;:–-") + "…"


def font_for(text: str) -> FontProperties:
    """The font for a drawable text."""
    return _font(_needs_fallback(text))


def fitted(text: str, size_pt: float, room_px: float) -> str:
    """As `drawable`, cut so far that it is no wider than `room_px`."""
    for count in range(MAX_CHARACTERS, 0, -1):
        label = drawable(text, count)
        if width_px(label, size_pt) <= room_px:
            return label
    return "…"


def width_px(text: str, size_pt: float) -> float:
    """Of a drawable text."""
    face = _face(_needs_fallback(text))
    face.set_size(size_pt, 72 * _FINER)
    face.set_text(text)
    return float(face.get_width_height()[0]) / 64 / _FINER * PX_PER_PT


def write_text(axes: Axes, x: float, y: float, text: str, **style: Any) -> Text:
    """Write a drawable text letter by letter: "$" in it is a dollar. style: as matplotlib's Text has it."""
    return axes.text(x, y, text, **{"fontproperties": font_for(text), "parse_math": False, **style})


def stamp(axes: Axes, text: str, size_pt: float, middles: Sequence[tuple[float, float]], color: str) -> None:
    """Write a drawable text at many places, each the middle of it: laid out once, drawn as one shape, so that a grid of
    numbers takes milliseconds."""
    from matplotlib.collections import PathCollection
    from matplotlib.transforms import Affine2D

    outline = _outline(text, size_pt)
    box = outline.get_extents()
    centred = Affine2D().translate(-(box.x0 + box.x1) / 2, -(box.y0 + box.y1) / 2).scale(1 / 72)
    sheet = axes.get_figure()
    assert sheet is not None
    axes.add_collection(
        PathCollection(
            [outline], offsets=middles, offset_transform=axes.transData, facecolors=color, linewidths=0,
            transform=centred + sheet.dpi_scale_trans,
        ),
        autolim=False,
    )  # fmt: skip


def _needs_fallback(text: str) -> bool:
    return bool({ord(each) for each in text} - _dejavu())


@cache
def _outline(text: str, size_pt: float) -> TextPath:
    from matplotlib import rc_context
    from matplotlib.textpath import TextPath

    with rc_context({"text.parse_math": False}):
        return TextPath((0, 0), text, size=size_pt, prop=font_for(text))


@cache
def _font(is_fallback: bool) -> FontProperties:
    from matplotlib import get_data_path
    from matplotlib.font_manager import FontProperties

    dejavu = f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf"
    return FontProperties(fname=str(fallback_font_path()) if is_fallback else dejavu)


@cache
def _dejavu() -> frozenset[int]:
    return _characters(False)


@cache
def _fallback() -> frozenset[int]:
    return _characters(True)


@cache
def _face(is_fallback: bool) -> FT2Font:
    from matplotlib.ft2font import FT2Font

    return FT2Font(str(_font(is_fallback).get_file()))


def _characters(is_fallback: bool) -> frozenset[int]:
    return frozenset(_face(is_fallback).get_charmap())


def _word_for(character: str) -> str:
    """A bracketed word: an emoji's own name, else the name of its script."""
    name = unicodedata.name(character, "")
    if not name:
        return "(sign)"
    if unicodedata.category(character).startswith("S"):
        return f"({name.lower()})"
    return f"({name.split(' ')[0].title()})"
