"""A map as a file: its JSON text as bytes, and back from whatever somebody sends or keeps."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from journey.document import JsonValue, dump_map, read_map
from journey.model import JourneyMap
from journey.reading import BrokenDocument, Fault, is_tellable

LARGEST_FILE = 1_048_576
"""Bytes of a file that is looked at; the largest legal map needs a third of it."""
_FORMAT = re.compile(r"jejak-map/[0-9]{1,9}")


class Flaw(StrEnum):
    """Why a file gives no map."""

    TOO_LARGE = "too_large"
    GONE = "gone"
    """It can no longer be fetched."""
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    FOREIGN = "foreign"
    """JSON of something else."""
    NEWER = "newer"
    """A map in a format of a later release."""
    BROKEN = "broken"
    """A map with a fault at a place."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that gives no map; ``reason`` says why in a line for developers.

    A broken one also has the place of its fault, the limit it is about and the name or number that was found.
    """

    flaw: Flaw
    reason: str
    place: str = ""
    fault: Fault | None = None
    most: int = 0
    found: str = ""


def write_file(journey_map: JourneyMap) -> bytes:
    """Return a map as a file for people and programs; ``read_file`` of it is an equal map."""
    return f"{json.dumps(dump_map(journey_map), ensure_ascii=False, indent=2)}\n".encode()


def read_file(content: bytes) -> JourneyMap | Unreadable:
    """Return the map in a file, or why it has none; a byte order mark is passed over."""
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        return Unreadable(Flaw.NOT_JSON, f"is not UTF-8 text (at byte {error.start + 1})")
    except json.JSONDecodeError as error:
        return Unreadable(Flaw.NOT_JSON, f"is no JSON: {error}")
    except RecursionError:
        return Unreadable(Flaw.TOO_DEEP, "is nested too deeply for a map")
    except BrokenDocument as error:
        return _broken(error)
    except ValueError:  # the interpreter refuses to read numbers of thousands of digits
        return Unreadable(Flaw.NOT_JSON, "has a number that is too long")
    try:
        return read_map(found)
    except BrokenDocument as error:
        if error.fault is Fault.FORMAT or not isinstance(found, dict):
            return Unreadable(_foreign_or_newer(found), str(error))
        return _broken(error)


def _broken(error: BrokenDocument) -> Unreadable:
    return Unreadable(Flaw.BROKEN, str(error), error.place, error.fault, error.most, error.found)


def _foreign_or_newer(found: JsonValue) -> Flaw:
    format = found.get("format") if isinstance(found, dict) else None
    return Flaw.NEWER if isinstance(format, str) and _FORMAT.fullmatch(format) else Flaw.FOREIGN


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    """Return a JSON object; raises BrokenDocument for a key that comes twice, whose first value were lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = _first_repeated(names)
        reason = f"{json.dumps(twice, ensure_ascii=not twice.isprintable())} comes twice in one object"
        raise BrokenDocument("", reason, Fault.TWICE, found=twice if is_tellable(twice) else "")
    return found


def _first_repeated(names: list[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    raise ValueError("no name comes twice")
