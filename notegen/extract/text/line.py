"""Line: what stands on one baseline, with measures that can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from notegen.extract.document import Box
from notegen.extract.text.spans import Span, needs_space

_ASCENT, _DESCENT = 0.75, 0.25
"""Of the font size. The boxes that fonts claim can be three lines tall, so lines are measured from their baseline."""


@dataclass(frozen=True, eq=False)
class Line:
    """Spans on one baseline, from left to right. (No slots: its measures are computed once, when first asked for. Two
    lines with the same spans are two.)"""

    spans: tuple[Span, ...]

    @cached_property
    def text(self) -> str:
        return joined(self.spans)

    @cached_property
    def x0(self) -> float:
        return min(span.x0 for span in self.spans)

    @cached_property
    def x1(self) -> float:
        return max(span.x1 for span in self.spans)

    @cached_property
    def main(self) -> Span:
        """The span that stands for the line's style: most characters, the larger size on a tie."""
        weights: dict[tuple[float, float], int] = {}
        for span in self.spans:
            key = (round(span.size, 1), round(span.baseline, 1))
            weights[key] = weights.get(key, 0) + len(span.text.strip())
        size, baseline = max(weights, key=lambda key: (weights[key], key[0]))
        same = [s for s in self.spans if round(s.size, 1) == size and round(s.baseline, 1) == baseline]
        return max(same, key=lambda span: len(span.text))

    @cached_property
    def size(self) -> float:
        return self.main.size

    @cached_property
    def baseline(self) -> float:
        return self.main.baseline

    @cached_property
    def top(self) -> float:
        return min(span.baseline - _ASCENT * span.size for span in self.spans)

    @cached_property
    def bottom(self) -> float:
        return max(span.baseline + _DESCENT * span.size for span in self.spans)

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)

    def share(self, test: Callable[[Span], bool]) -> float:
        """The share of the visible characters whose span passes the test, 0 to 1."""
        every = sum(len(span.text.strip()) for span in self.spans)
        return sum(len(span.text.strip()) for span in self.spans if test(span)) / every if every else 0.0

    @cached_property
    def mono(self) -> bool:
        return self.share(lambda span: span.mono) > 0.9

    @cached_property
    def bold(self) -> bool:
        return self.share(lambda span: span.bold) > 0.9


def joined(spans: Sequence[Span]) -> str:
    """The spans' text on one line, with a space where the page shows a gap."""
    parts: list[str] = []
    for i, span in enumerate(spans):
        if i and needs_space(spans[i - 1], span):
            parts.append(" ")
        parts.append(span.text)
    return "".join(parts).strip()
