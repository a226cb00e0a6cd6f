"""What a library of many books costs: reading it, its size, one changed book, a question.

    python benchmarks/books.py FOLDER … [--books 100] [--keep WORK]

The first N different PDFs of the folders that have text on five pages or more, smallest first, go into a vault. CPU is
that of this process and of the workers that read. One book in the middle of them gets another page and is read again.
The questions are made of the books themselves: "What does the book say about …?" with words of a sentence in the middle
of a book, fifty in all, put to all books at once. With --keep a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pymupdf

from notegen.cli.passwords import Passwords
from notegen.desk import open_desk
from notegen.embed.weights import model_folder
from notegen.language.words import is_content, tokens
from notegen.library.kept_units import unit_of
from notegen.library.opening import OpenLibrary
from notegen.library.shelving import Done
from notegen.run.asking import ask
from notegen.run.shelving import refresh

QUESTIONS, ASKED_WORDS = 50, 4
LEAST_PAGES = 5
"""Of a book; what is shorter is a handout."""


def different(folders: Iterable[Path], wanted: int) -> Iterator[Path]:
    """Books among the PDFs of the folders, each content once, smallest first."""
    seen: set[str] = set()
    found = {path for folder in folders for path in folder.rglob("*.pdf") if path.is_file()}
    for path in sorted(found, key=lambda each: (each.stat().st_size, each)):
        if len(seen) == wanted:
            return
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        if content not in seen and is_book(path):
            seen.add(content)
            yield path


def is_book(path: Path) -> bool:
    """It opens, and has text on enough pages."""
    try:
        with pymupdf.open(path) as document:
            return not document.needs_pass and sum(bool(page.get_text()) for page in document) >= LEAST_PAGES
    except (RuntimeError, ValueError):
        return False


def cpu() -> float:
    """Seconds of this process and of its children that have ended."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def timed(work: Callable[[], Done]) -> tuple[Done, float, float]:
    """What the work came to, its seconds, and those of CPU."""
    began, used = time.perf_counter(), cpu()
    return work(), time.perf_counter() - began, cpu() - used


def questions(opened: OpenLibrary) -> Iterator[tuple[str, str]]:
    """(question, language) of sentences in the middle of the books, in turn."""
    rows = [row for row in opened.engine.books() if row.units > 2]
    for number in range(QUESTIONS):
        row = rows[number * 7 % len(rows)]
        units = list(opened.engine.in_range(row.rows))
        text = unit_of(units[len(units) * (number % 5 + 1) // 7].data, row.book).parts[0].text
        words = [word for word in tokens(text) if is_content(word, row.language)]
        yield f"What does the book say about {' '.join(words[:ASKED_WORDS]) or row.title}?", row.language


def change(path: Path) -> None:
    """Put another page at the end of a book."""
    with pymupdf.open(path) as document:
        document.new_page().insert_text((72, 72), "A page that was not there yesterday.")
        content = document.tobytes()
    path.write_bytes(content)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--books", type=int, default=100)
    parser.add_argument("--keep", type=Path, help="a folder for vault and state, used again by the next run")
    told = parser.parse_args()
    work = told.keep or Path(tempfile.mkdtemp())
    vault = work / "vault"
    if not vault.exists():
        (vault / "Inbox").mkdir(parents=True)
        (vault / "notegen.toml").touch()
        for number, path in enumerate(different(told.folders, told.books)):
            shutil.copy(path, vault / "Inbox" / f"{number:03} {path.name}")
    os.environ |= {"NOTEGEN_STATE": str(work / "state"), "NOTEGEN_MODEL__FETCH": "false"}
    os.environ["NOTEGEN_MODEL__PATH"] = str(model_folder())
    desk = open_desk(vault, os.environ, may_fetch=False)
    opened = OpenLibrary(desk.vault, desk.settings)

    def read() -> Done:
        return refresh(opened, "benchmark", Passwords(None, asks=False))

    done, seconds, used = timed(read)
    books = [each for each in opened.library(opened.shelf()).books() if each.units]
    pages = sum(each.read for each in books)
    print(f"{len(books)} books with text, {pages} pages, {sum(each.units for each in books)} units; "
          f"{len(done.failed)} cannot be read")  # fmt: skip
    if done.pages:
        print(f"read: {done.pages} pages in {seconds:.0f} s, {used / done.pages:.3f} s of CPU a page")
    print(f"kept: {opened.size() / 1e6:.1f} MB, {opened.size() / pages / 1e3:.1f} kB a page")
    print(f"nothing new: {timed(read)[1]:.2f} s")
    middle = sorted(books, key=lambda each: each.read)[len(books) // 2]
    change(vault / middle.pdf)
    _, seconds, used = timed(read)
    print(f"one changed book of {middle.read} pages: {seconds:.1f} s, {used:.1f} s of CPU")
    library = opened.library(opened.shelf())
    ask(library, "What is the first question?")  # the encoder is loaded
    taken = []
    for question, _ in questions(opened):
        began = time.perf_counter()
        ask(library, question)
        taken.append(time.perf_counter() - began)
    slow = statistics.quantiles(taken, n=20)[-1]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(taken)} questions to all books: median {statistics.median(taken) * 1000:.0f} ms, "
          f"p95 {slow * 1000:.0f} ms; memory {memory:.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
