"""What the methods that know of runs answer. Fields may come in; none is renamed."""

from __future__ import annotations

from notegen.serve.results.result import Result, Written


class Run(Result):
    """A run on record."""

    id: int
    at: str
    command: str
    undoes: int | None
    undone_by: int | None


class TakenBack(Result):
    """A file of a run that was taken back."""

    path: str
    status: str
    said: str


class Undo(Result):
    """What taking a run back did, or would do."""

    dry_run: bool
    run: Run
    undone_by: int | None
    files: list[TakenBack]


class RunWithChanges(Run):
    """A run on record, and what it changed."""

    changes: list[Written]


class History(Result):
    """The runs on record, the latest first."""

    runs: list[RunWithChanges]
