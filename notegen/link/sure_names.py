"""Which words of a text may become links without asking: names that mean one note and hardly ever anything else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from notegen.language.detect import language_of
from notegen.language.lists import words_in
from notegen.language.scripts import is_cjk
from notegen.language.stems import fold, lexeme
from notegen.language.words import GENERIC, PART_OR_END, STOP_WORDS
from notegen.link.everyday import is_everyday, is_other_form, is_used_as_word
from notegen.link.name_forms import same_name, span_of, words_of
from notegen.link.names import Mention, has_name_size, is_name
from notegen.link.typeset import typed, with_offsets
from notegen.link.vault_index import VaultIndex
from notegen.link.words import (
    BREAK,
    Ids,
    name_ids,
    word_id,
)
from notegen.vault.names import is_linkable

MIN_SHARE = 0.75
"""A phrase that was linked to several notes has to mean one of them so often."""
FEW_NOTES, FEW_SHARE = 8, 0.02
"""A title that stands in at most so many notes, or this share of them, is no common word."""
_HARDLY_ANY = 3
_STUB_WORDS = 25
"""A note with fewer words has no context to compare."""
_SHARED_TERMS = 2
_LINKED_HABIT = 0.15
"""Where so many of the notes that name another link it, a name that is never linked is not meant as one."""
_PARTING = frozenset(',;()[]{}<>|"“”„«»–—…=+•·')
"""Between the words of a mention it ends what was named, unless the name has it as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A stretch of a text that names a note."""

    start: int
    end: int
    path: str


class SureNames:
    """The names that may become links."""

    def __init__(self) -> None:
        self._meanings: dict[tuple[int, ...], dict[str, set[str]]] = {}
        """Words → path → how the name is written."""
        self._sizes: set[int] = set()
        self.shared: dict[str, tuple[str, ...]] = {}
        """Names of several notes of the vault, letter case and accents aside, each with their paths: never linked."""
        self._doubtful: set[tuple[str, str]] = set()
        """(path, name): single words that the vault hardly ever links; they count where the context agrees."""

    @classmethod
    def of(cls, index: VaultIndex, min_probability: float) -> SureNames:
        """The sure names of a vault.

        min_probability: how often a phrase that only links show, or a common word, has to be a link where it occurs.
        Logs are not linked by name.
        """
        names = cls()
        habit = _habit(index)
        titles = [{*index.names_of(place)} for place in range(len(index.notes))]
        names.shared = _shared(index, titles)
        for place, own in enumerate(titles):
            for text in own:
                if fold(typed(text)) not in names.shared and _is_sure(
                    index, text, place, min_probability, habit, is_title=True
                ):
                    names.add(text, index.notes[place].path)
                    if _needs_context(index, text, place):
                        names._doubtful.add((index.notes[place].path, typed(text)))
        for shown, place in {pair for links in index.links for pair in links}:
            if shown not in titles[place] and _is_sure(index, shown, place, min_probability, habit, is_title=False):
                names.add(shown, index.notes[place].path)
        return names

    def add(self, name: str, path: str) -> None:
        """Let a name mean a note, too. A name that then means two notes is sure no more."""
        words = name_ids(name)
        if has_name_size(words):
            self._sizes.add(len(words))
            self._meanings.setdefault(words, {}).setdefault(path, set()).add(typed(name))

    def path_of(self, name: str) -> str | None:
        """The one note that a name means, inflections aside; None where there is none or several."""
        return self._meaning(self._meanings.get(name_ids(name), {}), typed(name), "en")

    def find(
        self,
        mask: str,
        *,
        is_english: bool,
        leave_out: Collection[str] = (),
        fits: Callable[[str], bool] = lambda path: True,
    ) -> list[Named]:
        """The first mention of each note in the editable words of a text, in order; longer names go first.

        leave_out: paths that are not wanted. fits: whether the note at a path is about what the text is about.
        """
        text, offsets = with_offsets(mask)
        language = "en" if is_english else language_of(text)
        tokens = words_of(text, language)
        ids = [word_id(word) for word, _, _ in tokens]
        lexemes = [lexeme(word, language) for word, _, _ in tokens] if language not in ("", "en") else []
        inflected = self._inflected(language) if lexemes else {}
        seen = set(leave_out)
        found: list[Named] = []
        at = 0
        while at < len(ids):
            size = 0
            for size in sorted(self._sizes, reverse=True):
                words = tuple(ids[at : at + size])
                if len(words) < size or BREAK in words:
                    continue
                meanings = self._meanings.get(words) or inflected.get(tuple(lexemes[at : at + size]))
                span = span_of(text, tokens[at][1], tokens[at + size - 1][2]) if meanings else None
                path = self._meaning(meanings, text[slice(*span)], language) if meanings and span else None
                if path is not None and meanings and span:
                    if path not in seen and self._is_meant(path, meanings[path], text, span, language, fits):
                        seen.add(path)
                        found.append(Named(start=offsets[span[0]], end=offsets[span[1]], path=path))
                    break
            else:
                size = 1
            at += max(1, size)
        return found

    def _is_meant(
        self,
        path: str,
        written: Collection[str],
        text: str,
        span: tuple[int, int],
        language: str,
        fits: Callable[[str], bool],
    ) -> bool:
        """Whether a name that may be just a word is the name here, by its neighbours and by what the text is about."""
        if language == "en" and all(is_other_form(name, text[slice(*span)]) for name in written):
            return False
        everyday = any(is_everyday(name, language) for name in written)
        if everyday and is_used_as_word(text, *span, language):
            return False
        is_doubtful = everyday or any((path, name) in self._doubtful for name in written)
        return not is_doubtful or fits(path)

    def _inflected(self, language: str) -> dict[tuple[str, ...], dict[str, set[str]]]:
        """Lexemes in a language → path → how the name is written."""
        found: dict[tuple[str, ...], dict[str, set[str]]] = {}
        for meanings in self._meanings.values():
            for path, written in meanings.items():
                for name in written:
                    key = tuple(lexeme(word, language) for word, _, _ in words_of(name, language))
                    found.setdefault(key, {}).setdefault(path, set()).add(name)
        return found

    def _meaning(self, meanings: dict[str, set[str]], text: str, language: str) -> str | None:
        """The one note that these words mean as they are written here."""
        parting = _PARTING.intersection(text)
        fitting = [
            path
            for path, written in meanings.items()
            if any(parting.issubset(each) and same_name(each, text, language) for each in written)
        ]
        return fitting[0] if len(fitting) == 1 else None


def _shared(index: VaultIndex, titles: Sequence[Collection[str]]) -> dict[str, tuple[str, ...]]:
    """Folded name → paths of the notes that are called so, where there are several."""
    called: dict[str, set[str]] = {}
    for note, own in zip(index.notes, titles, strict=True):
        for text in own if not note.is_about_a_book else ():
            if is_name(text):
                called.setdefault(fold(typed(text)), set()).add(note.path)
    return {name: tuple(sorted(paths)) for name, paths in sorted(called.items()) if len(paths) > 1}


def _is_sure(index: VaultIndex, text: str, place: int, min_probability: float, habit: float, *, is_title: bool) -> bool:
    words = [word for word in PART_OR_END.findall(text) if word[0].isalnum()]
    mention = index.names.lookup(text)
    if not can_be_linked(index.notes[place].path):
        return False
    if index.notes[place].is_about_a_book or not is_name(text) or mention is None or not _is_long_enough(words):
        return False
    note, share = mention.meanings[0]
    if note != place or share < MIN_SHARE:
        return False
    if not is_title:
        return mention.probability >= max(0.5, min_probability) and mention.linked_in >= 2
    if mention.probability >= min_probability and mention.linked_in >= 2:
        return True
    return not _is_common(index, words, mention, habit)


def can_be_linked(path: str) -> bool:
    """Whether Obsidian can follow a link to this path: "a|b.md" or "#1.md" breaks every link."""
    return all(is_linkable(part) for part in path.split("/"))


def _is_long_enough(words: list[str]) -> bool:
    """More than stop words and single letters; of an unspaced script two letters are a word."""
    if words and all(is_cjk(word) for word in words):
        return len(words) >= 2
    return any(len(word) > 1 and (word.isupper() or fold(word) not in STOP_WORDS) for word in words)


def _needs_context(index: VaultIndex, text: str, place: int) -> bool:
    """Whether a name is one word that is hardly ever a link: it may be the word and not the name."""
    mention = index.names.lookup(text)
    is_stub = len(index.notes[place].ids) < _STUB_WORDS
    return len(name_ids(text)) == 1 and not text.isupper() and not is_stub and (not mention or mention.linked_in < 2)


def in_context(index: VaultIndex, ids: Ids) -> Callable[[str], bool]:
    """Say of a note whether it shares, beside its name, rare terms with a text of these words; of a note that hardly
    says anything, whether one that links to it does."""
    shared = index.terms.rare_shared(ids)

    def fits(path: str) -> bool:
        place = index.places.get(path)
        if place is None:
            return True
        speaking = [place] if len(index.notes[place].ids) >= _STUB_WORDS else index.graph.sources(place).tolist()
        return any(shared[each] > _SHARED_TERMS for each in speaking)

    return fits


def _is_common(index: VaultIndex, words: list[str], mention: Mention, habit: float) -> bool:
    """Whether a title that is hardly ever linked reads like ordinary words."""
    if len(words) == 1 and (fold(words[0]) in GENERIC or words[0].casefold() in words_in("any_subject", "en")):
        return True  # "by default", "the menu": never the note of that name
    links_names = habit >= _LINKED_HABIT
    if len(words) == 1:
        few = _HARDLY_ANY if links_names else max(FEW_NOTES, FEW_SHARE * len(index.notes))
        return mention.occurs_in > few
    return links_names and mention.linked_in == 0 and mention.occurs_in > FEW_NOTES


def _habit(index: VaultIndex) -> float:
    """How many of the notes that name another one link it, in this vault."""
    linked = named = 0
    for place in range(len(index.notes)):
        mention = index.names.lookup(index.notes[place].title)
        if mention is not None:
            linked += mention.linked_in
            named += max(mention.occurs_in, mention.linked_in)
    return linked / named if named else 0.0
