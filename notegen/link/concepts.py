"""The concept notes of a vault: which they are, and what renaming or merging them would write."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass

from notegen.config import ConceptSettings
from notegen.errors import UsageError, VaultError
from notegen.link.following import follow, linking_notes, names_after_merge, others_naming
from notegen.link.query_links import LeftPlace, left_in_queries
from notegen.link.vault_index import VaultIndex
from notegen.vault import properties
from notegen.vault.files import text_of
from notegen.vault.listed import listed
from notegen.vault.names import collision_key, legal_name
from notegen.vault.note import Plan, Removal, Write, WriteStatus
from notegen.vault.vault import Vault

_MARKER = re.compile(
    r"^%% notegen:(?:begin|regions|properties|note)\b[^\n]*\n*|\n*^%% notegen:end\b[^\n]*$", re.MULTILINE
)


_BOOKMARKS = ".obsidian/bookmarks.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptRecord:
    """A concept note of the vault."""

    path: str
    name: str
    aliases: tuple[str, ...]
    linked_from: int
    """Notes that link to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a rename or a merge would do; the last step of `plan` is that `old` goes to the trash."""

    plan: Plan
    old: str
    new: str
    left: tuple[LeftPlace, ...] = ()
    """Places that have the old name and do not follow."""


def concepts_of(vault: Vault, index: VaultIndex, settings: ConceptSettings) -> list[ConceptRecord]:
    """The notes in the concepts folder, and those whose property `type` is "concept", by path."""
    folder = settings.folder.strip("/").lower() + "/"
    found = []
    for place, note in enumerate(index.notes):
        if note.kind == "concept" or (note.path.lower().startswith(folder) and not note.is_log):
            found.append(
                ConceptRecord(
                    path=note.path,
                    name=note.title,
                    aliases=listed(_frontmatter(vault, note.path), "aliases", "alias"),
                    linked_from=len(index.graph.sources(place)),
                )
            )
    return found


def renamed(old: str, name: str, vault: Vault, index: VaultIndex) -> Change:
    """Give the concept note at `old` another name; links keep their words, and the old name becomes an alias.

    Raises UsageError where a note is called so already, VaultError where a note cannot be read.
    """
    file_name = legal_name(name.removesuffix(".md"))
    folder = posixpath.dirname(old)
    new = f"{folder}/{file_name}" if folder else file_name
    if collision_key(new) == collision_key(old):
        raise UsageError(f"{old} is called so already.", "Give another name.")
    there = vault.files.named(file_name)
    text, version = vault.read_text(old)
    title = posixpath.basename(old).removesuffix(".md")
    aliases = names_after_merge([*_aliases(text), title], file_name.removesuffix(".md"))
    made = follow(_with_aliases(text, aliases), old, old, new, vault)
    if there and not (there == [new] and vault.read_text(new)[0] == made):  # the same text: a rename that broke off
        raise UsageError(
            f"There is {there[0]} already.", f'To make them one: notegen concepts merge "{old}" "{there[0]}"'
        )
    return _change(_write(vault, new, made), old, version, vault, index)


def merged(old: str, into: str, vault: Vault, index: VaultIndex) -> Change:
    """Make the concept note at `old` part of the one at `into`: its names become aliases, its text comes last, links
    follow and keep their words. Raises UsageError, VaultError.
    """
    if old == into:
        raise UsageError("A note cannot be merged with itself.", "Name two notes.")
    text, version = vault.read_text(old)
    target, _ = vault.read_text(into)
    title = posixpath.basename(old).removesuffix(".md")
    names = [*_aliases(target), title, *_aliases(text)]
    _, body = properties.split(text)
    aliases = names_after_merge(names, posixpath.basename(into).removesuffix(".md"))
    heading = f"## From “{title}”"
    own = _MARKER.sub("", body.replace("\r\n", "\n")).strip("\n")
    made = _with_aliases(target, aliases)
    if own and heading not in made:
        made = made.rstrip("\n") + f"\n\n{heading}\n\n{own}\n"
    made = follow(made, into, old, into, vault)
    return _change(_write(vault, into, made), old, version, vault, index)


def _change(made: Write, old: str, version: str, vault: Vault, index: VaultIndex) -> Change:
    """made: the note that takes the place of the one at `old`, which is of that version."""
    writes, left = [made], list[LeftPlace]()
    linking = linking_notes(index, old)
    for path in (*linking, *others_naming(old, linking, vault)):
        if path in (old, made.path):
            continue
        try:
            text, _ = vault.read_text(path)
        except VaultError as error:
            if path in linking:
                raise
            left.append(LeftPlace(path=path, line=0, text=error.reason))
            continue
        after = follow(text, path, old, made.path, vault)
        write = _write(vault, path, after)
        writes += [write] if write.status != "unchanged" else []
        left += left_in_queries(after, path, old) if not path.lower().endswith(".canvas") else ()
    left += _bookmarks(old, vault)
    gone = Removal(path=old, before_sha256=version)
    return Change(plan=Plan(writes=tuple(writes), removals=(gone,)), old=old, new=made.path, left=tuple(left))


def _bookmarks(old: str, vault: Vault) -> list[LeftPlace]:
    """Bookmarks of the note: they are in a file of Obsidian's own, which it writes as it likes while it runs."""
    try:
        text = text_of(vault.storage.read(_BOOKMARKS)[0])
    except OSError:
        return []
    places = re.finditer(rf'"path"\s*:\s*{re.escape(json.dumps(old, ensure_ascii=False))}', text)
    return [
        LeftPlace(path=_BOOKMARKS, line=text.count("\n", 0, each.start()) + 1, text=f"a bookmark of {old}")
        for each in places
    ]


def _write(vault: Vault, path: str, text: str) -> Write:
    if path not in vault.files.paths:
        return Write(path=path, data=text.encode(), status="written")
    before, version = vault.read_text(path)
    status: WriteStatus = "updated" if text != before else "unchanged"
    return Write(path=path, data=text.encode(), status=status, before_sha256=version)


def _frontmatter(vault: Vault, path: str) -> str:
    try:
        return properties.split(text_of(vault.storage.head(path, 8192)))[0] or ""
    except OSError:
        return ""


def _aliases(text: str) -> tuple[str, ...]:
    return listed(properties.split(text)[0] or "", "aliases", "alias")


def _with_aliases(text: str, aliases: list[str]) -> str:
    """The note with these names among its aliases; what else stands in that list keeps its bytes."""
    there = properties.parse(properties.split(text)[0] or "").get("aliases")
    if not isinstance(there, list):
        return properties.update(text, {"aliases": aliases})[0] if aliases else text
    wanted, known = {each.casefold() for each in aliases}, {str(each).casefold() for each in there}
    kept = [place for place, each in enumerate(there) if not isinstance(each, str) or each.casefold() in wanted]
    added = [each for each in aliases if each.casefold() not in known]
    return properties.update(text, {"aliases": properties.Items(tuple(kept), tuple(added))})[0]
