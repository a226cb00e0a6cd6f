"""Sentences that a page break cuts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from notegen.extract.document import Block, Page


def can_follow(text: str, following: str) -> bool:
    """Whether a sentence that breaks off as `text` can go on as `following`."""
    return following[:1].islower() or text.endswith(("-", ",")) or bool(re.match(r"[\w(“\"‘]", following))


def run_on(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with `runs_on` only where a sentence does go on in the next block of its kind on the next page."""
    out: list[Page] = []
    followers: list[Page | None] = [*pages[1:], None]
    for page, following in zip(pages, followers, strict=False):
        last = next((block for block in reversed(page.blocks) if _is_body(block)), None)
        first = _first(following) if following is not None and following.index == page.index + 1 else None
        blocks = tuple(
            replace(block, runs_on=block is last and first is not None and _goes_on(block, first))
            if block.runs_on
            else block
            for block in page.blocks
        )
        out.append(replace(page, blocks=blocks))
    return tuple(out)


def _first(page: Page) -> Block | None:
    return next((block for block in page.blocks if _is_body(block)), None)


def _is_body(block: Block) -> bool:
    return block.kind not in ("footnote", "caption")


def _goes_on(block: Block, first: Block) -> bool:
    return first.kind == "paragraph" and can_follow(block.text, first.text)
