"""JSON as the Bot API speaks it: narrowing of untyped values, and nothing else."""

from collections.abc import Mapping
from typing import TypeAlias

JsonObject: TypeAlias = dict[str, object]


def as_object(value: object) -> JsonObject:
    """Return the value as a JSON object; raise TypeError when it is something else."""
    if not isinstance(value, dict):
        raise TypeError(f"expected an object, got {type(value).__name__}")
    return value


def as_array(value: object) -> list[object]:
    """Return the value as a JSON array; raise TypeError when it is something else."""
    if not isinstance(value, list):
        raise TypeError(f"expected an array, got {type(value).__name__}")
    return value


def objects(value: object) -> list[JsonObject]:
    """Return an array of objects; an absent one is empty."""
    return [] if value is None else [as_object(each) for each in as_array(value)]


def text_in(source: Mapping[str, object], name: str) -> str | None:
    """Return the text under this name, or None when it is absent."""
    value = source.get(name)
    return None if value is None else str(value)


def integer_in(source: Mapping[str, object], name: str) -> int | None:
    """Return the integer under this name, or None when it is absent or no integer."""
    value = source.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def number_in(source: Mapping[str, object], name: str) -> float | None:
    """Return the number under this name, or None when it is absent or no number."""
    value = source.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def present(**fields: object) -> JsonObject:
    """Return the fields that have a value: Telegram leaves out what is None, empty or false."""
    return {name: value for name, value in fields.items() if value not in (None, [], {}, False, "")}
