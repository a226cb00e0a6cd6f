"""Lines of notes that quote a page, and the search over them: what the vault's logs say of something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from notegen.language.words import content_stems
from notegen.learner.cards.exported import as_text, page_label
from notegen.reading.bm25 import Bm25
from notegen.vault.regions import find
from notegen.vault.vault import Vault

_PAGE_LINK = re.compile(r"\[\[(?P<wiki>[^\[\]|#]+)#page=(?P<page>\d+)|\]\((?P<path>[^()\s#]+)#page=(?P<number>\d+)")
_LIST_MARK = re.compile(r"^[\s>]*(?:[-*+]|\d{1,3}[.)])?[ \t]*(?:\[.\][ \t]*)?")
MIN_WORDS = 5
"""A line with fewer says too little to answer anything."""
_NOT_SAID_HERE = frozenset({"check-warmup", "unclear", "first"})
"""Regions that repeat what is said elsewhere."""
MIN_SHARED = 2
"""Words of weight that a line shares with what is asked: one alone ("the network") is chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A sentence of a source, with its page."""

    text: str
    """Plain."""
    pdf: str
    """Path of the PDF in the vault; "" where its link leads nowhere."""
    page: int
    """As links count, from 1."""
    label: str
    """As the link shows it: "p. 25"."""


def cited_in(line: str, path: str, vault: Vault) -> Cited | None:
    """What a line of the note at `path` quotes; None for a line that quotes nothing."""
    link = _PAGE_LINK.search(line)
    if link is None:
        return None
    text = as_text(_LIST_MARK.sub("", line))
    if len(text.split()) < MIN_WORDS:
        return None
    pdf = vault.resolve(link["wiki"] or link["path"].replace("%20", " "), path) or ""
    return Cited(text=text, pdf=pdf, page=int(link["page"] or link["number"]), label=page_label(line))


class Citations:
    """All that the logs of a vault quote. Read when it is first asked."""

    def __init__(self, vault: Vault, paths: Iterable[str]) -> None:
        self._vault, self._paths = vault, tuple(paths)

    @cached_property
    def _found(self) -> list[Cited]:
        return list({each.text: each for path in self._paths for each in self._read(path)}.values())

    def _read(self, path: str) -> Iterator[Cited]:
        for region in find(self._vault.text(path)):
            for line in region.text.split("\n") if region.id not in _NOT_SAID_HERE else ():
                if found := cited_in(line, path, self._vault):
                    yield found

    @cached_property
    def _search(self) -> Bm25:
        return Bm25([sorted(content_stems(each.text)) for each in self._found])

    def about(self, question: str, count: int) -> list[Cited]:
        """The lines that speak of what is asked, best first; fewer or none where they share too few of its words."""
        asked = content_stems(question)
        least = min(MIN_SHARED, len(asked))
        scores = self._search.scores(sorted(asked)) if asked else []
        ranked = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
        fit = (self._found[at] for at in ranked if scores[at] > 0)
        return [each for each in fit if each.pdf and len(asked & content_stems(each.text)) >= least][:count]
