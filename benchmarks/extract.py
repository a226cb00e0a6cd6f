"""How well and how fast notegen reads PDFs, beside other readers of the same files. Prints a Markdown table.

    python benchmarks/extract.py [--pages 40] [--runs 2] [PDF …]

Every reader gets the same copies: the first pages of each file, without its outline, so that headings have to be found
by their look. Each reading is a process of its own, its children included in what it costs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from multiprocessing import get_context
from pathlib import Path

from readers import READERS, without_layout_model

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "vault_example" / "Inbox" / "Embeddings and Attention.pdf"
MORE = ROOT.parent / "shared" / "pdf"
NAMES = ("r-intro-book", "shortest-paths-chapter", "two-column", "perceptron-slides", "deep-learning-cheatsheet")
_FUZZY = 0.8
_CAPTION = re.compile(r"(Figure|Fig\.|Table|Abbildung|Tabelle)\s+(\d+(?:\.\d+)*)\s*[.:](?!\d)", re.IGNORECASE)
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file as all readers get it, and what its outline said."""

    name: str
    path: Path
    page_count: int
    outline: tuple[tuple[str, int], ...]
    """(title, page index)"""
    captions: tuple[tuple[int, str], ...]
    """(page index, number) of the captions of figures and tables, by their first words."""


@dataclass(kw_only=True)
class Outcome:
    """What one reader made of one copy."""

    cpu_ms: float
    peak_mb: float
    text: str = ""
    headings: Sequence[tuple[str, int]] = ()
    regions: Sequence[tuple[int, str, bool]] = ()
    """(page index, number, whether it lies clear of every paragraph) of captioned pictures and tables."""


def least(reader: str, path: Path, folder: Path, runs: int) -> Outcome | None:
    """The outcome of the cheapest of several runs: what else the machine did has disturbed it least."""
    outcomes = [outcome for _ in range(runs) if (outcome := measured(reader, path, folder)) is not None]
    return min(outcomes, key=lambda outcome: outcome.cpu_ms, default=None)


def measured(reader: str, path: Path, folder: Path) -> Outcome | None:
    """Let a process of its own read the file; None when the reader is missing or fails."""
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)
    command = [sys.executable, __file__, "--reader", reader, "--answer", str(answer), str(path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return None
    data = json.loads(answer.read_text(encoding="utf-8"))
    cpu_ms = (usage.ru_utime + usage.ru_stime) * 1000
    return Outcome(cpu_ms=cpu_ms, peak_mb=usage.ru_maxrss * _RSS_UNIT / (1 << 20), **data)


def copies(files: Sequence[Path], pages: int, folder: Path) -> list[Copy]:
    """Make them in the folder, and a "blank.pdf" beside them."""
    pymupdf = without_layout_model()
    empty = pymupdf.open()
    empty.new_page()
    empty.save(folder / "blank.pdf")
    made = []
    for number, path in enumerate(files):
        document = pymupdf.open(path)
        toc = [(title, page - 1) for _, title, page in document.get_toc() if 0 < page <= pages]
        document.select(range(min(pages, document.page_count)))
        document.set_toc([])
        target = folder / f"{number}.pdf"
        document.save(target)
        captions = [
            (page.number, found[2])
            for page in document
            for block in page.get_text("blocks")
            if (found := _CAPTION.match(block[4].strip()))
        ]
        made.append(
            Copy(
                name=path.stem,
                path=target,
                page_count=document.page_count,
                outline=tuple(toc),
                captions=tuple(captions),
            )
        )
    return made


def words(text: str) -> list[str]:
    """Words of two letters or more, in order: what formulas are flattened to is nobody's truth."""
    return re.findall(r"[^\W\d_]{2,}", text.lower().replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff"))


def example_text() -> str:
    """The example book's own words, from the files that it is printed from."""
    sys.path.insert(0, str(ROOT / "tools"))
    from example_book.source import read_chapters, read_preface

    parts = read_preface()
    for block in (block for chapter in read_chapters() for block in chapter):
        if block.kind not in ("formula", "table", "figure", "code"):
            parts += [block.text, *block.items, *block.notes]
    return re.sub(r"\$[^$]*\$|`[^`]*`", " ", "\n".join(parts))


def likeness(text: str, truth: str) -> float:
    """The share of the truth's words that stand in the text in the right order."""
    found, wanted = words(text), words(truth)
    blocks = SequenceMatcher(None, found, wanted, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


def same_title(a: str, b: str) -> bool:
    bare_a, bare_b = (re.sub(r"^[\d.\sA-Z]{0,6}(?=\s)|\W+", " ", title).strip().lower() for title in (a, b))
    return SequenceMatcher(None, bare_a, bare_b, autojunk=False).ratio() >= _FUZZY


def heading_hits(outcome: Outcome, copy: Copy) -> tuple[int, int]:
    """(outline entries that were found, headings that the outline names)."""

    def near(one: tuple[str, int], others: Sequence[tuple[str, int]]) -> bool:
        return any(abs(one[1] - other[1]) <= 1 and same_title(one[0], other[0]) for other in others)

    entries = sum(near(entry, outcome.headings) for entry in copy.outline)
    return entries, sum(near(heading, copy.outline) for heading in outcome.headings)


def clear_captions(outcome: Outcome, copy: Copy) -> int:
    """How many captions have a region of their own that cuts into no paragraph.

    A caption whose digits have no meaning in the text ("Figure 8.?") is matched by those that have.
    """
    left = [(page, number) for page, number, clear in outcome.regions if clear]
    count = 0
    for page, number in copy.captions:
        own = next((each for each in left if each[0] == page and each[1].startswith(number)), None)
        if own is not None:
            left.remove(own)
            count += 1
    return count


def row(reader: str, made: dict[str, Outcome], every: Sequence[Copy], start: Outcome, floor_ms: float) -> list[str]:
    """One line of the table: this reader over all copies."""
    page_count = sum(copy.page_count for copy in every)
    page_ms = page_cost(made, every, start)
    cells = [reader, f"{page_ms:.1f}", f"{page_ms / floor_ms:.1f}", f"{start.cpu_ms:.0f}"]
    cells.append(f"{max(outcome.peak_mb for outcome in made.values()):.0f}")
    example = made.get(EXAMPLE.stem)
    cells.append(f"{likeness(example.text, example_text()):.3f}" if example and page_count else "–")
    with_outline = [copy for copy in every if copy.outline]
    if any(outcome.headings for outcome in made.values()):
        hits = [heading_hits(made[copy.name], copy) for copy in with_outline]
        found = sum(len(made[copy.name].headings) for copy in with_outline)
        cells.append(f"{sum(hit for hit, _ in hits) / sum(len(copy.outline) for copy in with_outline):.2f}")
        cells.append(f"{sum(hit for _, hit in hits) / max(1, found):.2f}")
    else:
        cells += ["–", "–"]
    if any(outcome.regions for outcome in made.values()):
        clear = sum(clear_captions(made[copy.name], copy) for copy in every)
        cells.append(f"{clear} of {sum(len(copy.captions) for copy in every)}")
    else:
        cells.append("–")
    return cells


def page_cost(made: dict[str, Outcome], every: Sequence[Copy], start: Outcome) -> float:
    """CPU ms a page, without what it costs to start."""
    whole = sum(outcome.cpu_ms - start.cpu_ms for outcome in made.values())
    return max(whole, 0.1) / sum(copy.page_count for copy in every)


def compare(files: Sequence[Path], pages: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
            # A process that has loaded pymupdf would lend its size to every reader that it starts.
            every = other.submit(copies, files, pages, folder).result()
        blank = folder / "blank.pdf"
        results: dict[str, tuple[dict[str, Outcome], Outcome]] = {}
        for reader in READERS:
            start = least(reader, blank, folder, 3 * runs)
            outcomes = {copy.name: least(reader, copy.path, folder, runs) for copy in every}
            made = {name: outcome for name, outcome in outcomes.items() if outcome is not None}
            if start is None or len(made) < len(every):
                print(f"{reader} is missing or failed: it is left out.", file=sys.stderr)
                continue
            results[reader] = (made, start)
    floor, floor_start = results["pymupdf get_text"]
    floor_ms = page_cost(floor, every, floor_start)
    print(f"{sum(copy.page_count for copy in every)} pages of: {', '.join(copy.name for copy in every)}\n")
    head = ["reader", "CPU ms a page", "× get_text", "CPU ms to start", "peak MB", "words of the truth in order",
            "heading recall", "heading precision", "captions with a clear region"]  # fmt: skip
    print(f"| {' | '.join(head)} |\n|{' --- |' * len(head)}")
    for reader, (made, start) in results.items():
        print(f"| {' | '.join(row(reader, made, every, start, floor_ms))} |")
    print(f"\n| CPU ms a page of | {' | '.join(results)} |\n|{' --- |' * (len(results) + 1)}")
    for copy in every:
        costs = [page_cost({copy.name: made[copy.name]}, [copy], start) for made, start in results.values()]
        print(f"| {copy.name} ({copy.page_count} pages) | {' | '.join(f'{cost:.1f}' for cost in costs)} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="PDF")
    parser.add_argument("--pages", type=int, default=40, help="of each file, from its beginning")
    parser.add_argument("--runs", type=int, default=2, help="of each reader on each file; the cheapest counts")
    parser.add_argument("--reader", choices=list(READERS), help=argparse.SUPPRESS)
    parser.add_argument("--answer", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.reader:
        answer = READERS[given.reader](given.files[0])
        given.answer.write_text(json.dumps(answer), encoding="utf-8")
        return
    more = [MORE / f"{name}.pdf" for name in NAMES]
    files = given.files or [EXAMPLE, *(path for path in more if path.is_file())]
    compare(files, given.pages, given.runs)


if __name__ == "__main__":
    main()
