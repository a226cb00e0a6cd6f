"""`extract` as others call it: a worker process, its limits, and what is said of files that cannot be read."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path

import psutil
import pymupdf
import pytest

from notegen.errors import PdfError, StateError
from notegen.extract import Limits, extract
from notegen.extract.worker.workers import guards

TEXT = "A sentence that stands on the page for everyone to read."


def write_pdf(path: Path, pages: int = 2, **options: object) -> Path:
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page()
        page.insert_text((70, 150), [f"{number}.{line} {TEXT}" for line in range(12)])
    document.save(path, **options)
    return path


def reason(path: Path) -> str:
    with pytest.raises(PdfError) as caught:
        extract(path)
    assert caught.value.next_step
    return caught.value.reason


def test_a_pdf_comes_back_whole_with_progress_and_the_hash_of_its_bytes(tmp_path: Path):
    path = write_pdf(tmp_path / "a b ü.pdf", pages=3)
    told: list[tuple[int, int]] = []
    document = extract(path, on_page=lambda done, every: told.append((done, every)))
    assert document.sha256 == sha256(path.read_bytes()).hexdigest()
    assert [page.index for page in document.pages] == [0, 1, 2]
    assert document.pages[1].blocks[0].text.startswith(f"1.0 {TEXT}")
    assert told[-1] == (3, 3)
    assert told == sorted(told)
    assert document.suspect == ""


def test_only_the_pages_asked_for_come_back_and_none_for_the_survey(tmp_path: Path):
    path = write_pdf(tmp_path / "a.pdf", pages=5)
    assert [page.index for page in extract(path, [3, 1, 99]).pages] == [1, 3]
    survey = extract(path, ())
    assert survey.pages == ()
    assert survey.page_count == len(survey.labels) == len(survey.words) == 5


def test_a_formula_crop_survives_the_way_back(tmp_path: Path):
    document = pymupdf.open()
    page = document.new_page()
    for line in range(8):
        page.insert_text((70, 100 + 14 * line), TEXT)
    page.insert_text((250, 240), "y = a x + b")
    document.save(tmp_path / "f.pdf")
    crops = [b.crop for b in extract(tmp_path / "f.pdf").pages[0].blocks if b.kind == "formula"]
    assert len(crops) == 1
    assert crops[0].startswith(b"\x89PNG")


def test_what_is_no_readable_pdf_is_said_in_a_sentence(tmp_path: Path):
    assert "There is no file" in reason(tmp_path / "none.pdf")
    assert "not a file" in reason(tmp_path)
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert reason(tmp_path / "empty.pdf") == "empty.pdf is empty."
    (tmp_path / "page.pdf").write_text("<!DOCTYPE html><html><body>404</body></html>")
    assert "a web page" in reason(tmp_path / "page.pdf")
    (tmp_path / "note.pdf").write_text("some words")
    assert "not a PDF" in reason(tmp_path / "note.pdf")
    (tmp_path / "noise.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
    assert "damaged" in reason(tmp_path / "noise.pdf")
    (tmp_path / "magic.pdf").write_text("<html><body>%PDF- is how one begins</body></html>")
    assert "PDF" in reason(tmp_path / "magic.pdf")


def test_a_locked_pdf_is_said_to_be_locked(tmp_path: Path):
    options = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": "open", "owner_pw": "own"}
    path = write_pdf(tmp_path / "secret.pdf", **options)
    assert reason(path) == "secret.pdf is locked by a password."


def test_a_truncated_pdf_is_read_as_far_as_it_goes_and_called_suspect(tmp_path: Path):
    whole = write_pdf(tmp_path / "whole.pdf", pages=4).read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: len(whole) - 300])
    document = extract(tmp_path / "cut.pdf")
    assert "damaged or incomplete" in document.suspect
    assert document.pages


def test_a_pdf_that_lost_its_pages_is_put_together_from_its_text(tmp_path: Path):
    whole = write_pdf(tmp_path / "whole.pdf", pages=2, use_objstms=1).read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: whole.index(b"/ObjStm") - 20])
    document = extract(tmp_path / "cut.pdf")
    assert "incomplete" in document.suspect
    assert f"1.1 {TEXT}" in " ".join(block.text for page in document.pages for block in page.blocks)


def test_pages_without_a_text_layer_are_no_error(tmp_path: Path):
    document = pymupdf.open()
    document.new_page().draw_rect((50, 50, 300, 300), fill=(0, 0.4, 0))
    document.save(tmp_path / "scan.pdf")
    read = extract(tmp_path / "scan.pdf")
    assert read.words == (0,)
    assert read.pages[0].blocks == ()


def test_a_run_that_takes_too_long_is_stopped(tmp_path: Path):
    path = write_pdf(tmp_path / "slow.pdf")
    with pytest.raises(PdfError, match=r"took longer than 0\.01 seconds"):
        extract(path, limits=Limits(wall_s=0.01))


def test_a_page_that_never_ends_is_skipped_and_the_others_are_read(tmp_path: Path):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(form_bomb())
    document = extract(path, limits=Limits(page_s=3.0))
    first, second = document.pages
    assert "page 1 took more than 3 seconds of processor time" in first.skipped
    assert second.blocks[0].text == "The second page is sound."
    assert not second.skipped


@pytest.mark.skipif(os.name != "posix", reason="needs SIGSTOP")
def test_a_page_counts_its_own_processor_time_and_not_the_clock(tmp_path: Path):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(form_bomb())
    stopped: list[psutil.Process] = []

    def starve() -> None:
        while True:
            for child in psutil.Process().children():
                with contextlib.suppress(psutil.Error):
                    if child.cpu_times().user > 1.2:  # what it loads takes half of that
                        child.suspend()
                        stopped.append(child)
                        return
            time.sleep(0.02)

    threading.Thread(target=starve, daemon=True).start()
    first, second = extract(path, limits=Limits(page_s=8.0, still_s=2.0)).pages
    assert stopped
    assert first.skipped == "It was left out: nothing happened on page 1 for 2 seconds."
    assert not second.skipped


def form_bomb() -> bytes:
    """Two pages; the first draws a form that draws a form ten times, twelve levels deep."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 5 0 R/Resources<</XObject<</F 8 0 R>>>>>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 6 0 R/Resources<</Font<</H 7 0 R>>>>>>",
        stream(b"/F Do"),
        stream(b"BT /H 10 Tf 50 200 Td (The second page is sound.) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for level in range(8, 20):
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</XObject<</F {level + 1} 0 R>>>>".encode()
        objects.append(stream(b"/F Do " * 10, head))
    objects.append(stream(b"0 0 m 1 1 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]"))
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(data), data)


def test_no_secret_of_the_environment_reaches_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", "canary")
    given: list[dict[str, str]] = []
    start = subprocess.Popen

    def spy(*args: object, **kwargs: object) -> object:
        given.append(kwargs["env"])
        return start(*args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", spy)
    extract(write_pdf(tmp_path / "a.pdf"), ())
    assert len(given) == 1
    assert "canary" not in given[0].values()


def test_a_module_in_the_working_folder_is_not_what_the_worker_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "pymupdf.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    assert extract(write_pdf(tmp_path / "a.pdf"), ()).page_count == 2


def test_importing_the_room_loads_no_heavy_library():
    code = "import sys, notegen.extract; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pymupdf", "pypdfium2", "pydantic", "numpy"} & set(done.stdout.split())


def test_a_worker_does_not_outlive_its_parent(tmp_path: Path):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(form_bomb())
    code = f"from pathlib import Path; from notegen.extract import extract; extract(Path({str(path)!r}))"
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        while not (workers := psutil.Process(parent.pid).children(recursive=True)):
            assert parent.poll() is None
        time.sleep(0.5)  # so that it is within the bomb
        parent.kill()
    assert psutil.wait_procs(workers, timeout=30)[1] == []


def confined(code: str) -> tuple[list[str], str]:
    """(what the system grants, what a confined process prints)."""
    start = (
        "from notegen.extract.worker.limits import confine; print(*confine(cpu_s=60, memory_bytes=2 << 30), sep=',')\n"
    )
    done = subprocess.run([sys.executable, "-c", start + code], capture_output=True, text=True, check=True)
    granted, _, printed = done.stdout.partition("\n")
    return granted.split(","), printed.strip()


def test_a_confined_process_has_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        connect = f"socket.create_connection(('127.0.0.1', {port}), 5)"
        code = f"import socket\ntry: {connect}; print('in')\nexcept OSError: print('out')"
        granted, printed = confined(code)
    if "network" not in granted:
        pytest.skip("this system does not let a process give up the network")
    assert printed == "out"


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("file size", "open({file!r}, 'wb', buffering=0).write(bytes(65 << 20)) == 65 << 20 or 1 / 0"),
        ("memory", "len(bytes(3 << 30))"),
        ("open files", "[open({file!r}, 'wb') for _ in range(100)]"),
    ],
)
def test_a_confined_process_cannot_take_what_it_likes(what: str, code: str, tmp_path: Path):
    asked = code.format(file=str(tmp_path / "file"))
    granted, printed = confined(f"try: {asked}; print('taken')\nexcept Exception: print('refused')")
    if what not in granted:
        pytest.skip(f"this system does not limit {what}")
    assert printed == "refused"


def test_what_the_system_grants_is_told():
    assert set(guards()) <= {"memory", "processor time", "file size", "open files", "core dumps", "network"}
    if sys.platform.startswith("linux"):
        assert {"memory", "processor time", "file size"} <= set(guards())


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="the system has no limit of processor time")
def test_a_page_that_takes_all_processor_time_is_skipped(tmp_path: Path):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(form_bomb())
    first, second = extract(path, limits=Limits(page_s=40.0, cpu_s=2)).pages
    assert first.skipped == "It was left out: reading took more than 2 seconds of processor time."
    assert second.blocks[0].text == "The second page is sound."


@pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux only")
def test_a_name_that_is_no_text_is_said_so(tmp_path: Path):
    path = tmp_path / os.fsdecode(b"bad\xff.pdf")
    path.write_bytes(form_bomb())
    with pytest.raises(PdfError, match=r"The name of .*bad\?\.pdf holds bytes that are no letters"):
        extract(path)


def test_a_reader_that_cannot_be_started_is_no_fault_of_the_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "sound.pdf"
    path.write_bytes(form_bomb())
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    with pytest.raises(StateError, match="cannot be started"):
        extract(path)
