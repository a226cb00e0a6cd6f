"""What calls cost: estimated before, counted after, and stopped before a budget is exceeded."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import threading

from notegen.config import DraftSettings
from notegen.errors import ModelError
from notegen.llm.client import asked_of
from notegen.llm.endpoint import Endpoint
from notegen.store.replies import Replies, Spent

FEW_CHARS_PER_TOKEN, MANY_CHARS_PER_TOKEN = 3.0, 5.0
"""English prose has about 4.5 characters a token, code and other scripts fewer. Both ends are estimates."""
CALIBRATED_SPREAD = 0.1
"""How far a model's own measured count may be off for the next text."""
MIN_REPLY_TOKENS = 200
USUAL_REPLY_TOKENS = 1200
PICTURE_TOKENS = (85, 1600)
"""What models that see count for one picture, about."""
_KNOWN_FOR_LOCAL = ("openai", "anthropic", "google")
"""A local server may pass calls on to one of these (a proxy); any other name there is a model on this machine."""


class Spending:
    """The money and tokens of one run; shared by its threads."""

    def __init__(self, endpoint: Endpoint, settings: DraftSettings, memory: Replies) -> None:
        self.endpoint, self._settings, self._memory = endpoint, settings, memory
        self.prompt_tokens = self.reply_tokens = 0
        self.cost_usd: float | None = 0.0
        self._promised_usd = 0.0
        self._lock = threading.Lock()
        self._asked = asked_of(endpoint)

    def prompt_range(self, chars: int, schema_chars: int, pictures: int) -> tuple[int, int]:
        """(least, most) tokens of a prompt: by what this model has counted so far, else by what is usual. Some servers
        count the schema as well."""
        measured = self._memory.characters_per_token(self._asked)
        few, many = FEW_CHARS_PER_TOKEN, MANY_CHARS_PER_TOKEN
        if measured:
            few, many = measured * (1 - CALIBRATED_SPREAD), measured * (1 + CALIBRATED_SPREAD)
            schema_chars = 0
        if self.endpoint.is_local:  # it makes a grammar of the schema, and no tokens
            schema_chars = 0
        least, most = PICTURE_TOKENS
        return math.floor(chars / many) + pictures * least, math.ceil((chars + schema_chars) / few) + pictures * most

    def price(self, prompt_tokens: int, reply_tokens: int) -> float | None:
        """US dollars at list price, None when the price is not known."""
        return price_usd(self.endpoint, prompt_tokens, reply_tokens)

    def promise(self, chars: int, schema_chars: int, pictures: int) -> float:
        """Set aside the most that a call may cost. Raises ModelError when the budget does not hold it."""
        settings = self._settings
        if not settings.budget and not settings.budget_per_day:
            return 0.0
        most = self.price(self.prompt_range(chars, schema_chars, pictures)[1], settings.max_tokens)
        if most is None:
            if self.endpoint.is_local:
                return 0.0
            reason = f"The price of {self.endpoint.model} is not known, so the budget could not be kept."
            raise ModelError("budget", reason, "Set draft.budget to 0, or name another model.", fatal=True)
        with self._lock:
            spent = (self.cost_usd or 0.0) + self._promised_usd
            today = self._memory.spent_usd(dt.date.today().isoformat()) + self._promised_usd
            for limit, used, name in (
                (settings.budget, spent, "budget"),
                (settings.budget_per_day, today, "budget_per_day"),
            ):
                if limit and used + most > limit:
                    reason = f"The next call could exceed draft.{name} ({limit:g} US dollars)."
                    raise ModelError("budget", reason, f"Raise draft.{name}, or run notegen day later.")
            self._promised_usd += most
        return most

    def settle(
        self, promised_usd: float, chars: int, pictures: int, prompt_tokens: int | None, reply_tokens: int
    ) -> None:
        """A call is over. prompt_tokens: None where the server did not count: then they are estimated."""
        prompt = prompt_tokens if prompt_tokens is not None else round(chars / 4)
        price = self.price(prompt, reply_tokens)
        with self._lock:
            self._promised_usd -= promised_usd
            self.prompt_tokens += prompt
            self.reply_tokens += reply_tokens
            self.cost_usd = None if price is None or self.cost_usd is None else self.cost_usd + price
        self._memory.spend(
            Spent(
                day=dt.date.today().isoformat(),
                asked=self._asked,
                prompt_chars=chars if prompt_tokens and not pictures else 0,
                prompt_tokens=prompt_tokens or 0,
                reply_tokens=reply_tokens,
                cost_usd=price or 0.0,
            )
        )


def price_usd(endpoint: Endpoint, prompt_tokens: int, reply_tokens: int) -> float | None:
    """List price of a call by genai-prices' bundled table (offline), None when it does not know the model."""
    from genai_prices import Usage, calc_price

    usage = Usage(input_tokens=prompt_tokens, output_tokens=reply_tokens)
    if not endpoint.is_local:
        with contextlib.suppress(LookupError, ValueError):
            return float(calc_price(usage, endpoint.model, provider_api_url=endpoint.base_url).total_price)
    for provider in _KNOWN_FOR_LOCAL if endpoint.is_local else (None,):
        with contextlib.suppress(LookupError, ValueError):
            return float(calc_price(usage, endpoint.model, provider_id=provider).total_price)
    return None
