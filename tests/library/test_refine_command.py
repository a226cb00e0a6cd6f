"""`notegen refine`: a raw note is put in order beside it, held against the books, and keeps every byte."""

from __future__ import annotations

from pathlib import Path

import pytest

DUMP = """---
mood: tired
---
# Rivers, day 1

## What rivers build

**KEY INSIGHT:** A river is a machine that sorts sand.

- A delta is a plain of mud and sand that a river builds where it meets the sea.
- The Danube carries 90 million tons of silt to the Black Sea in a year.
- Salmon sing at night in the upper valleys of the north.

**The conveyor analogy:**
- It is like a belt: heavy things fall off first.

60 million / 30 = 3 million tons a day, and (sand:1, silt:3) becomes (sand:25%, silt:75%).

Who measured that?

### 🐰 RABBIT HOLE: Braided rivers (avoid for now)

**Status**: Not diving into this. It is for Week 3+ when we do hydrology.

- Braids split and join.

## Lakes

- An oxbow lake is left behind when the river breaks through the neck of a meander.
- Nested thing
  - this is a side track - we'll skip this for now
"""


@pytest.fixture
def dump(rivers: Path) -> Path:
    path = rivers / "Notes" / "Day 1.md"
    path.parent.mkdir()
    path.write_bytes(DUMP.replace("\n", "\r\n").encode())
    return path


def model_of(dump: Path) -> Path:
    [model] = [each for each in dump.parent.glob("*.md") if each != dump]
    return model


def test_a_raw_note_gets_a_mental_model_beside_it_and_keeps_every_byte(dump: Path, rivers: Path, notegen):
    before = dump.read_bytes()
    ran = notegen("refine", "Day 1", "--vault", rivers, "--offline", "--json")
    assert ran.status == 0, ran.err
    assert set(ran.data) == {"note", "written", "claims", "rabbit_holes"}
    assert (ran.data["note"], ran.data["written"]) == ("Notes/Day 1.md", "Notes/Day 1 – mental model.md")
    claims = {each["text"]: each for each in ran.data["claims"]}
    assert all(set(each) == {"text", "line", "verdict", "evidence"} for each in claims.values())
    delta = claims["A delta is a plain of mud and sand that a river builds where it meets the sea."]
    danube = claims["The Danube carries 90 million tons of silt to the Black Sea in a year."]
    salmon = claims["Salmon sing at night in the upper valleys of the north."]
    assert (delta["verdict"], delta["line"]) == ("supported", 10)
    assert delta["evidence"][0]["pdf"] == "Inbox/Rivers.pdf"
    assert danube["verdict"] == "contradicted"
    assert danube["evidence"][0]["text"].startswith("The Danube carries 60 million tons")
    assert (salmon["verdict"], salmon["evidence"]) == ("not found", [])
    assert dump.read_bytes() == before


def test_what_the_author_marked_stands_in_its_place_in_their_words(dump: Path, rivers: Path, notegen):
    ran = notegen("refine", "Day 1", "--vault", rivers, "--offline", "--json")
    holes = ran.data["rabbit_holes"]
    assert [(each["title"], each["line"], each["not_before"]) for each in holes] == [
        ("Braided rivers", 21, "Week 3+ when we do hydrology"),
        ("Lakes", 31, ""),
    ]
    assert holes[0]["status"].startswith("Not diving into this.")
    text = model_of(dump).read_text(encoding="utf-8")
    for part in (
        "> - A river is a machine that sorts sand.",
        "> - It is like a belt: heavy things fall off first.",
        "- Who measured that?",
        "## 🧪 Test yourself",
        "> [!question] Does this hold? “The Danube carries 90 million tons of silt to the Black Sea in a year.”",
        "> - ✗ `60 million / 30 = 3 million` → **2,000,000**",
        "> - ✓ `(sand:25%, silt:75%)` → sand 25.0 %, silt 75.0 %",
        "Not before: Week 3+ when we do hydrology",
    ):
        assert part in text, part
    assert notegen("check", model_of(dump), "--vault", rivers).status == 0


def test_after_edits_the_model_takes_in_what_is_new_and_keeps_the_learners_changes(dump: Path, rivers: Path, notegen):
    notegen("refine", "Day 1", "--vault", rivers, "--offline")
    model = model_of(dump)
    mine = model.read_text(encoding="utf-8").replace("together:\n", "together:\n- Water sorts by weight.\n")
    model.write_text(mine, encoding="utf-8")
    assert notegen("refine", "Day 1", "--vault", rivers, "--offline").status == 0
    assert model.read_text(encoding="utf-8") == mine
    model.rename(model.with_name("My model.md"))
    dump.write_text(DUMP + "\n## Ice\n\n- Glaciers grind rock into a fine flour.\n", encoding="utf-8")
    ran = notegen("refine", "Day 1", "--vault", rivers, "--offline", "--json")
    assert ran.data["written"] == "Notes/My model.md"
    now = (dump.parent / "My model.md").read_text(encoding="utf-8")
    assert "- Water sorts by weight." in now
    assert "✅ Glaciers grind rock into a fine flour." in now


def test_a_dry_run_writes_nothing(dump: Path, rivers: Path, notegen):
    ran = notegen("refine", "Day 1", "--vault", rivers, "--offline", "--dry-run", "--json")
    assert (ran.status, ran.data["written"]) == (0, None)
    assert [each.name for each in dump.parent.iterdir()] == ["Day 1.md"]


def test_a_note_without_headings_is_put_in_order_by_what_its_lines_are_about(rivers: Path, notegen):
    lines = [
        "A meander is a bend that a river cuts.", "Ice grinds rock to flour.", "Every meander moves downstream.",
        "Ice melts from below.", "The outer bank of a meander is worn away.", "Ice carries stones.",
    ]  # fmt: skip
    (rivers / "Loose.md").write_text("\n\n".join(lines), encoding="utf-8")
    assert notegen("refine", "Loose", "--vault", rivers, "--offline").status == 0
    text = (rivers / "Loose – mental model.md").read_text(encoding="utf-8")
    meander, ice = text.index("## Meander"), text.index("## Ice")
    for line in lines:
        part = text[meander:ice] if "meander" in line else text[ice:]
        assert line.removeprefix("A ")[:20] in part, line


@pytest.mark.parametrize(("data", "word"), [(b"  \n", "is empty"), (b"\xff\xfe\x00binary", "no UTF-8")])
def test_what_is_no_raw_note_is_refused_in_plain_words(rivers: Path, notegen, data: bytes, word: str):
    (rivers / "Odd.md").write_bytes(data)
    ran = notegen("refine", "Odd", "--vault", rivers, "--offline")
    assert ran.status in (1, 2)
    assert word in ran.err
    assert notegen("refine", "Nowhere", "--vault", rivers, "--offline").status == 2
