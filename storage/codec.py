"""The border between Python's values and stored text: what is cleaned on the way in, and JSON."""

import json
from collections.abc import Mapping
from typing import TypeAlias

from storage.records import JsonValue

Storable: TypeAlias = "JsonValue | Mapping[str, Storable] | list[Storable] | tuple[Storable, ...]"
"""What can be stored as JSON: a ``JsonValue``, or the same in read-only mappings and tuples."""


def clean(text: str) -> str:
    """Return ``text`` without NUL and lone surrogates, which Telegram may send.

    PostgreSQL refuses NUL where SQLite keeps it, and neither takes a lone surrogate: without both,
    the two databases keep the same.
    """
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def dump(value: Storable) -> str:
    """Return cleaned, compact JSON; a number that JSON doesn't know (NaN) is a ValueError."""
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def load(text: str) -> JsonValue:
    """Return what ``dump`` was given, with lists for tuples."""
    value: JsonValue = json.loads(text)
    return value


def _plain(value: Storable) -> JsonValue:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
