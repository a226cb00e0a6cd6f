"""`notegen models`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notegen.cli.options import json_option, say_json, vault_option
from notegen.desk import draft_settings
from notegen.errors import UsageError

if TYPE_CHECKING:  # the model's side is for those who try one
    from notegen.llm.endpoint import Endpoint
    from notegen.run.trying import Trial


PIPED_WIDTH = 120
"""Columns of the table where nobody's terminal says how many there are."""


@click.command(name="models", short_help="List the language models that a server offers, and try them.")
@click.argument("names", nargs=-1, metavar="[MODEL]…")
@click.option("--try", "is_trial", is_flag=True, help="Draft one page with each model, or those named; writes nothing.")
@click.option("--pdf", type=click.Path(path_type=Path), help="The book to try them on; else one of the vault's inbox.")
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="Its page, counted from 1; else one of text.")
@click.option("--base-url", metavar="URL", help="The server, e.g. http://localhost:11434/v1; else as notegen day.")
@vault_option("The vault whose settings name the server; listing needs none.")
@json_option()
def command(
    names: tuple[str, ...], is_trial: bool, pdf: Path | None, page: int | None, base_url: str | None,
    vault: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """List the models that an OpenAI-compatible server offers, by the names that --model takes. Sends no document.

    With --try each of them, or those named, drafts one page of your book: its text goes to the server. The table says
    how many of its claims the page's sentences support, what was at fault, how long it took and what it cost.

    \b
    notegen models --base-url http://localhost:11434/v1     what a local Ollama has
    notegen models --try llama3.1 qwen3 --pdf Book.pdf      which of two drafts better
    notegen models --json

    Exit status: 0 listed or tried, 1 the server did not say, or no model drafted; 2 wrong usage.
    """
    from notegen.llm.client import offered_by
    from notegen.llm.endpoint import endpoint_of

    if not is_trial and (names or pdf or page):
        raise UsageError("Models and a page are named to be tried.", "Add --try.")
    settings = draft_settings(vault, os.environ, base_url=base_url)
    endpoint = endpoint_of(settings, os.environ)
    if is_trial:
        return _try(names or offered_by(endpoint), endpoint, pdf, page, vault, as_json)
    models = offered_by(endpoint)
    if as_json:
        say_json({"endpoint": endpoint.base_url, "models": list(models)})
        return 0
    click.echo(f"{endpoint.base_url} offers {len(models)} model{'s' * (len(models) != 1)}:", err=True)
    for each in models:
        click.echo(each)
    return 0


def _try(
    models: Sequence[str], endpoint: Endpoint, pdf: Path | None, page: int | None, vault: Path | None, as_json: bool
) -> int:
    from notegen import config
    from notegen.cli.passwords import Passwords
    from notegen.cli.progress import progress
    from notegen.compose.templates import Templates
    from notegen.errors import VaultError
    from notegen.run.reader import PdfReader
    from notegen.run.trying import page_to_try, tried
    from notegen.vault.vault import Vault

    try:
        storage = Vault.find(vault, os.environ).storage
    except VaultError:
        if pdf is None:
            raise
        storage = None
    settings = config.load(storage.read if storage else None, os.environ)
    if pdf is None:
        assert storage is not None
        pdf = _book_of(settings.inbox.folders, storage.local_path("."))
    passage = page_to_try(pdf, page - 1 if page else None, PdfReader(settings.extract.ocr_languages, Passwords(None)))
    folders = [storage.local_path(".notegen/templates")] if storage else []
    with progress() as (on_progress, _):
        trials = tried(
            passage, models, endpoint, settings, Templates(folders), on_progress,
            lambda sentence: click.echo(sentence, err=True),
        )  # fmt: skip
    if as_json:
        say_json(
            {
                "endpoint": endpoint.base_url,
                "pdf": pdf.name,
                "page": passage.first + 1,
                "models": [each.as_data() for each in trials],
            }
        )
    else:
        _show(trials)
    return 0 if any(each.claims for each in trials) else 1


def _book_of(folders: Sequence[str], root: Path) -> Path:
    """The first PDF of the inbox. Raises UsageError where there is none."""
    found = [path for folder in folders for path in sorted((root / folder).rglob("*.pdf"))]
    if not found:
        raise UsageError("There is no PDF in the inbox to try a model on.", "Name one: --pdf Book.pdf")
    return found[0]


def _show(trials: Sequence[Trial]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("model", "claims", "supported", "unverified", "reversed", "faults", "seconds", "price a page")
    for each in trials:
        price = "unknown" if each.price_usd is None else f"${each.price_usd:.4f}"
        row = [
            each.claims,
            each.supported,
            each.unverified,
            each.contradicted,
            each.faults,
            f"{each.seconds:.0f}",
            price,
        ]
        table.add_row(each.model, *map(str, row))
    console = Console()
    console = console if console.is_terminal else Console(width=PIPED_WIDTH)
    console.print(table)
    for each in trials:
        if each.reason:
            click.echo(f"{each.model}: {each.reason}", err=True)
