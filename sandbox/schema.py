"""The Bot API's published schema: reads a request's parameters into typed values, or says what is wrong.

Telegram ignores unknown parameters; we name them, because a request that doesn't fit the documentation is
a bug of the bot. Numbers and structures may come as text, as forms send them.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sandbox.shapes import JsonObject, as_object, objects

_SCHEMA_FILE = Path(__file__).with_name("api-10.0.json")
_ARRAY = "Array of "
_INTEGER = re.compile(r"-?\d+")
_MUST_BE = re.compile(r"must be (\w+)$")
_PLAIN = frozenset({"Integer", "Float", "Boolean", "String", "InputFile"})
_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method or field of an object."""

    name: str
    types: tuple[str, ...]
    required: bool
    constant: str | None


@dataclass(frozen=True, slots=True)
class Shape:
    """An object's fields by name, or the names of the shapes it may take."""

    fields: Mapping[str, Field]
    required: tuple[str, ...]
    subtypes: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """What came out of a request: the typed values and everything that doesn't fit."""

    values: JsonObject = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Schema:
    """Every method's parameters and every type's fields."""

    methods: Mapping[str, Shape]
    types: Mapping[str, Shape]

    def read(self, method: str, raw: Mapping[str, object], files: frozenset[str]) -> Reading:
        """Return the method's parameters with their documented types, and what is wrong with them.

        `files` are the names of uploaded parts; a part that nothing refers to is a problem as well.
        """
        shape, reading = self.methods[method], Reading()
        attached = {name for name in files if name not in shape.fields}
        reading.problems += [f"unknown parameter {name}" for name in raw if name not in shape.fields]
        for expected in shape.fields.values():
            self._read_parameter(expected, raw, files, reading)
        mentioned = json.dumps(reading.values) if attached else ""
        for name in sorted(attached):
            if f"attach://{name}" not in mentioned:
                reading.problems.append(f"uploaded file {name} is not referred to")
        return reading

    def _read_parameter(
        self, expected: Field, raw: Mapping[str, object], files: frozenset[str], reading: Reading
    ) -> None:
        if "InputFile" in expected.types and expected.name in files:
            return
        if raw.get(expected.name) is None:
            if expected.required:
                reading.problems.append(f"missing parameter {expected.name}")
            return
        value = _decoded(raw[expected.name], expected.types)
        reading.values[expected.name] = value
        reading.problems += self.mismatches(value, expected.types, expected.name)

    def mismatches(self, value: object, types: Sequence[str], where: str) -> list[str]:
        """Return why the value fits none of the types (the reasons of the closest one), or nothing."""
        best: list[str] | None = None
        for name in types:
            problems = self._mismatch(value, name, where)
            if not problems:
                return []
            if best is None or _closeness(problems) < _closeness(best):
                best = problems
        return best or []

    def _mismatch(self, value: object, name: str, where: str) -> list[str]:
        if name.startswith(_ARRAY):
            if not isinstance(value, list):
                return [f"{where}: expected {name}, got {_shown(value)}"]
            inner = name.removeprefix(_ARRAY)
            return [
                problem
                for index, each in enumerate(value)
                for problem in self.mismatches(each, (inner,), f"{where}[{index}]")
            ]
        if name in _PLAIN:
            return [] if _is_plain(value, name) else [f"{where}: expected {name}, got {_shown(value)}"]
        return self._object_mismatch(value, name, where)

    def _object_mismatch(self, value: object, name: str, where: str) -> list[str]:
        shape = self.types[name]
        if shape.subtypes:
            return self.mismatches(value, shape.subtypes, where)
        if not isinstance(value, dict):
            return [f"{where}: expected {name}, got {_shown(value)}"]
        problems = [f"{where}: missing field {key}" for key in shape.required if value.get(key) is None]
        for key, inner in value.items():
            expected = shape.fields.get(key)
            if expected is None:
                problems.append(f"{where}: unknown field {key}")
            if expected is None or inner is None:
                continue
            if expected.constant is not None and inner != expected.constant:
                problems.append(f"{where}.{key}: must be {expected.constant}")
            problems += self.mismatches(inner, expected.types, f"{where}.{key}")
        return problems


@lru_cache(maxsize=1)
def bot_api() -> Schema:
    """Return the schema of Bot API 10.0, read once."""
    document = as_object(json.loads(_SCHEMA_FILE.read_text(encoding="utf-8")))
    return Schema(methods=_shapes(document["methods"]), types=_shapes(document["types"]))


def _shapes(section: object) -> dict[str, Shape]:
    return {name: _shape(as_object(entry)) for name, entry in as_object(section).items()}


def _shape(entry: JsonObject) -> Shape:
    subtypes = entry.get("subtypes")
    fields = {str(raw["name"]): _field(raw) for raw in objects(entry.get("fields"))}
    return Shape(
        fields=fields,
        required=tuple(name for name, expected in fields.items() if expected.required),
        subtypes=tuple(str(name) for name in subtypes) if isinstance(subtypes, list) else (),
    )


def _field(raw: JsonObject) -> Field:
    types, constant = raw["types"], _MUST_BE.search(str(raw["description"]))
    return Field(
        name=str(raw["name"]),
        types=tuple(str(name) for name in types) if isinstance(types, list) else (),
        required=raw["required"] is True,
        constant=constant.group(1) if constant else None,
    )


def _decoded(value: object, types: Sequence[str]) -> object:
    """Return what a form's text stands for; values that aren't text are JSON already."""
    if not isinstance(value, str):
        return value
    if "Integer" in types and _INTEGER.fullmatch(value):
        return int(value)
    if "Boolean" in types and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    if "String" in types:
        return value
    try:
        decoded: object = json.loads(value)
    except ValueError:
        return value
    return decoded


def _is_plain(value: object, name: str) -> bool:
    match name:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case _:
            return isinstance(value, str)


def _closeness(problems: list[str]) -> tuple[bool, int]:
    # A wrong constant ("type": must be photo) means that another shape was meant.
    return any(": must be " in problem for problem in problems), len(problems)


def _shown(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"
