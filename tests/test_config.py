"""notegen.toml: every setting documented, mistakes named."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from notegen import config
from notegen.errors import UsageError
from notegen.vault.folder import FolderFiles


def load(tmp_path: Path, text: str, env: dict[str, str] | None = None) -> config.Settings:
    (tmp_path / "notegen.toml").write_text(text, encoding="utf-8")
    return config.load(FolderFiles(tmp_path).read, env or {})


def test_the_file_that_init_writes_says_the_defaults(tmp_path: Path):
    text = config.as_toml()
    assert load(tmp_path, text) == config.Settings()
    sections = tomllib.loads(text)
    settings = [line for line in text.splitlines() if " = " in line and not line.startswith("#")]
    assert len(settings) == sum(len(section) for section in sections.values())
    lines = text.splitlines()
    assert all(lines[lines.index(line) - 1].startswith("# ") for line in settings)


def test_no_file_means_defaults(tmp_path: Path):
    assert config.load(FolderFiles(tmp_path).read, {}) == config.Settings()


def test_a_setting_changes_what_it_names(tmp_path: Path):
    assert load(tmp_path, '[day]\nmax_pages = 4\n[inbox]\nfolders = ["In", "PDFs"]\n').day.max_pages == 4


def test_a_setting_of_an_earlier_file_is_known_by_its_name_of_today(tmp_path: Path):
    folders = load(tmp_path, '[plan]\nfolder = "My plans"\n[sheets]\nfolder = "A"\n[folders]\nsheets = "B"\n').folders
    assert (folders.plans, folders.sheets) == ("My plans", "B")
    with pytest.raises(UsageError, match="plan"):
        load(tmp_path, '[plan]\nfolders = "My plans"\n')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[day]\nmax_page = 3\n", "Did you mean max_pages?"),
        ("[dya]\nmax_pages = 3\n", "Did you mean day?"),
        ("[day]\nmax_pages = 'many'\n", "must be a whole number"),
        ("[day]\nmax_pages = true\n", "must be a whole number"),
        ("[day]\nmax_pages = 0\n", "at least 1"),
        ("[inbox]\nfolders = 'Inbox/'\n[log]\ntags = 5\n", "must be a list"),
        ("[draft]\ndrafter = 'magic'\n", "not one of"),
        ("day = 3\n", "is a section"),
        ("[day\n", "cannot be read"),
    ],
)
def test_a_mistake_is_named_with_a_next_step(tmp_path: Path, text: str, words: str):
    with pytest.raises(UsageError) as caught:
        load(tmp_path, text)
    assert words in f"{caught.value.reason} {caught.value.next_step}"
    assert caught.value.next_step


def test_the_environment_overrides_the_file(tmp_path: Path):
    env = {"NOTEGEN_DAY__MAX_PAGES": "7", "NOTEGEN_LOG__TAGS": "a, b", "NOTEGEN_VAULT": "/elsewhere"}
    settings = load(tmp_path, "[day]\nmax_pages = 4\n", env)
    assert (settings.day.max_pages, settings.log.tags) == (7, ("a", "b"))


def test_a_misspelt_setting_of_the_environment_is_named(tmp_path: Path):
    with pytest.raises(UsageError, match="the environment"):
        load(tmp_path, "", {"NOTEGEN_DAY__MAXPAGES": "7"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    share: float = config.setting(0.5, "A share.", at_least=0)
    is_on: bool = config.setting(True, "A switch.")


@pytest.mark.parametrize(("given", "meant"), [(1, 1.0), ("0.25", 0.25), (0.75, 0.75)])
def test_a_number_is_read_from_text_and_whole_numbers(given: object, meant: float):
    [share, _] = fields(_Sample)
    assert config._checked(share, given, "sample.share", "the environment") == meant


@pytest.mark.parametrize("given", ["much", "nan", math.inf, True, "-1", None])
def test_what_is_no_number_is_refused(given: object):
    [share, _] = fields(_Sample)
    with pytest.raises(UsageError, match=r"sample\.share must be"):
        config._checked(share, given, "sample.share", "the environment")


def test_a_switch_is_read_from_text():
    [_, is_on] = fields(_Sample)
    assert config._checked(is_on, "False", "sample.is_on", "the environment") is False
