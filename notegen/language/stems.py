"""Stems: what the forms of a word have in common, for comparing only, never shown.

The stemmers are those of the Snowball project (M. F. Porter, snowballstem.org), with the irregular plurals that English
took from Greek and Latin. Accents go after stemming, since the endings of French and Spanish are told by them.
"""

from __future__ import annotations

import importlib
import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any

from notegen.language.lists import lines_in

_SNOWBALL = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "nb": "Norwegian", "fi": "Finnish",
    "ro": "Romanian", "hu": "Hungarian", "ru": "Russian", "ca": "Catalan", "tr": "Turkish", "pl": "Polish",
    "cs": "Czech", "el": "Greek", "eu": "Basque", "lt": "Lithuanian", "et": "Estonian",
}  # fmt: skip
_ELIDED = {
    "fr": re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)", re.IGNORECASE),
    "it": re.compile(r"^(?:[cdlmnstv]|un|all|dall|dell|nell|sull|coll|quell|quest|bell)['’](?=\w)", re.IGNORECASE),
}
"""Articles and pronouns that lose their vowel before a word: "d'activation" is a form of "activation"."""
_DERIVED = {
    "en": r"(ion|iv|ment|enc|anc|ent|ant|it|ism|ist|al|ic|ous|ful|less|ness|er|or|iz|is|abl|ibl)"
    r"(?:e?s|ed?|ing|y|ie[sd])?$",
    "fr": r"(ion|i[fv]|ment|enc|anc|ism|ist|eu[rsx]|ric)e?s?$",
    "es": r"(ion|iv|mient|enci|anci|ism|ist|os(?=[ao])|or)(?:[aeo]?s?|es)$",
    "it": r"(ion|iv|ment|enz|anz|ism|ist|os|or)[aeio]$",
    "pt": r"([cs]ao|iv|ment|enci|anci|ism|ist|os(?=[ao])|or)(?:[aeo]?s?|es)$",
}
"""Endings that make another word of a word, before those that only inflect it."""
_PLURALS = {
    "es": (("ces", "z"), ("dades", "dad"), ("iones", "ión")),
    "pt": (("ões", "ão"), ("ães", "ão"), ("dades", "dade"), ("áveis", "ável"), ("íveis", "ível"), ("ais", "al"),
           ("éis", "el"), ("óis", "ol"), ("ens", "em"), ("zes", "z")),
}  # fmt: skip
"""Plurals whose stem Snowball parts from that of the singular, as endings."""
_own = threading.local()


@lru_cache(maxsize=200_000)
def stem(word: str, language: str = "en") -> str:
    """What a word has in common with its inflections and nearest derivations ("embedding" and "embedded").

    A language without a stemmer is read as English, of which most names of a technical text are.
    """
    language = _known(language)
    return fold(_stemmer(language).stemWord(_plain(word, language))) or fold(word)


@lru_cache(maxsize=200_000)
def lexeme(word: str, language: str = "en") -> str:
    """What a word has in common with its inflections alone: names are the same when their lexemes are.

    The stem with the ending that derives the word: "position" and "positive" have one stem and two lexemes.
    """
    language = _known(language)
    found = re.search(_DERIVED.get(language, "$()"), fold(_plain(word, language)))
    return f"{stem(word, language)}-{found[1]}" if found and found[1] else stem(word, language)


def without_elision(word: str, language: str) -> str:
    """A French or Italian word without the article that is glued to it: "l'algorithme" → "algorithme"."""
    pattern = _ELIDED.get(language)
    return pattern.sub("", word) if pattern else word


def fold(text: str) -> str:
    """One letter case and no accents: "Naïve" and "naive" are the same word."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _known(language: str) -> str:
    return language if language in _SNOWBALL else "en"


def _plain(word: str, language: str) -> str:
    """In small letters, without what is glued to it; a plural that Snowball does not see through as its singular."""
    plain = unicodedata.normalize("NFC", without_elision(word, language).casefold().replace("’", "'"))
    if language == "en":
        return singular(plain.removesuffix("'s"))
    for plural, one in _PLURALS.get(language, ()):
        if plain.endswith(plural) and len(plain) > len(plural):
            return plain.removesuffix(plural) + one
    return plain


def singular(word: str) -> str:
    """The singular of an English word with a plural from Greek or Latin, in small letters; any other word as it is."""
    if word.endswith(("theses", "lyses")):
        return f"{word[:-2]}is"  # "diatheses", "hydrolyses"
    return _singulars().get(word.casefold(), word)


@lru_cache(maxsize=1)
def _singulars() -> dict[str, str]:
    """plural → singular of English words that keep a foreign plural; each line of the list is a pair."""
    pairs = (line.split() for line in lines_in("irregular_plurals", "en"))
    return {pair[0]: pair[1] for pair in pairs}


def _stemmer(language: str) -> Any:
    """Its stemmer, one a thread: it keeps the word that it works on. The one in Python is taken even where the one in C
    is installed, so that stems that were kept are the same everywhere."""
    kept: dict[str, Any] = _own.__dict__.setdefault("stemmers", {})
    if language not in kept:
        name = _SNOWBALL[language]
        module = importlib.import_module(f"snowballstemmer.{name.lower()}_stemmer")
        kept[language] = getattr(module, f"{name}Stemmer")()
    return kept[language]
