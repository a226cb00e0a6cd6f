"""`notegen extract`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from notegen.errors import UsageError
from notegen.extract import extract
from notegen.extract.readable import as_json, as_markdown
from notegen.reading.pages import check_range, page_indexes


@click.command(name="extract", short_help="Show what notegen reads in a PDF.")
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--pages", default="", metavar="A-B", help="These pages: 25-36 as printed, pdf:40-52 counted from 1.")
@click.option("--json", "as_data", is_flag=True, help="The Document as JSON.")
@click.option("--markdown", "as_text", is_flag=True, help="Readable text (what you get when you say nothing).")
def command(pdf: Path, pages: str, as_data: bool, as_text: bool) -> None:
    """Show the Document that notegen makes of PDF. Needs no vault.

    \b
    notegen extract Book.pdf --pages 25-36
    notegen extract Book.pdf --json > book.json
    """
    if as_data and as_text:
        raise UsageError("--json and --markdown are two forms.", "Give one of them.")
    if pages:
        check_range(pages)
        first, last = page_indexes(pages, extract(pdf, ()))
        document = extract(pdf, range(first, last + 1))
    else:
        document = extract(pdf)
    click.echo(json.dumps(as_json(document), ensure_ascii=False, indent=2) if as_data else as_markdown(document))
