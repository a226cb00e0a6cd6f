"""What each method answers has this form. Fields may come in; none is renamed."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Result(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="allow")


class Greeting(Result):
    """What serves, and what it can do."""

    protocol: int
    version: str
    vault: str
    methods: list[str]
    writes: list[str]
    """Those of the methods that may write into the vault."""


class Written(Result):
    """A file of the vault, and what became of it."""

    path: str
    status: str


Answer = dict[str, Any]
"""A result as its method makes it, ready for JSON; the classes of this folder say which fields it has."""
