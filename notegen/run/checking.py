"""Notes of a vault held against all rules: as `notegen check` and programs are told it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from notegen.compose.gate import inspect
from notegen.errors import NotegenError, UsageError
from notegen.extract import extract
from notegen.markdown.problem import Problem
from notegen.store import Cache
from notegen.vault.vault import Vault

Checked = dict[str, tuple[Problem, ...]]
"""Name of a note → what is wrong with it."""


def check_notes(
    notes: Sequence[Path],
    vault_path: Path | None,
    env: Mapping[str, str],
    on_note: Callable[[int, int], None] = lambda done, total: None,
) -> Checked:
    """Check the notes named, else every note of the vault. Without a vault a note's own folder is one.

    on_note: told (notes done, notes in all). Raises UsageError where there is no such note.
    """
    targets = list(_targets(notes, vault_path, env))
    results: Checked = {}
    for done, (name, vault, path) in enumerate(targets, 1):
        results[name] = _check(vault, path)
        on_note(done, len(targets))
    return results


def errors_in(results: Checked) -> int:
    """How many of the problems are errors."""
    return sum(problem.severity == "error" for problems in results.values() for problem in problems)


def as_data(results: Checked) -> dict[str, Any]:
    """What was found, ready for JSON. Fields may be added; none is renamed."""
    return {
        "ok": errors_in(results) == 0,
        "notes": {name: [_problem(each) for each in found] for name, found in results.items()},
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"rule": problem.rule, "severity": problem.severity, "line": problem.line, "message": problem.message}


def _targets(
    notes: Sequence[Path], vault_path: Path | None, env: Mapping[str, str]
) -> Iterator[tuple[str, Vault, str]]:
    """(name to show, vault, path in it) of every note to check."""
    if not notes:
        vault = Vault.find(vault_path, env)
        yield from ((path, vault, path) for path in vault.files.paths if path.endswith(".md"))
        return
    for note in notes:
        file = note if note.is_file() or vault_path is None else vault_path / note
        if not file.is_file():
            raise UsageError(f"There is no note {note}.", "Check its name.")
        vault = _vault_of(file, vault_path, env)
        path = vault.storage.path_of(file)
        if path is None:
            raise UsageError(f"{note} is not in the vault {vault.name}.", "Leave --vault out.")
        yield str(note), vault, path


def _vault_of(file: Path, vault_path: Path | None, env: Mapping[str, str]) -> Vault:
    if vault_path is not None:
        return Vault.find(vault_path, env)
    try:
        return Vault.find(None, {}, cwd=file.resolve().parent)
    except NotegenError:
        return Vault(file.resolve().parent)


def _check(vault: Vault, path: str) -> tuple[Problem, ...]:
    data, _ = vault.read(path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return (Problem(rule="encoding", severity="error", line=1, message="the file is not UTF-8"),)
    return inspect(text.replace("\r\n", "\n"), path, vault, page_counts=_PageCounts(vault))


class _PageCounts(dict[str, int]):
    """Page counts of the vault's PDFs, each looked up when a link names it; a PDF that cannot be read has none."""

    def __init__(self, vault: Vault) -> None:
        super().__init__()
        self._vault = vault
        self._cache = Cache.open()

    def get(self, path: str, default: Any = None) -> Any:
        if path not in self:
            try:
                self[path] = extract(self._vault.storage.local_path(path), (), cache=self._cache).page_count
            except NotegenError:
                return default
        return self[path]
