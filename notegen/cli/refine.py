"""`notegen refine`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen.cli.asked_library import asked_library
from notegen.cli.index_progress import index_progress
from notegen.cli.options import json_option, say_json, vault_option
from notegen.desk import open_desk
from notegen.run.refining import Refined, as_data, refine

SIGNS = {"written": "+", "updated": "~", "unchanged": "=", "kept": "="}


@click.command(name="refine", short_help="Put a raw note in order, beside it.")
@click.argument("note")
@vault_option()
@click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")
@click.option("--offline", is_flag=True, help="Nothing leaves this machine.")
@json_option()
def command(note: str, vault: Path | None, dry_run: bool, offline: bool, as_json: bool) -> int:
    """Put NOTE, what you typed while reading, in order: a mental model in a note beside it. NOTE keeps every byte.

    Insights, moments of understanding, analogies and open questions keep their words. Each claim is held against the
    books of the vault (supported, contradicted, not found), with a question to test yourself where they contradict it;
    numbers that can be computed are computed; rabbit holes are parked. After you have edited NOTE, run it again: what
    you changed in the mental model stays.

    \b
    notegen refine "Day 1 Reading Notes"
    notegen refine "Notes/Day 1.md" --dry-run --json

    Exit status: 0 done, 1 the note or the vault cannot be written, 2 wrong usage.
    """
    desk = open_desk(vault, os.environ, may_fetch=not offline, offline=offline)
    library = asked_library(desk, "notegen refine")
    with index_progress("holding claims against the books", "claims") as on_progress:
        refined = refine(note, desk, library, dry_run=dry_run, on_claim=on_progress)
    if as_json:
        say_json(as_data(refined, dry_run=dry_run))
    else:
        _say(refined, dry_run)
    return 0


def _say(refined: Refined, dry_run: bool) -> None:
    counts = {
        verdict: sum(each.verdict == verdict for each in refined.claims)
        for verdict in ("supported", "contradicted", "not found")
    }
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    click.echo(f"{SIGNS[refined.write.status]} {refined.write.path}{'  (would be written)' if dry_run else ''}")
    click.echo(f"  {len(refined.claims)} claims: {told}; {len(refined.rabbit_holes)} rabbit holes parked")
    for sentence in refined.write.said:
        click.echo(f"  {sentence}")
    for each in refined.claims:
        if each.verdict == "contradicted":
            click.echo(f"\n{refined.note}:{each.line}: {each.text}")
            for source in each.evidence:
                click.echo(f"  {source.says}: {source.text} ({source.pdf}, p. {source.page})")
