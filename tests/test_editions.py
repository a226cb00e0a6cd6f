"""A PDF that is replaced by another edition of the same name, and one that only looks changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pymupdf
import pytest

FIRST = (
    "The tide is the rise and fall of the sea that the moon and the sun cause together.",
    "A spring tide is a tide of great range that comes after a new moon or a full moon.",
    "A gauge at the harbour writes the height of the water down every hour of the day.",
)
REST = (
    "The height of the water is drawn as a curve, and the curve has two crests in a day.",
    "Ships of great draught wait for the flood before they enter the mouth of the river.",
    "The ebb runs faster than the flood, because the river adds its own water to it.",
    "A table of tides is computed from the curves of many years and printed in advance.",
    "Storms from the west raise the water by a metre above what the table has said.",
)
SECOND = (*FIRST[:2], "A neap tide is a tide of small range that comes a week after the spring tide.", FIRST[2])


def make_pdf(path: Path, sentences: tuple[str, ...], *, title: str = "", mark: str = "") -> None:
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((72, 90), "Tides", fontsize=20)
        for number, sentence in enumerate((*sentences, *REST)):
            page.insert_text((72, 130 + 24 * number), sentence)
        if mark:
            page.add_highlight_annot(page.search_for(mark))
        pdf.set_metadata({"title": title})
        pdf.save(path)


@pytest.fixture
def read(vault: Path, notegen) -> Path:
    """A vault with a PDF, its log, and a sentence of the learner in it."""
    make_pdf(vault / "Inbox" / "Tides.pdf", FIRST)
    assert notegen("day", "--vault", vault, "--date", "2026-02-03").status == 0
    log = log_of(vault)
    text = log.read_text("utf-8")
    prompt = "What I learned today, in one sentence:"
    assert prompt in text
    log.write_text(text.replace(prompt, f"{prompt} The moon pulls."), "utf-8", newline="\n")
    return vault


def log_of(vault: Path) -> Path:
    return next(path for path in sorted((vault / "Logs").iterdir()) if path.name.startswith("2026-02-03"))


def files(vault: Path) -> dict[str, bytes]:
    paths = [path for path in vault.rglob("*") if path.is_file() and ".trash" not in path.parts]
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in paths}


def test_the_earlier_notes_keep_their_edition_and_the_new_one_refers_to_them(read: Path, notegen) -> None:
    first = (read / "Inbox" / "Tides.pdf").read_bytes()
    make_pdf(read / "Inbox" / "Tides.pdf", SECOND)
    before = files(read)
    day = notegen("day", "--vault", read, "--date", "2026-02-04", "--json").data
    archived = "Sources/Tides (edition of 2026-02-03).pdf"
    [sentence] = day["editions"]
    assert archived in sentence
    assert day["missing"] == []
    assert (read / archived).read_bytes() == first
    old = log_of(read).read_text("utf-8")
    assert "[[Tides.pdf#" not in old
    assert "[[Tides (edition of 2026-02-03).pdf#page=1|" in old
    assert 'newer_edition: "[[Tides.pdf]]"' in old
    assert "The moon pulls." in old
    new = (read / day["notes"][0]["path"]).read_text("utf-8")
    assert f"![[{log_of(read).stem}#" in new
    assert "[[Tides.pdf#page=1|" in new

    again = notegen("day", "--vault", read, "--date", "2026-02-04", "--json").data
    assert [note["status"] for note in again["notes"]] == ["unchanged"]
    assert again["editions"] == again["missing"] == []

    notegen("undo", "--vault", read)
    assert files(read) == before


def test_without_a_copy_the_links_lead_to_where_it_can_be_put(read: Path, notegen, tmp_path: Path) -> None:
    for folder in (tmp_path / "home" / "state" / "vaults").glob("*/editions"):
        shutil.rmtree(folder)
    make_pdf(read / "Inbox" / "Tides.pdf", SECOND)
    day = notegen("day", "--vault", read, "--date", "2026-02-04", "--json").data
    assert "not there" in day["editions"][0]
    assert not (read / "Sources").exists()
    assert "(edition of 2026-02-03).pdf#page=1|" in log_of(read).read_text("utf-8")


@pytest.mark.parametrize("changed", [{"title": "Another title"}, {"mark": "spring tide"}])
def test_other_metadata_or_a_highlight_make_no_new_edition(read: Path, notegen, changed: dict[str, str]) -> None:
    make_pdf(read / "Inbox" / "Tides.pdf", FIRST, **changed)
    day = notegen("day", "--vault", read, "--date", "2026-02-04", "--json").data
    assert day["editions"] == []
    assert len(list((read / "Logs").iterdir())) == 1
    assert "[[Tides.pdf#page=1|" in log_of(read).read_text("utf-8")


def test_a_dry_run_tells_of_the_edition_and_writes_nothing(read: Path, notegen) -> None:
    make_pdf(read / "Inbox" / "Tides.pdf", SECOND)
    before = files(read)
    day = notegen("day", "--vault", read, "--date", "2026-02-04", "--dry-run", "--json").data
    assert len(day["editions"]) == 1
    assert files(read) == before
