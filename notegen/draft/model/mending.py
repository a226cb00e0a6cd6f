"""Small faults of an answer, mended: lists too long are cut, items and fields that are none are left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

MAX_MENDS = 60
"""Faults of one answer that are mended; one with more is asked again."""
FormType = TypeVar("FormType", bound=BaseModel)


def mended(form: type[FormType], data: dict[str, Any]) -> FormType:
    """The form, with lists cut that are too long and items left out that are none. Raises the first ValidationError
    where most of its fields are wrong."""
    first: ValidationError | None = None
    for _ in range(MAX_MENDS):
        try:
            found = form.model_validate(data)
        except ValidationError as error:
            first = first or error
            wrong = error.errors()[0]
            data = _without(data, wrong["loc"], wrong.get("ctx", {}).get("max_length"))
        else:
            if first and not any(found.model_dump().values()):
                raise first
            return found
    assert first is not None
    raise first


def _without(data: Any, place: Sequence[int | str], at_most: int | None) -> Any:
    """The data without the innermost item of a list, or else the field, that is at a place; with at_most, the list at
    that place cut."""
    if at_most is not None and _at(data, place) is not None:
        return _changed(data, place, lambda value: value[:at_most] if isinstance(value, list) else None)
    last = max((at for at, step in enumerate(place) if isinstance(step, int)), default=-1)
    if last < 0:
        return _changed(data, place[:1], lambda value: None)
    index = place[last]
    return _changed(data, place[:last], lambda value: _dropped(value, index))


def _dropped(value: Any, index: int | str) -> Any:
    return [each for at, each in enumerate(value) if at != index] if isinstance(value, list) else None


def _at(data: Any, place: Sequence[int | str]) -> Any:
    for step in place:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _changed(data: Any, place: Sequence[int | str], change: Callable[[Any], Any]) -> Any:
    """A copy of the data with what is at a place changed. One item where a list was meant is a list of it."""
    if not place:
        return change(data)
    step, rest = place[0], place[1:]
    if isinstance(data, dict):
        return {**data, step: _changed(data.get(str(step)), rest, change)}
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return [*data[:step], _changed(data[step], rest, change), *data[step + 1 :]]
    return None
