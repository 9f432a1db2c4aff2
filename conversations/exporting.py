"""What an owner takes along: the map as files for other programs, finished or not."""

from conversations.asides import leave
from conversations.blocks import plain_question
from conversations.replies import Key, Question
from conversations.requests import FILES, DataFile, Drawing, DrawPicture, ExportMap, Request
from conversations.session import Session
from conversations.turns import Outcome
from journey.model import JourneyMap

EXPORTS = "exports"
"""The button that leads to the files."""
_OFFERED = (DataFile.XLSX, DataFile.CSV, *FILES, DataFile.JSON, DataFile.MERMAID)
"""Those that a shop owner may want first."""


def files_menu(session: Session) -> Question:
    """Offer the files."""
    return plain_question(session, _OFFERED)


def choose_file(session: Session, journey_map: JourneyMap, option: str) -> Outcome:
    """Ask for a file of the map as it is now, or leave the screen."""
    request: Request
    if option in set(DataFile):
        request = ExportMap(DataFile(option), journey_map)
    elif option in set(FILES):
        request = DrawPicture(Drawing(option), journey_map)
    else:
        return leave(session, journey_map)
    return Outcome(session, journey_map, lead=(Key("lead.packing"),), requests=(request,))
