"""A parsed note and its vault in, what is wrong with the note out."""

from __future__ import annotations

from notegen.markdown import check_blocks, check_code, check_links, check_math, check_mermaid, check_tables, check_text
from notegen.markdown.parsed import ParsedNote
from notegen.markdown.problem import LinkTargets, Problem, Rule

RULES: tuple[Rule, ...] = (
    *check_links.RULES,
    *check_blocks.RULES,
    *check_tables.RULES,
    *check_code.RULES,
    *check_mermaid.RULES,
    *check_math.RULES,
    *check_text.RULES,
)

_ORDER = {"error": 0, "warning": 1, "info": 2}


def check(note: ParsedNote, targets: LinkTargets) -> tuple[Problem, ...]:
    """Every problem of `note`, errors first, then by line; each once."""
    problems = {problem for rule in RULES for problem in rule(note, targets)}
    return tuple(sorted(problems, key=lambda it: (_ORDER[it.severity], it.line, it.rule, it.message)))
