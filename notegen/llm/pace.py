"""How fast a model answers, and how long it is worth waiting for it: a slow machine is not a dead one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notegen.llm.stream import MAX_CALL_S, Heard

SLOWEST_PROMPT, SLOWEST_REPLY = 6.0, 1.0
"""Tokens a second of the slowest machine that is waited for unmeasured: below that nobody drafts."""
PATIENCE = 3.0
"""Times the expected time: other work on the machine slows it down."""
MAX_FIRST_S = 900.0
"""Seconds until the first word, however slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Tokens a second, as measured; 0 where they are not."""

    prompt: float = 0.0
    reply: float = 0.0

    @classmethod
    def kept(cls, habit: Mapping[str, Any]) -> Pace:
        """As `as_data` was kept."""
        found = [habit.get(name) for name in ("prompt_pace", "reply_pace")]
        prompt, reply = (float(each) if isinstance(each, (int, float)) and each > 0 else 0.0 for each in found)
        return cls(prompt=prompt, reply=reply)

    def as_data(self) -> dict[str, float]:
        return {"prompt_pace": round(self.prompt, 2), "reply_pace": round(self.reply, 2)}

    def first_s(self, prompt_tokens: float) -> float:
        """Seconds of silence before the first word that are worth waiting for."""
        patience = PATIENCE if self.prompt else 1.0
        return min(MAX_FIRST_S, patience * prompt_tokens / (self.prompt or SLOWEST_PROMPT))

    def call_s(self, reply_tokens: float) -> float:
        """Seconds of a whole call that are."""
        return max(MAX_CALL_S, PATIENCE * reply_tokens / (self.reply or SLOWEST_REPLY))

    def measured(self, heard: Heard) -> Pace:
        """With what one call has shown. A prompt that the server had kept in part is not slower for it."""
        prompt, reply = self.prompt, self.reply
        if heard.prompt_tokens and heard.first_s:
            now = heard.prompt_tokens / heard.first_s
            prompt = min(prompt, now) if prompt else now
        if heard.reply_tokens and heard.last_s > heard.first_s:
            reply = heard.reply_tokens / (heard.last_s - heard.first_s)
        return Pace(prompt=prompt, reply=reply)
