"""notegen in processes of its own, each forked from one that has imported what every command imports.

A process started anew spends half a second of a processor on imports, some thousand times in a run of the tests.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

_IMPORTED = ("notegen.cli.main", "notegen.run.day", "notegen.run.checking", "notegen.run.status", "notegen.cli.day")
_PATIENCE_S = 300


class ForkServer:
    """The process that the others are forked from. For systems that fork."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="notegen-fork-")
        self._address = os.path.join(self._folder.name, "socket")
        self._process = subprocess.Popen(
            [sys.executable, "-P", __file__, self._address], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def run(self, arguments: Sequence[str], cwd: Path, env: Mapping[str, str], typed: str) -> tuple[int, bytes, bytes]:
        """`notegen ARGUMENTS` in a new process: (exit status, standard output, standard error)."""
        with (
            tempfile.TemporaryFile() as stdin,
            tempfile.TemporaryFile() as stdout,
            tempfile.TemporaryFile() as stderr,
            socket.socket(socket.AF_UNIX) as line,
        ):
            stdin.write(typed.encode())
            stdin.seek(0)
            line.settimeout(_PATIENCE_S)
            line.connect(self._address)
            asked = json.dumps({"arguments": list(arguments), "cwd": str(cwd), "env": dict(env)}).encode()
            socket.send_fds(line, [len(asked).to_bytes(4, "big")], [each.fileno() for each in (stdin, stdout, stderr)])
            line.sendall(asked)
            status = int.from_bytes(line.recv(4), "big", signed=True)
            stdout.seek(0)
            stderr.seek(0)
            return status, stdout.read(), stderr.read()

    def close(self) -> None:
        """End it; what it forked goes on."""
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()


def _serve(address: str) -> None:
    """Fork a process for each caller, which forks the one that is asked for and tells how that ended."""
    for name in _IMPORTED:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen(64)
        print("ready", flush=True)
        while True:
            line, _ = door.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                door.close()
                _wait_for_one(line)
                os._exit(0)
            line.close()


def _wait_for_one(line: socket.socket) -> None:
    head, files, _, _ = socket.recv_fds(line, 4, 3)
    asked = b""
    while len(asked) < int.from_bytes(head, "big"):
        asked += line.recv(1 << 16)
    if (child := os.fork()) == 0:
        line.close()
        _be_notegen(json.loads(asked), files)
    _, ended = os.waitpid(child, 0)
    line.sendall(os.waitstatus_to_exitcode(ended).to_bytes(4, "big", signed=True))


def _be_notegen(asked: dict[str, object], files: Sequence[int]) -> None:
    """Become `python -m notegen ARGUMENTS`. Does not return."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(asked["env"])  # type: ignore[call-overload]
    os.chdir(asked["cwd"])  # type: ignore[arg-type]
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv = ["notegen", *asked["arguments"]]  # type: ignore[misc]
    status = 0
    try:
        from notegen.cli.main import main

        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _serve(sys.argv[1])
