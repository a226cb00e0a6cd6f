"""A file or the clipboard in, chats out: which format it is, what its text is, and whether it was damaged."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass

from notegen.chats.chat import Chat
from notegen.chats.exports import chats_in
from notegen.chats.speakers import turns_in
from notegen.errors import UsageError
from notegen.language.mojibake import repair

MAX_BYTES = 64 * 1024 * 1024
"""Of one file, and of what an archive holds. A year of daily chats is some 20 MB."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MARK_IT = "Mark who speaks: lines such as “User:” and “Assistant:”, or a heading “# User Q1” above each question."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What was read of one file or of the clipboard."""

    chats: tuple[Chat, ...]
    data: bytes
    """As it came."""
    text: str
    """Its text, mojibake repaired; that of an export is its JSON."""
    repaired: tuple[str, ...]
    """The code pages that UTF-8 had been taken for; () where it had not."""
    is_export: bool
    """It is a program's export, not text that a person would read."""


def read_chats(data: bytes, name: str) -> Pasted:
    """The chats of a file. name: what a person calls it.

    Raises UsageError, in plain words, for what is no text, and for a text in which nobody asks anything.
    """
    if len(data) > MAX_BYTES:
        raise UsageError(f"{name} has {len(data) // 2**20} MB.", f"Split it; {MAX_BYTES // 2**20} MB are read at most.")
    mended = repair(_text(_unpacked(data, name), name))
    parsed = _parsed(mended.text)
    if parsed is not None:
        chats = tuple(chat for chat in chats_in(parsed) if chat.asks)
        trouble = f"{name} is JSON, but of no chat that notegen knows, or nobody asks anything in it."
    else:
        chats = (Chat(turns=turns_in(mended.text)),)
        chats = chats if chats[0].asks else ()
        trouble = f"No question was found in {name}."
    if not chats:
        raise UsageError(trouble, _MARK_IT)
    is_export = parsed is not None
    return Pasted(chats=chats, data=data, text=mended.text, repaired=mended.layers, is_export=is_export)


def _unpacked(data: bytes, name: str) -> bytes:
    """The conversations of an archive, as ChatGPT and Claude send it; any other data as it is."""
    if not data.startswith(b"PK\x03\x04"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [each for each in archive.infolist() if each.filename.rpartition("/")[2] == "conversations.json"]
            if inside and inside[0].file_size <= MAX_BYTES:
                return archive.read(inside[0])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        pass
    raise UsageError(
        f"{name} is an archive without a conversations.json that can be read.",
        "Unpack it and name the file of the chat.",
    )


def _text(data: bytes, name: str) -> str:
    """The text of a file: UTF-8, or UTF-16 with its mark. Raises UsageError for anything else."""
    try:
        text = data.decode("utf-16" if data[:2] in _UTF_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{name} is no UTF-8 text.", "Save the chat as UTF-8 text or Markdown and run again."
        ) from error
    if "\x00" in text:
        raise UsageError(f"{name} is no text.", "Save the chat as text, Markdown or the program's own JSON export.")
    if not text.strip():
        raise UsageError(f"{name} is empty.", "Copy the chat again, from its first question on.")
    return text


def _parsed(text: str) -> object | None:
    """The JSON of an export, a list or an object; None for any other text."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)  # type: ignore[no-any-return]
    except (ValueError, RecursionError):
        pass
    try:  # one object a line
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None
