"""Nothing is lost, doubled or torn: the quick part of `python -m tests.reliability`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

if os.name == "nt":
    pytest.skip("forks processes", allow_module_level=True)

sys.path.insert(0, str(Path(__file__).parents[1] / "extract"))

from hostile_pdfs import glyphs
from reliability import arrivals, crashes, surroundings
from reliability.stage import Row


def assert_clean(row: Row) -> None:
    assert row.is_clean, f"{row.scenario}: {row.notes}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> crashes.CrashSite:
    return crashes.CrashSite(tmp_path_factory.mktemp("site") / "site")


def test_killed_before_every_side_effect(site: crashes.CrashSite) -> None:
    row = crashes.singles(site)
    assert row.tried == site.steps > 20
    assert_clean(row)


def test_killed_at_random_moments(site: crashes.CrashSite) -> None:
    assert_clean(crashes.random_kills(site, 30))


def test_a_disk_that_is_full_from_some_moment_on(site: crashes.CrashSite) -> None:
    assert_clean(crashes.full_from(site, every=3))


def test_every_kind_of_writer(tmp_path: Path) -> None:
    assert_clean(arrivals.writers(tmp_path / "stage"))


def test_files_that_come_while_the_watcher_is_stopped(tmp_path: Path) -> None:
    assert_clean(arrivals.while_stopped(tmp_path / "stage", 300))


def test_every_kind_of_name(tmp_path: Path) -> None:
    assert_clean(arrivals.names(tmp_path / "stage"))


def test_two_processes_at_once(tmp_path: Path) -> None:
    assert_clean(surroundings.two_at_once(tmp_path, 1))


def test_the_clock_jumps(tmp_path: Path) -> None:
    assert_clean(surroundings.clock(tmp_path))


def test_it_stops_when_it_is_told_to(tmp_path: Path) -> None:
    def long_one(path: Path) -> Path:
        path.write_bytes(glyphs())
        return path

    assert_clean(surroundings.stopped_politely(tmp_path, long_one, (signal.SIGTERM,)))
