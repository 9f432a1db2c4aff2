"""How a map or a session is written again: what a newer release wrote into its document stays there."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.session import Session, dump_session
from journey.document import dump_map, read_stored
from journey.model import JourneyMap
from storage.newer import written_over
from storage.records import JsonValue

Document = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class StoredMap:
    """A map as it is stored, and what we read in that."""

    document: Document
    journey_map: JourneyMap


def stored_map(document: Document) -> StoredMap:
    """Return a stored map as it is read."""
    return StoredMap(document, read_stored(document))


def document_of(journey_map: JourneyMap, over: StoredMap | None) -> Document:
    """Return a map as JSON values, over what is stored of it; over nothing when it is new."""
    document = dump_map(journey_map)
    if over is None:
        return document
    return written_over(over.document, read=dump_map(over.journey_map), now=document)


def session_of(session: Session, *, stored: Document, read: Session) -> Document:
    """Return a session as JSON values, over what is stored of it; ``read`` is the session we read in that."""
    return written_over(stored, read=dump_session(read), now=dump_session(session))
