"""Passwords of locked PDFs: from the command line, the system's keyring, or the person. They are never stored."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import click

from notegen.run.passwords import from_keyring

MAX_QUESTIONS = 3


class Passwords:
    """Answers "which password opens this PDF?"; what `notegen.run.reader.AskPassword` asks for.

    given: of the command line; then nothing else is tried. paused: silences progress while the person is asked.
    asks: whether there is a person to ask.
    """

    def __init__(
        self,
        given: str | None,
        paused: Callable[[], AbstractContextManager[None]] = nullcontext,
        *,
        asks: bool = True,
    ) -> None:
        self._given, self._paused, self._asks = given, paused, asks
        self._asked: dict[str, int] = {}

    def __call__(self, pdf: str, wrong: int) -> str:
        """The password to try on the PDF of that name after so many wrong ones; "" when there is none left."""
        if self._given is not None:
            return "" if wrong else self._given
        if not wrong and (stored := from_keyring(pdf)):
            return stored
        asked = self._asked.get(pdf, 0)
        if not self._asks or asked == MAX_QUESTIONS or not (sys.stdin.isatty() and sys.stderr.isatty()):
            return ""
        self._asked[pdf] = asked + 1
        with self._paused():
            question = f"{'Wrong. ' if wrong else ''}Password of {pdf} (empty to leave it)"
            answer: str = click.prompt(question, default="", show_default=False, hide_input=True, err=True)
        return answer
