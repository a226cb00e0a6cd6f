"""Whether another call to the model can be of any use: the circuit breaker of a run."""

from __future__ import annotations

import threading

from notegen.errors import ModelError

MAX_WAIT_S = 110.0
"""Seconds that one draft waits in vain, all calls and pauses together."""
MAX_TIMEOUTS, MAX_FAILURES = 2, 6
"""In a row, after which the run makes no further call."""
SHORTEST_WAIT_S = 5.0


class CircuitBreaker:
    """Shared by the threads of one run."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._limit_s = max(MAX_WAIT_S, timeout_s)
        self._lock = threading.Lock()
        self._waited_s = 0.0
        self._timeouts = self._failures = 0
        self._stopped: ModelError | None = None

    @property
    def stopped(self) -> ModelError | None:
        """Why no further call is made; None while calls are."""
        return self._stopped

    def begin_draft(self) -> None:
        """Another note: its waiting counts from zero."""
        with self._lock:
            self._waited_s = 0.0

    def wait_s(self, at_least: float = 0.0) -> float:
        """How long the next call may stay silent. at_least: what a slow model needs. Raises ModelError when there is to
        be none."""
        with self._lock:
            if self._stopped:
                raise self._stopped
            self._limit_s = max(self._limit_s, at_least)
            return max(at_least, self._wait_s())

    def _wait_s(self) -> float:
        return min(self._timeout_s, max(SHORTEST_WAIT_S, self._limit_s - self._waited_s))

    def answered(self) -> None:
        """The server gave a whole answer, whatever is in it."""
        with self._lock:
            self._timeouts = self._failures = 0

    def failed(self, error: ModelError, waited_s: float) -> None:
        """A call, or a pause before one, came to nothing after so many seconds."""
        with self._lock:
            self._waited_s += waited_s
            self._failures += 1
            self._timeouts = self._timeouts + 1 if error.kind == "timeout" else 0
            worn_out = (
                self._timeouts >= MAX_TIMEOUTS
                or self._failures >= MAX_FAILURES
                or self._waited_s >= self._limit_s - SHORTEST_WAIT_S
            )
            if self._stopped is None and (error.fatal or worn_out):
                self._stopped = error
