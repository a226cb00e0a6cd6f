"""Inline mathematics: what stands on a line's own height and what above or below it becomes TeX, where that is certain.

The TeX is kept so plain that without `$ \\ { } _ ^`, and with its Greek commands as letters, it is the flattened text
again, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from notegen.extract.document import Maths
from notegen.extract.text.marks import Mark

GREEK = dict(
    zip(
        "αβγδϵεζηθικλμµνξπρστυφϕχψωΓΔΘΛΞΠΣΥΦΨΩ",
        "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu mu nu xi pi rho sigma tau "
        "upsilon varphi phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(),
        strict=True,
    )
)
_TELLING = {*GREEK, "√"}
_FUNCTION = re.compile(r"(?:log|ln|lg|exp|sin|cos|tan|max|min|det|dim|gcd)(?![^\W_])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_NAME = 64
"""Characters of a function's name or a number, at most."""
_OPERATORS = frozenset("+−±×·∗<>=≤≥≠≈≡∼→←↦∈∪∩/|∘")
_IN_SCRIPT = frozenset("+−±∗′,()=≤≥>/|∞⊤→ ")
_LOOSE = frozenset("ˆ˜¯˙¨´`ˇ˘~^°\u20d7\\$")
"""Accents that lost their letter, and signs that Markdown reads with what follows: beside them nothing is certain."""
POWERS_OF = frozenset({"2", "10"})
"""Bases whose powers stand alone in prose: "about 10¹¹ neurons"."""
_LONGEST_COUNTED = 3
"""Digits of a number that a raised number is a power of: after a longer one it may be a footnote's mark."""


def is_function(word: str) -> bool:
    """Whether the word names a function, so that a number above its end is a power."""
    return bool(_FUNCTION.fullmatch(word))


Kind = Literal["variable", "number", "function", "root", "open", "close", "operator", "comma", "space"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    kind: Kind
    start: int
    end: int
    tex: str
    telling: bool = False
    """It has a script or a Greek letter, or is a root: without such a token there is nothing to rebuild."""
    lone: bool = True
    """It tells a formula by itself; a number with a raised number does only beside an operator."""


def find(text: str, marks: Sequence[Mark]) -> tuple[Maths, ...]:
    """The stretches of a flattened text that certainly are formulas, in order. marks: one for each character."""
    if not any(each.level for each in marks) and not _TELLING & set(text):
        return ()
    found = [maths for run in _runs(text, marks) for maths in _formulas(run)]
    return tuple(each for each in found if _is_certain(each, text, marks))


def _is_certain(maths: Maths, text: str, marks: Sequence[Mark]) -> bool:
    before, after = text[maths.start - 1 : maths.start], text[maths.end : maths.end + 1]
    if before in _LOOSE or after in _LOOSE or after.isdigit():
        return False
    if before and (before.isalnum() or marks[maths.start - 1].level != 0):
        return False
    if after and marks[maths.end].level != 0:
        return False
    return all(each.joint for each in marks[maths.start : maths.end + 1])


def _runs(text: str, marks: Sequence[Mark]) -> Iterator[list[_Token]]:
    """Tokens that stand side by side, as long as the line goes on like a formula."""
    run: list[_Token] = []
    at = 0
    while at < len(text):
        token = _token(text, marks, at)
        if token is None:
            if run:
                yield run
            run = []
            at += 1
            while (
                at < len(text) and text[at - 1].isalpha() and text[at].isalpha() and not _is_variable(text, marks, at)
            ):
                at += 1  # within a word no formula begins
        else:
            run.append(token)
            at = token.end
    if run:
        yield run


def _token(text: str, marks: Sequence[Mark], at: int) -> _Token | None:
    char = text[at]
    if marks[at].level != 0:
        return None
    if char == " ":
        return _Token(kind="space", start=at, end=at + 1, tex=" ")
    if char == "√":
        return _Token(kind="root", start=at, end=at + 1, tex="\\sqrt", telling=True)
    reach = min(len(text), at + _LONGEST_NAME)
    stop = next((i for i in range(at, reach) if marks[i].level != 0), reach)
    if found := _FUNCTION.match(text, at, stop):
        return _scripted("function", found.end(), f"\\{found[0]}", text, marks, at)
    if _is_variable(text, marks, at):
        return _scripted("variable", at + 1, _letter(char), text, marks, at)
    if found := _NUMBER.match(text, at, stop):
        return _scripted("number", found.end(), found[0], text, marks, at)
    if char in ")]":
        return _scripted("close", at + 1, char, text, marks, at)
    if char in "([,":
        return _Token(kind="comma" if char == "," else "open", start=at, end=at + 1, tex=char)
    if char in _OPERATORS:
        return _Token(kind="operator", start=at, end=at + 1, tex=f" {char} " if char in "<>" else char)
    return None


def _is_variable(text: str, marks: Sequence[Mark], at: int) -> bool:
    """A letter in the type of variables that is no part of a word."""
    here = marks[at]
    if here.level != 0 or not _is_letter(text[at]):
        return False
    if _is_formal(text[at]):
        return True
    if not here.variable:
        return False
    start, end = at, at + 1
    while start and text[start - 1].isalpha() and marks[start - 1].level == 0:
        start -= 1
    while end < len(text) and text[end].isalpha() and marks[end].level == 0 and marks[end].variable:
        end += 1
    if not all(each.variable for each in marks[start:at]):
        return False
    return here.formula or end - start == 1 or (end - start == 2 and text[start:end].isupper())


def _is_letter(char: str) -> bool:
    """Latin or Greek, or one that Unicode has for mathematics only."""
    return (char.isascii() and char.isalpha()) or char in GREEK or _is_formal(char)


def _is_formal(char: str) -> bool:
    return char in "ℓℕℤℚℝℂℙ" or "𝐀" <= char <= "𝟋"


def _letter(char: str) -> str:
    return f"\\{GREEK[char]} " if char in GREEK else char


def _scripted(kind: Kind, end: int, base: str, text: str, marks: Sequence[Mark], start: int) -> _Token | None:
    """The token with the scripts that stand right after it: at most one above and one below. None where they are
    something else."""
    scripts: dict[int, str] = {}
    digits = kind == "number" and end - start > _LONGEST_COUNTED
    while end < len(text) and (level := marks[end].level) != 0:
        stop = end
        while stop < len(text) and marks[stop].level == level:
            stop += 1
        script = text[end:stop]
        known = all(_is_letter(char) or char in _IN_SCRIPT or char.isdigit() for char in script)
        if level is None or level in scripts or not known or (digits and script.isdigit()):
            return None
        scripts[level] = "".join(map(_letter, script)).strip()
        end = stop
    tex = base.rstrip() if scripts else base
    for level, script in scripts.items():
        sign = "^" if level > 0 else "_"
        tex += f"{sign}{script}" if len(script) == 1 else f"{sign}{{{script}}}"
    is_greek = kind == "variable" and base.startswith("\\")
    lone = kind != "number" or base in POWERS_OF or not scripts.get(1, "").isdigit()
    return _Token(kind=kind, start=start, end=end, tex=tex, telling=bool(scripts) or is_greek, lone=lone)


def _formulas(run: Sequence[_Token]) -> Iterator[Maths]:
    """The formulas in a run: divided where it may be a list of them, or where its brackets have no partner."""
    for divided in _divided(run):
        part = _trimmed(divided)
        joined = any(token.kind == "operator" for token in part)
        if not any(token.telling and (token.lone or joined) for token in part):
            continue
        loose = _unpaired(part)
        if loose is not None:
            yield from _formulas(part[:loose])
            yield from _formulas(part[loose + 1 :])
        elif any(_is_gap(part, i) for i in range(len(part))):
            cuts = [-1, *(i for i, token in enumerate(part) if token.kind in ("open", "close")), len(part)]
            for left, right in pairwise(cuts):
                yield from _formulas(part[left + 1 : right])
        elif tex := _tex(part):
            yield Maths(start=part[0].start, end=part[-1].end, tex=tex)


def _divided(run: Sequence[_Token]) -> Iterator[list[_Token]]:
    part: list[_Token] = []
    depth = 0
    for i, token in enumerate(run):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth <= 0 and (token.kind == "comma" or _is_gap(run, i)):
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _is_gap(run: Sequence[_Token], i: int) -> bool:
    """Whether a space divides two formulas: on neither side of it is an operator or the like that wants one."""
    if run[i].kind != "space":
        return False
    kinds = {run[j].kind for j in (i - 1, i + 1) if 0 <= j < len(run)}
    return not kinds & {"operator", "comma", "function"}


def _trimmed(part: Sequence[_Token]) -> Sequence[_Token]:
    start, end = 0, len(part)
    while start < end and part[start].kind in ("space", "operator", "comma"):
        start += 1
    while end > start and part[end - 1].kind in ("space", "operator", "comma", "function"):
        end -= 1
    return part[start:end]


def _unpaired(part: Sequence[_Token]) -> int | None:
    """Index of the first bracket without a partner; None where all have one."""
    open_: list[int] = []
    for i, token in enumerate(part):
        if token.kind == "open":
            open_.append(i)
        elif token.kind == "close":
            if not open_:
                return i
            open_.pop()
    return open_[0] if open_ else None


def _tex(part: Sequence[_Token]) -> str:
    """The part as TeX; nothing where it is open how far a root reaches: that is clear only when one letter follows."""
    roots = [i for i, token in enumerate(part) if token.kind == "root"]
    tex = [token.tex for token in part]
    for i in roots:
        reaches_one = i + 1 < len(part) and part[i + 1].kind in ("variable", "number")
        ends = i + 2 >= len(part) or part[i + 2].kind in ("close", "operator", "comma")
        if not reaches_one or not ends:
            return ""
        tex[i] = f"\\sqrt{{{tex[i + 1].strip()}}}"
        tex[i + 1] = ""
    return " ".join("".join(tex).split())
