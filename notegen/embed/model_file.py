"""Where the ONNX file of a model of inference is."""

from __future__ import annotations

from pathlib import Path

_NAMES = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")


def model_file(path: str) -> Path | None:
    """The ONNX file that a path names, itself or by its folder; None where there is none."""
    chosen = Path(path).expanduser()
    if chosen.is_file():
        return chosen
    return next((chosen / name for name in _NAMES if (chosen / name).is_file()), None)
