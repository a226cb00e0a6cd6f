"""`notegen review`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from notegen import config
from notegen.cli.day import say_who_is_writing
from notegen.cli.options import json_option, say_json, vault_option
from notegen.compose.templates import Templates
from notegen.errors import UsageError
from notegen.language.names import code_of
from notegen.run.review import Decided, accept, decide, decisions_as_data, diff, list_as_data, of_note, reject
from notegen.run.review_note import show
from notegen.vault import writing
from notegen.vault.vault import Vault
from notegen.vault.waiting import Waiting, settle, waiting

_KEYS = """y  take it: the new text comes in the place of what is marked with “-”
n  refuse it; “n because …” tells the next draft why
a  take it and all that follow in this note
d  leave it and all that follow in this note for later
e  edit the new text, then take it
q  leave it and all others for later"""


@click.command(name="review", short_help="Look at new text that waits beside yours.")
@click.argument("note", required=False, metavar="[NOTE]")
@vault_option()
@click.option("--accept", "accepted", multiple=True, metavar="ID", help="Take this one; may be given several times.")
@click.option("--reject", "rejected", multiple=True, metavar="ID", help="Refuse this one; may be given several times.")
@click.option("--because", default="", metavar="TEXT", help="Why it is refused; the next draft is told.")
@click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")
@json_option()
def command(
    note: str | None,
    vault: Path | None,
    accepted: tuple[str, ...],
    rejected: tuple[str, ...],
    because: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Go through the proposals of all notes, or of NOTE, one by one: where both you and a new version changed the same
    words, yours stay in the note and the new ones wait here.

    \b
    notegen review                                      one by one: y n a d e q, ? explains them
    notegen review "Words as Vectors"                   those of one note
    notegen review --json                               list them
    notegen review --accept 1f0a3b9c
    notegen review --reject 1f0a3b9c --because "too long"

    Exit status: 0 done, 1 something could not be put in, 2 wrong usage.
    """
    place = Vault.find(vault, os.environ)
    settings = config.load(place.storage.read, os.environ)
    if because and not rejected:
        raise UsageError("--because goes with --reject.", 'For example: --reject 1f0a3b9c --because "too long"')
    decides = bool(accepted or rejected)
    if (as_json or dry_run) and not decides:
        _list(of_note(waiting(place), note or "", place), dry_run, as_json)
        return 0
    with writing(place, "notegen review", say_who_is_writing):
        found = of_note(waiting(place) if dry_run else settle(place), note or "", place)
        if not decides:
            done = [_ask(found, place)]
        else:
            done = decide(
                found, place, accepted=dict.fromkeys(accepted), rejected=rejected, because=because, dry_run=dry_run
            )
        if not dry_run:
            templates = Templates([place.storage.local_path(".notegen/templates"), config.user_folder() / "templates"])
            show(place, settings.review.folder, templates.catalogue(code_of(settings.learner.language)))
        left = waiting(place)
    _say_done(done, left, dry_run, as_json)
    return 1 if any(each.left for each in done) else 0


def _list(found: Sequence[Waiting], dry_run: bool, as_json: bool) -> None:
    if as_json:
        say_json(list_as_data(found, dry_run=dry_run))
        return
    for each in found:
        _show(each)
    click.echo(_count(found))


def _show(each: Waiting) -> None:
    click.echo(f"{each.proposal.id}  {each.path or each.proposal.path} · {each.proposal.name}")
    if each.state == "outdated":
        click.echo("    outdated: its place in the note is gone, so it is never put in.")
    elif each.held_by:
        click.echo(f"    held: {each.held_by}. Mend that in the note, then take it.")
    for line in diff(each):
        click.secho(f"    {line}", fg={"-": "red", "+": "green"}.get(line[0]))


def _ask(found: Sequence[Waiting], vault: Vault) -> Decided:
    """Ask for each proposal that can be put in; return what was decided."""
    asked = [each for each in found if each.state == "waiting"]
    for each in found:
        if each not in asked:
            _show(each)
    taken: list[tuple[Waiting, str]] = []
    refused: list[tuple[Waiting, str]] = []
    rest: dict[str, str] = {}
    for number, each in enumerate(asked, 1):
        answer = rest.get(each.path) or rest.get("") or _answer(each, number, len(asked))
        key, _, because = answer.partition(" ")
        if key in "adq":
            rest["" if key == "q" else each.path] = key
        if key in "ya":
            taken.append((each, each.new))
        elif key == "e" and (edited := click.edit(each.new, extension=".md", require_save=False)) is not None:
            taken.append((each, edited))
        elif key == "n":
            refused.append((each, because.removeprefix("because").strip()))
    for each, because in refused:
        reject([each], because, vault)
    done = accept(taken, vault)
    return Decided(
        accepted=done.accepted, rejected=tuple(each for each, _ in refused), left=done.left, writes=done.writes
    )


def _answer(each: Waiting, number: int, count: int) -> str:
    _show(each)
    while True:
        try:
            answer = str(
                click.prompt(f"({number}/{count}) Take this? [y,n,a,d,e,q,?]", default="?", show_default=False)
            )
        except click.Abort:
            return "q"
        answer = answer.strip()
        if answer[:1].lower() in tuple("yadeq") and len(answer) == 1:
            return answer.lower()
        if answer[:1].lower() == "n" and answer[1:2] in ("", " "):
            return "n" + answer[1:]
        click.echo(_KEYS)


def _count(found: Sequence[Waiting]) -> str:
    count = sum(each.state != "outdated" for each in found)
    return f"{count} proposal{'s' * (count != 1)} wait{'s' * (count == 1)}." if count else "No proposals wait."


def _say_done(done: Sequence[Decided], left: Sequence[Waiting], dry_run: bool, as_json: bool) -> None:
    if as_json:
        say_json(decisions_as_data(done, left, dry_run=dry_run))
        return
    would = "would be " if dry_run else ""
    for some in done:
        for word in ("accepted", "rejected"):
            for each in getattr(some, word):
                click.echo(f"{would}{word}: {each.proposal.id}  {each.path} · {each.proposal.name}")
        for each in some.left:
            why = each.held_by or "its place in the note has changed"
            click.echo(f"left as it is: {each.proposal.id}  {each.path or each.proposal.path}: {why}.", err=True)
    click.echo(_count(left))
