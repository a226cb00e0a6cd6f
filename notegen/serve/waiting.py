"""Jobs for callers that wait in an event loop: the loop runs in a thread, the jobs where `jobs` does them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from notegen.serve.call import Call
from notegen.serve.fault import Fault, fault_of
from notegen.serve.jobs import Job, Jobs
from notegen.serve.methods import method
from notegen.serve.results import Answer

LAST_WORDS_S = 0.6
"""For what is nearly done when the loop has ended."""

OnProgress = Callable[[int, int, str], None]


class FaultError(Exception):
    """A request came to nothing; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a face with an event loop asks its questions by. It may name nothing outside its vault."""

    vault: Path | None
    jobs: Jobs

    async def answer(self, name: str, params: Mapping[str, Any], on_progress: OnProgress) -> Answer:
        """The answer of a method. on_progress is told in the loop's thread. Raises FaultError.

        Where the caller is cancelled, so is the method.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Answer | Fault] = loop.create_future()

        def settle(result: Answer | None, error: BaseException | None) -> None:
            outcome = fault_of(error) if error else result or {}
            loop.call_soon_threadsafe(lambda: None if done.done() else done.set_result(outcome))

        try:
            wanted = method(name)
            asked = wanted.request.model_validate(params)
        except Exception as error:
            raise FaultError(fault_of(error)) from error
        call = Call(
            vault=self.vault,
            only_inside=True,
            on_progress=lambda *told: _into(loop, partial(on_progress, *told)),
        )
        job = Job(
            key=object(),
            do=partial(wanted.run, asked, call),
            answer=settle,
            writes=wanted.writes,
            cancelled=call.cancelled,
        )
        on_progress(0, 0, "starting")
        self.jobs.submit(job)
        try:
            outcome = await done
        except asyncio.CancelledError:
            self.jobs.cancel(job.key)
            raise
        if isinstance(outcome, Fault):
            raise FaultError(outcome)
        return outcome


def _into(loop: asyncio.AbstractEventLoop, what: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(what)


def run_beside(jobs: Jobs, face: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a face's event loop in a thread and the jobs on this one, until the face has ended. Raises what ended it."""
    ended_by: list[BaseException] = []

    def loop() -> None:
        try:
            asyncio.run(face())
        except BaseException as error:
            ended_by.append(error)
        jobs.close(LAST_WORDS_S)

    Thread(target=loop, daemon=True).start()
    jobs.run()
    if ended_by:
        raise ended_by[0]
