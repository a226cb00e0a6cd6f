"""Claims with their verdicts, as templates show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notegen.claims.held import Held, Source, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldClaims:
    """Claims of one answer or topic, in their order."""

    all: tuple[Held, ...] = ()

    def having(self, verdict: Verdict) -> list[Held]:
        """Those with a verdict."""
        return [each for each in self.all if each.verdict == verdict]

    @property
    def is_decided(self) -> bool:
        """Any of them is supported or contradicted."""
        return any(each.verdict != "not found" for each in self.all)

    @property
    def far(self) -> list[Held]:
        """Those that are not found, with nothing that is near."""
        return [each for each in self.having("not found") if each.nearest is None]

    @property
    def near(self) -> list[tuple[Source, list[Held]]]:
        """What is nearest in the books to claims that were not found: each passage once, with its claims."""
        found: dict[tuple[str, str], tuple[Source, list[Held]]] = {}
        for each in self.having("not found"):
            if each.nearest:
                found.setdefault((each.nearest.pdf, each.nearest.text), (each.nearest, []))[1].append(each)
        return list(found.values())

    def beside(self, told: Sequence[str]) -> list[Held]:
        """Those that are not found and whose words are in none of the texts."""
        return [each for each in self.having("not found") if not any(_is_in(each.text, text) for text in told)]


def _is_in(claim: str, text: str) -> bool:
    """Whether the words of a claim, with or without its label, are in a text."""
    unlabelled = claim.partition(": ")[2].strip()
    return claim in text or bool(unlabelled and unlabelled in text)
