"""Code: what does not compile, and what would run by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from notegen.markdown.dialect import DYNAMIC_LANGUAGES, EXECUTING_LANGUAGES, EXECUTING_PREFIXES
from notegen.markdown.parsed import ParsedNote
from notegen.markdown.problem import LinkTargets, Problem, Rule, cut, error, info, warning
from notegen.markdown.python_code import python_problem

PYTHON_LANGUAGES = frozenset({"python", "py", "python3", "py3", "ipython"})


def compiles(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Python and JSON are what their fences say."""
    for code in note.code:
        if code.language in PYTHON_LANGUAGES and (problem := python_problem(code.text)):
            yield error(
                "code-python",
                code.line + problem[0],
                f"Python does not compile: {problem[1]}",
                repair="fence it as text",
            )
        elif code.language == "json":
            try:
                json.loads(code.text)
            except (ValueError, RecursionError) as failure:
                yield error(
                    "code-json",
                    code.line + getattr(failure, "lineno", 1),
                    f"not JSON: {cut(str(failure))}",
                    repair="fence it as text",
                )


def content(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Fences hold something and name their language; prose is not indented into code."""
    for code in note.code:
        if code.indented:
            words = re.search(r"[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}", code.text)
            if words and not re.search(r"[;={}()]", code.text):
                yield warning("indented-code", code.line, "text indented by four spaces shows as code")
        elif not code.text.strip():
            yield warning("code-empty", code.line, "empty code block")
        elif not code.language:
            yield info("code-lang", code.line, "code fence without a language")
        if code.language in ("markdown", "md") and code.text.count("\n") > 0.6 * len(note.lines):
            yield error("wrapped-note", code.line, "the whole note is inside a code fence")


def executing_fences(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """No fence runs, queries the vault or is sent away."""
    for code in note.code:
        plugin = EXECUTING_LANGUAGES.get(code.language) or next(
            (name for prefix, name in EXECUTING_PREFIXES.items() if code.language.startswith(prefix)), ""
        )
        if plugin or code.language.startswith("{"):
            yield error(
                "exec-code",
                code.line,
                f"```{code.language} is run by {plugin or 'a plugin'}",
                repair="fence it as text",
            )
        elif what := DYNAMIC_LANGUAGES.get(code.language):
            severe = code.language == "tasks" and "by function" in code.text
            yield Problem(
                rule="dynamic-code",
                severity="error" if severe else "warning",
                line=code.line,
                message=f"```{code.language} {what}",
            )


def executing_spans(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """No inline query, inline JavaScript or input field."""
    for span in note.code_spans:
        if span.text.startswith("$="):
            yield error("exec-inline", span.line, "inline Dataview JavaScript")
        elif re.match(r"=(?!=)", span.text):
            yield warning("exec-inline", span.line, "inline Dataview query")
        elif re.match(r"(INPUT|VIEW|BUTTON)\[", span.text):
            yield warning("exec-inline", span.line, "Meta Bind field")


def templates(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """No template tag: Templater runs them in every new note, inside code too."""
    for line, text in enumerate(note.lines, 1):
        if "<%" in text:
            yield error(
                "exec-template",
                line,
                f"Templater runs {cut(text[text.index('<%') :])}",
                repair="part < and % by a space",
            )
        if (
            "{{" in text
            and line not in note.verbatim
            and re.search(r"\{\{\s*(date|time|title)", re.sub(r"`[^`]*`", "", text))
        ):
            yield warning("template-var", line, "unexpanded template variable")


RULES: tuple[Rule, ...] = (compiles, content, executing_fences, executing_spans, templates)
