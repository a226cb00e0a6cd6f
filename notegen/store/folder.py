"""Where notegen keeps its private state: outside every vault, so that no sync tool sees it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs


def state_folder(env: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of notegen's state: NOTEGEN_STATE, else the system's place for it. It may not exist yet."""
    chosen = env.get("NOTEGEN_STATE", "")
    return Path(chosen).expanduser().absolute() if chosen else platformdirs.user_state_path("notegen", appauthor=False)
