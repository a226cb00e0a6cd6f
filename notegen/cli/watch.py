"""`notegen watch`."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from notegen.cli.drafting import arguments, drafting_options
from notegen.cli.options import vault_option
from notegen.cli.passwords import Passwords
from notegen.desk import Desk, open_desk
from notegen.errors import BusyError, UsageError
from notegen.run.status import watcher_lock
from notegen.store.drops import Drop
from notegen.watch import Watcher
from notegen.watch.desktop import Desktop
from notegen.watch.listener import Listener, Listeners
from notegen.watch.log import LogFile
from notegen.watch.service import launchd_agent, systemd_unit
from notegen.watch.tools import Tools

SERVICES = ("systemd", "launchd")
_PATIENCE_S = 1.0
_COMMANDS = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters that a terminal obeys, or cannot show."""


@click.command(name="watch", short_help="Make notes from PDFs as they are dropped.")
@vault_option()
@click.option("--once", is_flag=True, help="Do what can be done now, then end.")
@drafting_options
@click.option("--templates", type=click.Path(path_type=Path), help="A folder with templates of your own.")
@click.option(
    "--service",
    is_flag=False,
    flag_value="",
    type=click.Choice(["", *SERVICES]),
    metavar="[systemd|launchd]",
    help="Print what starts the watcher with your session, and end.",
)
def command(vault: Path | None, once: bool, templates: Path | None, service: str | None, **drafting: str | None) -> int:
    """Watch the inbox folders of a vault: the first passage of every PDF that is dropped there becomes a note. Later
    passages of a book are made by `notegen day`.

    \b
    notegen watch                     until Ctrl-C
    notegen watch --once              what lies there now, for a timer
    notegen watch --service           print a systemd user unit or a launchd agent

    A PDF is taken when it is complete. Each one comes to one end: done, failed with the reason, or waiting. One that
    failed is tried again when the file or the settings change, or by `notegen retry`. `notegen status` shows them all.

    Exit status: 0 ended by Ctrl-C or nothing failed, 1 some PDF failed or could not be done now (--once), or another
    watcher is at work, 2 wrong usage.
    """
    desk = open_watchers_desk(vault, templates, drafting)
    if service is not None:
        options = [f"--{name.replace('_', '-')}={value}" for name, value in drafting.items() if value]
        options += [f"--templates={templates.absolute()}"] if templates else []
        click.echo(_service_text(service, desk, options), nl=False)
        return 0
    tools = Tools(lambda: open_watchers_desk(Path(desk.vault.name), templates, drafting))
    with _only_watcher(desk):
        return run_watcher(tools, once=once)


def open_watchers_desk(vault: Path | None, templates: Path | None, drafting: dict[str, str | None]) -> Desk:
    """The desk as `day` has it, but nothing is fetched: nobody may be there to see it."""
    return open_desk(vault, os.environ, templates=templates, may_fetch=False, **arguments(drafting))


def run_watcher(tools: Tools, *, once: bool, only: frozenset[str] | None = None) -> int:
    """Run a watcher to its end; return the exit status. only: paths of the drops to care for, None for all."""
    log = LogFile(tools.desk.vault.private_folder)
    listeners: list[Listener] = [log]
    with _terminal() as terminal:
        listeners.append(terminal)
        if tools.desk.settings.watch.notify:
            listeners.append(Desktop())
        everyone = Listeners(*listeners)
        watcher = Watcher(tools, everyone, Passwords(None, asks=False))
        everyone.word(f"Watching {', '.join(tools.desk.settings.inbox.folders)} of {tools.desk.vault.name}.")
        try:
            watcher.run(once=once, only=only)
        except KeyboardInterrupt:
            if once:
                raise
            everyone.word("Stopped.")
            return 0
        finally:
            log.close()
    return 1 if watcher.troubled or any(drop.state == "failed" for drop in watcher.ends) else 0


@contextmanager
def _only_watcher(desk: Desk) -> Iterator[None]:
    lock = watcher_lock(desk)
    try:
        with lock.held("notegen watch", _PATIENCE_S):
            yield
    except BusyError as error:
        raise BusyError(
            f"This vault is watched already, by {lock.holder() or 'another notegen watch'}.",
            "Let it do the work, or end it; notegen status shows what it has done.",
        ) from error


def _service_text(service: str, desk: Desk, options: list[str]) -> str:
    kind = service or {"darwin": "launchd", "linux": "systemd"}.get(sys.platform, "")
    if not kind:
        raise UsageError(
            "This system has no systemd and no launchd.",
            "On Windows let Task Scheduler start it at log-on: notegen watch --vault VAULT",
        )
    vault = desk.vault.name
    command = [sys.executable, "-m", "notegen", "watch", f"--vault={vault}", *options]
    if kind == "systemd":
        return systemd_unit(command, vault)
    return launchd_agent(command, str(Path.home() / "Library/Logs/notegen-watch.log"))


class _Lines:
    """A listener that writes one line for each end; what is going on is shown in between where somebody watches."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show

    def step(self, path: str, what: str) -> None:
        self._show(f"{path}: {what} …")

    def turn(self, drop: Drop, kind: str) -> None:
        self._show("")
        click.echo(on_one_line(f"{drop.state:8} {drop.path}{outcome_of(drop)}"))

    def ignored(self, path: str, reason: str) -> None:
        click.echo(on_one_line(f"ignored  {path}: {reason}"))

    def word(self, sentence: str) -> None:
        self._show("")
        click.echo(sentence)


def on_one_line(text: str) -> str:
    """The text without characters that would break the line or command the terminal: a file's name may hold any."""
    return "".join("�" if unicodedata.category(char) in _COMMANDS else char for char in text)


def outcome_of(drop: Drop) -> str:
    """What became of the drop, to be written behind its path."""
    same = f"the same PDF as {drop.same_as}" if drop.same_as else ""
    changed = f"a new version; the note of the one before is {drop.earlier_note}" if drop.earlier_note else ""
    told = same or (changed if drop.note != drop.earlier_note else "")
    if drop.state == "done":
        return "".join([f": {told}" if told else "", f" → {drop.note}", f"  ({drop.suspect})" if drop.suspect else ""])
    note = f" → {drop.note}" if drop.note else ""
    return f": {' '.join(filter(None, [f'It is {same}.' if same else '', drop.reason, drop.next_step]))}{note}"


@contextmanager
def _terminal() -> Iterator[Listener]:
    if not sys.stdout.isatty():
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        yield _Lines(lambda line: None)
        return
    from rich.console import Console
    from rich.text import Text

    status = Console().status("")

    def show(line: str) -> None:
        if line:
            status.update(Text(line))
            status.start()
        else:
            status.stop()  # a spinner that turns all day is work, too

    try:
        yield _Lines(show)
    finally:
        status.stop()
