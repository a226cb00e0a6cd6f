"""Every error that notegen raises on purpose.

An error carries facts: a reason (one plain sentence, no trailing period needed by the caller) and the next step
a person can take. Only `notegen.cli` turns them into text and an exit status.
"""

from __future__ import annotations


class NotegenError(Exception):
    """Something went wrong that a person can understand and act on.

    reason: what happened, one sentence that ends with a period.
    next_step: what to do about it, one sentence that ends with a period, or "".
    """

    exit_status = 1
    passes = False
    """The cause may go away by itself, so that trying again later can help."""

    def __init__(self, reason: str, next_step: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.next_step = next_step


class UsageError(NotegenError):
    """The command line or a setting asks for something that does not exist."""

    exit_status = 2


class PdfError(NotegenError):
    """One PDF cannot be read. It concerns that PDF alone; the others go on."""


class LockedPdfError(PdfError):
    """The PDF needs a password, or another one than was given."""


class StoppedPdfError(PdfError):
    """Reading the PDF was stopped: it made its reader crash, hang or swell."""


class ChangedPdfError(PdfError):
    """The PDF changed while it was being read."""

    passes = True


class VaultError(NotegenError):
    """The vault cannot be found, read or written."""


class PassingVaultError(VaultError):
    """The vault cannot be written just now: its disk is full, it is locked, or a file in it has just changed."""

    passes = True


class StateError(NotegenError):
    """notegen's own records outside the vault cannot be read or written, or its own processes not be started."""

    passes = True


class BusyError(NotegenError):
    """Another process of notegen is at work in the vault."""

    passes = True


_PASSING_KINDS = frozenset({"refused", "connection", "timeout", "server", "rate"})
"""The server is away, slow or busy; the same question may be answered later."""


class ModelError(NotegenError):
    """A language model, or the way to it, gave no answer that can be used. It concerns one part of one note.

    kind: which fault, one word (`notegen.llm.model_errors` has them all).
    fatal: no further call of this run can succeed.
    """

    def __init__(self, kind: str, reason: str, next_step: str = "", *, fatal: bool = False) -> None:
        super().__init__(reason, next_step)
        self.kind = kind
        self.fatal = fatal
        self.passes = kind in _PASSING_KINDS
