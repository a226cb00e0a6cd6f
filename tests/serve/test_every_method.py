"""Every method, through every face, gives what its command gives with --json."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest
from faces import FACES, RefusedError

from notegen.cli.main import COMMANDS, LazyGroup
from notegen.serve.methods import METHODS

PDF = "Inbox/Tides.pdf"
ASKED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "day": ({"dry_run": True, "offline": True, "date": "2026-03-01"},
            ["day", "--dry-run", "--offline", "--date", "2026-03-01"]),
    "draft": ({"pdf": PDF, "pages": "pdf:2-3", "dry_run": True, "date": "2026-03-01"},
              ["day", "{vault}/" + PDF, "--pages", "pdf:2-3", "--dry-run", "--date", "2026-03-01"]),
    "status": ({}, ["status"]),
    "related": ({"note": "Moon", "top": 3}, ["related", "Moon", "--top", "3"]),
    "library.index": ({"offline": True}, ["library", "index", "--offline"]),
    "library.status": ({}, ["library", "status"]),
    "ask": ({"question": "What is a spring tide?", "offline": True}, ["ask", "What is a spring tide?", "--offline"]),
    "quiz": ({"n": 3, "date": "2026-03-01"}, ["quiz", "--n", "3", "--date", "2026-03-01"]),
    "review.list": ({}, ["review"]),
    "refine": ({"note": "Tide", "dry_run": True, "offline": True}, ["refine", "Tide", "--dry-run", "--offline"]),
    "cards": ({"dry_run": True}, ["cards", "--dry-run"]),
    "quest": ({"topics": ["neap tide"], "dry_run": True, "offline": True},
              ["quest", "neap tide", "--dry-run", "--offline"]),
    "ledger": ({"date": "2026-03-01", "dry_run": True}, ["ledger", "--date", "2026-03-01", "--dry-run"]),
    "history": ({}, ["history"]),
    "undo": ({"dry_run": True}, ["undo", "--dry-run"]),
    "check": ({"notes": ["Moon.md"]}, ["check", "Moon.md"]),
}  # fmt: skip
"""Method → its parameters, and the command line that asks the same."""
POSITIONAL = {
    "day": {"pdfs"},
    "draft": {"pdf", "pdfs"},
    "related": {"note"},
    "check": {"notes"},
    "ask": {"question"},
    "refine": {"note"},
    "quest": {"topics"},
    "plan": {"book"},
    "sheet": {"book"},
    "exam": {"book"},
    "history": {"note"},
    "review.list": {"note"},
}
STUDYING = ("plan", "sheet", "exam")
"""They are asked about a book of which nothing, or something, is read."""
DECIDING = ("review.accept", "review.reject")
"""They are asked about one proposal and then are done."""
OTHER_EACH_TIME = {"seconds", "read", "pages", "bytes"}
"""Fields of what library index says of its own work."""


@pytest.fixture(params=FACES)
def face(request: pytest.FixtureRequest, book: Path, env: dict[str, str]):
    made = FACES[request.param](book.parent.parent, env)
    yield made
    made.close()


def test_hello_lists_the_methods(face, vault: Path):
    greeting = face.ask("hello", client="a test")
    assert greeting["methods"] == list(METHODS)
    assert (greeting["protocol"], greeting["vault"]) == (1, str(vault))


def test_every_method_gives_what_its_command_gives(face, vault: Path, notegen):
    assert set(ASKED) == set(METHODS) - {"hello", *STUDYING, *DECIDING}
    notegen("day", "--vault", vault, "--date", "2026-03-01", "--offline")
    for name, (params, words) in ASKED.items():
        told = notegen(*(word.format(vault=vault) for word in words), "--vault", vault, "--json").data
        got = face.ask(name, **params)
        assert steady(name, got) == steady(name, told), name
        model = METHODS[name].result
        assert model.model_validate(got).model_dump(mode="json", exclude_unset=True) == got


def test_a_plan_is_that_of_its_command_and_a_sheet_and_an_exam_are_refused_as_there(face, vault: Path, notegen):
    told = notegen("plan", "Tides", "--pages-per-day", "2", "--dry-run", "--vault", vault, "--json").data
    got = face.ask("plan", book="Tides", pages_per_day=2, dry_run=True)
    assert got == told
    model = METHODS["plan"].result
    assert model.model_validate(got).model_dump(mode="json", exclude_unset=True) == got
    for name in ("sheet", "exam"):
        with pytest.raises(RefusedError) as refused:
            face.ask(name, book="Tides", dry_run=True)
        assert refused.value.fault["data"]["reason"] in notegen(name, "Tides", "--vault", vault).err


def steady(name: str, data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if not name.startswith("library.") or key not in OTHER_EACH_TIME}


def test_every_error_has_a_reason_and_a_next_step(face):
    wrong = [
        ("day", {"date": "soon"}, -32602),
        ("day", {"no_such_option": 1}, -32602),
        ("draft", {"pdf": "Inbox/Gone.pdf", "pages": "1", "section": "x"}, -32602),
        ("related", {"note": "No such note"}, -32602),
        ("no.such.method", {}, -32601),
    ]
    for method, params, code in wrong:
        with pytest.raises(RefusedError) as refused:
            face.ask(method, **params)
        assert refused.value.fault["code"] == code
        assert refused.value.fault["data"]["reason"].endswith(".")
        assert refused.value.fault["data"]["next_step"].endswith((".", "36"))


def test_a_note_is_made_and_stands(face, vault: Path):
    [note] = face.ask("day", date="2026-03-01")["notes"]
    assert note["status"] == "written"
    assert (vault / note["path"]).is_file()
    assert face.ask("day", date="2026-03-01")["notes"][0]["status"] == "unchanged"
    assert face.ask("status")["counts"] == {"done": 1, "failed": 0, "waiting": 0}


FOR_PERSONS = {"quest": {"cards"}, "library.index": {"cluster"}}
"""What no program may name: a file outside the vault, another machine."""


@pytest.mark.parametrize("name", [name for name in METHODS if name not in ("hello", *DECIDING)])
def test_parameters_are_the_long_options_of_the_command(name: str):
    words = {"draft": ["day"], "review.list": ["review"]}.get(name, name.split("."))
    assert words[0] in COMMANDS
    found = LazyGroup().get_command(click.Context(click.Group()), words[0])
    for word in words[1:]:
        found = found.commands[word]
    options = (
        {
            option.removeprefix("--").replace("-", "_")
            for each in found.params
            if isinstance(each, click.Option)
            for option in each.opts
            if option.startswith("--")
        }
        - {"json"}
        - FOR_PERSONS.get(name, set())
    )
    fields = {told.alias or name for name, told in METHODS[name].request.model_fields.items()} - POSITIONAL.get(
        name, set()
    )
    assert fields <= options if words == ["review"] else fields == options


def test_a_proposal_is_taken_as_edited_or_refused_with_the_reason(face, vault: Path, proposals: str):
    [kept, refused] = face.ask("review.list")["proposals"]
    assert face.ask("review.accept", id=kept["id"], text="Yeast is a living thing.")["written"] == [proposals]
    assert "Yeast is a living thing." in (vault / proposals).read_text(encoding="utf-8")
    done = face.ask("review.reject", id=[refused["id"]], because="too long")
    assert ([each["id"] for each in done["rejected"]], done["proposals"]) == ([refused["id"]], [])
    with pytest.raises(RefusedError, match="There is no proposal"):
        face.ask("review.accept", id="0" * 8)
