"""The files of the model: which they are, where they lie, whether they are whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from notegen.store.folder import state_folder

Progress = Callable[[str, int, int], None]
"""Called while they are fetched with (where they come from, bytes that are there, bytes in all)."""

MODEL_NAME = "all-MiniLM-L6-v2"
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
SIZE_BYTES = {WEIGHTS: 90_868_376, TOKENIZER: 466_247}
_CHUNK_BYTES = 1 << 20


def model_folder(env: Mapping[str, str] = os.environ) -> Path:
    """Where fetched weights are kept: in the state folder, outside every vault. It may not exist yet."""
    return state_folder(env) / "models" / MODEL_NAME


def is_here(folder: Path) -> bool:
    """Both files are there with the right number of bytes. Their content was checked when they came."""
    try:
        return all((folder / name).stat().st_size == size for name, size in SIZE_BYTES.items())
    except OSError:
        return False


def damaged(folder: Path) -> str:
    """The name of a file there whose bytes are not those that were published; "" when all are. Reads what is whole.

    Raises OSError for one that cannot be read.
    """
    if cut := cut_off(folder):
        return cut
    return next(
        (name for name, sha256 in SHA256.items() if (folder / name).exists() and sha256_of(folder / name) != sha256), ""
    )


def cut_off(folder: Path) -> str:
    """The name of a file there that has not the published number of bytes; "" when none is."""
    there = ((folder / name, size) for name, size in SIZE_BYTES.items() if (folder / name).exists())
    return next((path.name for path, size in there if path.stat().st_size != size), "")


def sha256_of(path: Path) -> str:
    """Lower-case hex of a file's bytes. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
