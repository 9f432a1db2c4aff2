"""Old documents in today's shape: each function lifts one format to the next when a document is read.

A format is never changed once it was stored. A new one gets its name below, a function from the one
before it, and a frozen example in ``tests/storage/documents``. Only a field that may be missing can be added
to a format: it is written where it says something, documents without it stay as they are, and it gets a
frozen example as well.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from storage.records import JsonValue

Document: TypeAlias = Mapping[str, JsonValue]
Upcast: TypeAlias = Callable[[Document], Document]

MAP_FORMAT = "jejak-map/1"
SESSION_FORMAT = "jejak-session/1"

UPCASTS: Mapping[str, Upcast] = MappingProxyType({})
"""From a format to the function that makes the next one of it."""


class UnknownFormat(Exception):
    """The document has a format that this release can't read, perhaps a newer one."""


def lift(document: Document, newest: str, upcasts: Mapping[str, Upcast] = UPCASTS) -> Document:
    """Return the document in the ``newest`` format, lifted step by step from its own."""
    while (found := document.get("format")) != newest:
        upcast = upcasts.get(found) if isinstance(found, str) else None
        if upcast is None:
            raise UnknownFormat(f"no way from the format {found!r} to {newest!r}")
        document = upcast(document)
    return document


def require_newest(document: Document, newest: str) -> None:
    """Raise UnknownFormat unless the document, about to be stored, has the ``newest`` format."""
    if document.get("format") != newest:
        raise UnknownFormat(f"only {newest!r} is stored, not {document.get('format')!r}")
