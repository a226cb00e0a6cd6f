"""The note that shows what waits, with boxes to tick, for who decides in Obsidian: written at the end of a run, and
read back by the next one.

    %% notegen:begin proposal-STORE-ID HASH %%

    **Words as Vectors** · 🔹 Bread

    ```diff
    - the learner's words
    + the new ones
    ```

    - [ ] Take it %%notegen:take%%
    - [ ] Refuse it, because: %%notegen:refuse%%

    %% notegen:end proposal-STORE-ID %%

STORE tells which machine's store knows the proposal: what another one put into the note is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from notegen.language.catalogue import ENGLISH, Catalogue
from notegen.run.review import Decided, accept, diff, reject
from notegen.vault.apply import apply
from notegen.vault.files import NEW
from notegen.vault.markers import Region, find, wrap
from notegen.vault.note import Plan, Write, WriteStatus
from notegen.vault.vault import Vault
from notegen.vault.waiting import Waiting, settle, waiting

NAME = "Proposals.md"
"""In any language: the next run looks for it there."""
_ABOUT = (
    "Where you and a new version changed the same words, yours stand in the note and the new ones wait here. Tick what "
    "you want, and the next run of notegen does it. You may delete any of it: the note itself does not change."
)
_BOX = re.compile(
    r"^[>\s]*[-*+] \[(\S)\](?P<words>.*)%%\s*notegen:(?P<what>take|refuse)\s*%%(?P<more>.*)$", re.MULTILINE
)
_BECAUSE = re.compile(r":(.*)", re.DOTALL)
"""What stands behind the words beside the box, in whatever language they are."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A proposal that stands in the note."""

    region: Region
    id: str


def read_back(vault: Vault, folder: str, words: Catalogue = ENGLISH) -> Decided:
    """Do what is ticked in the note, and take that out of it. Raises VaultError, BusyError."""
    path = _path(folder)
    if not folder or not vault.proposals.waiting() or vault.storage.stamp(path) is None:
        return Decided()
    found = {each.proposal.id: each for each in settle(vault)}
    taken: list[Waiting] = []
    refused: list[tuple[Waiting, str]] = []
    for shown in _shown(vault.text(path), vault):
        each, ticked = found.get(shown.id), _ticked(shown.region.text)
        if each is None or len(ticked) != 1:  # unseen words, nothing ticked, or both
            continue
        if "take" in ticked:
            taken.append(each)
        else:
            refused.append((each, ticked["refuse"]))
    for each, because in refused:
        reject([each], because, vault)
    done = accept([(each, each.new) for each in taken], vault) if taken else Decided()
    if taken or refused:
        show(vault, folder, words)
    return replace(done, rejected=tuple(each for each, _ in refused))


def show(vault: Vault, folder: str, words: Catalogue = ENGLISH) -> None:
    """Bring the note up to date: what waits and was not in it yet comes to its end, what is decided goes.

    One that the learner took out of it, or the whole note, is not put in again. Raises VaultError, BusyError.
    """
    path = _path(folder)
    is_there = bool(folder) and vault.storage.stamp(path) is not None
    waits = [each for each in waiting(vault) if each.state != "outdated"] if folder else []
    new = [each for each in waits if not each.proposal.shown]
    if not (is_there or new):
        return
    text, version = (
        vault.read_text(path) if is_there else (f"# {words.said('Proposals')}\n\n{words.said(_ABOUT)}\n", NEW)
    )
    shown = text
    ids = {each.proposal.id for each in waits}
    for gone in reversed([each for each in _shown(text, vault) if each.id not in ids]):
        rest = shown[gone.region.end :].lstrip("\r\n")
        before = shown[: gone.region.start].rstrip("\r\n")
        shown = f"{before}\n\n{rest}" if rest else f"{before}\n"
    for each in new:
        shown = f"{shown.rstrip()}\n\n{_block(each, vault, words)}\n"
    if shown != text:
        status: WriteStatus = "updated" if is_there else "written"
        write = Write(path=path, data=shown.encode("utf-8", "replace"), status=status, before_sha256=version)
        apply(Plan(writes=(write,)), vault)
    vault.proposals.put(replace(each.proposal, shown=True) for each in new)


def _path(folder: str) -> str:
    return f"{folder.strip('/')}/{NAME}"


def _shown(text: str, vault: Vault) -> Iterator[_Shown]:
    """The proposals of this machine's store that stand in the note."""
    start = f"proposal-{vault.proposals.name}-"
    for region in find(text):
        if region.id.startswith(start) and not region.damaged:
            yield _Shown(region, region.id.removeprefix(start))


def _ticked(text: str) -> dict[str, str]:
    """What is ticked, with what was written beside it."""
    ticked = {}
    for box in _BOX.finditer(text):
        because = _BECAUSE.search(box["words"] + box["more"])
        ticked[box["what"]] = " ".join(because[1].split()) if because else ""
    return ticked


def _block(each: Waiting, vault: Vault, words: Catalogue) -> str:
    lines = "\n".join(diff(each))
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", lines)), default=0))
    link = vault.link(each.path, each.path, alias=each.path.rpartition("/")[2].removesuffix(".md"))
    held = words.said("It cannot be put in as long as this is so: {why}.", why=each.held_by)
    held = f"\n\n*{held}*" if each.held_by else ""
    take, refuse = words.said("Take it"), words.said("Refuse it, because:")
    text = (
        f"{link} · {each.proposal.name}{held}\n\n{fence}diff\n{lines}\n{fence}\n\n"
        f"- [ ] {take} %%notegen:take%%\n- [ ] {refuse} %%notegen:refuse%%"
    )
    return wrap(f"proposal-{vault.proposals.name}-{each.proposal.id}", text)
