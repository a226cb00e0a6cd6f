"""notegen.toml: every setting documented, mistakes named."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from notegen import config
from notegen.errors import UsageError


def load(tmp_path: Path, text: str, env: dict[str, str] | None = None) -> config.Settings:
    (tmp_path / "notegen.toml").write_text(text, encoding="utf-8")
    return config.load(tmp_path, env or {})


def test_the_file_that_init_writes_says_the_defaults(tmp_path: Path):
    text = config.as_toml()
    assert load(tmp_path, text) == config.Settings()
    sections = tomllib.loads(text)
    settings = [line for line in text.splitlines() if " = " in line and not line.startswith("#")]
    assert len(settings) == sum(len(section) for section in sections.values())
    lines = text.splitlines()
    assert all(lines[lines.index(line) - 1].startswith("# ") for line in settings)


def test_no_file_means_defaults(tmp_path: Path):
    assert config.load(tmp_path, {}) == config.Settings()


def test_a_setting_changes_what_it_names(tmp_path: Path):
    assert load(tmp_path, '[day]\nmax_pages = 4\n[inbox]\nfolders = ["In", "PDFs"]\n').day.max_pages == 4


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
