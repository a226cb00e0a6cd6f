"""The first mention of a note in a finished body becomes a link to it. The words that a reader sees stay the same."""

from __future__ import annotations

import re
from collections.abc import Collection

from notegen.link.inserting import link_to
from notegen.link.related import Related
from notegen.markdown.editable import HIDDEN, editable
from notegen.vault import regions
from notegen.vault.vault import Vault

_LABEL = re.compile(r"\*\*[^*\n]+\*\*|^[> ]*\*[^*\n]+\*$", re.MULTILINE)
"""Words of the template's own: labels, and lines in italics."""
_GAP = re.compile(r"^.*\\_\\_.*$", re.MULTILINE)
"""A sentence with a gap asks for a name; a link would not help."""


def with_links(
    body: str,
    related: Related,
    vault: Vault,
    note_path: str,
    *,
    planned: Collection[str] = (),
    not_in: Collection[str] = (),
) -> str:
    """The body with links in its regions, first mentions only; learners' parts are left alone.

    planned: notes that are about to exist. not_in: ids of regions that stay without links.
    """
    if related.names is None:
        return body
    inside = editable(body)
    mask = _only(inside.mask, body, not_in)
    found = related.names.find(mask, is_english=related.is_english, leave_out=[note_path], fits=related.fits)
    for named in reversed(found):
        link = link_to(named, body, vault, note_path, in_table=inside.is_in_table(named.start), planned=planned)
        if link:
            body = body[: named.start] + link + body[named.end :]
    return regions.reseal(body)


def _only(mask: str, body: str, not_in: Collection[str]) -> str:
    """The mask with all hidden that is outside regions, in those named, or the template's own words."""
    kept = [HIDDEN] * len(mask)
    for region in regions.find(body):
        if not region.damaged and region.id not in not_in:
            kept[region.start : region.end] = mask[region.start : region.end]
    for found in (*_LABEL.finditer(body), *_GAP.finditer(body)):
        kept[found.start() : found.end()] = HIDDEN * (found.end() - found.start())
    return "".join(kept)
