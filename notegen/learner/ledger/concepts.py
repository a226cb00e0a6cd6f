"""The concepts of a vault by their notes, and which of them a text names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from notegen.language.stems import stem
from notegen.language.words import tokens
from notegen.vault.files import text_of
from notegen.vault.identity import identity_in, properties_of, yaml_of
from notegen.vault.listed import listed
from notegen.vault.vault import Vault

_HEAD_BYTES = 8192
"""Of a note that is no concept, no more is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptNote:
    """A concept note as it was read."""

    path: str
    name: str
    aliases: tuple[str, ...]
    text: str
    properties: dict[str, Any]
    """By their names in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept: the notes that share one of its names. What is learned of it is written into the first."""

    notes: tuple[ConceptNote, ...]

    @property
    def path(self) -> str:
        return self.notes[0].path

    @property
    def name(self) -> str:
        return self.notes[0].name

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return tuple(dict.fromkeys(name for note in self.notes for name in (note.name, *note.aliases)))


def concepts_in(vault: Vault, folder: str) -> list[Concept]:
    """The concepts of a vault, by path. folder: that of concept notes; others say so in their property `type`."""
    inside = folder.strip("/").casefold() + "/"
    notes = []
    for path in vault.files.paths:
        if path.endswith(".md") and (note := _note(path, inside, vault)):
            notes.append(note)
    return _joined(notes)


def _note(path: str, inside: str, vault: Vault) -> ConceptNote | None:
    try:
        identity = identity_in(text_of(vault.storage.head(path, _HEAD_BYTES)))
    except OSError:
        return None
    is_one = identity.kind == "concept" if identity else path.casefold().startswith(inside) and inside != "/"
    if not is_one:
        return None
    text = vault.text(path)
    yaml_text = yaml_of(text)
    return ConceptNote(
        path=path,
        name=posixpath.basename(path).removesuffix(".md"),
        aliases=listed(yaml_text, "aliases", "alias"),
        text=text,
        properties=properties_of(yaml_text),
    )


def _joined(notes: Iterable[ConceptNote]) -> list[Concept]:
    """Notes with a name in common are one concept."""
    groups: list[list[ConceptNote]] = []
    for note in notes:
        own = {_key(name) for name in (note.name, *note.aliases)}
        same = [
            group for group in groups if own & {_key(name) for each in group for name in (each.name, *each.aliases)}
        ]
        groups = [group for group in groups if group not in same]
        groups.append(sorted([note, *(each for group in same for each in group)], key=lambda each: each.path))
    return sorted((Concept(notes=tuple(group)) for group in groups), key=lambda concept: concept.path)


def _key(name: str) -> tuple[str, ...]:
    """A name in small letters, plurals of English and the like taken off."""
    return _stems(name, "en")


def _stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in tokens(text))


class Naming:
    """Which concepts a text names. Longer names go first: "dot product" is no mention of "product"."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = concepts

    def named_in(self, text: str, language: str = "en") -> list[Concept]:
        """The concepts that a text names, in the order of their first mention."""
        words = _stems(text, language)
        taken = [False] * len(words)
        found: list[tuple[int, Concept]] = []
        for run, concept in self._names(language):
            for start in range(len(words) - len(run) + 1):
                if words[start : start + len(run)] == run and not any(taken[start : start + len(run)]):
                    taken[start : start + len(run)] = [True] * len(run)
                    found.append((start, concept))
        ordered = sorted(found, key=lambda each: each[0])
        return list({concept.path: concept for _, concept in ordered}.values())

    def _names(self, language: str) -> list[tuple[tuple[str, ...], Concept]]:
        pairs = [(_stems(name, language), concept) for concept in self._concepts for name in concept.names]
        return sorted((pair for pair in pairs if pair[0]), key=lambda pair: -len(pair[0]))
