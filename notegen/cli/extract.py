"""`notegen extract`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen import config
from notegen.cli.options import say_json
from notegen.cli.passwords import Passwords
from notegen.cli.progress import progress
from notegen.errors import UsageError, VaultError
from notegen.extract.readable import as_json, as_markdown
from notegen.reading.pages import check_range, page_indexes
from notegen.run.reader import PdfReader
from notegen.vault.vault import Vault


@click.command(name="extract", short_help="Show what notegen reads in a PDF.")
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--pages", default="", metavar="A-B", help="These pages: 25-36 as printed, pdf:40-52 counted from 1.")
@click.option("--password", metavar="TEXT", help="Of a locked PDF; left out, the keyring or the terminal is asked.")
@click.option("--json", "as_data", is_flag=True, help="The Document as JSON.")
@click.option("--markdown", "as_text", is_flag=True, help="Readable text (what you get when you say nothing).")
def command(pdf: Path, pages: str, password: str | None, as_data: bool, as_text: bool) -> None:
    """Show the Document that notegen makes of PDF. Needs no vault.

    \b
    notegen extract Book.pdf --pages 25-36
    notegen extract Book.pdf --json > book.json
    """
    if as_data and as_text:
        raise UsageError("--json and --markdown are two forms.", "Give one of them.")
    reader = PdfReader(_settings().extract.ocr_languages, Passwords(password))
    if pages:
        check_range(pages)
    with progress() as (on_progress, pause):
        with pause():  # the password may be asked for
            document = reader.read(pdf, ())
        first, last = page_indexes(pages, document) if pages else (0, document.page_count - 1)
        document = reader.read(
            pdf,
            range(first, last + 1),
            lambda done, asked: on_progress(pdf.name, f"{done} of {asked} pages are read"),
        )
    if as_data:
        say_json(as_json(document))
    else:
        click.echo(as_markdown(document))


def _settings() -> config.Settings:
    """Those of the vault that one is in, else the defaults and the environment."""
    try:
        return config.load(Vault.find(None, os.environ).storage.read, os.environ)
    except VaultError:
        return config.load(None, os.environ)
