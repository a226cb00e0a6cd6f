"""`notegen concepts write`: a concept from all sides; a note that is there loses no word."""

from __future__ import annotations

from pathlib import Path

import pytest

from notegen.vault.markers import roster_line, wrap

SPRINGS = (
    "A geyser is a hot spring that throws water into the air. Geysers are used by engineers to find heat near the "
    "surface.\n\nA geyser is formed when water sinks to hot rock and boils under pressure.",
    "Types of geyser are told apart by their vents, such as cones and pools. The first geyser to get the name is in "
    "Iceland. “Steam” and “water” leave a geyser together, and so does “heat”.",
)
MINE = "---\ntype: concept\ntags: [mine]\n---\n"


@pytest.fixture
def springs(vault: Path, make_book) -> Path:
    make_book(vault / "Inbox" / "Springs.pdf", SPRINGS)
    (vault / "Concepts").mkdir()
    for name in ("Steam", "Heat", "Iceland"):
        (vault / "Concepts" / f"{name}.md").write_text(f"{MINE}# {name}\n", encoding="utf-8")
    return vault


def test_a_new_note_has_each_side_with_its_page_and_leaves_the_rest_to_the_learner(springs: Path, notegen):
    ran = notegen("concepts", "write", "geyser", "--vault", springs, "--offline", "--json")
    assert ran.status == 0, ran.err
    assert ran.data["written"] == ["Concepts/Geyser.md"]
    note = springs / "Concepts" / "Geyser.md"
    text = note.read_text(encoding="utf-8")
    parts = {part.partition("\n")[0]: part for part in text.split("\n## ")[1:]}
    link = "[[Springs.pdf#page=1|p. 1]]"
    assert f"> A geyser is a hot spring that throws water into the air. {link}" in text
    assert (
        f"A geyser is formed when water sinks to hot rock and boils under pressure. {link}"
        in parts["⚙️ How it comes about"]
    )
    assert f"Geysers are used by engineers to find heat near the surface. {link}" in parts["🧠 Where it is used"]
    assert "told apart by their vents" in parts["🗂️ Kinds of it"]
    assert "- Why it matters to me:" in parts["🧭 Why it matters"]
    assert "notegen model fetch" in parts["📘 Example in numbers"]
    assert notegen("check", note, "--vault", springs).status == 0
    again = notegen("concepts", "write", "Geyser", "--vault", springs, "--offline", "--json")
    assert (again.data["status"], note.read_text(encoding="utf-8")) == ("unchanged", text)


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_note_that_is_there_grows_and_loses_no_word(springs: Path, notegen, is_ours: bool):
    note = springs / "Concepts" / "Geyser.md"
    made = wrap("definition", "# 🧩 Geyser\n\n> [!info] What it is\n> My own words for it.")
    body = f"{made}\n\n## My example\n\n- Strokkur, which I saw.\n\n{roster_line(['definition'])}\n"
    before = MINE + (body if is_ours else "# Geyser\n\nI saw one.  \nIt was hot.\n")
    note.write_text(before, encoding="utf-8")
    ran = notegen("concepts", "write", "Geyser", "--vault", springs, "--offline", "--json")
    assert (ran.data["status"], ran.data["note"]) == ("updated", "Concepts/Geyser.md")
    after = note.read_text(encoding="utf-8")
    rest = iter(after.split("\n"))
    kept = [line for line in before.split("\n") if not line.startswith("%% notegen:regions")]
    assert all(line in rest for line in kept)
    assert "## ⚙️ How it comes about" in after
    assert after.count("\n# ") == 1
    assert (
        notegen("concepts", "write", "Geyser", "--vault", springs, "--offline", "--json").data["status"] == "unchanged"
    )
    cut = after.replace(after[after.index("%% notegen:begin types") : after.index("%% notegen:end types %%")], "")
    note.write_text(cut.replace("%% notegen:end types %%", ""), encoding="utf-8")
    notegen("concepts", "write", "Geyser", "--vault", springs, "--offline")
    assert "Kinds of it" not in note.read_text(encoding="utf-8")


def test_numbers_are_the_encoders_own(springs: Path, notegen, weights: Path):
    ran = notegen("concepts", "write", "Geyser", "--vault", springs, "--offline", NOTEGEN_MODEL__PATH=str(weights))
    assert ran.status == 0, ran.err
    text = (springs / "Concepts" / "Geyser.md").read_text(encoding="utf-8")
    assert "Measured with all-MiniLM-L6-v2: each text is 384 numbers" in text
    assert "\\cos(a, b) = \\frac{a \\cdot b}" in text
    assert "- [[Steam]]" in text
    [figure] = (springs / "Attachments").glob("*.png")
    assert figure.name in text


def test_a_sum_of_words_is_stated_only_as_measured(springs: Path, notegen, weights: Path):
    (springs / "Concepts" / "Vector.md").write_text(f"{MINE}# Vector\n\npool - cone + fire ≈ steam\n", encoding="utf-8")
    notegen("concepts", "write", "Vector", "--vault", springs, "--offline", NOTEGEN_MODEL__PATH=str(weights))
    text = (springs / "Concepts" / "Vector.md").read_text(encoding="utf-8")
    assert "- pool − cone + fire ≈ steam, measured with all-MiniLM-L6-v2: nearest of" in text
    assert "king" in text.split("Example in numbers")[1].split("##")[0]


def test_nothing_is_written_on_a_dry_run_or_for_no_name(springs: Path, notegen):
    assert notegen("concepts", "write", "Geyser", "--vault", springs, "--offline", "--dry-run").status == 0
    assert notegen("concepts", "write", "  ", "--vault", springs, "--offline").status == 2
    assert not (springs / "Concepts" / "Geyser.md").exists()
