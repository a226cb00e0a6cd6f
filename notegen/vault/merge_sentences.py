"""One paragraph that two sides changed: merged sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from merge3 import Merge3

from notegen.vault.merge_align import ALIKE
from notegen.vault.merge_units import Unit, key_of, likeness, opens_line, parts


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch of the learner's text, and the new text that could stand in its place."""

    start: int
    end: int
    """Offsets in the text with a final LF; equal where nothing would go."""
    new: str


def merged_sentences(base: Unit, mine: Unit, new: Unit) -> tuple[str, list[Hunk]]:
    """The unit with the sentences that only one side changed, and hunks for those that both did."""
    texts = parts(base), parts(mine), parts(new)
    done = _Sentences()
    at = (0, 0, 0)
    for sync in Merge3(_keys(texts[0]), _keys(texts[1]), _keys(texts[2])).find_sync_regions():
        starts, ends = sync[0::2], sync[1::2]
        done.differing(*(text[one:other] for text, one, other in zip(texts, at, starts, strict=True)))
        done.common(*(text[one:other] for text, one, other in zip(texts, starts, ends, strict=True)))
        at = ends
    return done.text.rstrip("\n") + "\n", done.hunks


@dataclass(slots=True)
class _Sentences:
    """The unit as it grows."""

    text: str = ""
    hunks: list[Hunk] = field(default_factory=list)

    def common(self, base: Sequence[str], mine: Sequence[str], new: Sequence[str]) -> None:
        """What differs in marks and spaces at most."""
        for was, own, other in zip(base, mine, new, strict=True):
            self._add(other if own == was else own)

    def differing(self, base: Sequence[str], mine: Sequence[str], new: Sequence[str]) -> None:
        """A stretch that one side changed, or both."""
        was, own, other = _keys(base), _keys(mine), _keys(new)
        if other in (was, own):
            self._add(*mine)
        elif own == was:
            self._add(*new)
        elif not base:
            self._add(*mine, *(part for part in new if key_of(part) not in own))
        elif len(base) == len(mine) == len(new) > 1:
            for each in zip(base, mine, new, strict=True):
                self.differing(*([part] for part in each))
        else:
            self._conflict(base, mine, new)

    def _conflict(self, base: Sequence[str], mine: Sequence[str], new: Sequence[str]) -> None:
        start = len(self.text)
        self._add(*mine)
        start += len(self.text[start:]) - len(self.text[start:].lstrip())
        removed_again = not mine and likeness(_unit(base), _unit(new)) >= ALIKE
        if new and not removed_again:
            self.hunks.append(Hunk(start, len(self.text), "".join(new)))

    def _add(self, *added: str) -> None:
        """Put parts behind the others, on one line unless one opens a line."""
        for part in added:
            if opens_line(part) and self.text and not self.text.endswith("\n"):
                self.text += "\n"
            elif self.text.endswith("\n") and not opens_line(part) and self._stands_in_a_frame():
                self.text = self.text.rstrip("\n") + " "
            elif self.text and not self.text[-1].isspace():
                self.text += " "
            self.text += part

    def _stands_in_a_frame(self) -> bool:
        """The unit is quoted or an item: a line without its mark would fall out of it."""
        return self.text.lstrip()[:1] in (">", "-", "*", "+") or self.text[:1].isdigit()


def _keys(texts: Sequence[str]) -> list[str]:
    return [key_of(part) for part in texts]


def _unit(texts: Sequence[str]) -> Unit:
    return Unit("".join(texts), "")
