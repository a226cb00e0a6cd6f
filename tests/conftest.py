"""What many tests need: notegen as a real process, vaults, and PDFs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from forking import ForkServer
from hypothesis import settings

settings.register_profile("notegen", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("notegen")
os.environ.setdefault("NOTEGEN_MODEL__FETCH", "false")  # no test asks the network for 90 MB unless it says so


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """The environment of a notegen with a home and a state folder of its own."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NOTEGEN")}
    own = {"HOME": str(home), "NOTEGEN_STATE": str(home / "state"), "PYTHONIOENCODING": "utf-8"}
    return {**kept, **own, "NOTEGEN_MODEL__FETCH": "false"}


@pytest.fixture(scope="session")
def forks() -> Iterator[ForkServer | None]:
    """What starts processes of notegen quickly, where the system forks."""
    server = ForkServer() if hasattr(os, "fork") and sys.platform == "linux" else None
    yield server
    if server:
        server.close()


@pytest.fixture
def notegen(tmp_path: Path, env: dict[str, str], forks: ForkServer | None):
    """Run notegen in a process of its own, with a home and a state folder of its own. answers: what a person types."""

    def run(*arguments: object, cwd: Path | None = None, answers: str = "", **more: str) -> Ran:
        if forks and not any(name.startswith("PYTHON") for name in more):
            status, out, err = forks.run([*map(str, arguments)], cwd or tmp_path, {**env, **more}, answers)
            return Ran(status, out.decode(), err.decode())
        result = subprocess.run(
            [sys.executable, "-m", "notegen", *map(str, arguments)],
            capture_output=True,
            input=answers,
            cwd=cwd or tmp_path,
            env={**env, **more},
            encoding="utf-8",
            timeout=300,
        )
        return Ran(result.returncode, result.stdout, result.stderr)

    return run


@pytest.fixture
def vault(tmp_path: Path, notegen) -> Path:
    """A new vault, set up and empty."""
    root = tmp_path / "vault"
    assert notegen("init", root).status == 0
    return root


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the encoder's weights: those of this machine, or fetched where NOTEGEN_TEST_FETCH is set."""
    from notegen.embed.weights import is_here, model_folder

    folder = model_folder()
    if is_here(folder):
        return folder
    if not os.environ.get("NOTEGEN_TEST_FETCH"):
        pytest.skip("the encoder's weights are not on this machine (notegen model fetch, or NOTEGEN_TEST_FETCH=1)")
    from notegen.embed.fetch import fetch
    from notegen.errors import NotegenError

    folder = tmp_path_factory.mktemp("weights")
    try:
        fetch(folder)
    except NotegenError as error:
        pytest.skip(error.reason)
    return folder
