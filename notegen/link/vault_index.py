"""Everything that links need to know of a vault, in memory: its notes, their words, names and links."""

from __future__ import annotations

import posixpath
from array import array
from collections.abc import Mapping, Sequence
from typing import overload

import numpy as np

from notegen.link.fusion import Fused, fuse, gate_of
from notegen.link.graph import LinkGraph, best_first
from notegen.link.names import NameIndex
from notegen.link.note_facts import READER, NoteFacts
from notegen.link.refresh import Progress, read_notes
from notegen.link.signals import Query, Signals, TitleIndex, signals_of
from notegen.link.terms import TermIndex
from notegen.link.words import Ids, name_ids
from notegen.store.note_rows import NoteRows
from notegen.vault.index import FileIndex, resolve
from notegen.vault.vault import Vault

_SAMPLE = 200
"""Linked notes from which it is learned how surely a note of this vault names others."""


class VaultIndex:
    """The notes of a vault and the indexes over them. `notes` are in the order of their paths; a note is known by its
    place in that order."""

    def __init__(self, notes: Sequence[NoteFacts], files: FileIndex) -> None:
        self.notes = tuple(notes)
        self.files = files
        self.places = {note.path: place for place, note in enumerate(self.notes)}
        self.links = Links(self.notes, self.places, files)
        self.terms = TermIndex(_with_title(note) for note in self.notes)
        self.titles = TitleIndex([note.title for note in self.notes], self.terms)
        self.names = NameIndex(
            (note.ids for note in self.notes), (_names(note) for note in self.notes), iter(self.links)
        )
        self.graph = LinkGraph([target for _, target in links] for links in self.links)
        self.usual_sureness = self._usual_sureness()

    @classmethod
    def open(
        cls, vault: Vault, on_progress: Progress = lambda done, total: None, rows: NoteRows | None = None
    ) -> VaultIndex:
        """The index of the vault as it is now; only what changed is read. rows: default those in the state folder."""
        return cls(open_notes(vault, on_progress, rows), vault.files)

    def query_of(self, place: int) -> Query:
        """The note at a place as a text for which links are sought."""
        return Query(ids=_with_title(self.notes[place]), note=place)

    def signals(self, query: Query) -> Signals:
        """What speaks for a link from a text to each note."""
        return signals_of(query, self.terms, self.names, self.graph, self.titles)

    def fused(self, signals: Signals) -> Fused:
        """The signals as one score for each note."""
        gate = gate_of(signals.sureness, self.usual_sureness)
        return fuse(signals.columns(self.graph.linked_from), gate)

    def names_of(self, place: int) -> list[str]:
        """The title of a note, the same without what stands in brackets at its end, and its other names."""
        return _names(self.notes[place])

    def _usual_sureness(self) -> float:
        linked = [place for place in range(len(self.notes)) if len(self.graph.targets(place))]
        sample = linked[:: max(1, len(linked) // _SAMPLE)]
        sure = []
        for place in sample:
            named = self.names.scores(self.names.mentions(self.notes[place].ids), len(self.notes))
            named[place] = 0
            sure.append(float(named[best_first(named, 5)].sum()) / 5)
        return float(np.median(sure)) if sure else 0.0


def open_notes(
    vault: Vault, on_progress: Progress = lambda done, total: None, rows: NoteRows | None = None
) -> list[NoteFacts]:
    """The facts of every readable note of the vault as it is now; only what changed is read."""
    kept = rows or NoteRows.of_vault(vault.storage.identity, READER)
    try:
        notes, _ = read_notes(vault, kept, on_progress)
    finally:
        if rows is None:
            kept.close()
    return notes


def _with_title(note: NoteFacts) -> Ids:
    return np.concatenate([np.array([*name_ids(note.title), 0], np.uint32), note.ids])


def _names(note: NoteFacts) -> list[str]:
    """Its title, the title without what stands in brackets at its end, and its aliases."""
    bare = note.title.split(" (")[0] if note.title.endswith(")") else note.title
    return list(dict.fromkeys((note.title, bare, *note.names)))


class Links(Sequence[list[tuple[str, int]]]):
    """Of each note the (words shown, note meant) of its own links to other notes, put together when it is asked for."""

    def __init__(self, notes: Sequence[NoteFacts], places: Mapping[str, int], files: FileIndex) -> None:
        self._notes = notes
        meant, home = array("i"), ""
        known: dict[str, str | None] = {}
        for note in notes:
            if posixpath.dirname(note.path) != home:
                home = posixpath.dirname(note.path)
                known.clear()
            for link in note.links:
                if link.target not in known:
                    known[link.target] = resolve(files, link.target, note.path)
                place = places.get(known[link.target] or "", -1)
                meant.append(place if link.is_own and place >= 0 and notes[place].path != note.path else -1)
        self._meant = np.frombuffer(meant, np.intc)
        """Of every link the note that it means, -1 for none."""
        self._first = np.concatenate([[0], np.cumsum([len(note.links) for note in notes])]).astype(np.int64)

    def __len__(self) -> int:
        return len(self._notes)

    @overload
    def __getitem__(self, place: int) -> list[tuple[str, int]]: ...
    @overload
    def __getitem__(self, place: slice) -> list[list[tuple[str, int]]]: ...
    def __getitem__(self, place: int | slice) -> list[tuple[str, int]] | list[list[tuple[str, int]]]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        links = self._notes[place].links
        meant = self._meant[self._first[place] : self._first[place] + len(links)].tolist()
        return [(link.shown, note) for link, note in zip(links, meant, strict=True) if note >= 0]
