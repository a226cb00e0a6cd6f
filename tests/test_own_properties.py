"""Days in a vault in which the learner has changed the properties that notegen itself goes by."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest

SENTENCES = (
    "The tide is the rise and fall of the sea that the moon and the sun cause together.",
    "A spring tide is a tide of great range that comes after a new moon or a full moon.",
    "A gauge at the harbour writes the height of the water down every hour of the day.",
    "The height of the water is drawn as a curve, and the curve has two crests in a day.",
)


@pytest.fixture
def read(vault: Path, notegen) -> Path:
    """A vault with a PDF and its log."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((72, 90), "Tides", fontsize=20)
        for number, sentence in enumerate(SENTENCES):
            page.insert_text((72, 130 + 24 * number), sentence)
        pdf.save(vault / "Inbox" / "Tides.pdf")
    assert notegen("day", "--vault", vault, "--date", "2026-02-03").status == 0
    return vault


def change(vault: Path, **values: str) -> Path:
    [log] = (vault / "Logs").iterdir()
    text = log.read_text("utf-8")
    for name, value in values.items():
        text, count = re.subn(rf"^{name}: .*$", f"{name}: {value}", text, flags=re.MULTILINE)
        assert count == 1
    log.write_text(text, "utf-8", newline="\n")
    return log


@pytest.mark.parametrize(
    "values",
    [
        {"source_sha256": "mine", "pdf_pages": "7-9", "book": "Tides"},
        {"source_sha256": "ab" * 32, "made_from": "by hand"},
        {"source": "Smith 2020", "type": "lecture", "pages": "seven"},
    ],
)
def test_the_note_is_known_the_values_stay_and_a_second_run_is_idle(
    read: Path, notegen, values: dict[str, str]
) -> None:
    log = change(read, **values)
    told = notegen("day", "--refresh", "--json", "--vault", read, "--date", "2026-02-03").data
    [note] = told["notes"]
    assert note["path"] == log.relative_to(read).as_posix()
    assert all(any(f"“{name}”" in each for each in note["said"]) for name in values)
    text = log.read_text("utf-8")
    assert all(f"\n{name}: {value}\n" in text for name, value in values.items())
    again = notegen("day", "--json", "--vault", read, "--date", "2026-02-03").data
    assert [each["status"] for each in again["notes"]] == ["unchanged"]
    assert log.read_text("utf-8") == text
    assert len(list((read / "Logs").iterdir())) == 1
