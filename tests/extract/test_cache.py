"""What was read once is not read again, and nothing wrong ever comes out of the cache."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pymupdf
import pytest

from notegen.errors import PdfError
from notegen.extract import extract
from notegen.extract.document import Document
from notegen.extract.facts import PIECE_PAGES
from notegen.extract.worker import process, workers
from notegen.store import Cache

TEXT = "A sentence that stands on the page for everyone to read."


def write_pdf(path: Path, pages: int = 4, **options: object) -> Path:
    document = pymupdf.open()
    for number in range(pages):
        document.new_page().insert_text((70, 150), [f"{number}.{line} {TEXT}" for line in range(12)])
    document.save(path, **options)
    return path


class Workers:
    """Counts the worker processes that are started."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        start = workers.subprocess.Popen

        def counted(*args: object, **kwargs: object) -> object:
            self.count += 1
            return start(*args, **kwargs)

        monkeypatch.setattr(workers.subprocess, "Popen", counted)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Workers:
    return Workers(monkeypatch)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "state" / "cache.sqlite3")


def said(document: Document) -> list[str]:
    """The number that each page begins with."""
    return [page.blocks[0].text.split(".")[0] for page in document.pages]


def test_the_second_look_starts_no_process_and_says_the_same(tmp_path: Path, cache: Cache, started: Workers):
    path = write_pdf(tmp_path / "a.pdf")
    survey, whole, part = extract(path, (), cache=cache), extract(path, cache=cache), extract(path, [1, 2], cache=cache)
    before = started.count
    again = Cache(tmp_path / "state" / "cache.sqlite3")
    assert extract(path, (), cache=again) == survey
    assert extract(path, cache=again) == whole
    assert extract(path, [1, 2], cache=again) == part
    assert started.count == before
    assert said(part) == ["1", "2"]


def test_a_known_book_is_not_looked_over_again_for_its_pages(tmp_path: Path, cache: Cache, monkeypatch):
    path = write_pdf(tmp_path / "a.pdf")
    whole = extract(path, cache=cache)
    requests: list[object] = []
    run = process.run

    def spy(jobs, *rest):
        requests.extend(job.request["facts"] for job in jobs)
        run(jobs, *rest)

    monkeypatch.setattr(process, "run", spy)
    assert said(extract(path, [3], cache=cache)) == ["3"]
    assert [facts["labels"] for facts in requests] == [list(whole.labels)]


def test_other_bytes_or_another_extractor_are_read_anew(tmp_path: Path, cache: Cache, started: Workers, monkeypatch):
    path = write_pdf(tmp_path / "a.pdf")
    assert extract(path, (), cache=cache).page_count == 4
    write_pdf(path, pages=3)
    assert extract(path, (), cache=cache).page_count == 3
    before = started.count
    monkeypatch.setattr(process, "extractor_version", lambda: "another")
    extract(path, (), cache=cache)
    assert started.count == before + 1


def test_damaged_rows_are_read_anew(tmp_path: Path, cache: Cache):
    path = write_pdf(tmp_path / "a.pdf")
    whole = extract(path, cache=cache)
    rows = sqlite3.connect(tmp_path / "state" / "cache.sqlite3")
    rows.execute("UPDATE kept SET value = CASE turn % 2 WHEN 0 THEN x'00ff' ELSE substr(value, 1, 40) END")
    rows.commit()
    rows.close()
    assert extract(path, cache=cache) == whole


def test_what_took_a_password_is_not_kept(tmp_path: Path, cache: Cache):
    path = write_pdf(tmp_path / "a.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open", owner_pw="own")
    assert extract(path, password="open", cache=cache).page_count == 4
    with pytest.raises(PdfError, match="locked"):
        extract(path, cache=cache)


def test_a_long_book_is_read_by_several_workers_in_order(tmp_path: Path, cache: Cache, started: Workers):
    path = write_pdf(tmp_path / "long.pdf", pages=PIECE_PAGES + 30)
    told: list[tuple[int, int]] = []
    document = extract(path, cache=cache, on_page=lambda done, asked: told.append((done, asked)))
    assert started.count == 3
    assert [page.index for page in document.pages] == list(range(PIECE_PAGES + 30))
    assert said(document) == [str(number) for number in range(PIECE_PAGES + 30)]
    assert told == [(done, PIECE_PAGES + 30) for done in range(1, PIECE_PAGES + 31)]
    assert extract(path, cache=cache) == document
    assert started.count == 3
