"""The token of the HTTP face: made once a vault, kept outside of it, readable by this user alone."""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
from pathlib import Path

from notegen import disk
from notegen.errors import StateError

NAME = "http-token"
_BYTES = 32
_ONLY_MINE = 0o600


def token_in(folder: Path | None) -> str:
    """The token that is kept in the folder, made if it is not there. folder: None where there is no private place.

    Raises StateError where none can be kept, or where others could have read it.
    """
    if folder is None:
        raise StateError("notegen's state lies in the vault itself.", "Set NOTEGEN_STATE to a folder elsewhere.")
    place = folder / NAME
    try:
        disk.make_folder(folder, 0o700)
        with contextlib.suppress(FileExistsError), disk.create(place, _ONLY_MINE) as file:
            disk.write(file, secrets.token_urlsafe(_BYTES).encode("ascii"))
        shared = os.name == "posix" and place.stat().st_mode & 0o077
        token = place.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StateError(f"{place} cannot be kept ({error}).", "Set NOTEGEN_STATE to a folder that you own.") from error
    if shared or len(token) < _BYTES:
        reason = "could be read by others" if shared else "holds no token"
        raise StateError(f"{place} {reason}.", "Delete the file; the next start makes a new one.")
    return token


def is_right(given: bytes, token: str) -> bool:
    """Whether an Authorization header holds the token. Takes as long for a wrong one as for the right one."""
    return hmac.compare_digest(given, b"Bearer " + token.encode("ascii"))
