"""How long to wait after trouble that may pass: with a full disk everything waits, with one bad path only that."""

from __future__ import annotations

FIRST_S = 2.0
LONGEST_S = 60.0
LONGEST_FOR_ONE_S = 300.0


class Backoff:
    """Waits by the monotonic clock; each failure in a row doubles them."""

    def __init__(self) -> None:
        self._until_s: dict[str, float] = {}
        self._tries: dict[str, float] = {}
        self._row = 0
        self._all_until_s = 0.0

    def after_trouble(self, path: str, now_s: float, *, alone: bool = False) -> float:
        """The drop at `path` met trouble; return how long everything waits now. alone: the trouble is only its own."""
        tries = self._tries[path] = self._tries.get(path, 0) + 1
        self._row += not alone
        self._until_s[path] = now_s + min(LONGEST_FOR_ONE_S, FIRST_S * 2.0 ** min(tries, 10))
        if alone:
            return 0.0
        wait_s = min(LONGEST_S, FIRST_S * 2.0 ** min(self._row - 1, 10))
        self._all_until_s = now_s + wait_s
        return wait_s

    def after_success(self, path: str) -> None:
        """Another drop came to an end: whatever the trouble was, it does not concern all of them."""
        self.forget(path)
        self._row, self._all_until_s = 0, 0.0

    def forget(self, path: str | None = None) -> None:
        """The drop has changed; None: everything is tried again at once."""
        for waits in (self._until_s, self._tries):
            if path is None:
                waits.clear()
            else:
                waits.pop(path, None)
        if path is None:
            self._row, self._all_until_s = 0, 0.0

    def wait_s(self, path: str, now_s: float) -> float:
        """Return for how much longer the drop waits."""
        return max(0.0, self._all_until_s - now_s, self._until_s.get(path, 0.0) - now_s)
