"""How a note that only grows takes in what is new: at its end, and nothing that stands there is touched."""

from __future__ import annotations

from notegen.vault.markers import Region, find, find_roster, roster_line, wrap
from notegen.vault.region_keys import Mark, keyed, mark_of


def append(disk_body: str, new_body: str) -> str:
    """The body on disk, and at its end those regions of `new_body` that it never had: known by key, heading, evidence.

    A region that the roster names and that is gone was removed by the learner: it stays away.
    """
    roster = find_roster(disk_body)
    here = find(disk_body)
    known = list(dict.fromkeys([*(roster[2] if roster else ()), *(region.id for region in here)]))
    gone = [Region(id=key) for key in known if key not in {region.id for region in here}]
    old = [mark_of(region) for region in (*here, *gone)]
    wanted = [region for region in find(keyed(new_body)) if not region.damaged]
    new = [region for region in wanted if not any(_is_same(mark_of(region), mark) for mark in old)]
    if not new:
        return disk_body
    before, after = (disk_body[: roster[0]], disk_body[roster[1] :]) if roster else (disk_body, "\n")
    line = roster_line([*known, *(region.id for region in new)])
    added = "\n\n".join(["", *(wrap(region.id, region.text) for region in new), line])
    return before.rstrip() + (added.replace("\n", "\r\n") if "\r\n" in disk_body else added) + after


def _is_same(one: Mark, other: Mark) -> bool:
    """Of one kind, and with the same key, or heading, or, where one has no heading, evidence."""
    if one.id == other.id or one.kind != other.kind:
        return one.id == other.id
    if one.headings and other.headings:
        return bool(one.headings & other.headings)
    return bool(one.evidence & other.evidence)
