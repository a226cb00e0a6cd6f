"""Who is told what the watcher does: the terminal, the log, the desktop."""

from __future__ import annotations

from typing import Protocol

from notegen.store.drops import Drop


class Listener(Protocol):
    """Told as it happens."""

    def step(self, path: str, what: str) -> None:
        """Something is being done with the PDF at `path`: "drafting"."""

    def turn(self, drop: Drop, kind: str) -> None:
        """The drop is done, has failed, or waits for something out of the ordinary.

        kind: of the trouble, without a word from a document; "" when there is none.
        """

    def ignored(self, path: str, reason: str) -> None:
        """A file in the inbox is no business of notegen's."""

    def word(self, sentence: str) -> None:
        """Something about the whole vault."""


class Listeners:
    """Several listeners as one."""

    def __init__(self, *listeners: Listener) -> None:
        self._listeners = listeners

    def step(self, path: str, what: str) -> None:
        """As `Listener.step`."""
        for each in self._listeners:
            each.step(path, what)

    def turn(self, drop: Drop, kind: str) -> None:
        """As `Listener.turn`."""
        for each in self._listeners:
            each.turn(drop, kind)

    def ignored(self, path: str, reason: str) -> None:
        """As `Listener.ignored`."""
        for each in self._listeners:
            each.ignored(path, reason)

    def word(self, sentence: str) -> None:
        """As `Listener.word`."""
        for each in self._listeners:
            each.word(sentence)
