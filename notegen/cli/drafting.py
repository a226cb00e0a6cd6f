"""What the command line says about drafting with a language model: where text goes, what it cost, what fell back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypedDict

import click

from notegen.draft.draft import DraftRecord, Estimate


class Drafting(TypedDict):
    """Who drafts, as `open_desk` takes it."""

    drafter: str | None
    model: str | None
    base_url: str | None


def drafting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say who drafts; they reach the command as keywords for `arguments`."""
    options = [
        click.option(
            "--drafter", type=click.Choice(["auto", "extractive", "llm"]), help="Who drafts; see notegen.toml."
        ),
        click.option("--model", metavar="NAME", help="The language model that drafts; see `notegen models`."),
        click.option("--base-url", metavar="URL", help="Its OpenAI-compatible server, e.g. http://localhost:11434/v1."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def arguments(given: Mapping[str, str | None]) -> Drafting:
    """What the options brought."""
    return Drafting(drafter=given["drafter"], model=given["model"], base_url=given["base_url"])


class Notices:
    """Says each sentence once, on standard error; paused: silences progress meanwhile."""

    def __init__(self, paused: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        self._paused = paused
        self._said: set[str] = set()

    def __call__(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            with self._paused():
                click.echo(sentence, err=True)


def say_drafting(record: DraftRecord) -> None:
    """Usage and estimate on standard output, fall-backs as a warning on standard error."""
    if record.estimate:
        _say_estimate(record.estimate)
        return
    if record.calls:
        calls = f"{record.calls} call{'s' * (record.calls != 1)}"
        tokens = f"{record.prompt_tokens:,} + {record.reply_tokens:,} tokens"
        by = f" to {record.model}" if record.model else ""
        click.echo(f"    {calls}{by}: {tokens}, {_price(record.cost_usd)}")
    parts = [*record.sections, record.whole] if record.whole.title else []
    reasons = Counter(each.reason for each in parts if each.by == "extracted" and each.reason)
    for reason, count in reasons.items():
        click.echo(f"! {count} of {len(parts)} parts stay as extracted: {reason}", err=True)
    if reasons and record.advice:
        click.echo(f"    {record.advice}", err=True)


def _say_estimate(estimate: Estimate) -> None:
    if not estimate.calls:
        click.echo("    nothing would be sent: every answer is known")
        return
    pictures = f", {estimate.pictures} pictures" if estimate.pictures else ""
    click.echo(
        f"    would send {estimate.pages} pages{pictures} as {estimate.sections} sections and an overview, in "
        f"{estimate.calls} calls"
    )
    (least, most), (few, many) = estimate.prompt_tokens, estimate.reply_tokens
    price = estimate.price_usd
    dollars = "price unknown" if price is None else f"{_dollars(price[0])} to {_dollars(price[1])}"
    click.echo(f"    about {least:,}–{most:,} tokens sent, {few:,}–{many:,} received; {dollars}")
    for path in estimate.notes:
        click.echo(f"    with what you wrote in {path}")


def _price(cost_usd: float | None) -> str:
    return "price unknown" if cost_usd is None else _dollars(cost_usd)


def _dollars(amount: float) -> str:
    return f"${amount:.4f}" if amount < 1 else f"${amount:.2f}"
