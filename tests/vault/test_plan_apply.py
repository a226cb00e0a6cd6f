from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import pickle
import random
import re
import subprocess
import sys
import textwrap
import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from notegen.errors import VaultError
from notegen.kinds.log import LOG
from notegen.vault import Vault, apply, atomic, plan
from notegen.vault.apply import apply_as_it_is
from notegen.vault.files import ChangedMeanwhileError, version_of
from notegen.vault.note import Attachment, Note, Plan, Property, Write
from notegen.vault.properties import render
from notegen.vault.property_record import record_of_properties, with_record
from notegen.vault.regions import with_roster, wrap

SHA = "ab" * 32
PROPERTIES: dict[str, Property] = {
    "type": "log",
    "date": "2026-01-05",
    "source": "[[Book.pdf]]",
    "pdf_pages": "40-52",
    "tags": ["study"],
    "source_sha256": SHA,
    "reviewed": False,
}
PICTURE = Attachment(path="Attachments/0a1b2c.png", data=b"\x89PNG one")
NOTE = Note(
    path="Logs/2026-01-05 Attention.md",
    properties=PROPERTIES,
    body=f"\n# Attention\n\n{wrap('tldr', 'One.')}\n\n## Reflection\n\n- What I still find unclear:\n",
    attachments=(PICTURE,),
    kind=LOG,
)
AS_WRITTEN = render(PROPERTIES) + with_record(with_roster(NOTE.body), record_of_properties(PROPERTIES))
ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX file system")


def write(root: Path, *notes: Note) -> Plan:
    vault = Vault(root)
    made = plan(notes, vault)
    apply(made, vault)
    return made


def statuses(made: Plan) -> dict[str, str]:
    return {write.path: write.status for write in made.writes}


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_a_plan_writes_nothing(root: Path) -> None:
    made = plan([NOTE], Vault(root))
    assert statuses(made) == {PICTURE.path: "written", NOTE.path: "written"}
    assert everything(root) == {}
    assert [path.name for path in root.iterdir()] == [".obsidian"]


def test_what_was_planned_is_on_disk_and_a_second_run_touches_nothing(root: Path, state: Path) -> None:
    write(root, NOTE)
    first = everything(root)
    assert first[os.path.join(*PICTURE.path.split("/"))][0] == PICTURE.data
    assert (root / NOTE.path).read_bytes() == AS_WRITTEN.encode()
    assert statuses(write(root, NOTE)) == {PICTURE.path: "unchanged", NOTE.path: "unchanged"}
    assert everything(root) == first
    assert list((state / "staging").iterdir()) == []


def test_the_learners_part_of_a_note_stays(root: Path) -> None:
    write(root, NOTE)
    file = root / NOTE.path
    mine = (
        file.read_text("utf-8")
        .replace("unclear:\n", "unclear: heads\n")
        .replace("reviewed: false", "reviewed: true\nmood: good")
    )
    file.write_text(mine, "utf-8", newline="\n")
    newer = replace(
        NOTE,
        properties={**PROPERTIES, "date": "2026-01-06"},
        body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two.")).replace("# Attention", "# Renamed"),
    )
    made = write(root, newer)
    assert statuses(made)[NOTE.path] == "updated"
    expected = mine.replace("date: 2026-01-05", "date: 2026-01-06").replace(wrap("tldr", "One."), wrap("tldr", "Two."))
    assert file.read_text("utf-8") == with_record(expected, record_of_properties(newer.properties))


def test_an_edited_region_is_kept_and_the_plan_says_so(root: Path) -> None:
    write(root, NOTE)
    file = root / NOTE.path
    file.write_bytes(file.read_bytes().replace(b"One.", b"One, I think."))
    before = everything(root)
    made = write(root, replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two."))))
    kept = made.writes[-1]
    assert kept.status == "kept"
    assert "‘tldr’" in kept.said[0]
    assert everything(root) == before


def test_a_note_keeps_the_place_that_the_learner_gave_it(root: Path) -> None:
    write(root, NOTE)
    (root / "Reading").mkdir()
    (root / NOTE.path).rename(root / "Reading" / "My name for it.md")
    assert statuses(write(root, NOTE)) == {PICTURE.path: "unchanged", "Reading/My name for it.md": "unchanged"}


def test_other_files_in_the_way_keep_their_name_and_bytes(root: Path) -> None:
    (root / "Logs").mkdir()
    (root / NOTE.path).write_text("mine")
    (root / "Logs" / "2026-01-05 attention 1.MD").write_text("mine too")
    other = replace(NOTE, properties={**PROPERTIES, "pdf_pages": "53-60"})
    made = write(root, NOTE, other)
    assert [write.path for write in made.writes[1:]] == [
        "Logs/2026-01-05 Attention 2.md",
        "Logs/2026-01-05 Attention 3.md",
    ]
    assert (root / NOTE.path).read_text() == "mine"
    assert (root / "Logs" / "2026-01-05 attention 1.MD").read_text() == "mine too"
    again = write(root, NOTE, other)
    assert [write.status for write in again.writes] == ["unchanged"] * 3


def test_names_that_differ_in_case_or_unicode_form_are_the_same_file(root: Path) -> None:
    folder = root / unicodedata.normalize("NFD", "Été")
    folder.mkdir()
    (folder / unicodedata.normalize("NFD", "Où.md")).write_text("mine")
    (folder / "ABC.png").write_bytes(b"x")
    note = replace(NOTE, path="été/où.md", attachments=(Attachment(path="été/abc.png", data=b"x"),))
    made = write(root, note)
    assert [(unicodedata.normalize("NFC", write.path), write.status) for write in made.writes] == [
        ("Été/ABC.png", "unchanged"),
        ("Été/où 1.md", "written"),
    ]
    assert [path.name for path in root.iterdir() if not path.name.startswith(".")] == [folder.name]


def test_an_attachment_is_never_overwritten(root: Path) -> None:
    (root / "Attachments").mkdir()
    (root / PICTURE.path).write_bytes(b"something else")
    with pytest.raises(VaultError) as caught:
        plan([NOTE], Vault(root))
    assert PICTURE.path in caught.value.reason
    assert caught.value.next_step


def test_two_contents_for_one_attachment_are_refused(root: Path) -> None:
    other = replace(NOTE, path="Logs/b.md", attachments=(replace(PICTURE, data=b"else"),))
    with pytest.raises(VaultError, match="other content"):
        plan([NOTE, other], Vault(root))
    same = replace(other, attachments=(PICTURE,), properties={**PROPERTIES, "pdf_pages": "1"})
    assert list(statuses(plan([NOTE, same], Vault(root)))) == [PICTURE.path, NOTE.path, "Logs/b.md"]


def test_a_note_that_is_no_utf8_is_left_alone(root: Path) -> None:
    write(root, NOTE)
    file = root / NOTE.path
    file.write_bytes(file.read_bytes() + b"caf\xe9\n")
    before = everything(root)
    made = write(root, NOTE)
    assert made.writes[-1].status == "kept"
    assert "UTF-8" in made.writes[-1].said[0]
    assert everything(root) == before


def test_a_note_whose_properties_are_broken_is_known_and_left_alone(root: Path) -> None:
    write(root, NOTE)
    vault = Vault(root)
    made = plan([replace(NOTE, properties={**PROPERTIES, "date": "2027-01-01"})], vault)
    file = root / NOTE.path
    file.write_bytes(file.read_bytes().replace(b"reviewed: false", b"reviewed: ["))
    with pytest.raises(VaultError, match="changed while"):
        apply(made, vault)
    newer = replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two.")))
    kept = plan([newer], vault).writes[-1]
    assert (kept.path, kept.status, kept.data) == (NOTE.path, "kept", file.read_bytes())
    assert "(line 10)" in kept.said[0]


def test_a_note_that_changed_since_the_plan_is_not_written_nor_anything_else(root: Path) -> None:
    write(root, NOTE)
    vault = Vault(root)
    newer = replace(
        NOTE,
        body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two.")),
        attachments=(Attachment(path="Attachments/new.png", data=b"new"),),
    )
    made = plan([newer], vault)
    with (root / NOTE.path).open("ab") as file:
        file.write(b"typed meanwhile\n")
    before = everything(root)
    with pytest.raises(VaultError) as caught:
        apply(made, vault)
    assert "changed while" in caught.value.reason
    assert everything(root) == before


def test_a_note_that_vanished_or_appeared_since_the_plan(root: Path) -> None:
    vault = Vault(root)
    made = plan([NOTE], vault)
    (root / "Logs").mkdir()
    (root / NOTE.path).write_text("mine")
    with pytest.raises(VaultError, match="changed while"):
        apply(made, vault)
    assert (root / NOTE.path).read_text() == "mine"
    (root / NOTE.path).unlink()
    apply(made, vault)
    newer = plan([replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two.")))], vault)
    (root / NOTE.path).unlink()
    with pytest.raises(VaultError, match="changed while"):
        apply(newer, vault)
    assert not (root / NOTE.path).exists()


def test_a_note_that_is_saved_while_its_new_bytes_are_written_wins(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, NOTE)
    really_written = atomic._write_synced

    def and_the_learner_saves(temp: Path, data: bytes, *, like: Path | None) -> None:
        really_written(temp, data, like=like)
        with (root / NOTE.path).open("ab") as file:
            file.write(b"saved just now")

    monkeypatch.setattr(atomic, "_write_synced", and_the_learner_saves)
    with pytest.raises(VaultError, match="changed while"):
        write(root, replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two."))))
    text = (root / NOTE.path).read_text("utf-8")
    assert text.endswith("saved just now")
    assert "One." in text


def test_a_file_that_appears_at_the_last_moment_is_not_replaced(root: Path, tmp_path: Path) -> None:
    target = root / "note.md"
    temp = root / "temp"
    temp.write_text("ours")
    target.write_text("theirs")
    with pytest.raises(atomic.ChangedMeanwhileError):
        atomic._place_new(temp, target)
    assert target.read_text() == "theirs"


@pytest.mark.parametrize(
    "path",
    [
        "../out.md",
        "/etc/out.md",
        "a/../../out.md",
        "a//b.md",
        "",
        ".obsidian/x.md",
        "a/.b/c.md",
        ".trash/n.md",
        "a\\b.md",
    ],
)
def test_places_outside_the_vault_are_refused(root: Path, state: Path, path: str) -> None:
    for make in (
        lambda: plan([replace(NOTE, path=path)], Vault(root)),
        lambda: plan([replace(NOTE, attachments=(Attachment(path=path, data=b"x"),))], Vault(root)),
        lambda: apply(Plan(writes=(Write(path=path, data=b"x", status="written"),)), Vault(root)),
    ):
        with pytest.raises(VaultError):
            make()
    assert {name for name in everything(root.parent) if not name.startswith(f"{state.name}/vaults/")} == set()


@ON_POSIX
def test_a_linked_folder_may_stay_in_the_vault_but_not_lead_out_of_it(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "Logs").symlink_to(outside)
    with pytest.raises(VaultError, match="symbolic link"):
        plan([NOTE], Vault(root))
    (root / "Logs").unlink()
    made = plan([NOTE], Vault(root))
    (root / "Logs").symlink_to(outside)
    with pytest.raises(VaultError, match="symbolic link"):
        apply(made, Vault(root))
    assert list(outside.iterdir()) == []
    (root / "Logs").unlink()
    (root / "Logs").symlink_to(root / ".obsidian")
    with pytest.raises(VaultError, match="hidden"):
        plan([NOTE], Vault(root))
    (root / "Logs").unlink()
    (root / "Real").mkdir()
    (root / "Logs").symlink_to(root / "Real")
    write(root, NOTE)
    assert (root / "Real" / "2026-01-05 Attention.md").is_file()


@ON_POSIX
@pytest.mark.parametrize("link", ["symlink", "hard link", "dangling"])
def test_a_linked_note_is_not_replaced(root: Path, tmp_path: Path, link: str) -> None:
    write(root, NOTE)
    vault = Vault(root)
    newer = plan([replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two.")))], vault)
    file, elsewhere = root / NOTE.path, tmp_path / "elsewhere.md"
    if link == "hard link":
        os.link(file, elsewhere)
    elif link == "symlink":
        file.rename(elsewhere)
        file.symlink_to(elsewhere)
    else:
        file.unlink()
        file.symlink_to(elsewhere)
    with pytest.raises(VaultError, match="link"):
        apply(newer, vault)
    assert link == "dangling" or "One." in elsewhere.read_text("utf-8")


@ON_POSIX
def test_permissions_of_a_note_stay(root: Path) -> None:
    write(root, NOTE)
    (root / NOTE.path).chmod(0o640)
    write(root, replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two."))))
    assert (root / NOTE.path).stat().st_mode & 0o777 == 0o640
    umask = os.umask(0)
    os.umask(umask)
    assert (root / PICTURE.path).stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.parametrize("staging", ["outside", "in the vault", "a file"])
def test_bytes_on_their_way_wait_where_it_is_possible(
    root: Path, state: Path, monkeypatch: pytest.MonkeyPatch, staging: str
) -> None:
    seen: list[Path] = []
    really_written = atomic._write_synced

    def spy(temp: Path, data: bytes, *, like: Path | None) -> None:
        seen.append(temp)
        really_written(temp, data, like=like)

    monkeypatch.setattr(atomic, "_write_synced", spy)
    if staging == "in the vault":
        monkeypatch.setenv("NOTEGEN_STATE", str(root / "state"))
    elif staging == "a file":
        state.write_text("x")
    write(root, NOTE)
    expected = {state / "staging"} if staging == "outside" else {root / "Attachments", root / "Logs"}
    assert {temp.parent for temp in seen} == expected
    assert all(temp.name.startswith(".notegen-") and temp.name.endswith(".tmp") for temp in seen)
    assert not [temp for temp in seen if temp.exists()]
    assert not (root / "state").exists()


def test_a_staging_folder_on_another_file_system_is_given_up(
    root: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_replace, really_place = os.replace, atomic._place_new

    def across(temp: Path, target: Path) -> None:
        if state in Path(temp).parents:
            raise OSError(18, "Invalid cross-device link")
        (really_replace if target.exists() else really_place)(temp, target)

    monkeypatch.setattr(atomic, "_place_new", across)
    monkeypatch.setattr(atomic.os, "replace", across)
    write(root, NOTE)
    write(root, replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two."))))
    assert "Two." in (root / NOTE.path).read_text("utf-8")
    assert not {*root.rglob("*.tmp"), *state.rglob("*.tmp")}


@ON_POSIX
def test_without_hard_links_a_new_note_is_renamed_into_place(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(atomic.os, "link", no_links)
    write(root, NOTE)
    assert (root / NOTE.path).read_bytes() == AS_WRITTEN.encode()


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Python knows extended attributes on Linux only")
def test_tags_of_a_file_manager_survive_a_rewrite(root: Path) -> None:
    write(root, NOTE)
    try:
        os.setxattr(root / NOTE.path, "user.xdg.tags", b"exam")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    made = write(root, replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two."))))
    assert made.writes[-1].status == "updated"
    assert os.getxattr(root / NOTE.path, "user.xdg.tags") == b"exam"


def test_what_a_killed_run_left_is_removed(root: Path, state: Path) -> None:
    (state / "staging").mkdir(parents=True)
    (root / "Logs").mkdir()
    old = [state / "staging" / ".notegen-1.tmp", root / "Logs" / ".notegen-2.tmp"]
    young, foreign = state / "staging" / ".notegen-3.tmp", root / "Logs" / ".other.tmp"
    for file in (*old, young, foreign):
        file.write_text("x")
    for file in (*old, foreign):
        os.utime(file, (time.time() - 7200,) * 2)
    write(root, NOTE)
    assert [file.exists() for file in (*old, young, foreign)] == [False, False, True, True]


@ON_POSIX
def test_a_run_killed_right_after_the_note_got_its_name_does_no_harm(root: Path, state: Path) -> None:
    write(root, NOTE)
    os.link(root / NOTE.path, state / "staging" / ".notegen-1.tmp")
    made = write(root, replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two."))))
    assert made.writes[-1].status == "updated"
    assert "Two." in (root / NOTE.path).read_text("utf-8")
    assert list((state / "staging").iterdir()) == []


@ON_POSIX
@pytest.mark.parametrize("staging", ["outside", "in the vault"])
def test_a_full_disk_leaves_the_old_note(root: Path, state: Path, staging: str) -> None:
    write(root, NOTE)
    before = everything(root)
    big = replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Long. " * 4000)))
    script = """
        import pickle, resource, sys
        from pathlib import Path
        from notegen.errors import VaultError
        from notegen.vault import Vault, apply, plan
        note, root = pickle.load(sys.stdin.buffer)
        vault = Vault(Path(root))
        made = plan([note], vault)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
        try:
            apply(made, vault)
        except VaultError as error:
            print(error.reason, error.next_step)
    """
    env = {**os.environ, "NOTEGEN_STATE": str(state if staging == "outside" else root / "state")}
    done = run(script, (big, str(root)), env)
    assert "There is no room left" in done
    assert "Free some space" in done
    assert everything(root) == before
    assert list(root.parent.rglob("*.tmp")) == []


@ON_POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_leaves_the_old_note(root: Path) -> None:
    write(root, NOTE)
    before = everything(root)
    (root / "Logs").chmod(0o555)
    try:
        with pytest.raises(VaultError, match="permission denied") as caught:
            write(root, replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two."))))
        assert caught.value.next_step
        assert everything(root) == before
    finally:
        (root / "Logs").chmod(0o755)


@pytest.mark.parametrize("code", ["EACCES", "EROFS", "EIO", "ENAMETOOLONG"])
def test_whatever_the_disk_refuses_becomes_a_sentence(root: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    write(root, NOTE)
    before = everything(root)

    def refuse(*_: object) -> None:
        number = getattr(errno, code)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(atomic.os, "replace", refuse)
    monkeypatch.setattr(atomic.time, "sleep", lambda _: None)
    with pytest.raises(VaultError) as caught:
        write(root, replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two."))))
    assert caught.value.reason.endswith(".")
    assert caught.value.next_step.endswith(".")
    assert everything(root) == before


def run(script: str, argument: object, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        input=pickle.dumps(argument),
        capture_output=True,
        env=env,
        check=True,
        timeout=30,
    )
    return done.stdout.decode()


def test_a_kill_at_any_moment_leaves_whole_files_and_no_note_without_its_picture(root: Path, state: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from notegen.kinds.log import LOG
        from notegen.vault import Vault, apply, plan
        from notegen.vault.note import Attachment, Note
        from notegen.vault.regions import wrap
        vault = Vault(Path(sys.argv[1]))
        print("go", flush=True)
        for number in range(int(sys.argv[2]), 1_000_000):
            word = f"{number} " * 3000
            picture = Attachment(path=f"Attachments/{number}.png", data=word.encode())
            note = Note(
                path=f"Logs/{number % 3}.md",
                properties={"type": "log", "source_sha256": "ab" * 32, "pdf_pages": str(number % 3 + 1)},
                body=wrap("a", f"![[{number}.png]]") + "\\n" + wrap("b", word) + "\\nend\\n",
                attachments=(picture,),
                kind=LOG,
            )
            apply(plan([note], vault), vault)
    """)
    dice = random.Random(7)
    foreign = root / "Logs" / "mine.md"
    foreign.parent.mkdir()
    foreign.write_text("mine")
    fingerprint = hashlib.sha256(foreign.read_bytes()).hexdigest(), foreign.stat().st_mtime_ns
    for begin in range(9):  # a busy machine may get no further than one note
        child = subprocess.Popen([sys.executable, "-c", script, str(root), str(begin)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"go" + os.linesep.encode()
        time.sleep(dice.uniform(0.01, 0.5))
        child.kill()
        child.wait()
        child.stdout.close()
        for picture in (root / "Attachments").glob("*"):
            assert picture.read_bytes() == f"{picture.stem} ".encode() * 3000
        for note in set((root / "Logs").glob("*.md")) - {foreign}:
            text = note.read_text("utf-8")
            number = text.partition("![[")[2].partition(".png")[0]
            assert wrap("b", f"{number} " * 3000) + "\nend\n\n%% notegen:regions a b %%\n" in text
            assert text.endswith(" %%\n")
            assert (root / "Attachments" / f"{number}.png").exists()
    assert {note.name for note in (root / "Logs").glob("*")} == {"0.md", "1.md", "2.md", "mine.md"}
    assert (hashlib.sha256(foreign.read_bytes()).hexdigest(), foreign.stat().st_mtime_ns) == fingerprint


def test_what_another_program_appends_while_a_note_is_written_is_there_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "Note.md"
    file.write_bytes(b"GEN0\n")
    code = (
        "import sys, time\n"
        "for number in range(400):\n"
        "    with open(sys.argv[1], 'ab') as file:\n"
        "        file.write(b'\\nTOK%04d' % number)\n"
        "    time.sleep(0.002)\n"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(file)])
    written = 0
    while other.poll() is None:
        before = file.read_bytes()
        data = re.sub(rb"^GEN\d+", b"GEN%d" % (written + 1), before)
        with contextlib.suppress(ChangedMeanwhileError):
            atomic.put(file, data, before_sha256=version_of(before), staging=None)
            written += 1
    assert written > 5
    assert sorted(re.findall(rb"TOK\d{4}", file.read_bytes())) == [b"TOK%04d" % number for number in range(400)]
    assert [each.name for each in tmp_path.iterdir()] == ["Note.md"]


def test_a_file_that_changed_is_planned_for_anew(root: Path) -> None:
    write(root, NOTE)
    file, vault = root / NOTE.path, Vault(root)
    newer = replace(NOTE, body=NOTE.body.replace(wrap("tldr", "One."), wrap("tldr", "Two.")))
    plans = []

    def planned() -> Plan:
        plans.append(plan([newer], vault))
        if len(plans) == 1:
            file.write_bytes(file.read_bytes() + b"- Mine.\n")
        return plans[-1]

    assert apply_as_it_is(planned, vault) is plans[1]
    assert file.read_text("utf-8").endswith("- Mine.\n")
    assert wrap("tldr", "Two.") in file.read_text("utf-8")
