"""Calls at the same time, in threads of their own, which a Ctrl-C leaves behind."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def at_once(call: Callable[[int], T], places: Sequence[int], threads: int) -> Iterator[tuple[int, T]]:
    """Each place with what `call` makes of it, as it is ready. call: must not raise."""
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[int, T]] = queue.SimpleQueue()
    for place in places:
        todo.put(place)

    def call_on() -> None:
        while True:
            try:
                place = todo.get_nowait()
            except queue.Empty:
                return
            done.put((place, call(place)))

    for _ in range(min(threads, len(places))):
        threading.Thread(target=call_on, daemon=True).start()
    for _ in places:
        yield _next(done)


def _next(done: queue.SimpleQueue[tuple[int, T]]) -> tuple[int, T]:
    """The next result. Windows lets nobody interrupt a wait without end."""
    while True:
        try:
            return done.get(timeout=0.5)
        except queue.Empty:
            continue
