"""Set a formula from a small part of TeX: \\frac{}{} \\sqrt{} \\sum \\paren{} \\rm{} \\bf{} _ ^, letters and signs.

A formula becomes a Box of marks around a baseline at (0, 0). The rules of thumb (axis at 0.25 em, scripts at 0.7 of the
size, raised by 0.4 and lowered by 0.2 em) are the usual ones of text typesetting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .leaf import Leaf, width

_TOKEN = re.compile(r"\\[a-z]+|\\\||[A-Za-zα-ω]|[0-9.]+|\S|\s+")
_SPACE = dict.fromkeys("=+−·×≈", (0.24, 0.24)) | {
    "\\sum": (0.16, 0.16), "\\frac": (0.1, 0.1), "\\rm": (0.16, 0.02), ",": (0.0, 0.2), "\\|": (0.06, 0.06),
}  # fmt: skip
"""White space before and after a sign, in em."""
Mark = tuple[str, float, float, str, float]
"""What ("rule" or a text), x, y, font (for a rule: ""), size (for a rule: its length)."""


@dataclass(slots=True)
class Box:
    """Marks on a baseline. `up` and `down` are its extents in points."""

    wide: float = 0
    up: float = 0
    down: float = 0
    marks: list[Mark] = field(default_factory=list)

    def add(self, other: Box, x: float, dy: float = 0) -> None:
        """Put another box at x, its baseline `dy` lower (higher when negative)."""
        self.marks += [(what, x + mx, my + dy, font, size) for what, mx, my, font, size in other.marks]
        self.wide = max(self.wide, x + other.wide)
        self.up = max(self.up, other.up - dy)
        self.down = max(self.down, other.down + dy)

    def draw(self, leaf: Leaf, x: float, y: float) -> None:
        """Print it with its baseline's left end at the point."""
        for what, mx, my, font, size in self.marks:
            if what == "rule":
                leaf.line((x + mx, y + my), (x + mx + size, y + my), thick=0.5)
            else:
                leaf.text((x + mx, y + my), what, font, size)


def layout(formula: str, size: float) -> Box:
    """The formula as a box. Raises ValueError where a brace is missing."""
    tokens = [token for token in _TOKEN.findall(formula) if not token.isspace()]
    box = _row(tokens, size)
    if tokens:
        raise ValueError(f"unbalanced braces in {formula!r}")
    return box


def _row(tokens: list[str], size: float) -> Box:
    """Set tokens up to a closing brace, and take them from the list."""
    row = Box()
    while tokens and tokens[0] != "}":
        token = tokens.pop(0)
        part = _atom(token, tokens, size)
        if tokens and tokens[0] in "_^":
            part = _with_scripts(part, tokens, size)
        before, after = _SPACE.get(token, (0.02, 0.02))
        row.add(part, row.wide + (before * size if row.marks else 0))
        row.wide += after * size
    return row


def _with_scripts(base: Box, tokens: list[str], size: float) -> Box:
    """The base with its sub- and superscript, one above the other."""
    box = Box()
    box.add(base, 0)
    while tokens and tokens[0] in "_^":
        lower = tokens.pop(0) == "_"
        box.add(_group(tokens, 0.7 * size), base.wide + 0.04 * size, 0.22 * size if lower else -0.42 * size)
    return box


def _group(tokens: list[str], size: float) -> Box:
    """A braced group, or one token."""
    if tokens[0] != "{":
        return _atom(tokens.pop(0), tokens, size)
    tokens.pop(0)
    box = _row(tokens, size)
    if not tokens:
        raise ValueError("missing }")
    tokens.pop(0)
    return box


def _atom(token: str, tokens: list[str], size: float) -> Box:
    if token == "\\frac":
        return _fraction(_group(tokens, size), _group(tokens, size), size)
    if token == "\\sqrt":
        return _root(_group(tokens, size), size)
    if token == "\\paren":
        return _parentheses(_group(tokens, size), size)
    if token == "\\sum":
        return _sum(tokens, size)
    if token in ("\\rm", "\\bf"):
        tokens.pop(0)
        end = tokens.index("}")
        word = "".join(tokens[:end])
        del tokens[: end + 1]
        return _word(word, "serif" if token == "\\rm" else "bold", size)
    if token == "\\|":
        box = _word("|", "serif", size)
        box.add(_word("|", "serif", size), 0.13 * size)
        return box
    return _word(token, "italic" if token.isalpha() else "serif", size)


def _word(text: str, font: str, size: float) -> Box:
    return Box(width(text, font, size), 0.7 * size, 0.2 * size, [(text, 0, 0, font, size)])


def _fraction(top: Box, bottom: Box, size: float) -> Box:
    box = Box(wide=max(top.wide, bottom.wide) + 0.3 * size)
    axis = -0.25 * size
    box.add(top, (box.wide - top.wide) / 2, axis - 0.2 * size - top.down)
    box.add(bottom, (box.wide - bottom.wide) / 2, axis + 0.2 * size + bottom.up)
    box.marks.append(("rule", 0, axis, "", box.wide))
    return box


def _root(inside: Box, size: float) -> Box:
    sign = _word("√", "serif", 1.15 * size)
    box = Box()
    box.add(sign, 0, 0.06 * size)
    box.add(inside, sign.wide + 0.04 * size)
    box.marks.append(("rule", sign.wide - 0.02 * size, -0.87 * size, "", inside.wide + 0.1 * size))
    box.up = max(box.up, 0.95 * size)
    return box


def _parentheses(inside: Box, size: float) -> Box:
    """Parentheses as high as what they hold, centred on the axis."""
    tall = 1.05 * (inside.up + inside.down)
    left, right = _word("(", "serif", tall), _word(")", "serif", tall)
    middle = (inside.down - inside.up) / 2 + 0.24 * tall
    box = Box()
    box.add(left, 0, middle)
    box.add(inside, left.wide)
    box.add(right, box.wide, middle)
    box.up, box.down = inside.up, inside.down
    return box


def _sum(tokens: list[str], size: float) -> Box:
    sign = _word("∑", "serif", 1.5 * size)
    limits = {}
    while tokens and tokens[0] in "_^":
        mark = tokens.pop(0)
        limits[mark] = _group(tokens, 0.65 * size)
    box = Box(wide=max([sign.wide] + [limit.wide for limit in limits.values()]))
    box.add(sign, (box.wide - sign.wide) / 2, 0.22 * size)
    for mark, limit in limits.items():
        box.add(limit, (box.wide - limit.wide) / 2, 1.25 * size if mark == "_" else -1.2 * size)
    return box
