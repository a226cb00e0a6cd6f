"""Comments of a model's code that claim what it prints. Nobody has run it, so they go."""

from __future__ import annotations

import io
import re
import tokenize

_RESULT = re.compile(
    r"^#\s*(?:(?:outputs?|prints?|results?|returns?|expected)(?:\s*[:=]|\s+[-+~≈\d\"'\[({])|[=≈~→]|->|[-+]?[\d.]+\s*$)",
    re.IGNORECASE,
)


def without_claimed_results(code: str) -> str:
    """Python that compiles, without comments such as "# Output: 0.89", "# prints 3" and "# ~1.0"."""
    lines = code.split("\n")
    gone: set[int] = set()
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError):  # notebook magics and prompts compile for a reader only
        return code
    for token in tokens:
        if token.type == tokenize.COMMENT and _RESULT.match(token.string):
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
            if not lines[row - 1]:
                gone.add(row - 1)
    return "\n".join(line for at, line in enumerate(lines) if at not in gone)
