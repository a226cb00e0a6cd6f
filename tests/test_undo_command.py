"""`notegen undo` and `notegen history` after days of real PDFs."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest


@pytest.fixture
def read(vault: Path, notegen) -> Path:
    """A vault with one PDF in its inbox and the note of it."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((72, 90), "Tides", fontsize=20)
        for number, line in enumerate(
            (
                "The tide is the rise and fall of the sea that the moon and the sun cause.",
                "A spring tide is a tide of great range that comes after a new moon.",
                "A gauge at the harbour writes the height of the water down every hour.",
            )
        ):
            page.insert_text((72, 130 + 24 * number), line)
        pdf.save(vault / "Inbox" / "Tides.pdf")
    assert notegen("day", "--vault", vault, "--date", "2026-02-03").status == 0
    return vault


def files(vault: Path) -> dict[str, bytes]:
    paths = [path for path in vault.rglob("*") if path.is_file() and ".trash" not in path.parts]
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in paths}


def test_a_day_is_taken_back_and_had_again(read: Path, notegen) -> None:
    after = files(read)
    done = notegen("undo", "--json", "--vault", read).data
    assert done["run"]["command"] == "notegen day"
    assert set(files(read)) == {"notegen.toml", "Inbox/Tides.pdf"}
    assert list((read / ".trash" / "Logs").iterdir())
    assert "Taken back" in notegen("undo", "--vault", read).out
    assert files(read) == after


def test_history_tells_each_run_and_the_runs_of_one_note(read: Path, notegen) -> None:
    log = next(path for path in files(read) if path.startswith("Logs/"))
    notegen("undo", "--vault", read)
    for arguments in ([], [log], [log.removeprefix("Logs/").removesuffix(".md")]):
        undo, day = notegen("history", *arguments, "--json", "--vault", read).data["runs"]
        assert (undo["undoes"], day["undone_by"]) == (day["id"], undo["id"])
        assert {"path": log, "status": "written"} in day["changes"]
        assert {"path": log, "status": "removed"} in undo["changes"]
    shown = notegen("history", "--vault", read).out
    assert f"taken back by run {undo['id']}" in shown
    assert f"+ {log}" in shown


def test_what_is_not_on_record_is_refused(vault: Path, notegen) -> None:
    nothing = notegen("undo", "--vault", vault)
    assert (nothing.status, nothing.out) == (2, "")
    assert "on record" in nothing.err
    assert "No run" in notegen("history", "--vault", vault).out


def test_an_unknown_run_or_note_is_refused(read: Path, notegen) -> None:
    assert "notegen history" in notegen("undo", "--run", "99", "--vault", read).err
    assert notegen("history", "Nothing like it", "--vault", read).status == 2


def test_links_written_on_wish_are_taken_back(read: Path, notegen) -> None:
    (read / "Spring tide.md").write_text("A tide.", encoding="utf-8")
    (read / "Mine.md").write_text("On the spring tide, and more.", encoding="utf-8")
    before = files(read)
    assert notegen("link", "Mine", "--write", "--vault", read, "--json").data["written"]
    assert b"[[Spring tide|spring tide]]" in files(read)["Mine.md"]
    notegen("undo", "--vault", read)
    assert files(read) == before
