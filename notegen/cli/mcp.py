"""`notegen mcp`."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click

from notegen.cli.options import vault_option
from notegen.errors import UsageError


@click.command(name="mcp", short_help="Serve a vault to an assistant.")
@vault_option("The vault to serve; else NOTEGEN_VAULT, else the one you are in.")
def command(vault: Path | None) -> None:
    """Serve a vault to an assistant that speaks the Model Context Protocol: it can draft, ask, relate, check and undo.
    What writes only says what it would write, until it is asked to write.

    \b
    In the assistant's settings of MCP servers:
    {"mcpServers": {"notegen": {"command": "notegen", "args": ["mcp", "--vault", "/path/of/MyVault"]}}}
    """
    if importlib.util.find_spec("mcp") is None:
        raise UsageError("The package mcp is not installed.", "Run: python -m pip install 'notegen[mcp]'")
    from notegen.serve.mcp import serve_mcp

    serve_mcp(vault)
