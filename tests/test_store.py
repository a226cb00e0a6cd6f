from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from pathlib import Path

import pytest

from notegen.store import Cache, Store, state_folder


def make(path: Path, content: bytes) -> Path:
    """A file that was last changed a while ago."""
    path.write_bytes(content)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def swap_content(path: Path, content: bytes) -> None:
    """Change the bytes behind the back of size and time, to see whether the file is read."""
    with path.open("r+b") as file:
        file.write(content)
    os.utime(path, (1_700_000_000, 1_700_000_000))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_an_unchanged_file_is_not_read_again_not_even_by_the_next_run(tmp_path: Path) -> None:
    file = make(tmp_path / "a.pdf", b"one")
    store = Store(tmp_path / "state" / "s.sqlite3")
    assert store.sha256_of(file) == sha256(b"one")
    store.close()
    swap_content(file, b"two")
    assert Store(tmp_path / "state" / "s.sqlite3").sha256_of(file) == sha256(b"one")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.sqlite3")
    file = make(tmp_path / "a.pdf", b"one")
    store.sha256_of(file)
    file.write_bytes(b"other length")
    assert store.sha256_of(file) == sha256(b"other length")
    swap_content(file, b"OTHER length")
    os.utime(file, (1_700_000_001, 1_700_000_001))
    assert store.sha256_of(file) == sha256(b"OTHER length")
    make(tmp_path / "b.pdf", b"OTHER LENGTH")
    os.utime(tmp_path / "b.pdf", (1_700_000_001, 1_700_000_001))
    os.replace(tmp_path / "b.pdf", file)
    assert store.sha256_of(file) == sha256(b"OTHER LENGTH")


def test_a_file_of_this_moment_is_not_remembered(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.sqlite3")
    file = tmp_path / "a.pdf"
    file.write_bytes(b"one")
    now = time.time_ns()
    os.utime(file, ns=(now, now))
    assert store.sha256_of(file) == sha256(b"one")
    with file.open("r+b") as handle:
        handle.write(b"two")
    os.utime(file, ns=(now, now))
    assert store.sha256_of(file) == sha256(b"two")


def test_a_damaged_database_is_set_aside(tmp_path: Path) -> None:
    place = tmp_path / "s.sqlite3"
    place.write_bytes(b"this is no database" * 100)
    file = make(tmp_path / "a.pdf", b"one")
    store = Store(place)
    assert store.sha256_of(file) == sha256(b"one")
    store.close()
    assert (tmp_path / "s.sqlite3.damaged").read_bytes().startswith(b"this is no database")
    swap_content(file, b"two")
    assert Store(place).sha256_of(file) == sha256(b"one")


def test_a_locked_database_costs_only_speed(tmp_path: Path) -> None:
    place = tmp_path / "s.sqlite3"
    Store(place).close()
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    file = make(tmp_path / "a.pdf", b"one")
    assert Store(place).sha256_of(file) == sha256(b"one")
    other.execute("ROLLBACK")
    other.close()
    assert not (tmp_path / "s.sqlite3.damaged").exists()


def test_a_database_of_a_newer_notegen_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "s.sqlite3"
    newer = sqlite3.connect(place)
    newer.execute("CREATE TABLE later (x)")
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    before = place.read_bytes()
    assert Store(place).sha256_of(make(tmp_path / "a.pdf", b"one")) == sha256(b"one")
    assert place.read_bytes() == before


def test_a_place_that_cannot_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    store = Store(tmp_path / "file" / "s.sqlite3")
    assert store.sha256_of(make(tmp_path / "a.pdf", b"one")) == sha256(b"one")


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Store.in_memory().sha256_of(tmp_path / "none.pdf")


def test_the_state_folder(tmp_path: Path) -> None:
    assert state_folder({"NOTEGEN_STATE": str(tmp_path)}) == tmp_path
    assert state_folder({}).name == "notegen"
    store = Store.open({"NOTEGEN_STATE": str(tmp_path / "new")})
    store.close()
    assert (tmp_path / "new" / "store.sqlite3").is_file()


def test_a_cache_gives_back_what_was_put_even_to_the_next_run(tmp_path: Path) -> None:
    with Cache(tmp_path / "state" / "c.sqlite3") as cache:
        cache.put({"a": b"one", "b": b"two"})
        cache.put({"a": b"three"})
        assert cache.get("a") == b"three"
    assert Cache(tmp_path / "state" / "c.sqlite3").get("b") == b"two"
    assert Cache(tmp_path / "state" / "c.sqlite3").get("c") is None


def test_the_rows_not_used_for_longest_go_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite3", max_bytes=1000)
    for name in "abcd":
        cache.put({name: bytes(240)})
    assert cache.get("a")
    cache.put({"e": bytes(240)})
    assert [name for name in "abcde" if cache.get(name)] == ["a", "d", "e"]


def test_a_file_that_is_no_cache_is_replaced(tmp_path: Path) -> None:
    place = tmp_path / "c.sqlite3"
    place.write_bytes(b"this is no database" * 100)
    cache = Cache(place)
    cache.put({"a": b"one"})
    assert cache.get("a") == b"one"


def test_a_cache_damaged_while_it_is_open_costs_only_its_rows(tmp_path: Path) -> None:
    place = tmp_path / "c.sqlite3"
    with Cache(place) as cache:
        for number in range(50):
            cache.put({str(number): bytes([number]) * 3000})
    with place.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 100_000)
    cache = Cache(place)
    assert all(cache.get(str(number)) in (None, bytes([number]) * 3000) for number in range(50))
    cache.put({"new": b"one"})
    assert cache.get("new") == b"one"


@pytest.mark.parametrize("trouble", ["locked", "no folder"])
def test_a_cache_that_cannot_be_used_is_an_empty_one(trouble: str, tmp_path: Path) -> None:
    place = tmp_path / "c.sqlite3"
    if trouble == "locked":
        Cache(place).close()
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
    else:
        (tmp_path / "file").write_text("x")
        place = tmp_path / "file" / "c.sqlite3"
    cache = Cache(place)
    cache.put({"a": b"one"})
    assert cache.get("a") is None


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a person's files by their folder")
def test_what_the_store_holds_is_the_learners_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "s.sqlite3"
    before = os.umask(0o022)
    try:
        Store(path).close()
        path.chmod(0o644)  # as earlier versions made it
        with Store(path) as store:
            store.sha256_of(make(tmp_path / "a.pdf", b"one"))
            assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    finally:
        os.umask(before)
