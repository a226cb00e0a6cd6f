"""What a plan leaves for later: the next bases, and the new text that waits beside the learner's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from notegen.store.bases import Base
from notegen.store.proposals import Proposal, proposal_id
from notegen.vault.files import text_of
from notegen.vault.identity import identity_in
from notegen.vault.markers import find, text_hash
from notegen.vault.note import Plan, Regenerated, Write
from notegen.vault.placing import place_of
from notegen.vault.properties import split
from notegen.vault.vault import Vault


def remember(plan: Plan, vault: Vault) -> None:
    """Keep what the plan generates, and propose what it could not bring in.

    What is kept is of use though the plan should fail: the same text is generated again, for the same place.
    """
    notes = [write for write in plan.writes if write.path.endswith(".md")]
    vault.bases.keep(base for write in notes if write.status in ("written", "updated") for base in _bases(write))
    for write in notes:
        if write.regenerated:
            _propose(write, vault)


def _bases(write: Write) -> Iterator[Base]:
    """The regions that nobody has changed, and those that were merged."""
    _, body = split(text_of(write.data))
    texts = {region.id: region.text for region in find(body) if not region.damaged and region.is_as_written}
    texts |= {each.key: each.generated for each in write.regenerated}
    for key, text in texts.items():
        yield Base(note=write.path, region=key, hash=text_hash(text), text=text)


def _propose(write: Write, vault: Vault) -> None:
    """Put down the note's new proposals; of the earlier ones of these regions those stay that the new version has, too,
    in the place where they are now."""
    found = identity_in(text_of(write.data))
    note = f"{found.kind} {found.key}" if found and found.key else ""
    refused = {each.new.strip() for each in vault.proposals.refused(note, write.path)}
    new = [each for each in _proposals(write, note) if each.new.strip() not in refused]
    earlier = [each for each in vault.proposals.waiting() if (each.note or each.path) == (note or write.path)]
    shown = {each.id for each in earlier if each.shown}
    new = [replace(each, shown=each.id in shown) for each in new]
    stay = [moved for each in earlier if (moved := _moved(each, write.regenerated, new))]
    vault.proposals.drop(each.id for each in earlier)
    vault.proposals.put({each.id: each for each in (*stay, *new)}.values())


def _proposals(write: Write, note: str) -> Iterator[Proposal]:
    day = dt.date.today().isoformat()
    for region in write.regenerated:
        for hunk in region.hunks:
            before = f"{region.text}\n"[hunk.start : hunk.end]
            yield Proposal(
                id=proposal_id(note or write.path, region.key, before, hunk.new),
                note=note,
                path=write.path,
                region=region.key,
                name=region.name,
                text=f"{region.text}\n",
                start=hunk.start,
                end=hunk.end,
                new=hunk.new,
                hash=text_hash(region.generated),
                day=day,
            )


def _moved(earlier: Proposal, regions: Iterable[Regenerated], new: Iterable[Proposal]) -> Proposal | None:
    """An earlier proposal in the text as it is now; None where it has no place there, or another one takes it."""
    region = next((each for each in regions if each.was == earlier.region), None)
    if region is None:
        return earlier
    place = place_of(earlier, region.text)
    if place is None or earlier.new.strip() not in region.generated:
        return None
    rivals = (each for each in new if each.region == region.key)
    if any(place.start < each.end and each.start < place.end for each in rivals):
        return None
    text = f"{region.text}\n"
    return replace(
        earlier,
        id=proposal_id(earlier.note or earlier.path, region.key, text[place.start : place.end], place.new),
        region=region.key,
        text=text,
        start=place.start,
        end=place.end,
        new=place.new,
        hash=text_hash(region.generated),
    )
