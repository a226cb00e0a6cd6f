"""An encoder that is opened when it is first asked for, at most once a run, whether that succeeds or not."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.embed.opening import open_encoder
from notegen.embed.weights import Progress, is_here, model_folder, sha256_of
from notegen.errors import NotegenError

if TYPE_CHECKING:
    from notegen.embed.encoder import Encoder


class EncoderOnDemand:
    """`get()` gives the encoder or None; `missing` then says why."""

    def __init__(
        self,
        *,
        path: str = "",
        may_fetch: bool = False,
        hash_of: Callable[[Path], str] = sha256_of,
        env: Mapping[str, str] = os.environ,
        on_progress: Progress = lambda source, done, total: None,
        served: str = "",
        base_url: str = "",
        max_texts: int = 0,
        may_send: bool = True,
    ) -> None:
        """As `open_encoder`. Nothing is looked at yet.

        served, base_url, max_texts: as `ServedEncoder`; "" for the built-in model alone. may_send: whether a server may
        be asked now.
        """
        self._server = (served, base_url, max_texts) if served and may_send else None
        self._path, self._may_fetch, self._hash_of, self._env = path, may_fetch, hash_of, env
        self._encoder: Encoder | None = None
        self._bare: Encoder | None = None
        self._asked = False
        self._trouble = NotegenError("")
        self.on_progress = on_progress

    @property
    def missing(self) -> str:
        """Why `get()` gave None, or the built-in model in place of a server's, and what helps; "" where it did not."""
        return f"{self._trouble.reason} {self._trouble.next_step}".strip()

    @property
    def is_there(self) -> bool:
        """Whether `get()` would give an encoder without fetching anything; known from file sizes alone."""
        if self._asked:
            return self._encoder is not None
        chosen = Path(self._path).expanduser() if self._path else None
        if self._server:
            return True
        return is_here(chosen if chosen and chosen.is_dir() else model_folder(self._env))

    def get(self) -> Encoder | None:
        """The encoder, its vectors kept in the store from one run to the next."""
        if not self._asked:
            self._asked = True
            self._encoder = self._open()
        return self._encoder

    def get_bare(self) -> Encoder | None:
        """The same encoder with nothing kept: for many texts, whose vectors the caller keeps."""
        self.get()
        return self._bare

    def need(self) -> Encoder:
        """The encoder. Raises NotegenError where there is none."""
        encoder = self.get()
        if encoder is None:
            raise self._trouble
        return encoder

    def _open(self) -> Encoder | None:
        bare = open_encoder(
            path=self._path,
            may_fetch=self._may_fetch,
            on_progress=self.on_progress,
            say=self._keep,
            hash_of=self._hash_of,
            env=self._env,
        )
        if self._server:
            bare = self._served(*self._server, bare)
        self._bare = bare
        if bare is None:
            return None
        from notegen.embed.kept import KeptEncoder
        from notegen.store.vectors import Vectors

        return KeptEncoder(bare, Vectors.open(self._env))

    def _served(self, model: str, base_url: str, max_texts: int, local: Encoder | None) -> Encoder | None:
        from notegen.embed.served import ServedEncoder

        try:
            return ServedEncoder(model, base_url, max_texts=max_texts, local=local, env=self._env)
        except NotegenError as error:
            self._keep(error)
            return local

    def _keep(self, trouble: NotegenError) -> None:
        self._trouble = trouble
