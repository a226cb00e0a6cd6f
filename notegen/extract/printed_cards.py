"""Cards to cut out: a PDF of A4 pages with six boxes each, whose text shrinks until it fits."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

COLUMNS, ROWS = 2, 3
MARGIN_PT, PADDING_PT = 36.0, 12.0
WIDTH_PT, HEIGHT_PT = 595.0, 842.0
CSS = "* { font-family: sans-serif; font-size: 10px; } h1 { font-size: 13px; } .head, .page { color: #666; }"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCard:
    """One card."""

    head: str
    """What it belongs to."""
    title: str
    lines: tuple[tuple[str, str], ...]
    """(text, the page that it is from; "" for none)."""


def print_cards(cards: Sequence[PrintedCard]) -> bytes:
    """The bytes of the PDF, the same for the same cards."""
    import pymupdf

    with pymupdf.open() as document:
        width, height = (WIDTH_PT - 2 * MARGIN_PT) / COLUMNS, (HEIGHT_PT - 2 * MARGIN_PT) / ROWS
        page = None
        for number, card in enumerate(cards):
            place = number % (COLUMNS * ROWS)
            page = page if page is not None and place else document.new_page(width=WIDTH_PT, height=HEIGHT_PT)
            left, top = MARGIN_PT + place % COLUMNS * width, MARGIN_PT + place // COLUMNS * height
            right, bottom = left + width, top + height
            box = pymupdf.Rect(left, top, right, bottom)
            page.draw_rect(box, color=(0.6, 0.6, 0.6), dashes="[4 4]", width=0.5)
            inside = pymupdf.Rect(left + PADDING_PT, top + PADDING_PT, right - PADDING_PT, bottom - PADDING_PT)
            page.insert_htmlbox(inside, _html(card), css=CSS, scale_low=0)
        return bytes(document.tobytes(garbage=3, deflate=True, no_new_id=True))


def _html(card: PrintedCard) -> str:
    def line(text: str, page: str) -> str:
        told = f' <span class="page">({html.escape(page)})</span>' if page else ""
        return f"<li>{html.escape(text)}{told}</li>"

    lines = "".join(line(*each) for each in card.lines)
    return f'<p class="head">{html.escape(card.head)}</p><h1>{html.escape(card.title)}</h1><ul>{lines}</ul>'
