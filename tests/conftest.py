"""What many tests need: notegen as a real process, vaults, and PDFs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def notegen(tmp_path: Path):
    """Run notegen in a process of its own, with a home and a state folder of its own."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NOTEGEN")}
    env = {**kept, "HOME": str(home), "NOTEGEN_STATE": str(home / "state"), "PYTHONIOENCODING": "utf-8"}

    def run(*arguments: object, cwd: Path | None = None, **more: str) -> Ran:
        result = subprocess.run(
            [sys.executable, "-m", "notegen", *map(str, arguments)],
            capture_output=True,
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
