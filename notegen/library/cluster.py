"""Workers on other machines: a cluster of Dask (`distributed`), which is there already; notegen starts none.

Its tasks are pure, so Dask may do one again wherever a worker was lost. Files are read where they are: the workers see
the folders of the books under the same paths.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future
from typing import Any

from notegen.errors import StateError, UsageError
from notegen.library.tasks import VERSION

_ANSWER_S = 10.0
"""A scheduler that does not answer within this time is not there."""
_ALONE_S = 60.0
"""So long it may be without a worker: one that died is started anew by its nanny within seconds."""
_TASKS_A_THREAD = 2
"""So that no worker waits for the next one."""


class Cluster:
    """The `Workers` of a Dask cluster."""

    def __init__(self, address: str) -> None:
        """address: of its scheduler, such as "tcp://host:8786". Raises UsageError, StateError."""
        try:
            from dask import config
            from distributed import Client
        except ImportError as error:
            raise UsageError("Dask is not installed.", 'Run: pip install "notegen[cluster]"') from error
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said by the errors below
        config.set({"distributed.comm.timeouts.connect": _ANSWER_S})
        try:
            self._client = Client(address, timeout=_ANSWER_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise StateError(
                f"No cluster answers at {address}.",
                "Start one: dask scheduler, and on each machine: dask worker ADDRESS",
            ) from error
        try:
            self.width = _TASKS_A_THREAD * self._threads(address)
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=True)
        self._alone_since: float | None = None

    def submit(self, task: Callable[[Any], Any], asked: Any) -> Future[Any]:
        """See `Workers.submit`."""
        outer: Future[Any] = Future()
        inner = self._executor.submit(task, asked)
        inner.add_done_callback(lambda future: _pass_on(future, outer))
        return outer

    def check(self) -> None:
        """See `Workers.check`."""
        now = time.monotonic()
        if self._client.scheduler_info(n_workers=-1)["workers"]:
            self._alone_since = None
            return
        self._alone_since = self._alone_since or now
        if now - self._alone_since > _ALONE_S:
            step = "Start one: dask worker ADDRESS. What was kept is kept; run it again."
            raise StateError("No worker is left in the cluster.", step)

    def close(self) -> None:
        """Leave the cluster; it goes on without what was asked of it."""
        self._client.close(timeout=1)

    def _threads(self, address: str) -> int:
        """How many threads its workers have. Raises StateError where it has none, or any with another notegen."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise StateError(f"The cluster at {address} has no worker.", f"On each machine: dask worker {address}")

        def version() -> str:  # inside, so that it travels as code: a worker may have no notegen to look it up in
            try:
                from notegen.library import tasks
            except ImportError:
                return "none"
            return getattr(tasks, "VERSION", "another")

        for worker, found in self._client.run(version, on_error="return").items():
            if found != VERSION:
                raise StateError(
                    f"The worker {worker} has notegen {found}, this is notegen {VERSION}.",
                    "Install the same version of notegen for all workers.",
                )
        return sum(each["nthreads"] for each in workers.values())


def _pass_on(inner: Future[Any], outer: Future[Any]) -> None:
    from distributed import KilledWorker

    try:
        error = inner.exception()
    except CancelledError:
        error = StateError("The cluster has gone away.", "What was kept is kept. When it is there again, run it again.")
    if isinstance(error, KilledWorker):
        outer.set_exception(BrokenExecutor(str(error)))
    elif error is not None:
        outer.set_exception(error)
    else:
        outer.set_result(inner.result())
