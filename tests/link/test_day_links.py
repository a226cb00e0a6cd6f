"""What `notegen day` connects: the log with the vault, its words with notes, its concepts with notes of their own."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pymupdf
import pytest
from prose_vault import TEN, write_days_pdf
from real_pdfs import EXAMPLE_PDF

NOTE_LINK = re.compile(r"(?<!!)\[\[([^\]|#]+?)(?:\\?\|([^\]]*))?\]\]")


def snapshot(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def pdf(path: Path, sections: dict[str, str]) -> Path:
    """A PDF with a page for each section."""
    document = pymupdf.open()
    for heading, text in sections.items():
        page = document.new_page()
        page.insert_text((72, 80), heading, fontsize=20)
        page.insert_textbox((72, 110, 520, 700), text, fontsize=11)
    document.save(path)
    return path


TIDES = {
    "1 Tides": (
        "A spring tide is a tide of great range that comes at full moon and new moon. The moon pulls at the sea, and "
        "the sea follows it around the earth. A recurrent neural network (RNN) is a network that reads a series step "
        "by step. Harbours publish the times of high water for every day of the year, and sailors read them."
    ),
    "2 Harbours": (
        "After a spring tide the currents in the harbour are strong, and small boats stay inside. Today an RNN "
        "predicts the height of the water for the next day. The forecast is compared with the gauge at the pier "
        "every hour, and the difference is written down by the keeper of the gauge."
    ),
}


def links(note: Path) -> list[str]:
    """Targets of a log's links to notes."""
    return [found[1] for found in NOTE_LINK.finditer(note.read_text("utf-8")) if not found[1].endswith(".pdf")]


@pytest.fixture
def tides(vault: Path) -> Path:
    return pdf(vault / "Inbox" / "Tides.pdf", TIDES)


def the_log(vault: Path) -> Path:
    [log] = (vault / "Logs").glob("*.md")
    return log


def test_a_new_log_is_linked_to_the_right_ten(prose_vault: Path, tmp_path: Path, notegen):
    root = tmp_path / "vault"
    shutil.copytree(prose_vault, root)
    assert notegen("init", root).status == 0
    write_days_pdf(root / "Inbox" / "Tools.pdf", named=True)
    assert notegen("day", "--vault", root).status == 0
    linked = {Path(target).name for target in links(the_log(root))}
    assert len(linked & set(TEN)) >= 9
    assert len(linked - set(TEN)) <= 4
    assert notegen("check", the_log(root), "--vault", root).status == 0
    before = snapshot(root)
    (root / "heap queue.md").write_text("A new note on difflib and calendars.", encoding="utf-8")
    assert notegen("day", "--vault", root, "--json").data["notes"][0]["status"] == "unchanged"
    after = snapshot(root)
    del after["heap queue.md"]
    assert after == before


def test_related_notes_are_listed_with_reasons_and_bounded(vault: Path, tides: Path, notegen):
    for number in range(12):
        text = f"The sea, the moon, the harbour, the gauge, the pier and spring tides, part {number}."
        (vault / f"Sea {number}.md").write_text(text, encoding="utf-8")
    (vault / "notegen.toml").write_text("[link]\nrelated_min_score = 0.0\n", encoding="utf-8")
    assert notegen("day", "--vault", vault).status == 0
    text = the_log(vault).read_text("utf-8")
    callout = text.split("Related in your vault\n")[1].split("\n\n")[0]
    lines = callout.split("\n")
    assert len(lines) == 7
    assert all(re.fullmatch(r"> - \[\[Sea \d+\]\]: .+", line) for line in lines)
    shutil.rmtree(vault / "Logs")
    (vault / "notegen.toml").write_text("[link]\nrelated = 0\ninline = false\n", encoding="utf-8")
    (vault / "Spring tide.md").write_text("Mine.", encoding="utf-8")
    assert notegen("day", "--vault", vault).status == 0
    assert "Related in your vault" not in the_log(vault).read_text("utf-8")
    assert links(the_log(vault)) == []


def test_a_page_linked_line_shows_the_same_words(vault: Path, tides: Path, notegen):
    for name in ("Moon", "Gauge", "Pier"):
        (vault / f"{name}.md").write_text("x", encoding="utf-8")
    moon = "The moon pulls at the sea; at full moon there is a spring tide, a recurrent one, and the harbours see it. "
    (vault / "Moon.md").write_text(moon * 2, encoding="utf-8")  # what a name of everyday use has to be about
    assert notegen("day", "--vault", vault).status == 0
    printed = "".join("".join(page.get_text().split()) for page in pymupdf.open(tides))
    quoted = [
        line for line in the_log(vault).read_text("utf-8").splitlines() if ".pdf#page=" in line and ". [[" in line
    ]
    assert any("[[Moon|moon]]" in line for line in quoted)
    for line in quoted:
        words = re.sub(r"\[\[[^\]]*\.pdf#[^\]]*\]\]", "", line)
        words = NOTE_LINK.sub(lambda found: found[2] or found[1], words).replace("==", "")
        assert "".join(re.sub(r"^[\s>]*(?:[-*]|\d+\.)?\s", "", words).split()) in printed


def test_only_the_first_mention_becomes_a_link_and_none_in_headings_or_code(vault: Path, notegen):
    shutil.copy(EXAMPLE_PDF, vault / "Inbox")
    for name in ("Dot product", "Vector space", "Embedding", "Counter"):
        (vault / f"{name}.md").write_text("Mine.", encoding="utf-8")
    assert notegen("day", "--vault", vault).status == 0
    log = the_log(vault)
    outside = log.read_text("utf-8").split("Related in your vault\n")
    text = outside[0] + outside[-1].split("\n\n", 1)[-1]
    shown = [found[1] for found in NOTE_LINK.finditer(text) if not found[1].endswith(".pdf")]
    assert shown
    assert len(shown) == len(set(shown))
    assert not [line for line in text.splitlines() if line.startswith("#") and "[[" in line]
    fences = re.findall(r"```.*?```", text, re.DOTALL)
    assert fences
    assert not [fence for fence in fences if "[[Counter" in fence or "[[Embedding" in fence or "[[Dot" in fence]


def test_a_concept_that_is_defined_and_used_twice_gets_a_note(vault: Path, tides: Path, notegen):
    result = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json")
    [note] = result.data["notes"]
    assert {each["path"] for each in note["concepts"]} == {
        "Concepts/Spring tide.md",
        "Concepts/Recurrent neural network.md",
    }
    text = (vault / "Concepts" / "Spring tide.md").read_text("utf-8")
    assert "is a tide of great range" in text
    assert "[[Tides.pdf#page=1|p. 1]]" in text
    assert "## 🧠 In my own words" in text
    assert "aliases:\n  - RNN\n" in (vault / "Concepts" / "Recurrent neural network.md").read_text("utf-8")
    assert "Spring tide" in links(the_log(vault))
    assert notegen("check", "--vault", vault).status == 0


def test_a_note_that_no_link_can_reach_is_left_out(vault: Path, tides: Path, notegen):
    for name in ("Spring tide #1", "The moon [draft]", "Tides ^ harbour"):
        (vault / f"{name}.md").write_text("A spring tide, the moon, the harbour and the gauge.", encoding="utf-8")
    assert notegen("day", "--vault", vault).status == 0
    assert notegen("check", the_log(vault), "--vault", vault).status == 0
    assert "left out here" not in the_log(vault).read_text("utf-8")
    assert "moon [draft" not in the_log(vault).read_text("utf-8")


def test_a_dry_run_plans_concepts_and_writes_nothing(vault: Path, tides: Path, notegen):
    before = snapshot(vault)
    [note] = notegen("day", "--vault", vault, "--dry-run", "--json").data["notes"]
    assert len(note["concepts"]) == 2
    assert snapshot(vault) == before


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Sea/spring tides.md", "My own note."),
        ("Oceans.md", "---\naliases: [Spring Tide]\n---\nMine."),
        ("Concepts/SPRING TIDE.md", "Mine."),
    ],
)
def test_a_note_of_the_learners_is_linked_and_never_rewritten(vault: Path, tides: Path, notegen, path: str, text: str):
    (vault / path).parent.mkdir(exist_ok=True)
    (vault / path).write_text(text, encoding="utf-8")
    [note] = notegen("day", "--vault", vault, "--json").data["notes"]
    assert [each["path"] for each in note["concepts"]] == ["Concepts/Recurrent neural network.md"]
    assert (vault / path).read_text("utf-8") == text
    assert Path(path).stem in links(the_log(vault))


def test_an_acronyms_note_is_the_concept(vault: Path, tides: Path, notegen):
    (vault / "RNN.md").write_text("Mine.", encoding="utf-8")
    [note] = notegen("day", "--vault", vault, "--json").data["notes"]
    assert [each["path"] for each in note["concepts"]] == ["Concepts/Spring tide.md"]


def test_making_a_log_again_changes_nothing_and_keeps_what_the_learner_wrote(vault: Path, tides: Path, notegen):
    assert notegen("day", "--vault", vault, "--date", "2026-03-01").status == 0
    concept = vault / "Concepts" / "Spring tide.md"
    concept.write_text(concept.read_text("utf-8").replace("- What it is:", "- What it is: water!"), encoding="utf-8")
    before = snapshot(vault)
    [note] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--refresh", "--json").data["notes"]
    assert note["status"] == "unchanged"
    assert snapshot(vault) == before


def test_a_concept_note_that_was_deleted_stays_away(vault: Path, tides: Path, notegen):
    assert notegen("day", "--vault", vault, "--date", "2026-03-01").status == 0
    (vault / "Concepts" / "Spring tide.md").unlink()
    pdf(vault / "Inbox" / "More.pdf", {key: f"{text} So it is." for key, text in TIDES.items()})
    assert notegen("day", "--vault", vault, "--date", "2026-03-02").status == 0
    assert not (vault / "Concepts" / "Spring tide.md").exists()


def test_new_concepts_are_bounded(vault: Path, tides: Path, notegen):
    (vault / "notegen.toml").write_text('[concepts]\nnew_per_log = 1\nfolder = "Ideas/Sea"\n', encoding="utf-8")
    [note] = notegen("day", "--vault", vault, "--json").data["notes"]
    assert [each["path"] for each in note["concepts"]] == ["Ideas/Sea/Spring tide.md"] or len(note["concepts"]) == 1
    assert all(each["path"].startswith("Ideas/Sea/") for each in note["concepts"])
