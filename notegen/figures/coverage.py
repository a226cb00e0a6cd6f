"""How much of a book was read, noted and recalled: one small strip of its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from notegen.figures.figure import Figure, ImageFormat
from notegen.figures.lettering import font_for, write_text
from notegen.figures.style import BLUE, FAINT, INK, NORMAL, ORANGE, SMALL, TEAL, WIDTH_PX, canvas, image_of, panel

_HEIGHT_PX, _LEFT_PX, _RIGHT_PX, _TOP_PX, _ROW_PX, _BAR_PX = 118, 90, 78, 16, 26, 16
_TICKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One log of a book."""

    first: int
    last: int
    """Page indexes, both included."""
    is_noted: bool = False
    """The learner wrote something of their own in it."""
    is_recalled: bool = False
    """Every self-check of it is ticked."""


ROWS: tuple[tuple[str, str, Callable[[Reading], bool]], ...] = (
    ("read", BLUE, lambda reading: True),
    ("noted", ORANGE, lambda reading: reading.is_noted),
    ("recalled", TEAL, lambda reading: reading.is_recalled),
)


def coverage_figure(
    labels: Sequence[str], readings: Sequence[Reading], today: tuple[int, int], image_format: ImageFormat = "png"
) -> Figure:
    """The strip. labels: the printed number of every page. today: first and last page index of this log."""
    pages = len(labels)
    everything = [*readings, Reading(first=today[0], last=today[1])]
    marked = {
        name: {
            page for each in everything if counts(each) for page in range(max(0, each.first), min(pages, each.last + 1))
        }
        for name, _, counts in ROWS
    }
    shares = ", ".join(f"{name} {len(marked[name])}" for name, _, _ in ROWS)
    return Figure(
        image=_image(labels, marked, today, image_format),
        format=image_format,
        alt=f"Pages of the book so far, of {pages}: {shares}",
        caption=f"Of {pages} pages: {shares}. Noted: you wrote something of your own in their log. Recalled: you "
        "ticked every self-check of it. As it was when this log was made; the frame is today's passage.",
        sentence=f"Of {pages} pages: {shares}, as it was when this log was made.",
        numbers={"pages": pages, **{name: sorted(each + 1 for each in marked[name]) for name in marked}},
    )


def _image(
    labels: Sequence[str], marked: dict[str, set[int]], today: tuple[int, int], image_format: ImageFormat
) -> bytes:
    from matplotlib.patches import Rectangle

    sheet = canvas(_HEIGHT_PX)
    axes = panel(sheet, 0, 0, WIDTH_PX, _HEIGHT_PX)
    font = font_for("a")
    room = WIDTH_PX - _LEFT_PX - _RIGHT_PX
    step = room / len(labels)
    for row, (name, color, _) in enumerate(ROWS):
        y = _TOP_PX + row * _ROW_PX
        write_text(
            axes,
            _LEFT_PX - 10,
            y + _BAR_PX / 2,
            name,
            fontproperties=font,
            fontsize=NORMAL,
            color=INK,
            ha="right",
            va="center",
        )
        axes.add_patch(Rectangle((_LEFT_PX, y), room, _BAR_PX, facecolor="#EAE7DF", edgecolor="none"))
        for first, last in _runs(marked[name]):
            axes.add_patch(
                Rectangle(
                    (_LEFT_PX + first * step, y), (last - first + 1) * step, _BAR_PX, facecolor=color, edgecolor="none"
                )
            )
        share = f"{len(marked[name]) / len(labels):.0%}"
        write_text(
            axes,
            WIDTH_PX - _RIGHT_PX + 10,
            y + _BAR_PX / 2,
            share,
            fontproperties=font,
            fontsize=NORMAL,
            color=INK,
            va="center",
        )
    bottom = _TOP_PX + len(ROWS) * _ROW_PX
    frame = (_LEFT_PX + today[0] * step, _TOP_PX - 4), (today[1] - today[0] + 1) * step, len(ROWS) * _ROW_PX
    axes.add_patch(Rectangle(*frame, facecolor="none", edgecolor=INK, linewidth=1.0))
    for tick in range(_TICKS):
        page = round(tick * (len(labels) - 1) / (_TICKS - 1))
        label = f"p. {labels[page]}"
        x = _LEFT_PX + (page + 0.5) * step
        write_text(axes, x, bottom + 10, label, fontproperties=font_for(label), fontsize=SMALL, color=FAINT,
                  ha="center", va="center")  # fmt: skip
    return image_of(sheet, image_format)


def _runs(pages: set[int]) -> list[tuple[int, int]]:
    """(first, last) of each run of pages."""
    runs: list[tuple[int, int]] = []
    for page in sorted(pages):
        if runs and runs[-1][1] == page - 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    return runs
