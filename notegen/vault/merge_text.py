"""Three versions of a text become one: as generated before, as the learner has it now, as generated anew.

What only one side changed is taken from that side, unit by unit and, where both changed a unit, sentence by sentence
(diff3: Khanna, Kunal, Pierce 2007). Where both changed the same sentence the learner's stays and the new one is a hunk.
What both added stands there, once where it is the same; what the learner removed stays away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from notegen.vault.merge_align import Aligned, align
from notegen.vault.merge_marks import has_marks, with_marks
from notegen.vault.merge_sentences import Hunk, merged_sentences
from notegen.vault.merge_units import Unit, like, likeness, seam, units

__all__ = ["Hunk", "MergedText", "merge_text"]

_TELLING_LETTERS = 12
"""A shorter unit (a frame's title, "**Why**") may be in a text many times, so it tells nothing of what was removed."""
_MOVED = 0.75
"""What stands elsewhere is a reworded version of a unit where so much of their words is the same."""
_FIXED = re.compile(r"\s*(?:\^[A-Za-z0-9-]+|<!--SR:[^\n]*-->)\s*")
"""Belongs to what stands above it."""


@dataclass(frozen=True, slots=True)
class MergedText:
    """The text, and what found no place in it."""

    text: str
    hunks: tuple[Hunk, ...] = ()

    @property
    def whole(self) -> str:
        """The text with every hunk in it."""
        text = self.text + "\n"
        for hunk in reversed(self.hunks):
            text = text[: hunk.start] + hunk.new + text[hunk.end :]
        return text.rstrip("\n")


def merge_text(base: str, mine: str, new: str) -> MergedText:
    """Bring what changed from `base` to `new` into `mine`. All three with LF and without blank lines around them."""
    if mine in (base, new):
        return MergedText(new)
    if new == base:
        return MergedText(mine)
    return _Merge(units(base), units(mine), units(new)).result()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A unit of the merged text; base, mine, new: its place in each of the three, where it has one."""

    raw: str
    base: int | None = None
    mine: int | None = None
    new: int | None = None
    hunks: tuple[Hunk, ...] = ()


@dataclass(slots=True)
class _Merge:
    base: list[Unit]
    mine: list[Unit]
    new: list[Unit]
    pieces: list[_Piece] = field(default_factory=list)
    decided: set[str] = field(default_factory=set)
    """Contents about which the learner has decided: theirs, changed, marked, or removed."""
    missing: list[Unit] = field(default_factory=list)
    """Those of them that are not any more where they were in the new version."""

    def result(self) -> MergedText:
        mine, new = align(self.base, self.mine), align(self.base, self.new)
        self.decided = {self.mine[each].content for slot in mine.before for each in slot}
        for number, (unit, place) in enumerate(zip(self.base, mine.at, strict=True)):
            if place is None or not _is_untouched(unit, self.mine[place]):
                self.decided.add(unit.content)
                self.missing += [unit] if new.at[number] is None or not new.alike[number] else []
        for place in range(len(self.base) + 1):
            self._bring_in(mine.before[place], new.before[place])
            if place < len(self.base):
                self._settle(place, mine, new)
        return self._text()

    def _bring_in(self, mine: Sequence[int], new: Sequence[int]) -> None:
        """What one of the two, or both, put here: the learner's next to what it was put to, each thing once."""
        own = [_Piece(self.mine[each].raw, mine=each) for each in mine]
        gained = [self._gained(each) for each in new if self._is_news(self.new[each])]
        is_fixed = bool(mine) and bool(_FIXED.fullmatch(self.mine[mine[0]].raw))
        is_close = bool(mine) and mine[0] > 0 and not self.mine[mine[0] - 1].gap
        self.pieces += [*own, *gained] if is_fixed or is_close else [*gained, *own]

    def _is_news(self, unit: Unit) -> bool:
        """The learner neither has it already, wherever it stands, nor did they remove or change it."""
        if sum(map(str.isalnum, unit.raw)) < _TELLING_LETTERS:
            return True
        return unit.content not in self.decided and all(likeness(unit, each) < _MOVED for each in self.missing)

    def _gained(self, place: int) -> _Piece:
        """A unit of the new version; an item with the bullet of the learner's list."""
        raw = self.new[place].raw
        return _Piece(like(raw, self.pieces[-1].raw) if self.pieces else raw, new=place)

    def _settle(self, place: int, mine: Aligned, new: Aligned) -> None:
        """What becomes of a unit of the base."""
        base, here, there = self.base[place], mine.at[place], new.at[place]
        if there is not None and not new.alike[place] and not self._is_news(self.new[there]):
            there = None
        if here is None:
            if there is not None and not new.alike[place]:
                self.pieces.append(self._gained(there))
            return
        own = self.mine[here]
        if there is None:
            if not _is_untouched(base, own):
                self.pieces.append(_Piece(own.raw, base=place, mine=here))
            return
        if not new.alike[place] and own.key == base.key and not _is_untouched(base, own):
            self.pieces += [_Piece(own.raw, base=place, mine=here), self._gained(there)]  # marked, and its place taken
            return
        raw, hunks = _settled(base, own, self.new[there], new.alike[place])
        self.pieces.append(_Piece(raw, place, here, there, tuple(hunks)))

    def _text(self) -> MergedText:
        text: list[str] = []
        hunks: list[Hunk] = []
        length = 0
        for piece, below in zip_longest(self.pieces, self.pieces[1:]):
            hunks += (Hunk(length + each.start, length + each.end, each.new) for each in piece.hunks)
            whole = piece.raw + (self._gap(piece, below) if below else "")
            text.append(whole)
            length += len(whole)
        return MergedText("".join(text).rstrip("\n"), tuple(hunks))

    def _gap(self, above: _Piece, below: _Piece) -> str:
        """The blank lines between two pieces: as they were where these were neighbours before."""
        mine = self._gap_in(self.mine, above.mine, below.mine)
        new = self._gap_in(self.new, above.new, below.new)
        if mine is None or new is None:
            known = new if mine is None else mine
            return seam(_unit(above), _unit(below)) if known is None else known
        base = self._gap_in(self.base, above.base, below.base)
        return new if mine == base else mine

    @staticmethod
    def _gap_in(text: Sequence[Unit], above: int | None, below: int | None) -> str | None:
        return text[above].gap if above is not None and below == above + 1 else None


def _unit(piece: _Piece) -> Unit:
    return Unit(piece.raw, "")


def _is_untouched(base: Unit, mine: Unit) -> bool:
    """Nobody changed its words or marked it; a linter may have."""
    return mine.raw == base.raw or (mine.key == base.key and not has_marks(base.raw, mine.raw))


def _settled(base: Unit, mine: Unit, new: Unit, is_alike: bool) -> tuple[str, Iterable[Hunk]]:
    """What becomes of a unit that all three have, and hunks in it."""
    if mine.raw == new.raw or new.raw == base.raw:
        return mine.raw, ()
    if _is_untouched(base, mine):
        return like(new.raw, mine.raw), ()
    if mine.key == base.key and is_alike and (marked := with_marks(base.raw, mine.raw, new.raw)) is not None:
        return like(marked, mine.raw), ()
    if mine.key == new.key:
        return mine.raw, ()
    whole = Hunk(0, len(mine.raw), new.raw)
    return merged_sentences(base, mine, new) if is_alike and mine.key != base.key else (mine.raw, (whole,))
