"""Taking runs back: byte for byte where nobody touched a file since, with the learner's changes where somebody did."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from notegen.errors import VaultError
from notegen.store.runs import MOST_RUNS, changes_of_run, runs
from notegen.vault import Vault, apply, writing
from notegen.vault.files import version_of
from notegen.vault.memory import MemoryFiles
from notegen.vault.note import Plan, Removal, Write
from notegen.vault.undo import Undone, undo_plan

WORDS = "tide moon ebb flood spring neap gauge harbour current swell".split()


@dataclass
class Book:
    """A vault in memory and a way to look at it."""

    vault: Vault

    @classmethod
    def with_notes(cls, **notes: str) -> Book:
        return cls(Vault(MemoryFiles({f"{name}.md": text.encode() for name, text in notes.items()})))

    def files(self) -> dict[str, bytes]:
        return {path: self.vault.storage.read(path)[0] for path in self.vault.storage.list()}

    def type(self, path: str, data: bytes) -> None:
        """What the learner, or another program, does."""
        there = self.files().get(path)
        self.vault.storage.write_if(path, data, version_of(there))
        self.vault.refresh()

    def run(self, *writes: tuple[str, bytes], gone: tuple[str, ...] = (), command: str = "notegen day") -> int:
        there = self.files()
        plan = Plan(
            writes=tuple(
                Write(
                    path=path,
                    data=data,
                    status="updated" if path in there else "written",
                    before_sha256=version_of(there.get(path)),
                )
                for path, data in writes
            ),
            removals=tuple(Removal(path=path, before_sha256=version_of(there[path])) for path in gone),
        )
        with writing(self.vault, command):
            apply(plan, self.vault)
            return self.vault.run.number

    def undo(self, number: int) -> dict[str, Undone]:
        plan, undone = undo_plan(changes_of_run(self.vault.ledger, number), self.vault)
        with writing(self.vault, "notegen undo"):
            self.vault.run.undoes = number
            apply(plan, self.vault)
        return {each.path: each for each in undone}


def text(dice: random.Random) -> bytes:
    return "".join(f"{dice.choice(WORDS)} {dice.randrange(1000)}\n" for _ in range(dice.randint(0, 12))).encode()


def a_run(book: Book, dice: random.Random) -> int:
    """A run that makes, changes and removes some files."""
    there = sorted(book.files())
    old = dice.sample(there, min(len(there), dice.randint(0, 4)))
    gone = tuple(old[:1]) if dice.random() < 0.3 else ()
    new = [f"N{dice.randrange(10**6)}{dice.choice(('.md', '.png', '.canvas'))}" for _ in range(dice.randint(1, 3))]
    changed = [(path, book.files()[path] + text(dice)) for path in old if path not in gone]
    return book.run(*changed, *((path, text(dice)) for path in new if path not in there), gone=gone)


@pytest.mark.parametrize("seed", range(200))
def test_untouched_files_become_what_they_were_byte_for_byte(seed: int) -> None:
    dice = random.Random(seed)
    book = Book.with_notes(**{f"Note {number}": text(dice).decode() for number in range(6)})
    before = book.files()
    number = a_run(book, dice)
    after = book.files()
    touched = set(dice.sample(sorted(after), dice.randint(0, 2)))
    for path in touched:
        book.type(path, after[path] + f"My own words in {path}.\n".encode())
    untouched = set(after) - touched

    undone = book.undo(number)

    now = book.files()
    for path in {*before, *after}:
        if path in untouched or path not in after:
            assert now.get(path) == before.get(path)
        else:
            assert f"My own words in {path}.\n".encode() in now[path]
            assert undone.get(path) is None or undone[path].status in ("merged", "kept")
    if not touched:
        book.undo(runs(book.vault.ledger)[0].number)
        assert book.files() == after


def test_a_line_of_the_learner_stays_and_the_run_s_lines_go() -> None:
    book = Book.with_notes(a="one\ntwo\nthree\nfour\nfive\n")
    number = book.run(("a.md", b"one\nTWO\nthree\nfour\nfive\n"))
    book.type("a.md", b"one\nTWO\nthree\nfour\nfive\nmine\n")
    assert book.undo(number)["a.md"].status == "merged"
    assert book.files()["a.md"] == b"one\ntwo\nthree\nfour\nfive\nmine\n"


def test_properties_are_taken_back_one_by_one() -> None:
    book = Book.with_notes(a="---\ntype: log\nmade_from: one\n# mine\nkept: 012\n---\nbody\n")
    after = b"---\ntype: log\nmade_from: two\n# mine\nkept: 012\nnew: 1\n---\nbody\n"
    number = book.run(("a.md", after))
    book.type("a.md", after.replace(b"type: log", b"type: lecture").replace(b"new: 1", b"new: 1\nmood: good"))
    assert book.undo(number)["a.md"].status == "merged"
    assert book.files()["a.md"] == (b"---\ntype: lecture\nmade_from: one\n# mine\nkept: 012\nmood: good\n---\nbody\n")


def test_where_both_changed_the_same_line_the_learner_s_stays() -> None:
    book = Book.with_notes(a="one\ntwo\n")
    number = book.run(("a.md", b"one\nTWO\n"))
    book.type("a.md", b"one\nmine\n")
    assert book.undo(number)["a.md"].status == "kept"
    assert book.files()["a.md"] == b"one\nmine\n"


def test_other_line_ends_are_no_changes_of_the_learner() -> None:
    book = Book.with_notes(a="one\ntwo\nthree\n")
    number = book.run(("a.md", b"one\nTWO\nthree\n"))
    book.type("a.md", b"\xef\xbb\xbfone\r\nTWO\r\nthree\r\n")
    book.undo(number)
    assert book.files()["a.md"] == b"\xef\xbb\xbfone\r\ntwo\r\nthree\r\n"


def test_a_file_that_was_moved_since_is_found_and_one_that_is_gone_stays_away() -> None:
    book = Book.with_notes(a="one\n", b="eins\n")
    number = book.run(("a.md", b"two\n"), ("b.md", b"zwei\n"), ("c.md", b"new\n"))
    book.type("Mine/a moved.md", b"two\n")
    for path in ("a.md", "b.md"):
        book.vault.storage.remove_if(path, version_of(book.files()[path]))
    undone = book.undo(number)
    assert book.files() == {"Mine/a moved.md": b"one\n"}
    assert undone["Mine/a moved.md"].status == "restored"
    assert "stays away" in undone["b.md"].said


def test_a_picture_that_the_learner_shows_elsewhere_stays() -> None:
    book = Book.with_notes(mine="")
    number = book.run(("Attachments/x.png", b"\x89PNG"), ("Attachments/y.png", b"\x89PNG2"), ("log.md", b"![[x.png]]"))
    book.type("mine.md", b"Look: ![[x.png]]")
    undone = book.undo(number)
    assert set(book.files()) == {"mine.md", "Attachments/x.png"}
    assert "mine.md" in undone["Attachments/x.png"].said


def test_what_came_in_the_way_of_a_removed_file_stays() -> None:
    book = Book.with_notes(a="one\n")
    number = book.run(gone=("a.md",))
    book.type("a.md", b"another\n")
    assert "Another file" in book.undo(number)["a.md"].said
    assert book.files()["a.md"] == b"another\n"


def test_a_run_is_one_entry_however_often_it_wrote_and_one_without_changes_is_none() -> None:
    book = Book.with_notes(a="0")
    with writing(book.vault, "notegen day"):
        for text in (b"1", b"2"):
            book.run(("a.md", text))
    with writing(book.vault, "notegen day"):
        pass
    [run] = runs(book.vault.ledger)
    [change] = changes_of_run(book.vault.ledger, run.number)
    assert (run.command, change.before, change.after) == ("notegen day", b"0", b"2")


def test_the_record_tells_what_was_taken_back_and_what_was_had_again() -> None:
    book = Book.with_notes(a="0")
    first = book.run(("a.md", b"1"))
    book.undo(first)
    second = runs(book.vault.ledger)[0].number
    assert [run.undone_by for run in runs(book.vault.ledger)] == [0, second]
    book.undo(second)
    assert book.files() == {"a.md": b"1"}
    assert [run.undone_by for run in runs(book.vault.ledger)] == [0, runs(book.vault.ledger)[0].number, 0]


def test_the_oldest_runs_are_forgotten() -> None:
    book = Book.with_notes(a="0")
    last = [book.run(("a.md", b"%d" % number)) for number in range(1, MOST_RUNS + 4)][-1]
    known = [run.number for run in runs(book.vault.ledger)]
    assert known == list(range(last, last - MOST_RUNS, -1))


class RefusingFiles(MemoryFiles):
    """A vault of which one file cannot be written, and nobody knows before it is tried."""

    def write_if(self, path: str, data: bytes, version: str) -> str:
        if path == "c.md":
            raise OSError(5, "Input/output error")
        return super().write_if(path, data, version)


def test_when_the_last_file_cannot_be_written_none_is() -> None:
    book = Book(Vault(RefusingFiles({"a.md": b"a", "c.md": b"c", "old.md": b"old"})))
    before = book.files()
    with pytest.raises(VaultError, match=r"c\.md"):
        book.run(("a.md", b"A"), ("b.md", b"B"), ("c.md", b"C"), gone=("old.md",))
    assert book.files() == before
    assert runs(book.vault.ledger) == []
