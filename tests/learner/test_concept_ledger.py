"""The ledger: what counts as evidence, when a concept is mastered, when it is due, and what is never touched."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from notegen.config import LedgerSettings
from notegen.desk import open_desk
from notegen.learner.ledger.deed import Deed
from notegen.learner.ledger.entry import Entry, changes, entry_in, merged
from notegen.learner.ledger.gathering import review_of
from notegen.learner.ledger.memory import read_memory, reviewed
from notegen.run.ledger import LedgerReport, keep_ledger
from notegen.vault.properties import parse, split
from notegen.vault.regions import with_roster, wrap

NAMES = LedgerSettings()
DAY = dt.date(2026, 1, 5)
LOG = "Logs/Winds.md"
CHECK = """> [!question] 🧪 Self-Check

> - [ ] What is a trade wind?
> - [ ] What is a neap tide?
>
> > [!success]- Answers · extracted
> > 1. A trade wind is a steady wind that blows towards the equator. [[Sea.pdf#page=1|p. 1]]"""
REFLECTION = """
## 💭 Reflection (Your Input)

- What clicked for me today:
- What I still find unclear:
- How I could apply this in my projects:

## ⚙️ Implementation / Experiments

- What I ran or tried, and what happened:
"""
CONCEPT = """---
type: concept
mine: "kept: as is"   # a remark
aliases: [{aliases}]
passage: b1-0123456789abcdef 1-1
---
# {name}

## 🧠 In my own words

- What it is:

## 🧪 My example

- A case of it that I made up or met:
"""


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def deed(number: int, grade: str | None = "good", about: str = "What is it?") -> Deed:
    return Deed(date=day(number), what="recalled" if grade else "explained", where="Log", grade=grade, about=about)


class Sea:
    """A vault with a log and two concept notes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("Logs", "Concepts", "Cards"):
            (root / folder).mkdir(parents=True)
        (root / "notegen.toml").write_text("", encoding="utf-8")
        front = f"---\ntype: log\ndate: {DAY}\nsource_sha256: {'ab' * 32}\npdf_pages: 1-1\n---\n"
        self.write(LOG, front + with_roster(wrap("check-1", CHECK)) + REFLECTION)
        self.write("Concepts/Trade wind.md", CONCEPT.format(name="Trade wind", aliases="Passat"))
        self.write("Concepts/Neap tide.md", CONCEPT.format(name="Neap tide", aliases=""))

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, encoding="utf-8")

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        assert old in self.text(path)
        self.write(path, self.text(path).replace(old, new, 1))

    def keep(self, number: int = 0, *, dry_run: bool = False) -> LedgerReport:
        return keep_ledger(open_desk(self.root, os.environ, may_fetch=False), day(number), dry_run=dry_run)

    def properties(self, name: str) -> dict[str, object]:
        return parse(split(self.text(f"Concepts/{name}.md"))[0] or "")


@pytest.fixture
def sea(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sea:
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    return Sea(tmp_path / "vault")


def written(report: LedgerReport) -> list[str]:
    return [each.path for each in report.writes if each.status in ("written", "updated")]


def test_a_vault_in_which_nothing_was_done_is_not_written_to(sea: Sea):
    before = {path: path.read_bytes() for path in sea.root.rglob("*.md")}
    assert written(sea.keep()) == []
    assert {path: path.read_bytes() for path in sea.root.rglob("*.md")} == before


@pytest.mark.parametrize(
    ("path", "old", "new", "name", "line", "level"),
    [
        (LOG, "[ ] What is a trade", "[x] What is a trade", "Trade wind", "ticked: What is a trade wind?", "explained"),
        (LOG, "tide?\n", "tide?\n>   the weak tide at half moon, small range\n", "Neap tide",
         "explained: What is a neap tide?", "explained"),
        (LOG, "me today:", "me today: the passat blows ships slowly towards the equator", "Trade wind",
         "explained: Reflection (Your Input)", "explained"),
        (LOG, "what happened:", "what happened: a fan over warm water gave me a small trade wind", "Trade wind",
         "applied: Implementation / Experiments", "applied"),
        ("Concepts/Neap tide.md", "What it is:", "What it is: sun and moon pull at right angles", "Neap tide",
         "explained: In my own words", "explained"),
        ("Concepts/Neap tide.md", "made up or met:", "made up or met: mud walks are shorter at half moon", "Neap tide",
         "applied: My example", "applied"),
    ],
)  # fmt: skip
def test_evidence_is_what_the_learner_did(sea: Sea, path: str, old: str, new: str, name: str, line: str, level: str):
    sea.change(path, old, new)
    sea.keep()
    found = sea.properties(name)
    where = path.rpartition("/")[2].removesuffix(".md")
    assert found["evidence"] == [f"[[{where}|{DAY} {line}]]"]
    assert (found["learned"], found["next_review"]) == (level, "2026-01-07")
    other = "Trade wind" if name == "Neap tide" else "Neap tide"
    assert "learned" not in sea.properties(other)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unclear:", "unclear: why the trade wind blows steadily towards the equator"),
        ("projects:", "projects: I could put the trade wind into my sailing simulation"),
        ("me today:", "me today: the trade wind"),
        ("me today:", "me today: ~~the trade wind pulls heavy ships towards the pole~~"),
    ],
)
def test_what_is_unclear_planned_only_named_or_struck_is_no_evidence(sea: Sea, old: str, new: str):
    sea.change(LOG, old, new)
    assert written(sea.keep()) == []


def test_only_the_ledgers_keys_change_and_a_second_look_writes_nothing(sea: Sea):
    sea.change(LOG, "- [ ] What is a trade", "- [x] What is a trade")
    before = sea.text("Concepts/Trade wind.md")
    assert written(sea.keep(dry_run=True))
    assert sea.text("Concepts/Trade wind.md") == before
    assert written(sea.keep()) == ["Concepts/Trade wind.md", "Mastered Concepts.md", "Mastered Concepts.base"]
    head, _, body = before.partition("---\n#")
    after = sea.text("Concepts/Trade wind.md")
    assert after.startswith(head)
    assert after.endswith(f"---\n#{body}")
    assert written(sea.keep()) == written(sea.keep(40)) == []


def test_mastered_needs_two_successes_a_week_apart_and_no_failure_since():
    assert Entry(deeds=(deed(0), deed(0, about="Other?"), deed(6))).mastered(day(90)) is None
    assert Entry(deeds=(deed(0), deed(3), deed(7))).mastered(day(90)) == day(7)
    assert Entry(deeds=(deed(0), deed(7), deed(8, "again"))).mastered(day(90)) is None
    assert Entry(deeds=(deed(0, "again"), deed(8))).mastered(day(90)) is None
    assert Entry(deeds=(deed(0), deed(7))).mastered(day(6)) is None


def test_a_recall_counts_as_one_only_days_later():
    assert Entry(deeds=(deed(0),)).level(DAY) == "explained"
    assert Entry(deeds=(deed(0), deed(2))).level(day(2)) == "recalled"
    assert Entry(deeds=(deed(0), deed(2, "again"))).level(day(2)) == "explained"
    assert Entry(said="applied").level(DAY) == "applied"


def test_a_day_counts_once_by_its_worst_grade():
    worst = reviewed(None, [deed(0, "again"), deed(0, "easy", about="Other?")])
    assert worst == reviewed(None, [deed(0, "again")])
    assert worst is not None
    assert worst.due == day(1)


def test_first_grades_and_a_run_of_goods_come_back_as_fsrs_has_them():
    """1, 1, 2 and 8 days; 2, 11, 46, 163 and 497 days, then 7 after a lapse: as its authors' package gives them."""
    first = [reviewed(None, [deed(0, grade)]) for grade in ("again", "hard", "good", "easy")]
    assert [each and (each.due - DAY).days for each in first] == [1, 1, 2, 8]
    memory, number, days = None, 0, []
    for grade in ("good", "good", "good", "good", "good", "again"):
        memory = reviewed(memory, [deed(number, grade)])
        assert memory is not None
        days.append((memory.due - day(number)).days)
        number += days[-1]
    assert days == [2, 11, 46, 163, 497, 7]


def test_the_line_of_memory_is_read_back_to_the_day():
    memory = reviewed(None, [deed(0), deed(2)])
    assert memory is not None
    again, straight = read_memory(str(memory), memory.due), reviewed(None, [deed(0), deed(2), deed(13)])
    later = reviewed(again, [deed(13)])
    assert later is not None
    assert straight is not None
    assert later.due == straight.due


@pytest.mark.parametrize(
    "line", ["", "fsrs6", "fsrs6 0 5 2026-01-05", "fsrs6 2.3 99 2026-01-05", "fsrs6 2 5 2026-13-05"]
)
def test_a_broken_memory_is_said_and_kept_and_the_evidence_goes_on(line: str):
    told = {"memory": line or "x", "next_review": "2026-02-01", "evidence": [str(deed(0))]}
    entry = entry_in(told, NAMES, DAY)
    assert "cannot be read" in entry.troubles[0]
    found = changes(entry, [deed(3)], NAMES, day(3))
    assert found["evidence"] == [str(deed(0)), str(deed(3))]
    assert not {"memory", "next_review"} & set(found)


def test_dates_to_come_are_said_kept_and_count_from_their_day():
    told = {"evidence": [str(deed(0)), str(deed(400))], "learned": "wizard"}
    entry = entry_in(told, NAMES, DAY)
    assert len(entry.troubles) == 2
    assert entry.mastered(DAY) is None
    assert entry.mastered(day(400)) == day(400)
    assert "learned" not in changes(entry, [deed(1)], NAMES, day(1))


def test_a_schedule_of_a_day_to_come_is_said_and_kept_until_the_clock_is_right():
    ahead = reviewed(None, [deed(365)])
    assert ahead is not None
    told = {"memory": str(ahead), "next_review": str(ahead.due)}
    entry = entry_in(told, NAMES, DAY)
    assert "still to come" in entry.troubles[0]
    assert set(changes(entry, [deed(1)], NAMES, day(1))) == {"learned", "evidence"}
    assert entry_in(told, NAMES, day(366)).troubles == ()


def test_lines_that_the_learner_wrote_stay_among_the_evidence():
    entry = entry_in({"evidence": ["told my sister", str(deed(0))]}, NAMES, DAY)
    assert changes(entry, [deed(2)], NAMES, day(2))["evidence"] == ["told my sister", str(deed(0)), str(deed(2))]


def test_two_notes_of_one_concept_are_one_and_keep_what_each_has(sea: Sea):
    sea.write("Concepts/Passat.md", CONCEPT.format(name="Passat", aliases="").replace(
        "type: concept\n", f'type: concept\nevidence:\n  - "{deed(-9)}"\n'))  # fmt: skip
    sea.change(LOG, "- [ ] What is a trade", "- [x] What is a trade")
    before = sea.text("Concepts/Trade wind.md")
    [_, one] = sea.keep().standings
    assert [note.path for note in one.concept.notes] == ["Concepts/Passat.md", "Concepts/Trade wind.md"]
    assert one.mastered == DAY
    assert sea.text("Concepts/Trade wind.md") == before
    assert merged([one.entry, Entry(deeds=(deed(-9),))]).deeds == one.entry.deeds


def test_properties_that_cannot_be_read_are_said_and_left(sea: Sea):
    sea.change("Concepts/Trade wind.md", "aliases: [Passat]", "aliases: [Passat")
    sea.change(LOG, "- [ ] What is a trade", "- [x] What is a trade")
    before = sea.text("Concepts/Trade wind.md")
    report = sea.keep()
    print([(x.concept.path, x.new, x.troubles) for x in report.standings])
    assert any("left as they are" in trouble for each in report.standings for trouble in each.troubles)
    assert sea.text("Concepts/Trade wind.md") == before


def test_reviews_in_the_plugin_count_with_their_day(sea: Sea):
    card = "What is a trade wind?\n?\nA steady wind.\n<!--SR:!fsrs,2026-01-20,11,11.5,2.1,2,2,0,0,2026-01-09-->"
    sea.write("Cards/Sea.md", "---\ncards_of: b1-0123456789abcdef\n---\n" + wrap("card-0123456789abcdef", card) + "\n")
    sea.change(LOG, "- [ ] What is a trade", "- [x] What is a trade")
    sea.keep()
    sea.keep(4)
    assert sea.properties("Trade wind")["evidence"] == [
        "[[Winds|2026-01-05 ticked: What is a trade wind?]]",
        "[[Sea|2026-01-09 recalled good: What is a trade wind?]]",
    ]
    assert sea.properties("Trade wind")["learned"] == "recalled"


@pytest.mark.parametrize(
    ("schedule", "review"),
    [
        ("!fsrs,2026-01-20,11,11.5,2.1,2,2,0,0,2026-01-09", (dt.date(2026, 1, 9), "good")),
        ("!fsrs,2026-01-10,1,0.5,7.1,3,2,1,0,2026-01-09T10:00:00Z", (dt.date(2026, 1, 9), "again")),
        ("!2026-01-20,11,250", (dt.date(2026, 1, 9), "good")),
        ("!2026-01-20,1,130", (dt.date(2026, 1, 19), "again")),
        ("!2026-13-20,1,130", None),
        ("!fsrs,nonsense", None),
        ("", None),
    ],
)
def test_a_schedule_of_the_plugin_tells_its_last_review(schedule: str, review: object):
    assert review_of(schedule) == review


def test_a_deed_is_read_back_as_it_was_written_whatever_it_is_about():
    for about in ("Why is [x] | y?", "", "a ]] b"):
        one = Deed(date=DAY, what="recalled", grade="hard", where="Log", about=about)
        again = Deed.read(str(one))
        assert again is not None
        assert again.is_like(one)
        assert (again.date, again.grade) == (one.date, one.grade)
    assert Deed.read("[[Log|2026-99-99 recalled good]]") is Deed.read("[[Log]]") is None


def test_the_learners_names_of_properties_are_used(sea: Sea):
    sea.write("notegen.toml", '[ledger]\nlearned = "Stand"\nnote = "Über/Gekonnt.md"\nbase = ""\n')
    sea.change(LOG, "- [ ] What is a trade", "- [x] What is a trade")
    assert written(sea.keep()) == ["Concepts/Trade wind.md", "Über/Gekonnt.md"]
    assert sea.properties("Trade wind")["Stand"] == "explained"
    assert written(sea.keep(9)) == []


def test_the_command_shows_what_is_due(notegen, sea: Sea):
    sea.change(LOG, "- [ ] What is a trade", "- [x] What is a trade")
    assert "ticked" in notegen("ledger", "--vault", sea.root, "--date", "2026-01-05").out
    data = notegen("ledger", "--vault", sea.root, "--date", "2026-01-07", "--json", "--dry-run").data
    assert [(each["concept"], each["learned"], each["due"]) for each in data["concepts"]] == [
        ("Neap tide", "seen", False),
        ("Trade wind", "explained", True),
    ]
    assert data["written"] == []
