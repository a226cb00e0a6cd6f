"""A model server that runs for all tests, and a workbench at it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import Bench
from model_server import ModelServer, serving


@pytest.fixture(scope="session")
def server() -> Iterator[ModelServer]:
    with serving() as running:
        yield running


@pytest.fixture
def bench(server: ModelServer, tmp_path: Path) -> Bench:
    server.calls.clear()
    server.asked.clear()
    server.answers.clear()
    return Bench(base_url=server.base_url, folder=tmp_path / "vault")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between attempts, shortened."""
    real = time.sleep
    monkeypatch.setattr("notegen.llm.client.time.sleep", lambda seconds: real(min(seconds, 0.02)))
