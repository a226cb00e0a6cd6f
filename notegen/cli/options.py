"""What many commands have in common: which vault, and answers for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound="Callable[..., Any] | click.Command")
NAMED_VAULT = "The vault; else NOTEGEN_VAULT, else the one you are in."


def vault_option(help: str = NAMED_VAULT) -> Callable[[Command], Command]:
    """`--vault`, which reaches the command as `vault`."""
    return click.option("--vault", type=click.Path(path_type=Path), help=help)


def json_option(help: str = "One JSON object on standard output, for programs.") -> Callable[[Command], Command]:
    """`--json`, which reaches the command as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help=help)


def say_json(data: Any, *, indent: int | None = 2) -> None:
    """Print the answer of `--json`. indent: None puts it on one line."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=indent))
