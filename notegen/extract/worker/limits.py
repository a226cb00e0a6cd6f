"""What a worker process denies itself before it opens a hostile file, as far as the system has the means.

Run as a module it prints what holds here, as a JSON list: `guards` asks that.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import sys
import threading

_FILE_BYTES = 64 << 20
"""The worker writes no files; a program that it starts may need a small one."""
_OPEN_FILES = 64
OUT_OF_MEMORY = 77
"""Exit status of a worker that has no memory left."""
_CPU_S, _MEMORY_BYTES = 60, 2 << 30
_PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
"""linux/sched.h"""


def confine(*, cpu_s: int, memory_bytes: int) -> list[str]:
    """Limit this process for the rest of its life; returns in words what the system granted.

    Must be called before the process starts a thread: the kernel cuts the network off only then.
    """
    granted = _limit_resources(cpu_s, memory_bytes)
    if _cut_network():
        granted.append("network")
    return granted


def _limit_resources(cpu_s: int, memory_bytes: int) -> list[str]:
    try:
        import resource
    except ImportError:  # Windows: the parent's limits are the only ones
        return []
    granted = []
    for what, kind, value in (
        ("memory", resource.RLIMIT_AS, memory_bytes),
        ("processor time", resource.RLIMIT_CPU, cpu_s),
        ("file size", resource.RLIMIT_FSIZE, _FILE_BYTES),
        ("open files", resource.RLIMIT_NOFILE, _OPEN_FILES),
        ("core dumps", resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))
            granted.append(what)
    return granted


def _cut_network() -> bool:
    """Leave the machine's network for one without any interface (Linux, where the kernel lets us)."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None)
    # root needs no user namespace for it, and would lose its right to read others' files in one
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def end_with_parent() -> None:
    """End when the parent does: at once on Linux, elsewhere when its pipe closes and C code has returned."""
    if sys.platform.startswith("linux"):
        import signal

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    print(json.dumps(confine(cpu_s=_CPU_S, memory_bytes=_MEMORY_BYTES)), flush=True)
