"""Where notegen keeps its private state: outside every vault, so that no sync tool sees it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs


def state_folder(env: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of notegen's state: NOTEGEN_STATE, else the system's place for it. It may not exist yet."""
    chosen = env.get("NOTEGEN_STATE", "")
    return Path(chosen).expanduser().absolute() if chosen else platformdirs.user_state_path("notegen", appauthor=False)


def private_folder(vault: str, env: Mapping[str, str] = os.environ) -> Path | None:
    """Return the folder of notegen's state for a vault, by its identity (the real path of its folder).

    None for a vault without one, and where the state would lie in the vault itself.
    """
    if not vault:
        return None
    real_root = os.path.realpath(vault)
    folder = (
        state_folder(env)
        / "vaults"
        / hashlib.sha256(os.path.normcase(real_root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    )
    return None if Path(os.path.realpath(folder)).is_relative_to(real_root) else folder
