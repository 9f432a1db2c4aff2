"""How a map or a session is written again: what a newer release wrote into its document stays there."""

from collections.abc import Mapping

from conversations.session import Session, dump_session
from journey.document import dump_map
from journey.model import JourneyMap
from storage.newer import written_over
from storage.records import JsonValue

Document = Mapping[str, JsonValue]


def document_of(journey_map: JourneyMap, *, stored: Document | None, read: JourneyMap | None) -> Document:
    """Return a map as JSON values, over what is stored of it; ``read`` is the map we read in that.

    Over another map's document, or none, nothing is kept.
    """
    document = dump_map(journey_map)
    if stored is None or read is None or read.id != journey_map.id:
        return document
    return written_over(stored, read=dump_map(read), now=document)


def session_of(session: Session, *, stored: Document, read: Session) -> Document:
    """Return a session as JSON values, over what is stored of it; ``read`` is the session we read in that."""
    return written_over(stored, read=dump_session(read), now=dump_session(session))
