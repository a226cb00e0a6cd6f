"""The command line: which commands there are, and the one place where errors become words and an exit status."""

from __future__ import annotations

import importlib
import sys

import click

from notegen import __version__, stopping
from notegen.errors import NotegenError

COMMANDS = {
    "day": "Make today's notes from the PDFs in the inbox.",
    "watch": "Make notes by itself from PDFs as they are dropped.",
    "status": "Show what became of each PDF in the inbox.",
    "retry": "Try PDFs again that failed.",
    "review": "Look at new text that waits beside yours.",
    "init": "Set a vault up for notegen, a new one or your own.",
    "extract": "Show what notegen reads in a PDF, as data or text.",
    "check": "Check notes: links, properties, code, maths, safety.",
    "related": "Show the notes that belong to a note, with reasons.",
    "link": "Suggest links for existing notes, or write them.",
    "quiz": "Be asked about what you have read.",
    "plan": "Plan when a book is read, a tick for each day.",
    "cards": "Make cards of what you have read, for Obsidian and Anki.",
    "quest": "Make a learning quest of a topic or concepts.",
    "sheet": "Condense what you have read of a book to a few pages.",
    "exam": "Make a mock exam of what you have read of a book.",
    "ledger": "Keep and show what you have learned.",
    "concepts": "List, merge, rename and write concept notes.",
    "undo": "Take the last run back, or any other.",
    "history": "List the runs and what each changed in the vault.",
    "refine": "Put a raw note in order, in a mental model beside it.",
    "questions": "Make notes of questions and answers of a chat.",
    "index": "Bring the index of the vault up to date, or delete it.",
    "library": "Read the vault's books, so that they can be asked.",
    "ask": "Ask the vault's books; they answer in their own words.",
    "figure": "Draw attention and embeddings of your own examples.",
    "serve": "Serve a vault to another program.",
    "mcp": "Serve a vault to an assistant (MCP).",
    "models": "List the language models that a server offers.",
    "model": "Fetch, find or remove the model that compares texts.",
    "doctor": "Show what is installed, configured and missing.",
}
"""Each command lives in the module of its name in `notegen.cli` and is imported when it is called."""


class LazyGroup(click.Group):
    """Imports a command only when it runs, so that --help is instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"notegen.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            ctx.fail(f"There is no command {args[0]}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="notegen")
def cli() -> None:
    """PDF pages become study notes in your Obsidian vault.

    \b
    notegen init ~/MyVault            set a vault up
    notegen day --vault ~/MyVault     make today's notes from its Inbox
    """


def main() -> None:
    """Run the command line and exit: 0 done, 1 something failed, 2 wrong usage, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show an emoji still shows the rest
    stopping.listen()
    try:
        status = cli.main(standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nInterrupted. What was finished is in the vault; the next run does the rest.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(1)
    except NotegenError as error:
        click.echo(f"notegen: {error.reason}", err=True)
        if error.next_step:
            click.echo(f"         {error.next_step}", err=True)
        sys.exit(error.exit_status)
