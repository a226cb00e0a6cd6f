"""Maths: Obsidian's delimiters, and what its MathJax 3.2 knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notegen.markdown.parsed import ParsedNote
from notegen.markdown.problem import LinkTargets, Problem, Rule, Severity, cut, error, warning

_COMMANDS = (
    "frac|sum|int|prod|text|mathbf|mathbb|mathcal|mathrm|cdot|times|left|right|sqrt|alpha|beta|gamma|theta|lambda|"
    "sigma|partial|nabla|infty|approx|leq?|geq?|begin|end|vec|hat|bar|quad|log|exp|to|rightarrow|langle|rangle|"
    "operatorname"
)
_OUTSIDE = re.compile(rf"(?<!\\)\\({_COMMANDS})(?![A-Za-z])")
_FORMULA = re.compile(r"[\\^_=]|^[^A-Za-z]*[A-Za-z]?[^A-Za-z]*$")

FORMULA_RULES: tuple[tuple[str, Severity, re.Pattern[str], str, str], ...] = (
    (
        "math-undefined",
        "error",
        re.compile(
            r"\\(?:bm|argmax|argmin|mathbbm|mathds|SI|norm|dv|qty|llbracket|includegraphics)(?![A-Za-z])"
            r"|\\begin\{(?:algorithm|tabular)\}"
        ),
        "MathJax does not know {}",
        r"e.g. \boldsymbol, \operatorname*",
    ),
    (
        "math-percent",
        "error",
        re.compile(r"(?<!\\)(?:\\\\)*%"),
        "an unescaped % hides the rest of the line",
        "write \\%",
    ),
    ("dangerous-uri", "error", re.compile(r"(?:javascript|vbscript):", re.IGNORECASE), "script in maths: {}", ""),
    (
        "math-href",
        "warning",
        re.compile(r"\\(?:href|url|class|style|cssId|html|unicode)(?![A-Za-z])"),
        "{} makes links or HTML",
        "remove it",
    ),
    (
        "math-macro",
        "warning",
        re.compile(
            r"\\(?:(?:re)?newcommand|providecommand|g?def|let|require|newenvironment|DeclareMathOperator)(?![A-Za-z])"
        ),
        "{} leaks into every other note",
        "write it out",
    ),
    (
        "math-label",
        "warning",
        re.compile(r"\\(?:label|ref|eqref)(?![A-Za-z])"),
        "{} is global to the session",
        "use a block id",
    ),
)
"""(rule, severity, what in a formula fires it, message with the match for {}, repair)"""


def formulas(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Formulas are not empty, balanced, and made of what MathJax knows and no other note feels."""
    for math in note.math:
        if not math.text:
            yield error("math-empty", math.line, "empty maths")
        for rule, severity, pattern, message, repair in FORMULA_RULES:
            if match := pattern.search(math.text):
                yield Problem(
                    rule=rule, severity=severity, line=math.line, message=message.format(cut(match[0])), repair=repair
                )
        if message := unbalanced(math.text):
            yield error("math-unbalanced", math.line, f"{message}: {cut(math.text)}")
        prose = re.search(r" (the|and|is|to|for|per|a month) ", f" {math.text} ")
        if not math.display and prose and "\\" not in math.text:
            yield warning(
                "math-currency", math.line, f"text between two dollar signs: {cut(math.text)}", repair="write \\$"
            )


def unbalanced(formula: str) -> str:
    """Which pairs of the formula do not match; "" when all do."""
    bare = re.sub(r"\\[\\{}]", "", formula)
    depth = 0
    for brace in re.findall(r"[{}]", bare):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth:
        return "{ and } do not match"
    if sorted(re.findall(r"\\begin\{(.*?)\}", bare)) != sorted(re.findall(r"\\end\{(.*?)\}", bare)):
        return r"\begin and \end do not match"
    if len(re.findall(r"\\left(?![A-Za-z])", bare)) != len(re.findall(r"\\right(?![A-Za-z])", bare)):
        return r"\left and \right do not match"
    return ""


def delimiters(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Maths stands between $ or $$, without space inside, and all of it does."""
    for prose in note.prose:
        if "\\" not in prose.plain and "$" not in prose.plain:
            continue
        found: list[tuple[str, Severity, int, str, str]] = []
        for match in re.finditer(r"(?<!\\)\\\[(?!\\\[)([\s\S]*?)\\\]", prose.plain):
            if _FORMULA.search(match[1]):
                found.append(("math-delimiter", "error", match.start(), r"\[ … \] shows as text", "write $$ … $$"))
        for match in re.finditer(r"(?<!\\)\\\(([\s\S]*?)\\\)", prose.plain):
            if re.search(r"[\\^_=]|^.{1,12}$", match[1]):
                found.append(("math-delimiter", "error", match.start(), r"\( … \) shows as text", "write $ … $"))
        for match in _OUTSIDE.finditer(prose.plain):
            found.append(
                (
                    "tex-outside-math",
                    "error",
                    match.start(),
                    f"{match[0]} outside maths shows as text",
                    "put it between $",
                )
            )
        for match in re.finditer(r"(?<![$\\])\$\s[^$\n]*[\\^_=][^$\n]*\$(?!\$)", prose.plain):
            found.append(
                (
                    "math-space",
                    "warning",
                    match.start(),
                    "space inside $…$ stops it from being maths",
                    "remove the space",
                )
            )
        for rule, severity, start, message, repair in found:
            yield Problem(
                rule=rule,
                severity=severity,
                line=prose.line + prose.plain.count("\n", 0, start),
                message=message,
                repair=repair,
            )


RULES: tuple[Rule, ...] = (formulas, delimiters)
