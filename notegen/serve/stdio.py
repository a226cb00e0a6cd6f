"""The face for one program that started this process: JSON-RPC on standard input and output, words on standard error.

It ends when its input does: who started it is gone.
"""

from __future__ import annotations

import importlib
import os
import threading
from functools import partial
from pathlib import Path
from typing import Any

from notegen.serve.call import Call
from notegen.serve.calling_back import Client
from notegen.serve.fault import INVALID_REQUEST, Fault, fault_of
from notegen.serve.jobs import Job, Jobs
from notegen.serve.methods import method
from notegen.serve.wire import Id, Message, Output, Reply, lines, message_of

CANCEL = ("cancel", "$/cancel", "$/cancelRequest")
"""Names of the notification (or request) {id} that stops a request; the last as in the Language Server Protocol."""
_LAST_WORDS_S = 0.6
"""After the end of input: for what is nearly done."""
_END_S = 0.9
"""After the end of input: whatever is still going on is left to the next run, which finishes it."""
_NEEDED_SOON = ("notegen.run.day", "notegen.run.report", "notegen.run.passwords")


def serve_stdio(vault: Path | None) -> None:
    """Serve a vault (None: the one around the working folder) until the end of input. Ends the process."""
    output = Output(_private_stdout())
    jobs = Jobs()
    conversation = _Conversation(vault, jobs, output)
    threading.Thread(target=conversation.listen, daemon=True).start()
    conversation.has_begun.wait()  # what is asked first, hello mostly, is answered first
    for name in _NEEDED_SOON:
        importlib.import_module(name)
    jobs.run()
    output.close(_END_S - _LAST_WORDS_S)
    os._exit(0)  # threads that read for nobody need not be waited for


def _private_stdout() -> int:
    """Standard output for this face alone: what anything else prints there goes to standard error."""
    out = os.dup(1)
    os.dup2(2, 1)
    return out


class _Conversation:
    """What is said on both sides."""

    def __init__(self, vault: Path | None, jobs: Jobs, output: Output) -> None:
        self._vault, self._jobs, self._output = vault, jobs, output
        self._client = Client(output)
        self.has_begun = threading.Event()
        """Something was answered, is to be written, or the input has ended."""

    def listen(self) -> None:
        """Take requests until the end of input, then have the process end."""
        for line in lines(0):
            heard = (None, line) if isinstance(line, Fault) else message_of(line)
            if isinstance(heard, Message):
                self._take(heard)
            elif isinstance(heard, Reply):
                self._client.hear(heard)
            else:
                self._refuse(*heard)
        self.has_begun.set()
        self._client.leave()
        last = threading.Timer(_END_S, os._exit, [0])
        last.daemon = True
        last.start()
        self._jobs.close(_LAST_WORDS_S)

    def _take(self, message: Message) -> None:
        if message.method in CANCEL:
            known = self._jobs.cancel(message.params.get("id"))
            if not message.is_notification:
                self._output.send({"id": message.id, "result": {"cancelled": known}})
            return
        try:
            wanted = method(message.method)
            asked = wanted.request.model_validate(message.params)
        except Exception as error:
            if not message.is_notification:
                self._refuse(message.id, fault_of(error))
            return
        call = Call(vault=self._vault, client=self._client, on_progress=partial(self._tell, message.id))
        answer = partial(self._answer, message)
        key = object() if message.is_notification else message.id
        job = Job(
            key=key, do=partial(wanted.run, asked, call), answer=answer, writes=wanted.writes, cancelled=call.cancelled
        )
        if wanted.writes:
            self._tell(message.id, 0, 0, "starting")
            self.has_begun.set()
        if not self._jobs.submit(job):
            reason = f"A request with the id {message.id} is not answered yet."
            fault = Fault(code=INVALID_REQUEST, reason=reason, next_step="Give each a new id.", kind="ProtocolError")
            self._refuse(None, fault)

    def _tell(self, id_: Id, done: int, total: int, text: str) -> None:
        self._output.send({"method": "progress", "params": {"id": id_, "done": done, "total": total, "text": text}})

    def _answer(self, message: Message, result: Any, error: BaseException | None) -> None:
        self.has_begun.set()
        if message.is_notification:
            return
        if error is None:
            self._output.send({"id": message.id, "result": result})
        else:
            self._refuse(message.id, fault_of(error))

    def _refuse(self, id_: Id, fault: Fault) -> None:
        self._output.send({"id": id_, "error": fault.as_data()})
