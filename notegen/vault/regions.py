"""How a new version of a note reaches one that the learner has edited: region by region (see `markers`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from notegen.vault.markers import Region, find, find_roster, reseal, roster_line, text_hash, wrap
from notegen.vault.region_keys import keyed, kind_of, mark_of, name_of
from notegen.vault.region_match import match

__all__ = ["Region", "find", "merge", "reseal", "with_roster", "wrap"]

_GONE = "gone"
"""In `Region.damaged`: the roster names it, and it is not there: the learner has removed it."""


def with_roster(body: str) -> str:
    """The body of a new note with lasting keys, and the roster of its regions where it has any."""
    body = keyed(body)
    ids = [region.id for region in find(body)]
    return f"{body.rstrip()}\n\n{roster_line(ids)}\n" if ids else body


def merge(disk_body: str, new_body: str) -> tuple[str, tuple[str, ...]]:
    """Bring the regions of `new_body` into `disk_body`; return the body and what was left alone, one sentence each.

    Only a region that is still as notegen wrote it is replaced. One that the learner changed, removed or damaged stays
    as it is but for its key, and every byte outside regions does too. A region that the note never had comes in after
    the one that it follows in `new_body`; of those that may repeat, one that the new version does not have goes where
    nobody touched it and nobody wrote below it. Nothing is said where there is nothing new to say.
    """
    return _Merge(disk_body, new_body).result()


@dataclass(slots=True)
class _Merge:
    body: str
    new_body: str
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    """(start, end, what comes there) in `body`."""
    said: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    """Key on disk → lasting key."""
    added: set[str] = field(default_factory=set)
    """Keys of regions that the note never had."""
    dropped: set[str] = field(default_factory=set)

    def result(self) -> tuple[str, tuple[str, ...]]:
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
        return _edited(self.body, self.edits), tuple(self.said)

    def _bring(self, new: Region, old: Region) -> None:
        """Replace the text of a region that stands there, or leave it and say so."""
        if old.damaged == _GONE:
            self.renamed[old.id] = new.id
            self.said.append(f"‘{name_of(new)}’ is not in the note any more, so it was left out.")
        elif old.damaged:
            self.said.append(f"‘{name_of(old)}’ was left as it is: {old.damaged}.")
        elif old.is_as_written and text_hash(new.text) != old.written_hash:
            self.renamed[old.id] = new.id
            self.edits.append((old.start, old.end, wrap(new.id, new.text)))
        else:
            self._rename(old, new.id)
            if text_hash(new.text) not in (old.written_hash, text_hash(old.text)):
                self.said.append(f"Your changes in ‘{name_of(old)}’ were kept; its new version was left out.")

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
