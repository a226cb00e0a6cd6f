"""What a search by meaning costs in a library of many units, and what the first look by signs loses.

    python benchmarks/library.py 1000000

Sentences of Python's own reference are encoded by the real encoder and tiled with noise until there are enough, 2,000 a
book; the queries are sentences that are not among them. The search runs in a process of its own, so that its memory is
its own. Recall: of the 50 nearest by all int8 rows.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from pydoc_data.topics import topics

import numpy as np

from notegen.embed.encoder import unit_rows
from notegen.embed.opening import open_encoder
from notegen.library import embedded
from notegen.library.embedded import EmbeddedEngine
from notegen.library.tasks import READER
from notegen.library.vectors import pack
from notegen.store.library_rows import BookRow

A_BOOK, TOP, QUERIES = 2_000, 50, 60
NOISE = 0.6
"""Length of the noise that is added to a vector of length 1: the cosine with what it was is some .86."""
MB = 1024 if sys.platform != "darwin" else 1024 * 1024


def encoded() -> tuple[np.ndarray, np.ndarray]:
    """(vectors to be tiled, vectors of the queries), of real sentences."""
    prose = re.sub(r"\s+", " ", " ".join(topics.values()))
    sentences = list(dict.fromkeys(each for each in re.split(r"(?<=[.!?]) ", prose) if 6 <= len(each.split()) <= 40))
    encoder = open_encoder()
    assert encoder is not None
    vectors = encoder.encode(sentences[:4_000])
    return vectors[QUERIES:], vectors[:QUERIES]


def fill(folder: Path, count: int) -> None:
    """Make the library."""
    chance = np.random.default_rng(1)
    real, queries = encoded()
    np.save(folder / "queries.npy", queries)
    engine = EmbeddedEngine(folder / "library", READER)
    for key in engine.reserve(count // A_BOOK):
        chosen = real[chance.integers(0, len(real), A_BOOK)]
        noise = unit_rows(chance.standard_normal(chosen.shape))
        row = BookRow(key=key, sha256=f"{key:064}", labels=("1",), read=1, units=A_BOOK)
        engine.keep_book(row)
        engine.keep_vectors(row, 0, pack(unit_rows(chosen + NOISE * noise)))
    engine.tidy(real.shape[1])


def search(folder: Path) -> None:
    """Ask all queries and print what it cost."""
    engine = EmbeddedEngine(folder / "library", READER)
    books, queries = engine.books(), np.load(folder / "queries.npy")
    engine.near(queries[0], books, TOP)
    found, took = [], []
    for query in queries:
        started = time.perf_counter()
        found.append(set(engine.near(query, books, TOP)))
        took.append((time.perf_counter() - started) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    embedded.MANY_UNITS = 1 << 60
    few = range(0, len(queries), 4)
    recall = np.mean([len(found[at] & set(engine.near(queries[at], books, TOP))) / TOP for at in few])
    measured = {"median ms": float(np.median(took)), "p95 ms": float(np.percentile(took, 95)), "peak MB": peak}
    print(json.dumps({"units": sum(each.units for each in books), **measured, "recall@50": float(recall)}))


def main() -> None:
    """Fill a library and search it in another process."""
    if sys.argv[1] == "search":
        search(Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), int(sys.argv[1]))
        subprocess.run([sys.executable, __file__, "search", folder], check=True)


if __name__ == "__main__":
    main()
