"""A model of inference, as a learner names one: loaded from its folder, read by its labels, plain when broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_inference import make_tiny_model

from notegen.draft.model.check.judge import judge
from notegen.draft.model.check.veto import InferenceVeto
from notegen.embed.inference import InferenceModel
from notegen.embed.model_file import model_file
from notegen.errors import NotegenError


def test_it_says_how_likely_it_is_that_one_text_follows_from_another(tmp_path: Path):
    found = InferenceModel(make_tiny_model(tmp_path / "nli") / "model.onnx")
    assert found.entailment("Bees see blue.", "Bees see blue \ud800 light.") > 0.99
    assert found.entailment("Bees see blue.", "Bees never see blue.") < 0.01


def test_its_labels_are_its_own(tmp_path: Path):
    folder = make_tiny_model(tmp_path / "nli", ("ENTAILMENT", "NEUTRAL", "CONTRADICTION"))
    assert InferenceModel(folder / "model.onnx").entailment("Bees see blue.", "Bees see blue.") < 0.01


def test_the_file_is_found_by_its_folder_or_itself(tmp_path: Path):
    folder = make_tiny_model(tmp_path / "nli")
    assert model_file(str(folder)) == model_file(str(folder / "model.onnx")) == folder / "model.onnx"
    assert model_file(str(tmp_path / "none")) is None


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
def test_a_broken_file_is_a_plain_error(tmp_path: Path, name: str):
    folder = make_tiny_model(tmp_path / "nli")
    (folder / name).write_bytes(b"\x00 broken")
    with pytest.raises(NotegenError, match="cannot be loaded"):
        InferenceModel(folder / "model.onnx")


def test_it_vetoes_what_the_rules_let_pass_and_proves_nothing(tmp_path: Path):
    veto = InferenceVeto(make_tiny_model(tmp_path / "nli") / "model.onnx", "0" * 64)
    assert judge("Bees see blue light.", ["Bees see blue light."], veto).holds
    assert judge("Bees never see red.", ["Bees never see red."], veto).fault == "veto"
    assert not judge("Wasps sleep in winter.", ["Bees see blue light."], veto).holds
