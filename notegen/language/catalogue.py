"""The one catalogue of what notegen itself says in a note: English phrases and what they are in another language.

An English phrase is its own key, as in gettext, so a phrase that no catalogue holds is said in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The phrases of one language."""

    language: str = "en"
    """ISO 639-1."""
    phrases: Mapping[str, str] = field(default_factory=dict)
    """English → the language's own."""

    def said(self, phrase: str, **values: object) -> str:
        """The phrase in this language, its slots ("Bridge to {tool}") filled in; a value is put in as it is."""
        found = self.phrases.get(phrase, phrase)
        return _SLOT.sub(lambda slot: str(values.get(slot[1], slot[0])), found) if values else found


ENGLISH = Catalogue()
