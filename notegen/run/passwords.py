"""Passwords of locked PDFs where nobody can be asked: one that was given, or the keyring's. None is stored."""

from __future__ import annotations

import importlib

KEYRING_SERVICE = "notegen"
"""An entry's user name is the file name of the PDF: keyring set notegen Book.pdf"""


class Passwords:
    """Answers "which password opens this PDF?"; what `notegen.run.reader.AskPassword` asks for.

    given: with the request; then nothing else is tried.
    """

    def __init__(self, given: str | None) -> None:
        self._given = given

    def __call__(self, pdf: str, wrong: int) -> str:
        """The password to try on the PDF of that name after so many wrong ones; "" when there is none left."""
        if wrong:
            return ""
        return from_keyring(pdf) if self._given is None else self._given


def from_keyring(pdf: str) -> str:
    """The password that the system's keyring has for the PDF of that name, or ""."""
    try:
        keyring = importlib.import_module("keyring")
        return keyring.get_password(KEYRING_SERVICE, pdf) or ""
    except Exception:  # not installed, no keyring on this system, or it stays locked: then there is no entry
        return ""
