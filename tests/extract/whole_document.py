"""A Document made in the test's own process, where a debugger and the coverage of a test can follow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from notegen.extract.document import Document, Page
from notegen.extract.facts import Facts
from notegen.extract.request import Request
from notegen.extract.text.run_on import run_on
from notegen.extract.walk import read


def whole(path: Path, pages: Sequence[int] | None = None) -> Document:
    """Read the pages; None for all of them (up to the size of a piece)."""
    request = Request(path=path, pieces=None if pages is None else [tuple(pages)], cut_off=False)
    parts = list(read(request, lambda page: None))
    facts = parts[0]
    assert isinstance(facts, Facts)
    return Document(
        sha256="0" * 64,
        title=facts.title or path.stem,
        page_count=facts.page_count,
        labels=facts.labels,
        words=facts.words,
        outline=facts.outline,
        pages=run_on([part for part in parts if isinstance(part, Page)]),
        suspect=facts.suspect,
        language=facts.language,
        highlights=facts.highlights,
    )
