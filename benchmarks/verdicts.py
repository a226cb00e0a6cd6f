"""What the verdicts on claims can be trusted with: precision and recall of "supported" and "contradicted".

    python benchmarks/verdicts.py                         the claims kept beside this script, on the example book
    python benchmarks/verdicts.py CLAIMS.txt BOOK.pdf …   claims of one's own, a file for each book

A line of the claims: "+" the book says so, "-" it says otherwise, "?" it says nothing of it; then the claim. Label them
before you run it. --show prints what was judged wrongly, --missed what was not found, too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from notegen.cli.passwords import Passwords
from notegen.desk import open_desk
from notegen.embed.weights import model_folder
from notegen.library.opening import OpenLibrary
from notegen.library.searching import VaultLibrary
from notegen.library.verdicts import Judgement, judge
from notegen.run.shelving import refresh

HERE = Path(__file__).parent
OWN = (HERE / "claims/embeddings_and_attention.txt", HERE.parent / "vault_example/Inbox/Embeddings and Attention.pdf")
VERDICTS = {"+": "supported", "-": "contradicted", "?": "not found"}


def library_of(book: Path, folder: Path) -> VaultLibrary:
    """The library of a vault with this one book."""
    vault = folder / book.stem / "vault"
    (vault / "Inbox").mkdir(parents=True)
    (vault / "notegen.toml").touch()
    shutil.copy(book, vault / "Inbox")
    desk = open_desk(vault, os.environ, may_fetch=False)
    opened = OpenLibrary(desk.vault, desk.settings)
    refresh(opened, "benchmark", Passwords(None, asks=False))
    return opened.library(opened.shelf())


def claims_in(path: Path) -> Iterator[tuple[str, str]]:
    """(label, claim) of each line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line[:2].strip() in VERDICTS and line[1:2] == " ":
            yield line[0], line[2:].strip()


def shares(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    """Precision and recall of the two verdicts that claim something."""
    for label in "+-":
        verdict = VERDICTS[label]
        right, said = counts[label, verdict], sum(counts[each, verdict] for each in VERDICTS)
        labelled = sum(count for (each, _), count in counts.items() if each == label)
        precision = f"{right / said:.2f}" if said else "none"
        recall = f"{right / max(1, labelled):.2f} of {labelled}"
        yield f"{verdict}: precision {precision} ({right} of {said}), recall {recall}"


def told_wrong(label: str, said: Judgement) -> str:
    """A claim that was judged wrongly, with what it was judged by."""
    by = [f"{each.comparison.clash} {each.part.text}" for each in said.evidence]
    near = said.nearest.text if said.nearest else ""
    return f"  {label} {said.verdict}: {said.claim}\n      {' | '.join(by) or near}"[:500]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="CLAIMS BOOK")
    parser.add_argument("--show", action="store_true", help="print what was judged wrongly")
    parser.add_argument("--missed", action="store_true", help="print what was not found")
    told = parser.parse_args()
    files: Iterable[Path] = told.files or OWN
    each = iter(files)
    total: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        weights = str(model_folder())
        os.environ |= {"NOTEGEN_STATE": f"{folder}/state", "NOTEGEN_MODEL__FETCH": "false"}
        os.environ["NOTEGEN_MODEL__PATH"] = weights
        for claims, book in zip(each, each, strict=True):
            library, own = library_of(book, Path(folder)), Counter[tuple[str, str]]()
            for label, claim in claims_in(claims):
                said = judge(claim, library)
                own[label, said.verdict] += 1
                is_missed = said.verdict == "not found" != VERDICTS[label]
                if said.verdict != VERDICTS[label] and (told.missed if is_missed else told.show):
                    print(told_wrong(label, said))
            print(f"{book.stem}: {'; '.join(shares(own))}")
            total += own
    print(f"all: {'; '.join(shares(total))}")


if __name__ == "__main__":
    main()
