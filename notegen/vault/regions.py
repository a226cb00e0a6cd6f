"""How a new version of a note reaches one that the learner has edited: region by region (see `markers`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from notegen.vault.markers import Region, find, find_roster, reseal, roster_line, text_hash, wrap
from notegen.vault.merge_differences import differences
from notegen.vault.merge_text import Hunk, MergedText, merge_text
from notegen.vault.note import Regenerated
from notegen.vault.region_keys import keyed, kind_of, mark_of, name_of
from notegen.vault.region_match import match

__all__ = ["Merged", "Region", "find", "merge", "reseal", "with_roster", "wrap"]

_GONE = "gone"
"""In `Region.damaged`: the roster names it, and it is not there: the learner has removed it."""


def with_roster(body: str) -> str:
    """The body of a new note with lasting keys, and the roster of its regions where it has any."""
    body = keyed(body)
    ids = [region.id for region in find(body)]
    return f"{body.rstrip()}\n\n{roster_line(ids)}\n" if ids else body


class Merged(NamedTuple):
    """What came of a merge."""

    body: str
    said: tuple[str, ...]
    """What was left alone, one sentence each."""
    regenerated: tuple[Regenerated, ...]
    """The regions of which there is a new version, with what of it waits beside the learner's text."""


def merge(disk_body: str, new_body: str, base_of: Callable[[str], str | None] = lambda written_hash: None) -> Merged:
    """Bring the regions of `new_body` into `disk_body`.

    base_of: the text that was generated with the hash in a marker, where it is known.

    A region that is still as notegen wrote it is replaced. In one that the learner changed, what is new comes in beside
    their changes (see `merge_text`); its marker then has the hash of the new version, which is the next base. Where
    both changed the same, or the base is not known, the learner's text stays and the new one is a hunk. One that they
    removed or damaged stays as it is but for its key, and every byte outside regions does too. A region that the note
    never had comes in after the one that it follows in `new_body`; of those that may repeat, one that the new version
    does not have goes where nobody touched it and nobody wrote below it. Nothing is said where there is nothing new.
    """
    return _Merge(disk_body, new_body, base_of).result()


@dataclass(slots=True)
class _Merge:
    body: str
    new_body: str
    base_of: Callable[[str], str | None]
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    """(start, end, what comes there) in `body`."""
    said: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    """Key on disk → lasting key."""
    added: set[str] = field(default_factory=set)
    """Keys of regions that the note never had."""
    dropped: set[str] = field(default_factory=set)
    regenerated: list[Regenerated] = field(default_factory=list)

    def result(self) -> Merged:
        wanted = [region for region in find(keyed(self.new_body)) if not region.damaged]
        roster = find_roster(self.body)
        old = _with_gone(find(self.body), roster[2] if roster else [])
        pairs = match([mark_of(region) for region in wanted], [mark_of(region) for region in old])
        for place, new in enumerate(wanted):
            if place in pairs:
                self._bring(new, old[pairs[place]])
            elif roster is None:
                self.said.append(f"‘{name_of(new)}’ is not in the note any more, so it was left out.")
            else:
                earlier = [old[pairs[each]] for each in range(place) if each in pairs]
                self._add(new, [region for region in earlier if not region.damaged], old)
        self._leave([region for place, region in enumerate(old) if place not in set(pairs.values())], old)
        if roster and (ids := self._roster(roster[2], [region.id for region in wanted])) != roster[2]:
            self.edits.append((roster[0], roster[1], roster_line(ids)))
        return Merged(_edited(self.body, self.edits), tuple(self.said), tuple(self.regenerated))

    def _bring(self, new: Region, old: Region) -> None:
        """Replace the text of a region that stands there, merge it, or leave it and say so."""
        hash = text_hash(new.text)
        if old.damaged == _GONE:
            self.renamed[old.id] = new.id
            self.said.append(f"‘{name_of(new)}’ is not in the note any more, so it was left out.")
        elif old.damaged:
            self.said.append(f"‘{name_of(old)}’ was left as it is: {old.damaged}.")
            if hash != old.written_hash:
                self._record(new, old, MergedText(old.text, self._missing(new, old)))
        elif old.is_as_written and hash != old.written_hash:
            self._put(new, old, MergedText(new.text))
        elif hash in (old.written_hash, text_hash(old.text)):
            self._rename(old, new.id)
            if hash != old.written_hash:
                self._record(new, old, MergedText(old.text))
        else:
            self._merge(new, old)

    def _merge(self, new: Region, old: Region) -> None:
        base = self.base_of(old.written_hash)
        apart = MergedText(old.text, differences(old.text, new.text))
        merged = merge_text(base, old.text, new.text) if base is not None else apart
        try:
            self._put(new, old, merged)
        except ValueError:  # the two together would break out of the region
            merged = apart
            self._put(new, old, merged)
        if merged.hunks:
            self.said.append(f"Your changes in ‘{name_of(old)}’ were kept; what is new there waits: notegen review.")

    def _missing(self, new: Region, old: Region) -> tuple[Hunk, ...]:
        """What a damaged region lacks of its new version."""
        base = self.base_of(old.written_hash) if old.written_hash else None
        wanted = MergedText(new.text) if base is None else merge_text(base, old.text, new.text)
        return differences(old.text, wanted.whole)

    def _put(self, new: Region, old: Region, merged: MergedText) -> None:
        """Put the merged text in the region's place. Raises ValueError where it is no text for a region."""
        if merged.text == old.text:
            self._rename(old, new.id)
        else:
            self.edits.append((old.start, old.end, wrap(new.id, merged.text, text_hash(new.text))))
            self.renamed[old.id] = new.id
        self._record(new, old, merged)

    def _record(self, new: Region, old: Region, merged: MergedText) -> None:
        self.regenerated.append(
            Regenerated(
                key=old.id if old.damaged else new.id,
                was=old.id,
                name=name_of(old),
                generated=new.text,
                text=merged.text,
                hunks=merged.hunks,
            )
        )

    def _rename(self, old: Region, key: str) -> None:
        """Change the key in both markers; the text keeps every byte."""
        if key != old.id:
            self.renamed[old.id] = key
            start, end = old.start + len("%% notegen:begin "), old.end - len(" %%")
            self.edits += [(start, start + len(old.id), key), (end - len(old.id), end, key)]

    def _add(self, new: Region, earlier: Sequence[Region], old: Sequence[Region]) -> None:
        """Put in a region that the note never had, unless something that stays says the same already."""
        lines = {line for line in new.text.split("\n") if line.strip()}
        staying = (region for region in old if not region.is_as_written)
        if any(lines <= set(region.text.split("\n")) for region in staying):
            return
        if not earlier:
            self.said.append(
                f"‘{name_of(new)}’ is new, but what it follows is not in the note any more, so it was left out."
            )
            return
        place = earlier[-1].end
        self.edits.append((place, place, f"\n\n{wrap(new.id, new.text)}"))
        self.added.add(new.id)

    def _leave(self, left: Sequence[Region], old: Sequence[Region]) -> None:
        """Take away what may repeat and is not in the new version, or say that it stays."""
        for region in left:
            if not kind_of(region.id) or region.damaged == _GONE:
                continue
            if region.is_as_written and not region.damaged and (end := self._end_of_gap(region, old)):
                self.dropped.add(region.id)
                self.edits.append((region.start, end, ""))
                self.said.append(f"‘{name_of(region)}’ is not in the new version, so it was taken out.")
            else:
                self.said.append(f"‘{name_of(region)}’ is not in the new version; what stands in the note stays.")

    def _end_of_gap(self, region: Region, old: Sequence[Region]) -> int:
        """Where the blank lines below a region end, when another region comes next; 0 when anything else does."""
        rest = self.body[region.end :]
        end = region.end + len(rest) - len(rest.lstrip())
        return end if end in {each.start for each in old if not each.damaged} else 0

    def _roster(self, known: Sequence[str], wanted: Sequence[str]) -> list[str]:
        """All regions that the note has and had, without those that notegen itself took away."""
        ids = [self.renamed.get(each, each) for each in known if each not in self.dropped]
        for place, key in enumerate(wanted):
            if key in self.added:
                before = next((each for each in reversed(wanted[:place]) if each in ids), "")
                ids.insert(ids.index(before) + 1 if before else len(ids), key)
        return ids


def _with_gone(disk: Sequence[Region], roster: Sequence[str]) -> list[Region]:
    """The regions on disk and, where the roster has them, those that are gone."""
    regions = list(disk)
    place = 0
    for key in roster:
        there = next((at for at, region in enumerate(regions) if region.id == key), None)
        if there is None:
            regions.insert(place, Region(id=key, damaged=_GONE))
            place += 1
        else:
            place = there + 1
    return regions


def _edited(body: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The body with its edits carried out; those at the same place stand in the order given."""
    for start, end, text in _backwards(edits):
        uses_crlf = "\r\n" in (body[start:end] or body)
        body = body[:start] + (text.replace("\n", "\r\n") if uses_crlf else text) + body[end:]
    return body


def _backwards(edits: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    for _, edit in sorted(enumerate(edits), key=lambda each: (each[1][0], each[0]), reverse=True):
        yield edit
