"""Figures in the vault: in each log, and below the blocks of notes that ask for one."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pymupdf
import pytest
from real_pdfs import EXAMPLE_PDF

from notegen.vault import regions


@pytest.fixture
def day(notegen, vault: Path, weights: Path):
    def run(*more: object, model: str = str(weights)):
        return notegen("day", "--vault", vault, "--date", "2026-03-01", "--json", *more, NOTEGEN_MODEL__PATH=model)

    return run


def region_of(note: Path, region_id: str) -> str:
    found = [each for each in regions.find(note.read_text(encoding="utf-8")) if each.id == region_id]
    assert len(found) == 1
    return found[0].text


def files_of(vault: Path) -> dict[str, bytes]:
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in vault.rglob("*") if path.is_file()}


def assert_rows_are_one(markdown: str) -> None:
    rows = [
        line.strip("> |").split("|") for line in markdown.splitlines() if re.match(r"> \| \d+ [^|]+\|.*1\.00 \|$", line)
    ]
    assert rows
    for row in rows:
        assert sum(round(float(cell) * 100) for cell in row[1:-1]) == 100


def assert_numbers_are_beside_it(vault: Path, text: str) -> None:
    """The full matrix of attention is in a file that the log links; its rows sum to 1, as the row shown does."""
    (name, *_) = re.findall(r"\[\[([0-9a-f]{16}\.csv)\|all numbers\]\]", text)
    (path,) = vault.rglob(name)
    header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    assert len(rows) == len(header) - 2
    assert all(sum(round(float(cell) * 100) for cell in row[1:-1]) == 100 for row in rows)
    shown = next(line for line in text.splitlines() if line.startswith("> | share |"))
    assert sum(round(float(cell) * 100) for cell in re.findall(r"\d\.\d\d", shown)) == 100


def test_a_log_has_its_figures_and_stays_as_it_is(vault: Path, day):
    shutil.copy(EXAMPLE_PDF, vault / "Inbox")
    made = day().data["notes"][0]
    text = region_of(vault / made["path"], "figures")
    embeds = re.findall(r"!\[\[([0-9a-f]{16}\.png)\|(.+?)\|700\]\]", text)
    assert len(embeds) == 2
    for name, alt in embeds:
        assert list(vault.rglob(name))
        assert re.search(r"\d\.\d\d", alt)
    assert text.strip().splitlines()[0].startswith("> [!abstract]- 🔬 Inside a Model")  # folded
    assert re.search(r"all-MiniLM-L6-v2, layer [1-6], head \d+", text)
    assert "not why" in text
    assert "% of the variance" in text
    assert "left out here" not in text
    assert_numbers_are_beside_it(vault, text)
    strip = region_of(vault / made["path"], "coverage")
    assert "[!info]- " in strip
    assert "read " in strip
    shown = re.sub(r"%%.*?%%|!?\[\[.*?\]\]", " ", (vault / made["path"]).read_text(encoding="utf-8"))
    folded = re.sub(r"%%.*?%%|!?\[\[.*?\]\]", " ", text + strip)
    assert 10 * len(re.findall(r"\w+", folded)) < len(re.findall(r"\w+", shown))
    before = files_of(vault)
    assert day().data["notes"][0]["status"] == "unchanged"
    (vault / "A new note about vectors.md").write_text("x", encoding="utf-8")
    assert day().data["notes"][0]["status"] == "unchanged"
    (vault / "A new note about vectors.md").unlink()
    assert files_of(vault) == before


def test_the_grid_shows_the_definition_of_the_main_concept(vault: Path, day):
    shutil.copy(EXAMPLE_PDF, vault / "Inbox")
    made = day(vault / "Inbox" / EXAMPLE_PDF.name, "--pages", "5-9").data["notes"][0]
    text = region_of(vault / made["path"], "figures")
    assert "“The dot product of two vectors is the sum of the products of their coordinates.”" in text
    assert_numbers_are_beside_it(vault, text)


def test_figures_come_with_the_model(vault: Path, day, tmp_path: Path):
    shutil.copy(EXAMPLE_PDF, vault / "Inbox")
    without = day(model=str(tmp_path)).data
    path = vault / without["notes"][0]["path"]
    assert "notegen model fetch" in region_of(path, "figures")
    assert str(tmp_path) in without["no_model"]
    assert str(tmp_path) not in path.read_text(encoding="utf-8")
    assert day(model=str(tmp_path)).data["notes"][0]["status"] == "unchanged"
    assert day().data["notes"][0]["status"] == "updated"
    assert "Attention" in region_of(path, "figures")
    chosen = "Vectors that point the same way have a large product."
    assert day("--sentence", chosen).data["notes"][0]["status"] == "updated"
    assert chosen in region_of(path, "figures")
    assert day().data["notes"][0]["status"] == "unchanged"


BLOCK = "```notegen\nsoftmax 1.2 2.1 3.0\n```"


def test_a_block_is_drawn_below_and_kept(vault: Path, day):
    note = vault / "My note.md"
    original = f"# Mine\r\n\r\n{BLOCK}\nNext line.\n\n~~~\n{BLOCK}\n~~~\n\n> {BLOCK}\n".replace("\r\n", "\n").replace(
        "\n", "\r\n"
    )
    note.write_bytes(original.encode())
    assert day("--dry-run").data["drawn"] == ["My note.md"]
    assert note.read_bytes() == original.encode()
    assert day().data["drawn"] == ["My note.md"]
    text = note.read_bytes().decode()
    assert text.count("\n") == text.count("\r\n")
    region = re.search(r"\r\n%% notegen:begin figure-.*notegen:end figure-\w+ %%\r\n", text, re.DOTALL)
    assert region
    assert text.replace(region[0], "").replace("\r\n\r\n\r\n", "\r\n") in (
        original,
        original.replace("```\r\nN", "```\r\n\r\nN"),
    )
    assert "| sum |  | 1.00 |" in region[0]
    before = files_of(vault)
    assert day().status == 1  # no PDF, and nothing left to draw
    assert files_of(vault) == before
    note.write_bytes(text.replace("softmax 1.2", "softmax 9.9", 1).encode())
    day()
    assert "9.9" in region_text(note)
    edited = note.read_bytes().replace(b"| sum", b"| my sum").replace(b"softmax 9.9", b"softmax 5.5", 1)
    note.write_bytes(edited)
    day()
    assert note.read_bytes() == edited


def region_text(note: Path) -> str:
    found = [each for each in regions.find(note.read_text(encoding="utf-8")) if each.id.startswith("figure-")]
    assert len(found) == 1
    return found[0].text


def test_a_block_waits_for_the_model_and_a_wrong_one_is_explained(vault: Path, day, tmp_path: Path):
    note = vault / "a.md"
    note.write_text('```notegen\nattention "Dogs have bones."\n```\n', encoding="utf-8")
    day(model=str(tmp_path))
    assert "notegen model fetch" in region_text(note)
    waiting = note.read_bytes()
    day(model=str(tmp_path))
    assert note.read_bytes() == waiting
    day()
    assert_rows_are_one(region_text(note))
    note.write_text("```notegen\ndance\n```\n", encoding="utf-8")
    day()
    assert "No figure is called “dance”" in region_text(note)


def test_a_map_waits_for_names(vault: Path, day):
    (vault / "a.md").write_text("```notegen\nmap\n```\n", encoding="utf-8")
    for name in vault.rglob("*.md"):
        if name.name != "a.md":
            name.unlink()
    day()
    assert "There are not two names" in region_text(vault / "a.md")
    for name in ("Dogs", "Cats", "Bicycles"):
        (vault / f"{name}.md").write_text("x", encoding="utf-8")
    day()
    assert "Map of " in region_text(vault / "a.md")


def test_a_source_in_other_letters_has_no_figures(vault: Path, day):
    with pymupdf.open() as pdf:
        text = "深度学习是机器学习的一个分支。 the model of the net is in the paper. 神经网络由许多层组成。\n" * 12
        pdf.new_page().insert_text((40, 80), text, fontname="china-s", fontsize=9)
        pdf.save(vault / "Inbox" / "深度.pdf")
    made = day().data["notes"][0]
    assert "this source is in other letters" in region_of(vault / made["path"], "figures")


def test_a_server_that_fails_costs_figures_and_no_note(notegen, vault: Path):
    shutil.copy(EXAMPLE_PDF, vault / "Inbox")
    served = {"NOTEGEN_MODEL__SERVED": "m", "NOTEGEN_MODEL__BASE_URL": "http://127.0.0.1:9/v1"}
    ran = notegen("day", "--vault", vault, "--json", **served)
    assert ran.status == 0
    assert "127.0.0.1" in ran.data["no_model"]
    assert "No figures" in region_of(vault / ran.data["notes"][0]["path"], "figures")
