"""What a worker answers, every field checked: the process that made it had read hostile input."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from notegen.extract.document import Page
from notegen.extract.facts import Advice, Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why the file cannot be read."""

    reason: str
    next_step: str
    locked: bool


Part = Facts | Page | Advice | Refusal | None
"""None: that was all."""


def part_of(line: bytes) -> Part:
    """The part that a line of JSON holds. Raises ValueError when it makes no sense."""
    answer = _reader()(line)
    parts: list[Part] = [answer.facts, answer.page, answer.advice, answer.refusal]
    given = [part for part in parts if part is not None]
    if len(given) + answer.end != 1:
        raise ValueError("one part is expected")
    return given[0] if given else None


@functools.cache
def _reader() -> Callable[[bytes], Any]:
    from pydantic import BaseModel, ConfigDict  # late: `notegen --help` needs none of it

    class Answer(BaseModel):
        model_config = ConfigDict(val_json_bytes="base64", extra="forbid")
        facts: Facts | None = None
        page: Page | None = None
        advice: Advice | None = None
        refusal: Refusal | None = None
        end: bool = False

    return Answer.model_validate_json
