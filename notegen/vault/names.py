"""File names that every operating system can store and every Obsidian link can reach."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable
from itertools import count

from notegen.errors import VaultError

_FORBIDDEN = re.compile(r'[\\/:*?"<>|#^\[\]\x00-\x1f\x7f]|%%|`|\{\{')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
"""Windows device names: reserved alone and before any extension."""
_EMOJI_MARKS = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
"""Variation selectors, the keycap ring and skin tones: what is left of an emoji without its symbol."""
_FILE_SYSTEM_MAX_BYTES = 255
_CONFLICT_COPY = re.compile(
    r"\(.*conflicted copy.*\)|\.sync-conflict-\d{8}-\d{6}|_conflict(?:[-_.]|$)",
    re.IGNORECASE,
)
"""Second copies that sync tools leave: Obsidian Sync, Dropbox, ownCloud; Nextcloud; Syncthing; Synology."""


def is_conflict_copy(name: str) -> bool:
    """A sync tool left this file beside the real one; Obsidian's users sort it out, and notegen keeps away from it."""
    return bool(_CONFLICT_COPY.search(name))


def is_visible(name: str) -> bool:
    """Obsidian hides what begins with a dot and cannot show what is no Unicode; conflict copies are no notes either."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return not name.startswith(".") and not is_conflict_copy(name)


def check_path(path: str, told_as: str = "") -> None:
    """Raise VaultError where `path` leads out of a vault or into a hidden folder. told_as: what the error names."""
    told, parts = told_as or path, path.split("/")
    if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
        raise VaultError(f"“{told}” is no place inside the vault.", "Check the folders in the settings.")
    if any(part.startswith(".") for part in parts):
        raise VaultError(f"“{told}” lies in a hidden folder, which Obsidian does not show.", "Choose another folder.")


def free_path(path: str, is_taken: Callable[[str], bool]) -> str:
    """Return `path`, or as Obsidian does "Name 1.md", "Name 2.md", … : the first that is not taken."""
    stem, suffix = posixpath.splitext(path)
    numbered = (f"{stem} {number}{suffix}" for number in count(1))
    return path if not is_taken(path) else next(name for name in numbered if not is_taken(name))


def legal_name(title: str, suffix: str = ".md", max_bytes: int = 240) -> str:
    """Return a file name, `suffix` included, that says `title` as closely as every system allows.

    NFC; no character that Windows, macOS, Linux or an Obsidian link forbids; no emoji (some Android storage refuses
    them); not a Windows device name, nor like a sync tool's conflict copy; no dot in front, no dot or space at the end;
    at most `max_bytes` of UTF-8, cut between words where that keeps at least half. A title of which nothing is left
    becomes "Untitled".
    The limit of 240 is the one Obsidian's own Importer uses.
    """
    text = unicodedata.normalize("NFC", title).replace("’", "'").replace("\t", " ").replace("\n", " ")
    text = "".join(character for character in text if not _invisible(character))
    text = re.sub(r"\s*:\s+(?=\S)", " - ", text.rstrip(" :"))
    text = re.sub(r"[/\\:|]", "-", text)
    text = re.sub(r"%%+", "%", text)
    text = _FORBIDDEN.sub(" ", text)
    text = _tidy(unicodedata.normalize("NFC", text))
    text = _tidy(_cut(text, max_bytes - len(suffix.encode()) - 1))
    if _is_reserved(text):
        text = f"_{text}"
    if is_conflict_copy(text + suffix):
        text = re.sub(r"_(?=conflict)|\.(?=sync-conflict)|(?<=conflicted) (?=copy)", "-", text, flags=re.IGNORECASE)
    return (text or "Untitled") + suffix


def collision_key(name: str) -> str:
    """Return what two names share when a case-blind file system or an Obsidian link takes them for the same."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def is_linkable(name: str) -> bool:
    """Say whether a link can reach a file of this name, and every system can hold it."""
    return not (
        not name
        or name != name.strip(" ")
        or name.startswith(".")
        or name.endswith(".")
        or "\u00a0" in name
        or _FORBIDDEN.search(name)
        or _is_reserved(name)
        or len(name.encode("utf-8", "surrogateescape")) > _FILE_SYSTEM_MAX_BYTES
        or any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in name)
    )


def _invisible(character: str) -> bool:
    """Controls, zero-width characters, private use, unassigned, surrogates, and emoji."""
    category = unicodedata.category(character)
    if category.startswith("C") or category in ("Zl", "Zp"):
        return True
    return (category == "So" and character >= "\u2300") or bool(_EMOJI_MARKS.match(character))


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .-")


def _cut(text: str, max_bytes: int) -> str:
    if len(text.encode()) <= max_bytes:
        return text
    kept = text.encode()[:max_bytes].decode(errors="ignore")
    words, space, _ = kept.rpartition(" ")
    return words if space and len(words) * 2 >= len(kept) and text[len(kept)] != " " else kept


def _is_reserved(name: str) -> bool:
    return bool(_RESERVED.fullmatch(name.split(".")[0].rstrip()))
