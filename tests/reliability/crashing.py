"""Stop a run before any of its side effects: a forked process that kills itself, or meets a full disk, at the nth one.

Only where processes fork. The parent must have imported what the run needs, and never opened a database.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import notegen.cli.day
import notegen.cli.status
import notegen.cli.watch
import notegen.compose.compose
import notegen.extract.worker.process
import notegen.watch.work  # noqa: F401 - imported here, so that a forked process need not
from notegen import disk
from notegen.cli.main import main
from notegen.extract.worker import answers
from notegen.store.cache import Cache
from notegen.store.ledger import Ledger
from notegen.store.store import Store

from .stage import Stage

answers._reader()  # imports, too

SIDE_EFFECTS: list[tuple[Any, str]] = [
    *((disk, name) for name, what in vars(disk).items() if callable(what) and what.__module__ == disk.__name__),
    (Ledger, "commit"),
    (Store, "_remember"),
    (Cache, "put"),
]


def die() -> None:
    """As kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


def fill_up() -> None:
    """As a disk without room."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def at(steps: dict[int, Callable[[], None]]) -> Callable[[], None]:
    """Prepare this process: before its nth side effect steps[n]() is called; what happened is counted in the result."""

    def prepare() -> None:
        count = 0

        def before(name: str) -> None:
            nonlocal count
            count += 1
            if count in steps:
                steps[count]()

        for owner, name in SIDE_EFFECTS:
            setattr(owner, name, _with(getattr(owner, name), before, name))
        prepare.count = lambda: count  # type: ignore[attr-defined]

    return prepare


def _with(function: Callable[..., Any], before: Callable[[str], None], name: str) -> Callable[..., Any]:
    def counted(*arguments: Any, **options: Any) -> Any:
        try:
            before(name)
        except OSError as error:
            if name in ("_remember", "put"):  # caches, which say nothing
                return None
            if name == "commit":  # how SQLite says it
                raise sqlite3.OperationalError("database or disk is full") from error
            raise
        return function(*arguments, **options)

    return counted


def fork(stage: Stage, *arguments: object, prepare: Callable[[], None] = lambda: None) -> int:
    """Start `notegen ARGUMENTS` as a forked process; return its id."""
    process = os.fork()
    if process:
        return process
    status = 99
    try:
        os.environ.clear()
        os.environ.update(stage.env)
        said = os.open(stage.home / "said", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.stdout = open(1, "w", closefd=False, buffering=1)  # noqa: SIM115
        sys.stderr = open(2, "w", closefd=False, buffering=1)  # noqa: SIM115
        prepare()
        sys.argv = ["notegen", *map(str, arguments), "--vault", str(stage.vault)]
        main()
    except SystemExit as end:
        status = int(end.code or 0)
        if hasattr(prepare, "count"):
            (stage.home / "steps").write_text(str(prepare.count()))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def wait(process: int, limit_s: float = 60) -> int:
    """Wait for a forked process; return its status, or minus the signal that ended it."""
    deadline_s = time.monotonic() + limit_s
    while time.monotonic() < deadline_s:
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    raise TimeoutError(f"process {process} did not end within {limit_s} s")


def status(stage: Stage) -> dict[str, Any]:
    """What `notegen status --json` says, asked without starting Python."""
    (stage.home / "said").unlink(missing_ok=True)
    assert wait(fork(stage, "status", "--json")) == 0, stage.said
    told: dict[str, Any] = json.loads(stage.said)
    return told


def count_steps(stage: Stage, *arguments: object) -> int:
    """Run undisturbed; return the number of side effects."""
    status = wait(fork(stage, *arguments, prepare=at({})))
    assert status == 0, (stage.home / "said").read_text()
    return int((stage.home / "steps").read_text())


def warm_up(stage: Stage, target: Path, *arguments: object) -> Stage:
    """Return the reference, made by an undisturbed run of a copy; what was read of the PDFs is kept for the stage."""
    reference = stage.copy(target)
    result = reference.run(*arguments)
    assert result.returncode == 0, result.stdout + result.stderr
    stage.state.mkdir(exist_ok=True)
    for file in reference.state.glob("cache.sqlite3*"):
        (stage.state / file.name).write_bytes(file.read_bytes())
    return reference
