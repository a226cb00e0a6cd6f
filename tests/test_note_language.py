"""What notegen itself says in a note is said in the note's language, and in English where no catalogue knows better."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pymupdf
import pytest

from notegen.compose.templates import Templates, shipped_folder
from notegen.errors import UsageError
from notegen.figures.draw import NO_ENGLISH, NO_LATIN, NO_MODEL, NO_SENTENCE
from notegen.language.catalogue import ENGLISH, Catalogue
from notegen.language.lists import LANGUAGES
from notegen.language.names import code_of
from notegen.learner.written import last_words
from notegen.vault.logs import record_in
from notegen.vault.vault import Vault

OTHERS = [code for code in LANGUAGES if code != "en"]
SAID = re.compile(r'"((?:[^"\\]|\\.)+)"(?:\s*if [^"]+ else\s*"([^"]+)")?\)?\|said')
"""A phrase, or two of which one is said."""


def phrases_of_templates() -> set[str]:
    folder = shipped_folder()
    found = set()
    for path in (*folder.glob("*.j2"), *folder.glob("partials/*.j2")):
        for match in SAID.finditer(path.read_text(encoding="utf-8")):
            found |= {each for each in match.groups() if each}
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_of_the_templates_is_in_the_catalogue(language: str):
    phrases = Templates().catalogue(language).phrases
    assert len(phrases_of_templates()) > 50
    assert not phrases_of_templates() - set(phrases)


def test_no_words_of_a_template_go_past_the_catalogue():
    """Beside callouts' types and block ids, a shipped template has no letters of its own."""
    folder = shipped_folder()
    for path in (*folder.glob("*.j2"), *folder.glob("partials/*.j2")):
        bare = re.sub(r"\{\{.*?\}\}(?!\})|\{%.*?%\}|\{#.*?#\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        bare = re.sub(r"\[![a-z]+\]|\^ng-[a-z]+", " ", bare)
        assert not re.findall(r"[^\W\d_]{2,}", bare), path.name


@pytest.mark.parametrize("language", OTHERS)
def test_a_phrase_keeps_its_slots_and_a_question_to_the_learner_its_colon(language: str):
    for phrase, said in Templates().catalogue(language).phrases.items():
        assert sorted(re.findall(r"\{\w+\}", phrase)) == sorted(re.findall(r"\{\w+\}", said)), phrase
        assert phrase.endswith(":") == said.endswith(":"), phrase


def test_no_file_of_words_is_for_a_language_without_lists():
    assert {path.stem for path in (shipped_folder() / "words").glob("*.toml")} == set(OTHERS)


def test_values_are_put_in_as_they_are():
    catalogue = Catalogue(language="xx", phrases={"Bridge to {tool}": "{tool} <- Bridge"})
    assert catalogue.said("Bridge to {tool}", tool="{page} \\1") == "{page} \\1 <- Bridge"
    assert ENGLISH.said("p. {page}", page="xii") == "p. xii"
    assert ENGLISH.said("Not known anywhere") == "Not known anywhere"


def test_words_of_the_learner_go_before_the_shipped_ones(tmp_path: Path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "de.toml").write_text('"Self-Check" = "Probier es"\n', encoding="utf-8")
    before = Templates().own_fingerprint()
    own = Templates([tmp_path])
    assert own.catalogue("de").said("Self-Check") == "Probier es"
    assert own.catalogue("de").said("Answers") == "Antworten"
    assert own.own_fingerprint() != before
    (tmp_path / "words" / "de.toml").write_text("nonsense", encoding="utf-8")
    with pytest.raises(UsageError, match=r"de\.toml"):
        own.catalogue("de")
    assert own.catalogue("../de").phrases == {}


@pytest.mark.parametrize(
    ("name", "code"), [("Deutsch", "de"), ("de-AT", "de"), ("español", "es"), ("nl", "nl"), ("Klingon", ""), ("", "")]
)
def test_a_language_is_known_by_its_names(name: str, code: str):
    assert code_of(name) == code


def test_every_catalogue_is_toml_of_texts():
    for path in (shipped_folder() / "words").glob("*.toml"):
        words = tomllib.loads(path.read_text(encoding="utf-8"))
        assert all(isinstance(said, str) and said for said in words.values())


PROSE = {
    "de": "Ein Vektor ist eine Größe mit Betrag und Richtung, die man sich als Pfeil vorstellen kann. Die Länge des "
    "Pfeils gibt den Betrag des Vektors an, und seine Spitze zeigt die Richtung. Zwei Vektoren werden addiert, indem "
    "man den Anfang des zweiten Pfeils an die Spitze des ersten setzt. Die Summe hängt nicht von der Reihenfolge ab.",
    "es": "Un vector es una cantidad con magnitud y dirección, que se puede imaginar como una flecha. La longitud de "
    "la flecha indica la magnitud del vector, y su punta muestra la dirección. Dos vectores se suman colocando el "
    "principio de la segunda flecha en la punta de la primera. La suma no depende del orden de los vectores.",
}


def made_note(prose: str, vault: Path, notegen, **more: str) -> str:
    """Make a PDF of some prose and its note; the note's path."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_textbox(pymupdf.Rect(72, 72, 520, 700), prose, fontsize=11)
        document.set_language("en")
        document.save(vault / "Inbox" / "Buch.pdf")
    result = notegen("day", "--vault", vault, **more)
    assert result.status == 0, result.err
    [note] = (vault / "Logs").glob("*.md")
    return f"Logs/{note.name}"


@pytest.mark.parametrize(
    ("source", "wanted", "says"),
    [
        ("de", "", ["## 📖 Inhalt", "## ✍️ In einem Satz", "|S. 1]]"]),
        ("es", "", ["## 📖 Contenido principal", "Te toca a ti: relaciónalo", "|p. 1]]"]),
        ("de", "français", ["## 📖 Contenu principal", "## ✍️ En une phrase"]),
        ("es", "English", ["## 📖 Main Content", "## ✍️ Summary Sentence"]),
    ],
)
def test_a_note_speaks_as_its_source_or_as_the_learner_wants(
    source: str, wanted: str, says: list[str], vault: Path, notegen
):
    """Whatever the PDF claims of itself, and nothing that notegen asks counts as the learner's word."""
    more = {"NOTEGEN_LEARNER__LANGUAGE": wanted} if wanted else {}
    path = made_note(PROSE[source], vault, notegen, **more)
    text = (vault / path).read_text(encoding="utf-8")
    assert not [each for each in says if each not in text]
    log = record_in(path, text.encode())
    assert log is not None
    assert last_words([log], Vault.find(vault, {})) == ()


@pytest.mark.parametrize("language", OTHERS)
def test_why_there_is_no_figure_is_in_every_catalogue(language: str):
    phrases = Templates().catalogue(language).phrases
    assert {NO_MODEL, NO_ENGLISH, NO_LATIN, NO_SENTENCE} <= phrases.keys()


def test_how_far_a_book_is_read_is_said_in_its_language(vault: Path, notegen):
    with pymupdf.open() as document:
        for number in range(1, 19):
            text = f"Kapitel {number}\n\n{PROSE['de']}"
            document.new_page().insert_textbox(pymupdf.Rect(72, 72, 520, 700), text, fontsize=11)
        document.save(vault / "Inbox" / "Buch.pdf")
    assert notegen("day", "--pages", "pdf:3-4", "--vault", vault, vault / "Inbox" / "Buch.pdf").status == 0
    [note] = (vault / "Logs").glob("*.md")
    assert "> *Von 18 Seiten: 2 gelesen, 0 mit eigenen Worten, 0 abgefragt; " in note.read_text(encoding="utf-8")
