"""One call of a Bot API method: its parameters after the schema, and the files that came with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sandbox.files import Upload
from sandbox.shapes import JsonObject, integer_in, text_in

_ATTACH = "attach://"


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A method with typed parameters; `files` are the uploads by the name of their part."""

    method: str
    values: JsonObject
    files: Mapping[str, Upload]

    def text(self, name: str) -> str | None:
        """Return a text parameter, or None when it is absent."""
        return text_in(self.values, name)

    def integer(self, name: str) -> int | None:
        """Return an integer parameter, or None when it is absent."""
        return integer_in(self.values, name)

    def flag(self, name: str) -> bool:
        """Return a boolean parameter; absent is false."""
        return self.values.get(name) is True

    def upload(self, name: str) -> Upload | None:
        """Return the file uploaded for a parameter: as its own part or by attach://."""
        if name in self.files:
            return self.files[name]
        return self.attached(self.text(name))

    def attached(self, reference: str | None) -> Upload | None:
        """Return the upload that an attach:// reference names, or None."""
        if reference is None or not reference.startswith(_ATTACH):
            return None
        return self.files.get(reference.removeprefix(_ATTACH))


class CallRecord(NamedTuple):
    """A call the bot made, `at` this time of the sandbox's clock."""

    method: str
    params: JsonObject
    at: float


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that doesn't fit the Bot API's documentation."""

    method: str
    problem: str
    params: JsonObject
