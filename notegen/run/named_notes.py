"""Notes as a person or a program names them."""

from __future__ import annotations

import difflib
import posixpath
from pathlib import Path

from notegen.errors import UsageError
from notegen.vault.index import resolve
from notegen.vault.vault import Vault


def note_path(name: str, vault: Vault) -> str:
    """The note that a person means: a file as the shell sees it, a path in the vault, or a name as in a link.

    Raises UsageError where there is none, with the names that come close.
    """
    given = Path(name).expanduser()
    if given.is_file() and (found := vault.files.exact(vault.storage.path_of(given) or "")):
        return found
    found = resolve(vault.files, name, "")
    if name.strip() and found and found.lower().endswith(".md"):
        return found
    titles = {posixpath.basename(path).removesuffix(".md"): path for path in vault.files.paths if path.endswith(".md")}
    wanted = posixpath.basename(name).removesuffix(".md")
    close = difflib.get_close_matches(wanted, titles, n=3, cutoff=0.6)
    hint = f"Did you mean {', '.join(titles[each] for each in close)}?" if close else "Check its name."
    raise UsageError(f"There is no note {name} in {vault.name}.", hint)
