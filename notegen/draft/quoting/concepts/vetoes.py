"""What can be no concept, whatever speaks for it: asked before anything is weighed."""

from __future__ import annotations

import re

from notegen.draft.quoting.concepts.candidates import Candidate
from notegen.draft.quoting.concepts.proofs import Proofs
from notegen.language.frequency import zipf
from notegen.language.leaning import leaning
from notegen.language.lists import LANGUAGES, words_in

EVERYDAY_WORD = 4.4
"""Zipf frequency (log10 of uses in a billion words) from which one word alone is of everyday use."""
COMMON_WORD = 3.5
"""The same where neither print nor a definition speaks for the word."""
EVERYDAY_PHRASE = 4.9
"""The same for the rarest word of several."""
FOREIGN_LEAD = 2.0
"""By so much more frequent in another language (a hundred times) is a word that belongs there."""
UNKNOWN_WORD = 2.0
"""Frequency of a word that no dictionary of everyday words knows."""
NOUN_SHARE = 0.25
LONE_NOUN_SHARE = 0.5
"""A noun stands alone between boundaries, led by an article or a preposition, at least so often; the adjective before
a noun hardly ever does. One word alone must do so more often."""
ALONE_SHARE = 0.25
"""A noun stands without another word of the phrase at its side at least so often."""
SURE_NOUN_SHARE, SURE_NOUN_TIMES = 0.6, 3
"""An everyday word that the author sets apart must do so this often."""
CAPITAL_SHARE = 0.7
"""What is written with capitals where none is due so often is the name of a place, a person or a product."""
MIN_LETTERS = 3
HEAD_FIRST = frozenset(["fr", "es", "it", "pt"])
"""Languages in which the noun comes first and what describes it after: "fonction linéaire"."""
_CAMEL = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-Þ]|[A-ZÀ-Þ]{2,}[a-z]{2,}")
"""A capital inside a word: the name of a program or a product."""
_ADVERB = {
    "en": re.compile(r"\w{3,}ly$"),
    "de": re.compile(r"\w{3,}erweise$"),
    "fr": re.compile(r"\w{3,}(?:amment|emment|[aeiu]lement|[st]ement)$"),
}
_NO_NOUN = {
    "en": re.compile(r"\w{3,}(?:able|ible|ous|ful|less|ical|ish|ward|wise|tional)$"),
    "fr": re.compile(r"\w{3,}(?:eux|euse|euses|ables?|ibles?)$"),
    "es": re.compile(r"\w{3,}(?:mente|os[oa]s|ables?|ibles?)$"),
    "it": re.compile(r"\w{3,}(?:mente|abil[ei]|ibil[ei]|os[aeio]|iamo|ebbero)$"),
    "pt": re.compile(r"\w{3,}(?:mente|ável|ível|áveis|íveis|os[oa]s)$|[\w-]+-(?:se|l[oa]s?|nos|lhe)$"),
}
"""Endings that only adjectives and adverbs have, or hardly anything else."""
_WORD_FOR = {"en": frozenset(["term", "word", "notion"]), "de": frozenset(["Begriff", "Wort", "Ausdruck"])}
"""What stands before a name that is spoken of as a name: "the term semantics"."""
_PERSONS = {
    "en": re.compile(
        r"\w*(?:ologist|onomist|ician|ographer|osopher|historian|scientist|theorist|scholar|researcher|practitioner"
        r"|critic|teacher|learner|reader|student|user|worker)s?$"
    ),
    "de": re.compile(
        r"\w*(?:olog(?:en?|innen|in)|ökonom(?:en|innen|in)?|forsche(?:r|rn|rin|rinnen)|wissenschaftler(?:n|in|innen)?"
        r"|historiker(?:n|in|innen)?|philosoph(?:en|innen|in)?|leser(?:n|in|innen)?|anwender(?:n|in|innen)?)$"
    ),
    "fr": re.compile(r"\w*(?:ologues?|iciens?|iciennes?|économistes?|historiens?|chercheurs?|lecteurs?|auteurs?)$"),
    "es": re.compile(r"\w*(?:ólog[oa]s?|economistas?|científicos|investigador(?:es)?|historiador(?:es)?|lectores)$"),
    "it": re.compile(r"\w*(?:ologi|ologo|economist[ai]|scienziat[oi]|ricercator[ei]|lettor[ei]|storici)$"),
    "pt": re.compile(r"\w*(?:ólog[oa]s?|economistas?|cientistas?|(?:pesquisa|historia)dor(?:es)?|leitor(?:es)?)$"),
}
"""Those who study, teach, write or read: they think the ideas, and are none."""


def is_vetoed(one: Candidate, proofs: Proofs, language: str) -> bool:
    """Whether a candidate is no noun, a name, an everyday word, a label or an unexplained run of capitals."""
    words = [word for word in one.words if not word.is_stop]
    if any(len(word.text) < MIN_LETTERS and not _is_short_name(word.text, len(words), proofs) for word in words):
        return True
    if len(words) == 1 and words[0].key in proofs.title and zipf(words[0].text, language) <= UNKNOWN_WORD:
        return True  # the program that the book is about
    if not proofs.acronym and (_is_shouted(one) or any(_CAMEL.search(word.text) for word in words)):
        return True
    is_name = language != "de" and one.inside and one.capitals >= CAPITAL_SHARE * one.inside
    if is_name and not (proofs.acronym or proofs.emphasis or (proofs.in_heading and len(words) > 1)):
        return True
    if language in ("en", "de") and any(word.is_link for word in one.words) and not proofs.is_printed:
        return True
    if not proofs.is_printed and any(word.text.casefold() in words_in("pointing", language) for word in words):
        return True
    if len(words) > 1 and words[0].text in _WORD_FOR.get(language, ()):
        return True
    if any(_is_foreign(word.text, language) for word in words) or _are_persons(one, language):
        return True
    return _is_everyday(one, proofs, language) or _is_no_noun(one, proofs, language)


def _is_foreign(word: str, language: str) -> bool:
    """A small word of another language, hardly used in this one: of a sentence that the text quotes."""
    others = [code for code in LANGUAGES if code != language and word.casefold() in words_in("stop", code)]
    return any(zipf(word, code) > zipf(word, language) + FOREIGN_LEAD for code in others)


def _are_persons(one: Candidate, language: str) -> bool:
    """The noun of the name is people of some calling: "psychologists", "early economists"."""
    words = [word.text.casefold() for word in one.words if not word.is_stop]
    pattern = _PERSONS.get(language)
    return bool(pattern and pattern.fullmatch(words[0 if language in HEAD_FIRST else -1]))


def _is_short_name(word: str, size: int, proofs: Proofs) -> bool:
    """Two capitals in a name of several words ("DC analysis"), or an explained acronym."""
    return len(word) > 1 and word.isupper() and (size > 1 or proofs.acronym)


def _is_everyday(one: Candidate, proofs: Proofs, language: str) -> bool:
    plain = [word.text.casefold() for word in one.words if not word.is_stop]
    of_any_book = words_in("any_subject", language)
    if all(word in of_any_book or word in words_in("general", language) for word in plain):
        return True
    use = [zipf(word, language) for word in plain]
    if len(plain) > 1:
        head = plain[0] if language in HEAD_FIRST else plain[-1]
        return not proofs.is_printed and (head in of_any_book or min(use) > EVERYDAY_PHRASE)
    if use[0] > EVERYDAY_WORD:
        stands_alone = one.led >= SURE_NOUN_SHARE * one.whole and one.whole >= SURE_NOUN_TIMES
        return not (proofs.key_term or ((proofs.emphasis or proofs.is_heading) and stands_alone))
    return use[0] > COMMON_WORD and not (proofs.is_printed or proofs.defined)


def _is_no_noun(one: Candidate, proofs: Proofs, language: str) -> bool:
    last, first = one.words[-1].text, one.words[0].text
    pattern, adverb = _NO_NOUN.get(language), _ADVERB.get(language)
    if len(one.words) == 1 and pattern and pattern.match(last):
        return True
    if leaning(language).connective.match(" ".join(word.text for word in one.words).casefold()):
        return True
    if adverb and (adverb.match(first) or adverb.match(last)):
        return True
    if language == "de" and not last[0].isupper():
        return True
    if proofs.is_printed and len(one.words) > 1:
        return False
    if len(one.words) == 1 and one.whole < ALONE_SHARE * one.names.total() and not proofs.is_printed:
        return True
    share = NOUN_SHARE if len(one.words) > 1 else LONE_NOUN_SHARE
    return not one.whole or one.led < share * one.whole


def _is_shouted(one: Candidate) -> bool:
    """Capitals throughout, though nothing explains them: an option, a file, a label."""
    return all(name.isupper() for name in one.names)
