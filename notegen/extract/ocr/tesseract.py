"""The door to tesseract, the OCR program: pictures of pages in, words with their places and confidence out.

It runs as a child of the extraction worker and within its limits, reads the picture from standard input and writes
nothing but its answer. Which languages it can read depends on the *.traineddata files beside it.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

from notegen.errors import NotegenError

PROGRAM = "tesseract"
LANGUAGE = re.compile(r"[A-Za-z0-9_]+(?:/[A-Za-z0-9_]+)?")
"""What tesseract calls a language: "eng", "chi_sim", "script/Latin"."""
HOW_TO_INSTALL = (
    "Install tesseract (apt install tesseract-ocr, brew install tesseract, or winget install UB-Mannheim.TesseractOCR)"
)
_ORIENTATION_ONLY, _LAYOUT_OF_A_PAGE, _ONE_LINE = "0", "3", "7"
"""Tesseract's --psm."""
_WORD_LEVEL = "5"
_HEARTBEAT_S = 1.0
_LIST_S = 20.0


class OcrError(NotegenError):
    """Tesseract gave no answer for one picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrWord:
    """One word as tesseract read it. Pixels from the top left corner of the picture."""

    text: str
    line: tuple[int, int, int]
    """Block, paragraph and line that it belongs to."""
    left: int
    top: int
    width: int
    height: int
    confidence: float
    """0 to 100."""


def tesseract_path() -> str | None:
    """Where the program is; None when it is not installed."""
    return shutil.which(PROGRAM)


def installed_languages() -> frozenset[str]:
    """The languages with data; empty when tesseract is not installed or does not start."""
    program = tesseract_path()
    if program is None:
        return frozenset()
    try:
        done = subprocess.run(
            [program, "--list-langs"],
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", timeout=_LIST_S,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(line.strip() for line in done.stdout.splitlines() if LANGUAGE.fullmatch(line.strip()))


def missing_data(languages: Sequence[str]) -> str:
    """One sentence: how to get the data of these languages."""
    names = ", ".join(languages)
    package = f"tesseract-ocr-{languages[0].replace('_', '-')}"
    return (
        f"Tesseract has no data for {names}: install it (apt install {package}, brew install tesseract-lang, or put "
        f"{languages[0]}.traineddata from github.com/tesseract-ocr/tessdata_fast into its tessdata folder)."
    )


def read_words(
    image: bytes,
    languages: Sequence[str],
    *,
    dpi: int,
    limit_s: float,
    on_wait: Callable[[], None],
    one_line: bool = False,
) -> list[OcrWord]:
    """The words of a picture (a PNM file's bytes), in tesseract's order.

    one_line: the picture holds one line of text and nothing else.
    on_wait: called about once a second while tesseract works. Raises OcrError when it fails or takes too long.
    """
    layout = _ONE_LINE if one_line else _LAYOUT_OF_A_PAGE
    arguments = ["-l", "+".join(languages), "--psm", layout, "--dpi", str(dpi), "tsv"]
    answer = _answer(image, arguments, limit_s, on_wait)
    rows = csv.DictReader(answer.split("\n"), dialect="excel-tab", quoting=csv.QUOTE_NONE)
    try:
        return [_word(row) for row in rows if row["level"] == _WORD_LEVEL and row["text"] and row["text"].strip()]
    except (KeyError, TypeError, ValueError) as error:
        raise OcrError("Tesseract gave an answer that makes no sense.") from error


def rotation(image: bytes, *, limit_s: float, on_wait: Callable[[], None]) -> int | None:
    """By how many degrees clockwise the picture has to be turned so that its text stands upright: 0, 90, 180 or 270.

    None when tesseract sees too little text to tell. Needs the data "osd". Raises OcrError as `read_words` does.
    """
    try:
        answer = _answer(image, ["--psm", _ORIENTATION_ONLY], limit_s, on_wait)
    except _RefusedError:
        return None
    found = re.search(r"^Rotate: (0|90|180|270)$", answer, re.MULTILINE)
    return int(found[1]) if found else None


class _RefusedError(OcrError):
    """Tesseract ended with an error of its own."""


def _word(row: dict[str, str]) -> OcrWord:
    return OcrWord(
        text=row["text"].strip(),
        line=(int(row["block_num"]), int(row["par_num"]), int(row["line_num"])),
        left=int(row["left"]),
        top=int(row["top"]),
        width=int(row["width"]),
        height=int(row["height"]),
        confidence=float(row["conf"]),
    )


def _answer(image: bytes, arguments: Sequence[str], limit_s: float, on_wait: Callable[[], None]) -> str:
    """What tesseract prints about the picture on its standard input."""
    program = tesseract_path()
    if program is None:
        raise OcrError("Tesseract is not installed.", f"{HOW_TO_INSTALL}.")
    try:
        process = subprocess.Popen(
            [program, "stdin", "stdout", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads cost more than they bring
        )
    except OSError as error:
        raise OcrError("Tesseract does not start.", f"{HOW_TO_INSTALL} again.") from error
    deadline_s = time.monotonic() + limit_s
    # In a thread: communicate() that is called again after a timeout does not go on sending its input.
    with ThreadPoolExecutor(1) as talk:
        answer = talk.submit(process.communicate, image)
        try:
            while not wait([answer], timeout=_HEARTBEAT_S).done:
                if time.monotonic() > deadline_s:
                    raise OcrError(f"OCR took longer than {limit_s:g} seconds.")
                on_wait()
        finally:
            process.kill()  # does nothing when it has ended
    if answer.exception() is not None or process.returncode != 0:
        raise _RefusedError("Tesseract refused the picture.")
    return answer.result()[0].decode("utf-8", errors="replace")
