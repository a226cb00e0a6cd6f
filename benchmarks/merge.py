"""How long a three-way merge takes: `python benchmarks/merge.py [LINES]` (500 where it is left out).

A tenth of the lines was edited by the learner, two fifths were written anew. CPU time, the best of several, none of
which has met its lines before.
"""

from __future__ import annotations

import random
import sys
import time

from notegen.vault import merge_units
from notegen.vault.merge_text import merge_text

ROUNDS = 7
WORDS = "vector space matrix field wave energy river bank stone light carbon oxygen market price tree root".split()


def text(lines: int, rng: random.Random) -> list[str]:
    """Items of two sentences with a page link, a heading above every ten."""
    made = []
    for number in range(lines):
        words = " ".join(rng.sample(WORDS, 10))
        item = f"- Item {number} is {words}. A {words} too. [[Book.pdf#page={number}|p. {number}]]"
        made.append(f"### Part {number}" if number % 10 == 0 else item)
    return made


def edited(lines: list[str], share: float, change: str, rng: random.Random) -> str:
    """The text with that share of its lines changed."""
    chosen = set(rng.sample(range(len(lines)), round(share * len(lines))))
    return "\n".join(line.replace(" is ", f" is {change} ") if n in chosen else line for n, line in enumerate(lines))


def main(lines: int) -> None:
    rng = random.Random(1)
    base = text(lines, rng)
    times = []
    for number in range(ROUNDS):
        mine, new = edited(base, 0.1, f"my{number}", rng), edited(base, 0.4, f"new{number}", rng)
        merge_units.forget()
        begin = time.process_time()
        merge_text("\n".join(base), mine, new)
        times.append(time.process_time() - begin)
    print(f"{lines} lines in one region: {min(times) * 1e3:.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
