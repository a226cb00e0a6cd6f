"""Spans: runs of characters in one style, made from MuPDF's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from notegen.extract.text import glyphs

_GAP = 0.2
"""In font sizes: what TeX squeezes a word space to."""
_ITALIC = 2
"""MuPDF's flag of a span."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of characters in one style."""

    text: str
    font: str
    size: float
    """Points."""
    x0: float
    x1: float
    baseline: float
    """Points from the top of the page."""
    bold: bool = False
    mono: bool = False
    italic: bool = False
    maths: bool = False
    colour: int = 0
    """0xRRGGBB."""
    doubtful: bool = False
    """The text may not be what the page shows."""
    struck: bool = False
    """The page crosses it out."""
    place: tuple[int, int] = (0, 0)
    """[first, end) in the order in which the page's text layer has its pieces."""


def needs_space(left: Span, right: Span) -> bool:
    """Whether a space belongs between two spans."""
    if left.text.endswith(" ") or right.text.startswith(" "):
        return False
    return right.x0 - left.x1 > _GAP * min(left.size, right.size)


def merged(raw: list[dict[str, Any]]) -> tuple[Span, ...]:
    """MuPDF's spans as ours: neighbours of one style are one span, white space belongs to the span before."""
    _settle(raw)
    runs: list[list[dict[str, Any]]] = []
    for item in raw:
        text = item["text"] = glyphs.repaired(item["text"])
        if not text:
            continue
        font = item["font"]
        item["doubtful"] = item.get("doubtful", False) or glyphs.is_misread(text, font) or _lost(item, text)
        blank = not text.strip() and not item["doubtful"]
        if runs and (blank or _same_style(runs[-1][0], item)):
            runs[-1].append(item)
        elif not blank:
            runs.append([item])
    return _composed([_span(run) for run in runs])


def _settle(raw: list[dict[str, Any]]) -> None:
    """Right the baseline of spans that begin with a space which MuPDF added: it stands as high as the span before.

    Such a span has the box of both heights; one of its edges is that of the letters, as another span of the font shows.
    """
    for before, item in pairwise(raw):
        if not item["text"].startswith(" "):
            continue
        level = item["origin"][1]
        if not item["text"].strip() or level != before["origin"][1] or item["size"] == before["size"]:
            continue
        like = next(
            (o for o in raw if o["font"] == item["font"] and o["size"] == item["size"] and o["text"][:1] != " "), None
        )
        if like is None:
            continue
        top, foot = (item["bbox"][i] - like["bbox"][i] + like["origin"][1] for i in (1, 3))
        letters = top if abs(foot - level) < abs(top - level) else foot
        item["origin"] = (item["origin"][0], letters)


def _span(run: list[dict[str, Any]]) -> Span:
    first = run[0]
    text = first["text"]
    for item, following in pairwise(run):
        apart = following["bbox"][0] - item["bbox"][2] > _GAP * first["size"]
        bound = text.endswith(" ") or following["text"].startswith(" ")
        text += (" " if apart and not bound else "") + following["text"]
    font, flags = first["font"], first["flags"]
    return Span(
        text=text,
        font=font,
        size=first["size"],
        x0=min(item["bbox"][0] for item in run),
        x1=max(item["bbox"][2] for item in run),
        baseline=first["origin"][1],
        bold=glyphs.is_bold_font(font, flags),
        italic=bool(flags & _ITALIC) or glyphs.is_italic_font(font),
        mono=glyphs.is_mono_font(font, flags),
        maths=glyphs.is_maths_font(font),
        colour=first.get("color", 0),
        doubtful=first["doubtful"],
        struck=first.get("struck", False),
        place=(first["place"], max(item["place"] + bool(item["text"].strip()) for item in run)),
    )


def _lost(item: dict[str, Any], text: str) -> bool:
    """A wide "space" in a font of symbols is an arrow or the like whose name was lost."""
    if text.strip():
        return False
    width = item["bbox"][2] - item["bbox"][0]
    return bool(width > 0.6 * item["size"]) and glyphs.is_misread("1", item["font"])


def _same_style(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(
        a["font"] == b["font"]
        and abs(a["size"] - b["size"]) < 0.6
        and abs(a["origin"][1] - b["origin"][1]) < 0.5
        and a["doubtful"] == b["doubtful"]
        and a.get("struck", False) == b.get("struck", False)
        and a.get("color", 0) == b.get("color", 0)
    )


def _composed(spans: list[Span]) -> tuple[Span, ...]:
    """Accents that stand in a span of their own join the letter after them."""
    out: list[Span] = []
    for span in spans:
        if out and not out[-1].maths and len(out[-1].text) == 1:
            both = glyphs.repaired(out[-1].text + span.text)
            if len(both) < 1 + len(span.text):
                place = (out[-1].place[0], span.place[1])
                out[-1] = replace(span, text=both, x0=min(out[-1].x0, span.x0), place=place)
                continue
        out.append(span)
    return tuple(out)
