"""`notegen questions`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen.cli.asked_library import asked_library
from notegen.cli.clipboard import clipboard
from notegen.cli.index_progress import index_progress
from notegen.cli.options import json_option, say_json, vault_option
from notegen.desk import open_desk
from notegen.errors import UsageError
from notegen.run.importing import Import, as_data, import_chats


@click.group(name="questions", short_help="Make notes of questions and answers of a chat.")
def command() -> None:
    """Make notes of the questions that you asked in a chat.

    \b
    notegen questions import chat.md
    notegen questions import --clipboard
    """


@command.command(name="import", short_help="A pasted or exported chat becomes a note.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--clipboard", "from_clipboard", is_flag=True, help="Take what is on the clipboard.")
@click.option("--only", default="", metavar="WORDS", help="Of an export, only chats with these words in their title.")
@vault_option()
@click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")
@click.option("--offline", is_flag=True, help="Fetch nothing, not even the weights of the model.")
@json_option()
def import_(
    file: Path | None,
    from_clipboard: bool,
    only: str,
    vault: Path | None,
    dry_run: bool,
    offline: bool,
    as_json: bool,
) -> int:
    """Turn a chat with an assistant into a note: each question once, its answers without small talk, every table of
    weights computed again, claims held against the books of the vault, the chat as it came folded at the end.

    FILE is text or Markdown that says who speaks ("User:", "You said:", "# User Q1"), or what ChatGPT or Claude export
    (conversations.json, or the archive). Text whose letters were damaged on the way is repaired, as a whole or not at
    all. A chat that went on is imported again: what is new comes in, what you changed stays.

    \b
    notegen questions import chat.md
    notegen questions import --clipboard --dry-run
    notegen questions import conversations.json --only embeddings --json
    """
    if bool(file) == from_clipboard:
        raise UsageError("Which chat?", "Name a file, or copy the chat and add --clipboard.")
    data = clipboard() if file is None else _bytes_of(file)
    desk = open_desk(vault, os.environ, may_fetch=not offline, offline=offline)
    name = file.name if file else "the clipboard"
    library = asked_library(desk, "notegen questions")
    with index_progress("holding claims against the books", "claims") as on_progress:
        imported = import_chats(data, name, desk, library, only=only, dry_run=dry_run, on_claim=on_progress)
    if as_json:
        say_json(as_data(imported, dry_run=dry_run))
    else:
        _say(imported, dry_run)
    return 0


def _bytes_of(file: Path) -> bytes:
    try:
        return file.expanduser().read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}).", "Check its name.") from error


def _say(imported: Import, dry_run: bool) -> None:
    signs = {"written": "+", "updated": "~", "unchanged": "=", "kept": "="}
    if imported.repaired:
        click.echo(f"Its letters were damaged (UTF-8 read as {', '.join(imported.repaired)}) and were repaired.")
    for note in imported.notes:
        count = len(note.questions)
        tables = [part.weights for each in note.questions for answer in each.answers for part in answer.parts]
        wrong = sum(table.wrong > 0 for table in tables if table)
        click.echo(
            f"{signs[note.write.status]} {note.write.path}  ({count} question{'s' * (count != 1)}"
            f"{f', {wrong} tables with wrong numbers' if wrong else ''}{', would be written' if dry_run else ''})"
        )
        for sentence in note.write.said:
            click.echo(f"  {sentence}")
