"""When a file is complete, and how long trouble is waited for: laws, without a clock."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.store.drops import FileFacts
from notegen.watch.backoff import LONGEST_FOR_ONE_S, LONGEST_S, Backoff
from notegen.watch.settling import Patience, Settling, looks_whole

PDF = b"%PDF-1.7\n" + b"x" * 4000 + b"\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (PDF, True),
        (b"\xef\xbb\xbfjunk" + PDF, True),
        (PDF + b"\n" * 900, True),
        (PDF[:2000], False),
        (PDF[:2000].ljust(len(PDF), b"\0"), False),
        (b"", False),
        (b"\0" * 5000, False),
        (b"<html>It will never be a PDF</html>", True),
    ],
)
def test_what_looks_whole(tmp_path: Path, data: bytes, whole: bool) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(data)
    assert looks_whole(file) is whole
    assert not looks_whole(tmp_path / "gone.pdf")


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(0.01, 1.5)), min_size=1, max_size=30))
def test_a_file_settles_only_after_it_stayed_as_it_was(tmp_path_factory, looks: list[tuple[int, float]]) -> None:
    file = tmp_path_factory.getbasetemp() / "whole.pdf"
    file.write_bytes(PDF)
    settling = Settling(Patience(settle_s=2.0, incomplete_s=60.0))
    now_s, since_s, last = 100.0, 100.0, None
    for version, step_s in looks:
        now_s += step_s
        if version != last:
            since_s, last = now_s, version
        settling.see("x", FileFacts(version, 0, 0), now_s)
        wait_s = settling.wait_s("x", file, now_s)
        assert (wait_s == 0.0) == (now_s - since_s >= 2.0)
        assert wait_s <= 2.0


def test_half_a_file_waits_longer_then_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "half.pdf"
    file.write_bytes(PDF[:2000])
    settling = Settling(Patience(settle_s=2.0, incomplete_s=60.0))
    facts = FileFacts(2000, 0, 0)
    settling.see("x", facts, 0.0)
    settling.see("x", facts, 2.0)
    assert settling.wait_s("x", file, 2.0) == 60.0
    assert settling.is_incomplete("x")
    assert settling.wants_look("x", 10.0)
    settling.see("x", facts, 61.9)
    assert settling.wait_s("x", file, 61.9) > 0
    settling.see("x", facts, 62.0)
    assert settling.wait_s("x", file, 62.0) == 0.0


@given(st.lists(st.sampled_from(["a", "b", "c", "done"]), max_size=40))
def test_trouble_holds_all_a_little_and_one_longer(events: list[str]) -> None:
    backoff, now_s = Backoff(), 0.0
    for event in events:
        now_s += 1.0
        if event == "done":
            backoff.after_success("d")
            assert backoff.wait_s("new", now_s) == 0.0
        else:
            assert 0 < backoff.after_trouble(event, now_s) <= LONGEST_S
            assert 0 < backoff.wait_s("new", now_s) <= backoff.wait_s(event, now_s) <= LONGEST_FOR_ONE_S
    backoff.forget()
    assert backoff.wait_s("a", now_s) == 0.0


def test_trouble_of_one_pdf_holds_no_other() -> None:
    backoff = Backoff()
    assert backoff.after_trouble("a", 0.0, alone=True) == 0.0
    assert backoff.wait_s("a", 0.0) > 0
    assert backoff.wait_s("b", 0.0) == 0.0
