"""Which words of a text may become links without asking: names that mean one note and hardly ever anything else."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from notegen.language.lists import words_in
from notegen.language.scripts import is_cjk
from notegen.language.stems import fold, singular
from notegen.language.words import GENERIC, PART_OR_END, STOP_WORDS, parts_and_ends
from notegen.link.names import Mention, has_name_size, is_name
from notegen.link.vault_index import VaultIndex
from notegen.link.words import (
    BREAK,
    Ids,
    is_cut_after,
    is_cut_before,
    name_ids,
    word_id,
)
from notegen.markdown.editable import HIDDEN
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
_ENGLISH_ENDINGS = frozenset(["s", "es", "'s", "’s", "'", "’"])
_OTHER_ENDINGS = _ENGLISH_ENDINGS | frozenset(["e", "n", "en", "er", "ern", "em", "a", "i", "y", "x", "ar", "or", "et"])
_MIN_STEM = 4
_BESIDE = "$€£¥&^=~+"
"""Right beside a word it makes one with it: "US$5", "R&D", "x^2"."""
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
        for place, own in enumerate(titles):
            for text in own:
                if _is_sure(index, text, place, min_probability, habit, is_title=True):
                    names.add(text, index.notes[place].path)
                    if _needs_context(index, text, place):
                        names._doubtful.add((index.notes[place].path, text))
        for shown, place in {pair for links in index.links for pair in links}:
            if shown not in titles[place] and _is_sure(index, shown, place, min_probability, habit, is_title=False):
                names.add(shown, index.notes[place].path)
        return names

    def add(self, name: str, path: str) -> None:
        """Let a name mean a note, too. A name that then means two notes is sure no more."""
        words = name_ids(name)
        if has_name_size(words):
            self._sizes.add(len(words))
            self._meanings.setdefault(words, {}).setdefault(path, set()).add(name)

    def path_of(self, name: str) -> str | None:
        """The one note that a name means, inflections aside; None where there is none or several."""
        return self._meaning(name_ids(name), name, is_english=True)

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
        tokens = list(PART_OR_END.finditer(mask))
        ids = [word_id(token[0]) for token in tokens]
        seen = set(leave_out)
        found: list[Named] = []
        at = 0
        while at < len(ids):
            size = 0
            for size in sorted(self._sizes, reverse=True):
                words = tuple(ids[at : at + size])
                if len(words) < size or words not in self._meanings or BREAK in words:
                    continue
                start, end = tokens[at].start(), tokens[at + size - 1].end()
                end += mask[start:end].count("(") > mask[start:end].count(")") and mask[end : end + 1] == ")"
                text = mask[start:end]
                if (
                    text.count("(") != text.count(")")
                    or HIDDEN in text
                    or "\n" in text
                    or not _stands_alone(mask, start, end)
                ):
                    continue
                path = self._meaning(words, text, is_english=is_english)
                if path is not None:
                    is_doubtful = any((path, name) in self._doubtful for name in self._meanings[words][path])
                    if path not in seen and (not is_doubtful or fits(path)):
                        seen.add(path)
                        found.append(Named(start=start, end=end, path=path))
                    break
            else:
                size = 1
            at += max(1, size)
        return found

    def _meaning(self, words: tuple[int, ...], text: str, *, is_english: bool) -> str | None:
        """The one note that these words mean as they are written here."""
        parting = _PARTING.intersection(text)
        fitting = [
            path
            for path, written in self._meanings.get(words, {}).items()
            if any(parting.issubset(each) and same_name(each, text, is_english=is_english) for each in written)
        ]
        return fitting[0] if len(fitting) == 1 else None


def same_name(one: str, other: str, *, is_english: bool) -> bool:
    """Whether two phrases are the same but for letter case, accents, plural and genitive. An acronym keeps its case."""
    ours, theirs = parts_and_ends(one), parts_and_ends(other)
    return len(ours) == len(theirs) and all(
        _same_word(a, b, is_english=is_english) for a, b in zip(ours, theirs, strict=True)
    )


def _same_word(one: str, other: str, *, is_english: bool) -> bool:
    for word, counterpart in ((one, other), (other, one)):
        if word.isupper() and 2 <= len(word) <= 5 and not counterpart.startswith(word):
            return False
    if is_english:
        one, other = singular(one), singular(other)
    short, long = sorted((fold(one), fold(other)), key=len)
    if short == long:
        return True
    if long.endswith("ies") and short.endswith("y") and long[:-3] == short[:-1]:
        return True
    endings = _ENGLISH_ENDINGS if is_english else _OTHER_ENDINGS
    return len(short) >= (2 if one.isupper() or other.isupper() else 3 if is_english else _MIN_STEM) and (
        long.startswith(short) and long[len(short) :] in endings
    )


def _stands_alone(mask: str, start: int, end: int) -> bool:
    """Whether the words are whole words: no part of a longer, hyphenated or dotted one, of a path, or of brackets."""
    return _begins_alone(mask[start - 1 : start], mask[start]) and _ends_alone(mask[end - 1], mask[end : end + 2])


def _begins_alone(before: str, first: str) -> bool:
    if is_cjk(first):
        return before != "[" and not is_cut_before(before, first)
    return is_cjk(before) or not (before.isalnum() or (before and before in "[-_/\\@#.'’" + _BESIDE))


def _ends_alone(last: str, after: str) -> bool:
    following = after[:1]
    if is_cjk(last):
        return following != "]" and not is_cut_after(last, following)
    if is_cjk(following):
        return True
    return not (
        following.isalnum()
        or (following and following in "]-_/\\@" + _BESIDE)
        or (following == "." and after[1:].isalnum())
    )


def _is_sure(index: VaultIndex, text: str, place: int, min_probability: float, habit: float, *, is_title: bool) -> bool:
    words = [word for word in PART_OR_END.findall(text) if word[0].isalnum()]
    mention = index.names.lookup(text)
    if not can_be_linked(index.notes[place].path):
        return False
    if index.notes[place].is_log or not is_name(text) or mention is None or not _is_long_enough(words):
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
    """Say of a note whether it shares, beside its name, rare terms with a text of these words."""
    shared = index.terms.rare_shared(ids)
    return lambda path: path not in index.places or bool(shared[index.places[path]] > _SHARED_TERMS)


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
