"""What the other side is asked: to replace a note in its editor."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from notegen.errors import PassingVaultError
from notegen.serve.wire import Id, Output, Reply
from notegen.vault.editor import EditorFiles, Outcome
from notegen.vault.files import VaultFiles
from notegen.vault.folder import FolderFiles

PROCESS = "vault.process"
"""The method that a client announces in `hello`: {path, text, version} → {outcome}, an `Outcome`."""
_PATIENCE_S = 10.0
"""An editor that is busy for longer has more to do than to take a note; the run ends, and says so."""
_NEXT_STEP = "Look whether Obsidian waits for you, and run it again."


class Client:
    """The program at the other end of a conversation, and the questions it was asked."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._vault: Path | None = None
        self._methods: frozenset[str] = frozenset()
        self._numbers = itertools.count(1)
        self._asked: dict[Id, queue.SimpleQueue[Reply]] = {}
        self._lock = threading.Lock()
        self._has_left = False

    def announce(self, methods: Iterable[str], vault: Path) -> None:
        """Take note of what it says that it answers, and of the vault that it has open."""
        self._methods, self._vault = frozenset(methods), vault

    def files(self, root: Path) -> VaultFiles:
        """The files of a vault: those of the vault that the program has open are replaced by it, where it can."""
        is_open = self._vault is not None and root.resolve() == self._vault.resolve()
        return EditorFiles(root, self._replace) if is_open and PROCESS in self._methods else FolderFiles(root)

    def hear(self, reply: Reply) -> None:
        """Take its answer. One that nobody waits for is dropped."""
        with self._lock:
            waiting = self._asked.pop(reply.id, None)
        if waiting is not None:
            waiting.put(reply)

    def leave(self) -> None:
        """It has gone: what it was asked is answered so, and no editor is in the way any more."""
        with self._lock:
            self._has_left = True
            open_, self._asked = self._asked, {}
        for number, waiting in open_.items():
            waiting.put(Reply(id=number, result={"outcome": "unknown"}))

    def _replace(self, path: str, text: str, version: str) -> Outcome:
        """Raises PassingVaultError when it gives no answer that makes sense."""
        number, waiting = f"notegen-{next(self._numbers)}", queue.SimpleQueue[Reply]()
        with self._lock:
            if self._has_left:
                return "unknown"
            self._asked[number] = waiting
        self._output.send({"id": number, "method": PROCESS, "params": {"path": path, "text": text, "version": version}})
        try:
            reply = waiting.get(timeout=_PATIENCE_S)
        except queue.Empty:
            with self._lock:
                self._asked.pop(number, None)
            raise PassingVaultError(f"The editor did not take “{path}” in time.", _NEXT_STEP) from None
        outcome: Any = reply.result.get("outcome") if isinstance(reply.result, dict) else None
        if outcome not in get_args(Outcome):
            raise PassingVaultError(f"The editor could not write “{path}”.", _NEXT_STEP)
        found: Outcome = outcome
        return found
