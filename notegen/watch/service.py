"""What makes the watcher start with the session: a systemd user unit on Linux, a launchd agent on macOS."""

from __future__ import annotations

import plistlib
from collections.abc import Sequence

LABEL = "notegen.watch"


def systemd_unit(command: Sequence[str], vault: str) -> str:
    """Return the text of a user unit that runs `command`."""
    return f"""\
# Save as ~/.config/systemd/user/notegen-watch.service, then:
#   systemctl --user daemon-reload
#   systemctl --user enable --now notegen-watch.service
#   journalctl --user -u notegen-watch -f
[Unit]
Description=notegen: notes from the PDFs dropped into {vault.replace("%", "%%")}

[Service]
ExecStart={" ".join(map(_quoted, command))}
Restart=on-failure
RestartSec=30
TimeoutStopSec=20
Nice=10
IOSchedulingClass=idle
NoNewPrivileges=yes

[Install]
WantedBy=default.target
"""


def launchd_agent(command: Sequence[str], log: str) -> str:
    """Return the text of a launchd agent that runs `command`; what it says goes to the file `log`."""
    agent = {
        "Label": LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 30,
        "ExitTimeOut": 20,
        "ProcessType": "Background",
        "StandardOutPath": log,
        "StandardErrorPath": log,
    }
    head, rest = plistlib.dumps(agent, sort_keys=False).decode().split("\n", 1)
    place = f"~/Library/LaunchAgents/{LABEL}.plist"
    return f"{head}\n<!-- Save as {place}, then: launchctl bootstrap gui/$(id -u) {place} -->\n{rest}"


def _quoted(argument: str) -> str:
    """One word of ExecStart, as systemd.service(5) and systemd.syntax(7) want it."""
    text = argument.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{text}"'
