"""`notegen models`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen.cli.options import json_option, say_json, vault_option
from notegen.desk import draft_settings


@click.command(name="models", short_help="List the language models that a server offers.")
@click.option("--base-url", metavar="URL", help="The server, e.g. http://localhost:11434/v1; else as notegen day.")
@vault_option("The vault whose settings name the server; needs none.")
@json_option()
def command(base_url: str | None, vault: Path | None, as_json: bool) -> int:
    """List the models that an OpenAI-compatible server offers, by the names that --model takes. Sends no document.

    \b
    notegen models --base-url http://localhost:11434/v1     what a local Ollama has
    notegen models --json

    Exit status: 0 listed, 1 the server did not say, 2 wrong usage.
    """
    from notegen.llm.client import offered_by
    from notegen.llm.endpoint import endpoint_of

    settings = draft_settings(vault, os.environ, base_url=base_url)
    endpoint = endpoint_of(settings, os.environ)
    models = offered_by(endpoint)
    if as_json:
        say_json({"endpoint": endpoint.base_url, "models": list(models)})
        return 0
    click.echo(f"{endpoint.base_url} offers {len(models)} model{'s' * (len(models) != 1)}:", err=True)
    for each in models:
        click.echo(each)
    return 0
