"""Does `notegen ask` find what answers? Questions with the page and the sentence that answers them, and others that the
file does not answer.

    python benchmarks/ask.py GOLD_FOLDER [--books apart|together] [--words] [--show]

GOLD_FOLDER holds `pdf/<id>.pdf` and `<id>.json` with `questions` (q, page, text), `unanswerable`, and for slides the
groups of pages that show one of them (`slides`). A page counts when it is the gold's or of the same slide; an answer
counts when a passage holds it, or a whole sentence of it, letter for letter. A shown sentence is verbatim when its
letters stand in that order on its page or run on to the next one, as MuPDF reads them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymupdf

from notegen.cli.passwords import Passwords
from notegen.desk import open_desk
from notegen.embed.weights import model_folder
from notegen.library.opening import OpenLibrary
from notegen.run.asking import as_data, ask
from notegen.run.shelving import refresh

LONG_ENOUGH = 25
"""Letters of a sentence that count as an answer by themselves."""


@dataclass
class Tally:
    """How often what was wanted came, of how many."""

    got: dict[str, list[bool]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def add(self, what: str, right: bool) -> None:
        self.got.setdefault(what, []).append(right)

    def line(self) -> str:
        shares = [f"{what} {sum(each) / len(each):.2f} of {len(each)}" for what, each in self.got.items()]
        return ", ".join(shares)


def letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def pages_of(gold: dict[str, Any], page: int) -> set[int]:
    for slide in gold.get("slides", ()):
        if slide["pages"][0] <= page <= slide["pages"][1]:
            return set(range(slide["pages"][0], slide["pages"][1] + 1))
    return {page}


def holds(passages: list[dict[str, Any]], answer: str) -> bool:
    wanted = [letters(answer), *(letters(each) for each in re.split(r"(?<=[.!?])\s+", answer))]
    wanted = [each for each in wanted if len(each) >= LONG_ENOUGH] or wanted[:1]
    return any(each in letters(passage["text"]) for passage in passages for each in wanted)


def is_verbatim(text: str, page: int, pages: list[str]) -> bool:
    around = "".join(pages[max(0, page - 2) : page + 1])
    return all(letters(part) in around for part in re.split(r"(?<=[.!?:])\s+|\n", text))


def judge(gold: dict[str, Any], library: Any, book: str, pages: list[str], tally: Tally, show: bool) -> None:
    name = gold["id"]
    for each in gold["questions"]:
        started = time.perf_counter()
        said = as_data(ask(library, each["q"], book))
        tally.seconds.append(time.perf_counter() - started)
        own = [passage if name in passage["pdf"] else {**passage, "pdf_page": 0} for passage in said["passages"]]
        right = pages_of(gold, each["page"])
        for top in (1, 3):
            tally.add(f"page@{top}", any(passage["pdf_page"] in right for passage in own[:top]))
            tally.add(f"answer@{top}", holds(own[:top], each["text"]))
        tally.add("answered", said["found"])
        tally.add("in the answer", holds(said["answer"], each["text"]))
        for quoted in said["answer"]:
            if name in quoted["pdf"]:
                tally.add("verbatim", is_verbatim(quoted["text"], quoted["pdf_page"], pages))
                if show and not tally.got["verbatim"][-1]:
                    print(f"NOT VERBATIM {name} p.{quoted['pdf_page']}: {quoted['text'][:300]}")
        if show and not (tally.got["answer@3"][-1] and said["found"]):
            print(f"{name} p.{each['page']} {'' if said['found'] else 'NOT FOUND '}{said['coverage']} {each['q']}")
            print(f"   wanted: {each['text'][:200]}")
            for passage in said["passages"][:3]:
                print(f"   p.{passage['pdf_page']} {passage['score']} {passage['text'][:160]}")
    for question in gold["unanswerable"]:
        said = as_data(ask(library, question, book))
        tally.add("told to be missing", not said["found"])
        if show and said["found"]:
            print(f"{name} ANSWERED {said['coverage']} {question}\n   {said['passages'][0]['text'][:200]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--books", choices=("apart", "together"), default="apart", help="ask one book, or all at once")
    parser.add_argument("--words", action="store_true", help="without the encoder")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--show", action="store_true", help="print what was missed")
    parser.add_argument("--keep", type=Path, help="a folder for vault and state, used again by the next run")
    told = parser.parse_args()
    folder = told.keep or Path(tempfile.mkdtemp())
    weights = model_folder()
    os.environ |= {"NOTEGEN_STATE": str(folder / "state"), "NOTEGEN_MODEL__FETCH": "false"}
    os.environ["NOTEGEN_MODEL__PATH"] = str(folder / "none") if told.words else str(weights)
    vault = folder / "vault"
    (vault / "Inbox").mkdir(parents=True, exist_ok=True)
    (vault / "notegen.toml").touch()
    golds = [json.loads(path.read_text()) for path in sorted(told.gold.glob("*.json"))]
    golds = [gold for gold in golds if not told.only or gold["id"] in told.only]
    for gold in golds:
        if not (vault / "Inbox" / gold["pdf"]).exists():
            shutil.copy(told.gold / "pdf" / gold["pdf"], vault / "Inbox")
    desk = open_desk(vault, os.environ, may_fetch=False)
    opened = OpenLibrary(desk.vault, desk.settings)
    started = time.process_time(), time.perf_counter()
    done = refresh(opened, "benchmark", Passwords(None, asks=False))
    print(f"{done.pages} pages read, {done.encoded} units encoded in {time.perf_counter() - started[1]:.0f} s; "
          f"{opened.size() / 1e6:.1f} MB", file=sys.stderr)  # fmt: skip
    for path, reason in done.failed:
        print(f"{path}: {reason}", file=sys.stderr)
    library, all_ = opened.library(opened.shelf()), Tally()
    for gold in golds:
        pages = [letters(page.get_text()) for page in pymupdf.open(told.gold / "pdf" / gold["pdf"])]
        own = Tally()
        judge(gold, library, gold["pdf"] if told.books == "apart" else "", pages, own, told.show)
        print(f"{gold['id']:16} {own.line()}")
        for what, each in own.got.items():
            all_.got.setdefault(what, []).extend(each)
        all_.seconds += own.seconds
    print(f"{'all':16} {all_.line()}")
    slow = statistics.quantiles(all_.seconds, n=20)[-1]
    print(f"a question: median {statistics.median(all_.seconds) * 1000:.0f} ms, p95 {slow * 1000:.0f} ms")


if __name__ == "__main__":
    main()
