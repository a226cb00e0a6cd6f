"""New text that waits beside the learner's: kept, moved with the text, taken, refused, outdated."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from test_plan_apply import NOTE, write

from notegen.run.review import accept, reject
from notegen.store.bases import KEPT_DAYS, KEPT_VERSIONS, Base, Bases
from notegen.vault import Vault
from notegen.vault.logs import originals
from notegen.vault.note import Note
from notegen.vault.regions import find, wrap
from notegen.vault.waiting import Waiting, settle, waiting

OLD = "- Bread is baked.\n- Salt is good.\n- Yeast is a fungus that grows."
MINE = OLD.replace("that grows", "that grows, I think")
NEW = OLD.replace("Yeast is a fungus that", "Yeast is a small fungus that").replace("is baked", "is baked hot")


def note(text: str) -> Note:
    return replace(NOTE, body=f"\n# Bread\n\n{wrap('recap', text)}\n\n## Reflection\n", attachments=())


def edit(root: Path, old: str, new: str) -> None:
    path = root / NOTE.path
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def text_in(root: Path) -> str:
    (region,) = find((root / NOTE.path).read_text("utf-8"))
    return region.text


@pytest.fixture
def contested(root: Path) -> Vault:
    """A vault with a note in which the learner and a new version changed the same sentence."""
    write(root, note(OLD))
    edit(root, "that grows", "that grows, I think")
    made = write(root, note(NEW))
    assert made.writes[-1].said == ("Your changes in ‘recap’ were kept; what is new there waits: notegen review.",)
    return Vault(root)


def only(vault: Vault) -> Waiting:
    (each,) = waiting(vault)
    return each


def test_what_only_the_new_version_changed_is_there_and_the_rest_waits(contested: Vault, root: Path) -> None:
    assert text_in(root) == MINE.replace("is baked", "is baked hot")
    each = only(contested)
    assert (each.state, each.before.strip(), each.new.strip()) == (
        "waiting",
        "Yeast is a fungus that grows, I think.",
        "Yeast is a small fungus that grows.",
    )
    before = (root / NOTE.path).stat().st_mtime_ns
    assert write(root, note(NEW)).writes[-1].status == "unchanged"
    assert (root / NOTE.path).stat().st_mtime_ns == before
    assert len(waiting(contested)) == 1


def test_one_that_is_taken_stands_in_the_note_and_the_next_version_arrives(contested: Vault, root: Path) -> None:
    each = only(contested)
    assert accept([(each, each.new)], contested).accepted == (each,)
    assert text_in(root) == NEW
    assert waiting(contested) == []
    newest = NEW.replace("small", "tiny")
    assert write(root, note(newest)).writes[-1].said == ()
    assert text_in(root) == newest


def test_one_that_is_refused_is_not_proposed_again(contested: Vault, root: Path) -> None:
    each = only(contested).proposal
    reject([only(contested)], " too long ", contested)
    write(root, note(NEW))
    edit(root, "I think", "I do think")
    write(root, note(NEW + "\n- More."))
    assert waiting(contested) == []
    assert [each.reason for each in contested.proposals.refused(each.note, each.path)] == ["too long"]


def test_one_moves_with_the_text_and_is_taken_in_its_new_place(contested: Vault, root: Path) -> None:
    edit(root, "- Bread", "- My first line.\n- Bread")
    write(root, note(NEW.replace("Salt is good", "Salt is very good")))
    each = only(contested)
    accept([(each, each.new)], contested)
    assert text_in(root) == "- My first line.\n" + NEW.replace("Salt is good", "Salt is very good")


def test_one_for_words_that_changed_since_is_proposed_anew_and_never_taken_unseen(contested: Vault, root: Path) -> None:
    seen = only(contested)
    edit(root, "I think", "I really think")
    assert accept([(seen, seen.new)], contested).left == (seen,)
    assert "I really think" in text_in(root)
    (anew,) = settle(contested)
    assert anew.proposal.id != seen.proposal.id
    assert "I really think" in anew.before
    assert "small fungus" in anew.new


def test_one_whose_place_is_gone_is_outdated(contested: Vault, root: Path) -> None:
    edit(root, "- Yeast is a fungus that grows, I think.", "- Something else entirely.")
    each = only(contested)
    assert each.state == "outdated"
    assert accept([(each, each.new)], contested).left == (each,)
    (root / NOTE.path).unlink()
    assert only(Vault(root)).state == "outdated"


def test_a_newer_version_takes_the_place_of_an_older_proposal(contested: Vault, root: Path) -> None:
    write(root, note(NEW.replace("small fungus", "tiny fungus")))
    assert [each.new.strip() for each in waiting(contested)] == ["Yeast is a tiny fungus that grows."]
    write(root, note(NEW.replace("Yeast is a small fungus that grows", "Yeast is a fungus that grows, I think")))
    assert waiting(contested) == []


def test_the_note_is_found_where_the_learner_moved_it(contested: Vault, root: Path) -> None:
    (root / "Reading").mkdir()
    (root / NOTE.path).rename(root / "Reading" / "Mine.md")
    each = only(Vault(root))
    assert (each.path, each.state) == ("Reading/Mine.md", "waiting")


def test_without_a_base_an_edited_region_counts_as_edited(root: Path, state: Path) -> None:
    write(root, note(OLD))
    edit(root, "that grows", "that grows, I think")
    for file in state.rglob("bases.sqlite3*"):
        file.unlink()
    assert write(root, note(NEW)).writes[-1].status == "kept"
    assert text_in(root) == MINE
    assert [each.state for each in waiting(Vault(root))] == ["waiting", "waiting"]


def test_a_damaged_region_holds_its_proposals_until_it_is_mended(root: Path) -> None:
    write(root, note(OLD))
    edit(root, "%% notegen:end recap %%\n", "")
    before = (root / NOTE.path).read_bytes()
    write(root, note(NEW))
    assert (root / NOTE.path).read_bytes() == before
    held = waiting(Vault(root))
    assert {each.state for each in held} == {"held"}
    assert all("end marker is missing" in each.held_by for each in held)
    edit(root, "\n\n## Reflection", "\n\n%% notegen:end recap %%\n\n## Reflection")
    mended = waiting(Vault(root))
    assert accept([(each, each.new) for each in mended], Vault(root)).left == ()
    assert text_in(root) == NEW


def test_line_ends_of_windows_stay_when_a_proposal_is_taken(contested: Vault, root: Path) -> None:
    path = root / NOTE.path
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    each = only(contested)
    accept([(each, each.new)], contested)
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert text_in(root) == NEW


def test_taking_one_changes_nothing_else(root: Path) -> None:
    body = f"\n{wrap('a', 'One is here.')}\n\nMine.\n\n{wrap('recap', OLD)}\n"
    write(root, replace(NOTE, body=body, attachments=()))
    edit(root, "that grows", "that grows, I think")
    write(root, replace(NOTE, body=body.replace(wrap("recap", OLD), wrap("recap", NEW)), attachments=()))
    each = only(Vault(root))
    before = (root / NOTE.path).read_text("utf-8")
    accept([(each, each.new)], Vault(root))
    after = (root / NOTE.path).read_text("utf-8")
    assert after == before.replace("a fungus that grows, I think", "a small fungus that grows")


def test_five_versions_or_ninety_days_of_a_region_are_kept() -> None:
    bases = Bases(None)
    today = dt.date(2026, 6, 1)
    made = [Base(note="N.md", region="a", hash=f"{number:012x}", text=f"version {number}") for number in range(9)]
    for number, base in enumerate(made):
        bases.keep([base], today - dt.timedelta(days=KEPT_DAYS + 10 - number))
    bases.keep([], today)
    assert [bases.text(each.hash) is not None for each in made] == [True] * 9
    latest = Base(note="N.md", region="a", hash="f" * 12, text="latest")
    bases.keep([latest], today)
    known = [each.text for each in made if bases.text(each.hash) is not None]
    assert known == [f"version {number}" for number in range(9 - KEPT_VERSIONS + 1, 9)]
    assert bases.text("f" * 12) == "latest"


def test_a_copy_that_the_learner_made_in_obsidian_is_theirs(root: Path) -> None:
    write(root, note(OLD))
    copy = root / NOTE.path.replace(".md", " 1.md")
    copy.write_bytes((root / NOTE.path).read_bytes())
    before = copy.read_bytes()
    assert [each.path for each in originals(Vault(root).logs())] == [NOTE.path]
    write(root, note(NEW))
    assert text_in(root) == NEW
    assert copy.read_bytes() == before
