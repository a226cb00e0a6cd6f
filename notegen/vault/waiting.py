"""The proposals of a vault in its notes as they are now: which wait, where each would go, and their acceptance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from notegen.store.proposals import Proposal, proposal_id
from notegen.vault.identity import identity_in
from notegen.vault.markers import Region, find, wrap
from notegen.vault.merge_sentences import Hunk
from notegen.vault.note import Edit
from notegen.vault.placing import place_of
from notegen.vault.properties import split
from notegen.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A proposal, held against its note."""

    proposal: Proposal
    path: str
    """Of the note now; "" where it is gone."""
    text: str = ""
    """Of the region now, with a final LF."""
    hunk: Hunk | None = None
    """Its place there; None: that is gone, and the proposal outdated."""
    held_by: str = ""
    """What is wrong with the region's markers: as long as that is so nothing is put in."""

    @property
    def state(self) -> str:
        return "outdated" if self.hunk is None else "held" if self.held_by else "waiting"

    @property
    def before(self) -> str:
        """What would go."""
        return self.text[self.hunk.start : self.hunk.end] if self.hunk else self.proposal.before

    @property
    def new(self) -> str:
        """What would come."""
        return self.hunk.new if self.hunk else self.proposal.new


def waiting(vault: Vault) -> list[Waiting]:
    """Every proposal that nobody decided on, note by note. Nothing is changed."""
    notes = _Notes(vault)
    found = [_held_against(proposal, notes) for proposal in vault.proposals.waiting()]
    order = list(dict.fromkeys(each.path for each in found))
    return sorted(found, key=lambda each: order.index(each.path))


def count_waiting(vault: Vault) -> int:
    """How many proposals wait for a decision."""
    return sum(each.state != "outdated" for each in waiting(vault))


def settle(vault: Vault) -> list[Waiting]:
    """As `waiting`; and those that stand for other words than when they were made are proposed anew, with another id:
    nobody accepts what they have not seen."""
    found = waiting(vault)
    moved = {each.proposal.id: _anew(each) for each in found if each.hunk and each.before != each.proposal.before}
    if not moved:
        return found
    vault.proposals.drop(moved)
    vault.proposals.put(moved.values())
    return waiting(vault)


def accepted(chosen: Iterable[tuple[Waiting, str]], vault: Vault) -> tuple[list[Edit], list[Waiting]]:
    """The notes with the chosen proposals in them, and which those are. With each: the text that comes, its own or
    what the learner made of it.

    A proposal whose place has changed since it was held against the note, or is taken by another one, is left out.
    """
    by_path: dict[str, list[tuple[Waiting, str]]] = {}
    for each, new in chosen:
        if each.state == "waiting":
            by_path.setdefault(each.path, []).append((each, new))
    edits: list[Edit] = []
    done: list[Waiting] = []
    for path, some in by_path.items():
        text, version = vault.read_text(path)
        edited = _with(text, some, done)
        if edited != text:
            edits.append(Edit(path=path, text=edited, version=version))
    return edits, done


def _with(text: str, chosen: Iterable[tuple[Waiting, str]], done: list[Waiting]) -> str:
    _, body = split(text)
    head = text[: len(text) - len(body)]
    for region in reversed(find(body)):
        mine = [(each, new) for each, new in chosen if each.proposal.region == region.id]
        if region.damaged or not mine or mine[0][0].text != f"{region.text}\n":
            continue
        inner, first = f"{region.text}\n", len(region.text) + 1
        for each, new in sorted(mine, key=lambda pair: _start(pair[0]), reverse=True):
            if each.hunk and each.hunk.end <= first:
                inner = inner[: each.hunk.start] + _spaced(new, each.before) + inner[each.hunk.end :]
                first = each.hunk.start
                done.append(each)
        whole = wrap(region.id, inner, mine[-1][0].proposal.hash)
        uses_crlf = "\r\n" in body[region.start : region.end]
        body = body[: region.start] + (whole.replace("\n", "\r\n") if uses_crlf else whole) + body[region.end :]
    return head + body


def _start(each: Waiting) -> int:
    return each.hunk.start if each.hunk else 0


def _spaced(new: str, before: str) -> str:
    """The new text, ending as what it takes the place of."""
    return new.rstrip() + before[len(before.rstrip()) :] if before.strip() else new


def _anew(each: Waiting) -> Proposal:
    assert each.hunk
    old = each.proposal
    id = proposal_id(old.note or old.path, old.region, each.before, each.new)
    start, end = each.hunk.start, each.hunk.end
    return replace(old, id=id, path=each.path, text=each.text, start=start, end=end, new=each.new, shown=False)


@dataclass(slots=True)
class _Found:
    path: str
    regions: Mapping[str, Region]


class _Notes:
    """The notes that proposals are for, each read once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._known: dict[tuple[str, str], _Found] = {}

    def of(self, proposal: Proposal) -> _Found:
        key = proposal.note, proposal.path
        if key not in self._known:
            path = self._path(proposal)
            body = split(self._vault.text(path))[1] if path else ""
            self._known[key] = _Found(path, {region.id: region for region in find(body)})
        return self._known[key]

    def _path(self, proposal: Proposal) -> str:
        """Where the note is now, wherever the learner moved it."""
        if not proposal.note or self._identities.get(proposal.path) == proposal.note:
            return proposal.path if proposal.path in self._vault.files.paths else ""
        return next((path for path, note in self._identities.items() if note == proposal.note), "")

    @cached_property
    def _identities(self) -> dict[str, str]:
        """Path → which note it is, of every note that tells."""
        found = {}
        for path in self._vault.files.paths:
            if path.endswith(".md") and (identity := identity_in(self._vault.text(path))) and identity.key:
                found[path] = f"{identity.kind} {identity.key}"
        return found


def _held_against(proposal: Proposal, notes: _Notes) -> Waiting:
    note = notes.of(proposal)
    region = note.regions.get(proposal.region)
    if region is None:
        return Waiting(proposal=proposal, path=note.path)
    return Waiting(
        proposal=proposal,
        path=note.path,
        text=f"{region.text}\n",
        hunk=place_of(proposal, region.text),
        held_by=region.damaged,
    )
