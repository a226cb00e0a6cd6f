"""`notegen check`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen.cli.options import json_option, say_json, vault_option
from notegen.errors import UsageError
from notegen.run.checking import Checked, as_data, check_notes, errors_in

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
    results = check_notes(notes, vault, os.environ)
    errors = errors_in(results)
    if as_json:
        say_json(as_data(results))
    else:
        _say(results, errors)
    return 1 if errors else 0


def _say(results: Checked, errors: int) -> None:
    for name, problems in results.items():
        for problem in problems:
            if problem.severity in SHOWN:
                click.echo(f"{name}:{problem.line}: {problem.severity}: {problem.message} [{problem.rule}]")
    warnings = sum(problem.severity == "warning" for problems in results.values() for problem in problems)
    click.echo(f"{len(results)} note{'s' * (len(results) != 1)} checked: {errors} errors, {warnings} warnings.")
