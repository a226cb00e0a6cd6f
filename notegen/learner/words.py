"""What the learner wrote into the logs of a book: outside notegen's regions, without the questions of the template."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from notegen.vault.logs import LogRecord
from notegen.vault.properties import split
from notegen.vault.regions import find
from notegen.vault.vault import Vault

_MARKS = re.compile(r"^[\s>]*(?:[-*+]\s+)?(?:\[[^\]]\]\s+)?")
_FRAME = re.compile(r"^(?:#{1,6}\s|\[![a-z-]+\]|---$|%%)|:$")
"""A heading, a callout's title, a rule, a comment, a question that is not answered."""


def learner_words(logs: Sequence[LogRecord], vault: Vault) -> tuple[tuple[str, str], ...]:
    """(path, text) of the latest of the logs; nothing where the learner has written nothing, or it cannot be read."""
    latest = max(logs, key=lambda log: (log.date or dt.date.min, log.pdf_pages), default=None)
    if latest is None:
        return ()
    body = split(vault.text(latest.path))[1]
    for region in reversed(find(body)):
        body = body[: region.start] + body[region.end :]
    lines = [_MARKS.sub("", line).strip() for line in body.splitlines()]
    words = "\n".join(line for line in lines if line and not _FRAME.search(line))
    return ((latest.path, words),) if words else ()
