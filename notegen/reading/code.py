"""Whether what is set in a typewriter face is code."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_CODE_LINE = re.compile(
    r"^\s*(?:>>>|\.\.\.|[$>#%+]|[A-Z]?[>\]]|//|--|;|\w+>)\s|[;{}]\s*$|^\s*[)}\]]|\w\(|<-|->|:=|::|[+*/]="
    r"|^\s*[\w.\[\]]+ ?= ?\S|^\s*\.\w+|</?\w+"
    r"|^\s*(?:def|class|for|while|if|else|elif|import|from|return|function|func|fn|var|let|const|int|void|public|private"
    r"|static|select|insert|update|create|module|begin|end|print|try|except|with|use|using|package|struct|type|do|then|fi"
    r"|done)\b",
    re.IGNORECASE,
)
"""A prompt, a bracket or semicolon at an end, a call, an assignment, a directive, a tag, a keyword."""
_NO_CODE_LINE = re.compile(r"^\s*[•▪■◦‣]|^[\s|+=_-]*$|\S {3,}\S|^\s*(?:\w+:)?\s*\.{0,2}/\S+$|^[\s\d.,%()<>-]+$")
"""A bullet, a rule, columns, an address, numbers."""
_PROMPT = re.compile(r"\s*(?:>>>|[A-Z]?>|\$|In \[\d+\]:|\w+>) \S")
"""A first line with a prompt opens a session: what the computer answers need not look like code."""
MIN_CODE_SHARE = 0.5
"""So many lines of a listing look like code; printed tables, addresses and lists do not."""


def is_code(text: str) -> bool:
    """Whether most lines look like code, rather than like a list, a table or an address that is set in its type."""
    lines = [line for line in _ADDRESS.sub("", text).splitlines() if line.strip()]
    code = sum(bool(_CODE_LINE.search(line)) and not _NO_CODE_LINE.search(line) for line in lines)
    return bool(lines) and (code >= MIN_CODE_SHARE * len(lines) or bool(_PROMPT.match(lines[0])))
