"""Formulas in a model's text: those that only show something are kept as maths, all else stays plain text."""

from __future__ import annotations

import re

from notegen.extract.document import Maths
from notegen.markdown.write import clean, inline_maths

_FORMULA = re.compile(r"(?<![\\$\w])\$(?! )([^$\n]{1,200}?)(?<! )\$(?![\w$])")
_OTHER_SIGNS = re.compile(r"\\\(\s*(.{1,200}?)\s*\\\)")
_SPACES = re.compile(r"\\[,;:! ]")
_BROKEN = re.compile(r"[\^_]\s*(?:$|[\^_}])|\^(?:\{[^{}]*\}|\\?\w)\s*\^|_(?:\{[^{}]*\}|\\?\w)\s*_|\\sqrt\s*$|\{\s*\}")
"""A script of nothing, two scripts on one base, a root of nothing."""
_FRACTION = re.compile(r"\\frac(?!\s*\{)|\\frac\s*\{[^{}]*\}(?!\s*\{)")
_TAKES_GROUP = re.compile(r"\\(?:mathbf|mathrm|mathbb|mathcal|boldsymbol|hat|bar|vec|tilde)\s*(?:$|[}^_])")


def with_maths(text: str) -> tuple[str, tuple[Maths, ...]]:
    """(the text without dollar signs around its formulas, the formulas in it), as a Claim holds them."""
    line = clean(_OTHER_SIGNS.sub(lambda match: f"${match[1]}$", text))
    pieces: list[str] = []
    found: list[Maths] = []
    at = length = 0
    for match in _FORMULA.finditer(line):
        tex = " ".join(_SPACES.sub(" ", match[1]).split())
        before = line[at : match.start()]
        touches = bool(found) and not before
        if touches or not _is_sound(tex):
            continue
        pieces += [before, tex]
        start = length + len(before)
        length = start + len(tex)
        found.append(Maths(start=start, end=length, tex=tex))
        at = match.end()
    return "".join([*pieces, line[at:]]), tuple(found)


def _is_sound(tex: str) -> bool:
    """MathJax shows it, and it does nothing else."""
    depth = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    if depth or _BROKEN.search(tex) or _FRACTION.search(tex) or _TAKES_GROUP.search(tex):
        return False
    try:
        inline_maths(tex)
    except ValueError:
        return False
    return True
