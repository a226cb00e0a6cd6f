"""What learners call a language."""

from __future__ import annotations

import re

_NAMES = {
    "en": ("english", "englisch", "anglais", "inglés", "inglese", "inglês"),
    "de": ("german", "deutsch", "allemand", "alemán", "tedesco", "alemão"),
    "fr": ("french", "französisch", "français", "francés", "francese", "francês"),
    "es": ("spanish", "spanisch", "espagnol", "español", "castellano", "spagnolo", "espanhol"),
    "it": ("italian", "italienisch", "italien", "italiano"),
    "pt": ("portuguese", "portugiesisch", "portugais", "portugués", "portoghese", "português"),
}
_CODE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]+)*")


def code_of(name: str) -> str:
    """The ISO 639-1 code of a language that is named or coded: "Deutsch", "de-AT" → "de"; "" for a name that is not
    known."""
    plain = name.strip().casefold()
    if found := _CODE.fullmatch(plain):
        return found[1]
    return next((code for code, names in _NAMES.items() if plain in names), "")


def name_of(code: str) -> str:
    """The English name of a language by its ISO 639-1 code; the code where it is not known."""
    return _NAMES[code][0].capitalize() if code in _NAMES else code
