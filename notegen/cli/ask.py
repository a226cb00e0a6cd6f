"""`notegen ask`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen.cli.index_progress import index_progress
from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.passwords import Passwords
from notegen.desk import open_desk
from notegen.errors import BusyError
from notegen.library.opening import OpenLibrary
from notegen.run.asking import Answer, as_data, ask
from notegen.run.shelving import refresh

NEAREST = 3
"""Passages that are shown where the books do not answer."""


@click.command(name="ask", short_help="Ask the vault's books.")
@click.argument("question")
@vault_option()
@click.option(
    "--book", default="", metavar="NAME", help="Look in this book alone: its file name, title, or part of it."
)
@click.option("--offline", is_flag=True, help="Nothing leaves this machine.")
@json_option()
def command(question: str, vault: Path | None, book: str, offline: bool, as_json: bool) -> int:
    """Show what the vault's books say to QUESTION: their own words with page numbers, best first, or that they do not
    have it. PDFs that are new are read first.

    \b
    notegen ask "What is a perceptron?"
    notegen ask "Why are digital simulators faster?" --book ngspice --json

    Exit status: 0 shown, be it found or not; 1 there is no vault; 2 wrong usage.
    """
    desk = open_desk(vault, os.environ, may_fetch=not offline, offline=offline)
    library = OpenLibrary(desk.vault, desk.settings)
    shelf = library.shelf()
    if library.is_due(shelf):
        try:
            with index_progress("reading books", "pages") as on_progress:
                refresh(library, "notegen ask", Passwords(None, asks=False), lambda path, n, all_: on_progress(n, all_))
        except BusyError as busy:
            click.echo(f"{busy.reason} What it has not read yet is not searched.", err=True)
    answer = ask(library.library(shelf), question, book)
    if as_json:
        say_json(as_data(answer))
    else:
        _say(answer)
    return 0


def _say(answer: Answer) -> None:
    if not answer.found.is_answered:
        click.echo("Not in your sources.")
        if answer.found.missing:
            click.echo(f"No page has: {', '.join(answer.found.missing)}.")
        for hit in answer.found.hits[:NEAREST]:
            click.echo(f"\nnearest: {hit.book.pdf}, p. {hit.label}\n  {hit.text}")
        return
    for quoted in answer.quoted:
        gone = " (its file is gone)" if quoted.book.is_gone else ""
        click.echo(f"{quoted.text}\n  {quoted.book.pdf}, p. {quoted.hit.label}{gone}\n")
    shown = {quoted.hit.unit.id for quoted in answer.quoted}
    others = [hit for hit in answer.found.hits if hit.unit.id not in shown]
    for hit in others:
        click.echo(f"see also: {hit.book.pdf}, p. {hit.label} {hit.heading}".rstrip())
