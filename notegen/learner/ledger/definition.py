"""What a concept note says that its concept is, in the source's words."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from notegen.vault.regions import find

_PAGE_LINK = re.compile(r"\[\[(?P<wiki>[^\[\]|#]+)#page=(?P<page>\d+)|\]\((?P<path>[^()\s#]+)#page=(?P<number>\d+)")
_REGION = "definition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A quoted definition."""

    markdown: str
    """One line: the sentence, and a link to its page."""
    book: str
    """Name of the PDF, without its ending."""
    page: int
    """As links count, from 1."""


def definition_in(text: str) -> Definition | None:
    """The first line of a concept note that quotes a page; None where it has none."""
    for region in find(text):
        if region.id == _REGION and not region.damaged:
            for line in region.text.split("\n"):
                said = line.lstrip("> ").strip()
                link = _PAGE_LINK.search(said)
                if link and len(said) > len(link[0]) + link.start() and link.start() > 2:
                    name = posixpath.basename(link["wiki"] or link["path"]).removesuffix(".pdf")
                    return Definition(markdown=said, book=name, page=int(link["page"] or link["number"]))
    return None
