"""What asking several sections at once saves, and how near the estimate of a dry run comes. Prints a Markdown table.

    python benchmarks/drafting.py [--sections 8] [--seconds 1]

The peer is notegen itself asking one call after the other, in the same run, at a server that takes so long for each.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "llm"))

from bench import FIRST, SECOND, passage_of
from model_server import serving

from notegen.compose.templates import Templates
from notegen.config import DraftSettings, LearnerSettings
from notegen.draft.draft import DraftRecord
from notegen.draft.drafter import Brief
from notegen.draft.model.drafter import LLMDrafter
from notegen.llm.endpoint import endpoint_of
from notegen.reading.passage import Passage
from notegen.store.replies import Replies


def drafted(
    passage: Passage, base_url: str, seconds: float, calls_at_once: int
) -> tuple[float, DraftRecord, DraftRecord]:
    """(wall seconds, what was done, what a dry run had expected)."""
    settings = DraftSettings(model=f"slow:{seconds}", base_url=base_url, calls_at_once=calls_at_once)
    drafter = LLMDrafter(endpoint_of(settings, {}), settings, LearnerSettings(), Templates(), Replies(None))
    expected = drafter.draft(passage, Brief(dry_run=True)).record
    began = time.perf_counter()
    done = drafter.draft(passage, Brief()).record
    return time.perf_counter() - began, done, expected


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=1.0)
    asked = parser.parse_args()
    parts = [(f"{number} Part {number}", FIRST if number % 2 else SECOND) for number in range(1, asked.sections + 1)]
    passage = passage_of(*parts)
    print("| calls at once | calls | wall / one by one | prompt tokens: estimate | reported |")
    print("|---|---|---|---|---|")
    alone = 0.0
    with serving() as server:
        for calls_at_once in (1, 4):
            wall, done, expected = drafted(passage, server.base_url, asked.seconds, calls_at_once)
            alone = alone or wall
            assert expected.estimate is not None
            least, most = expected.estimate.prompt_tokens
            print(f"| {calls_at_once} | {done.calls} | {wall / alone:.2f} | {least}–{most} | {done.prompt_tokens} |")


if __name__ == "__main__":
    main()
