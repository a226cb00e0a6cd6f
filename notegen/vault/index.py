"""The files of a vault, and which one a link means: Obsidian's rules."""

from __future__ import annotations

import posixpath
from collections.abc import Collection

from notegen.vault.names import collision_key


class FileIndex:
    """Every visible file: nothing whose path has a part that begins with a dot, and no conflict copy.

    paths: relative to the vault, with "/", spelt as on disk, sorted.
    """

    def __init__(self, paths: Collection[str]) -> None:
        self.paths = tuple(sorted(paths))
        self._paths = frozenset(paths)
        self._by_path: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        for path in self.paths:
            key = collision_key(path)
            self._by_path.setdefault(key, path)
            self._by_name.setdefault(posixpath.basename(key), []).append(path)

    def exact(self, path: str) -> str | None:
        """Return the file at this path, whatever the case and Unicode form of its letters."""
        return self._by_path.get(collision_key(path))

    def spelling(self, path: str) -> str:
        """Return `path` as the disk spells it, where a file is there, else as it is."""
        return path if path in self._paths else self.exact(path) or path

    def named(self, name: str) -> list[str]:
        """Return the files of this name (suffix included) in any folder."""
        return self._by_name.get(posixpath.basename(collision_key(name)), [])


def resolve(index: FileIndex, target: str, source_path: str, planned: Collection[str] = ()) -> str | None:
    """Return the file that a link target in the note `source_path` leads to, or None.

    First the exact path from the vault's root, then a path that ends so: in the note's own folder, else the shortest.
    "./", "../" and a leading "/" fix the place. ".md" may be missing. `planned` are files that are about to exist.
    A "#subpath" or "|alias" is ignored; a target of nothing else is the note itself.
    """
    wanted = target.partition("|")[0].partition("#")[0].replace("\u00a0", " ").replace("\\", "/").strip()
    if not wanted:
        return source_path
    coming = FileIndex(planned)
    is_fixed = wanted.startswith(("/", "./", "../"))
    if wanted.startswith("."):
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(source_path), wanted)) if is_fixed else wanted
    wanted = wanted.lstrip("/")
    for form in (wanted, f"{wanted}.md"):
        if found := index.exact(form) or coming.exact(form):
            return found
    if is_fixed:
        return None
    home = posixpath.dirname(source_path)
    for form in (wanted, f"{wanted}.md"):
        ending = "/" + collision_key(form)
        candidates = {
            path for path in (*index.named(form), *coming.named(form)) if collision_key(path).endswith(ending)
        }
        if candidates:
            return min(candidates, key=lambda path: (posixpath.dirname(path) != home, len(path), path))
    return None
