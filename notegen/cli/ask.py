"""`notegen ask`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen.cli.asked_library import asked_library
from notegen.cli.day import say_not_asked, say_who_is_writing
from notegen.cli.drafting import Notices
from notegen.cli.options import json_option, say_json, vault_option
from notegen.compose.answers import SIGNS
from notegen.desk import open_desk
from notegen.draft.drafter import Brief
from notegen.errors import UsageError
from notegen.run.answers import NEAREST, save
from notegen.run.asking import Answer, as_data, ask, with_model
from notegen.vault.writing import writing


@click.command(name="ask", short_help="Ask the vault's books.")
@click.argument("question")
@vault_option()
@click.option(
    "--book", default="", metavar="NAME", help="Look in this book alone: its file name, title, or part of it."
)
@click.option("--save", "is_saved", is_flag=True, help="Add question and answer to your note “Questions and Answers”.")
@click.option("--dry-run", is_flag=True, help="With --save: show where it would go, and write nothing.")
@click.option("--offline", is_flag=True, help="Nothing leaves this machine.")
@json_option()
def command(
    question: str, vault: Path | None, book: str, is_saved: bool, dry_run: bool, offline: bool, as_json: bool
) -> int:
    """Show what the vault's books say to QUESTION: their own words with page numbers, best first, or that they do not
    have it. PDFs that are new are read first.

    \b
    notegen ask "What is a perceptron?"
    notegen ask "Why are digital simulators faster?" --book ngspice --json
    notegen ask "What is a perceptron?" --save

    Exit status: 0 shown, be it found or not; 1 there is no vault, or it cannot be written; 2 wrong usage.
    """
    if dry_run and not is_saved:
        raise UsageError("--dry-run goes with --save: else nothing is written.", "Leave it out, or add --save.")
    desk = open_desk(vault, os.environ, may_fetch=not offline, offline=offline)
    if offline:
        say_not_asked(desk)
    answer = ask(asked_library(desk, "notegen ask"), question, book)
    answer = with_model(answer, desk.drafter, Brief(notice=Notices()))
    saved = None
    if is_saved and dry_run:
        saved = save(answer, desk, dry_run=True)
    elif is_saved:
        with writing(desk.vault, "notegen ask", say_who_is_writing):
            saved = save(answer, desk)
    if as_json:
        say_json({**as_data(answer), **({"saved": saved.path, "status": saved.status} if saved else {})})
    else:
        _say(answer)
        if saved:
            click.echo(f"{'would be ' if dry_run else ''}{saved.status}: {saved.path}")
    return 0


def _say(answer: Answer) -> None:
    if not answer.found.is_answered:
        click.echo("Not in your sources.")
        if answer.found.missing:
            click.echo(f"No page has: {', '.join(answer.found.missing)}.")
        if answer.advice:
            click.echo(answer.advice)
        for hit in answer.found.hits[:NEAREST]:
            click.echo(f"\nnearest: {hit.book.pdf}, p. {hit.label}\n  {hit.text}")
        return
    for each in answer.explained.said if answer.explained else ():
        pages = ", ".join(dict.fromkeys(f"p. {answer.sent[at].label}" for at in each.passages))
        click.echo(f"{SIGNS[each.verdict]} {each.text} ({pages or 'no page'})\n")
    if answer.explained:
        click.echo(f"Explained by {answer.explained.model}; what the books say:\n")
    if answer.no_model:
        click.echo(f"No model: {answer.no_model}", err=True)
    for quoted in answer.quoted:
        gone = " (its file is gone)" if quoted.book.is_gone else ""
        click.echo(f"{quoted.text}\n  {quoted.book.pdf}, p. {quoted.hit.label}{gone}\n")
    shown = {quoted.hit.unit.id for quoted in answer.quoted}
    others = (hit for hit in answer.found.hits if hit.unit.id not in shown)
    for place in dict.fromkeys(f"{hit.book.pdf}, p. {hit.label} {hit.heading}".rstrip() for hit in others):
        click.echo(f"see also: {place}")
