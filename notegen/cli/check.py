"""`notegen check`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from notegen.cli.options import json_option, say_json, vault_option
from notegen.compose.gate import inspect
from notegen.errors import NotegenError, UsageError
from notegen.extract import extract
from notegen.markdown.problem import Problem
from notegen.store import Cache
from notegen.vault.vault import Vault

SHOWN = ("error", "warning")


@click.command(name="check", short_help="Check notes.")
@click.argument("notes", nargs=-1, type=click.Path(path_type=Path), metavar="[NOTE …]")
@vault_option("Check every note of this vault, or the notes named in it.")
@json_option()
def command(notes: tuple[Path, ...], vault: Path | None, as_json: bool) -> int:
    """Check that notes render and are safe in Obsidian: links, embeds, pages, properties, callouts, code, Mermaid,
    maths, tables, remote images, executing code.

    \b
    notegen check "Logs/2026-01-05 Embeddings.md"
    notegen check --vault ~/MyVault --json

    Exit status: 0 no errors, 1 errors, 2 wrong usage.
    """
    if not notes and vault is None:
        raise UsageError("Which note?", "For example: notegen check Note.md, or notegen check --vault MyVault")
    results = {shown: _check(place, path) for shown, place, path in _targets(notes, vault)}
    errors = sum(problem.severity == "error" for problems in results.values() for problem in problems)
    if as_json:
        data = {
            "ok": errors == 0,
            "notes": {name: [_as_data(each) for each in found] for name, found in results.items()},
        }
        say_json(data)
    else:
        _say(results, errors)
    return 1 if errors else 0


def _targets(notes: tuple[Path, ...], vault_path: Path | None) -> Iterator[tuple[str, Vault, str]]:
    """(name to show, vault, path in it) of every note to check. Without a vault the note's own folder is one."""
    if not notes:
        vault = Vault.find(vault_path, os.environ)
        yield from ((path, vault, path) for path in vault.files.paths if path.endswith(".md"))
        return
    for note in notes:
        file = note if note.is_file() or vault_path is None else vault_path / note
        if not file.is_file():
            raise UsageError(f"There is no note {note}.", "Check its name.")
        vault = _vault_of(file, vault_path)
        path = vault.storage.path_of(file)
        if path is None:
            raise UsageError(f"{note} is not in the vault {vault.name}.", "Leave --vault out.")
        yield str(note), vault, path


def _vault_of(file: Path, vault_path: Path | None) -> Vault:
    if vault_path is not None:
        return Vault.find(vault_path, os.environ)
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


def _as_data(problem: Problem) -> dict[str, Any]:
    return {"rule": problem.rule, "severity": problem.severity, "line": problem.line, "message": problem.message}


def _say(results: dict[str, tuple[Problem, ...]], errors: int) -> None:
    for name, problems in results.items():
        for problem in problems:
            if problem.severity in SHOWN:
                click.echo(f"{name}:{problem.line}: {problem.severity}: {problem.message} [{problem.rule}]")
    warnings = sum(problem.severity == "warning" for problems in results.values() for problem in problems)
    click.echo(f"{len(results)} note{'s' * (len(results) != 1)} checked: {errors} errors, {warnings} warnings.")
