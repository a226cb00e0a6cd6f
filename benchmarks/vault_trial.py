"""A trial of links: some notes of a vault lose their links, and what their human linked is to be found again."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from notegen.link.note_facts import read_facts
from notegen.link.vault_index import VaultIndex
from notegen.markdown.shown import link_words
from notegen.vault.exclusions import included_notes
from notegen.vault.index import resolve
from notegen.vault.vault import Vault

_LINK = re.compile(r"(!?)\[\[([^\[\]\n]+)\]\]")
STRIPPED_SHARE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A vault in which some notes have lost their links."""

    index: VaultIndex
    texts: list[str]
    """Of every note, in the order of the index."""
    held: list[int]
    """Places of the notes without their links."""
    gold: list[set[int]]
    """What each of them linked to."""


def trial(root: Path, *, names_kept: bool, seed: int = 1) -> Trial:
    """Strip 30 % of the notes of the vault at `root` that link to others; nothing is written.

    names_kept: the words of a link stay as plain text; otherwise they are deleted wherever the note has them.
    """
    vault = Vault(root)
    texts = {path: vault.text(path) for path in included_notes(vault)}
    gold: dict[str, set[str]] = {}
    for path, text in texts.items():
        targets = {resolve(vault.files, _target(found[2]), path) for found in _LINK.finditer(text) if not found[1]}
        linked = {target for target in targets if target in texts and target != path}
        if linked:
            gold[path] = {str(target) for target in linked}
    chance = random.Random(seed)
    held = [path for path in sorted(gold) if chance.random() < STRIPPED_SHARE]
    for path in held:
        texts[path] = stripped(texts[path], names_kept=names_kept)
    index = VaultIndex([read_facts(path, "", texts[path]) for path in sorted(texts)], vault.files)
    return Trial(
        index=index,
        texts=[texts[note.path] for note in index.notes],
        held=[index.places[path] for path in held],
        gold=[{index.places[target] for target in gold[path]} for path in held],
    )


def stripped(text: str, *, names_kept: bool) -> str:
    """A note without its wikilinks."""
    shown: list[str] = []

    def replace(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        words = link_words(_target(found[2]), found[2].partition("|")[2].strip())
        shown.append(words)
        return words if names_kept else " "

    text = _LINK.sub(replace, text)
    for words in () if names_kept else sorted(set(filter(str.strip, shown)), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return text


def _target(inside: str) -> str:
    return inside.partition("|")[0].partition("#")[0].rstrip("\\").strip()


def scores(ranked: Sequence[Sequence[int]], gold: Sequence[set[int]]) -> tuple[float, float, float]:
    """Mean recall@5, recall@10 and reciprocal rank."""
    count = max(1, len(gold))
    at = [
        sum(len(set(each[:k]) & right) / len(right) for each, right in zip(ranked, gold, strict=True)) for k in (5, 10)
    ]
    first = [
        next((1 / rank for rank, place in enumerate(each, start=1) if place in right), 0.0)
        for each, right in zip(ranked, gold, strict=True)
    ]
    return at[0] / count, at[1] / count, sum(first) / count
