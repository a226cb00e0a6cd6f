"""Whether Python code from a book or note compiles."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings


def python_problem(text: str) -> tuple[int, str] | None:
    """The line (from 1) where `text` stops being Python, and why; None when it compiles.

    Notebook magics (`!pip …`, `%time`, `x = !ls`) and `>>>` sessions, whose results are skipped, count as Python.
    """
    lines = text.split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if re.match(r"%%(?!time|capture)", first):
        return None  # a cell in another language
    if first.startswith(">>>"):
        lines = [prompt[1] if (prompt := re.match(r"\s*(?:>>>|\.\.\.) ?(.*)", line)) else "" for line in lines]
    lines = [
        re.sub(r"^(\s*)[!%].*$", r"\1pass", re.sub(r"^(\s*\w+\s*)=\s*![^=].*$", r"\1= None", line)) for line in lines
    ]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(textwrap.dedent("\n".join(lines)))
    except SyntaxError as error:
        return error.lineno or 1, error.msg
    except (ValueError, RecursionError, MemoryError) as error:
        return 1, str(error) or "too deeply nested"
    return None
