"""An owner's list of maps, read only when a screen can show it."""

from conversations.blocks import BACK, MAP_PREFIX
from conversations.checkin_screens import YES
from conversations.erasing import RESTORE_PREFIX
from conversations.events import Chose, Commanded, DeletedMap, Event, MapSummary, Received
from conversations.interview import TABLE
from conversations.session import Session
from journey.document import read_stored
from journey.gaps import first_gap
from journey.model import JourneyMap, Status
from journey.plans import planned
from renderers.messages import Messages
from storage.records import MapRow
from storage.transactions import Transaction

_LEADS_TO_LIST = frozenset({BACK, "begin", "copy", "erase_yes", YES})


def needs_shelf(session: Session, event: Event) -> bool:
    """Tell whether the turn may show or count the owner's maps: reading them all has its price."""
    if isinstance(event, Commanded | Received) or session.map_id is None or TABLE[session.screen].side:
        return True
    return isinstance(event, Chose) and (
        event.option in _LEADS_TO_LIST or event.option.startswith(MAP_PREFIX)
    )


def shelf_of(transaction: Transaction, session: Session, messages: Messages) -> tuple[MapSummary, ...]:
    """Return the owner's maps, the one changed last first."""
    return tuple(_summary(row, session, messages) for row in transaction.maps.list(session.owner))


def deleted_of(transaction: Transaction, session: Session, messages: Messages) -> tuple[DeletedMap, ...]:
    """Return the owner's deleted maps that can be brought back, the one deleted last first."""
    return tuple(
        DeletedMap(row.map_id, messages.title(read_stored(row.document), session.language), row.erase_after)
        for row in transaction.maps.deleted(session.owner)
        if row.erase_after is not None
    )


def asks_for_map(option: str) -> bool:
    """Tell whether an option names one of the owner's maps, deleted ones too."""
    return option.startswith((MAP_PREFIX, RESTORE_PREFIX))


def asked_map(transaction: Transaction, owner_id: int, option: str) -> MapRow | None:
    """Return the map an option asks for, or that has this id, if it is this owner's."""
    if not option.startswith(RESTORE_PREFIX):
        return transaction.maps.load(option.removeprefix(MAP_PREFIX), owner_id)
    return _deleted_map(transaction, owner_id, option.removeprefix(RESTORE_PREFIX))


def kept_map(transaction: Transaction, owner_id: int, map_id: str) -> MapRow | None:
    """Return an owner's map, also one that is deleted and can still be brought back."""
    return transaction.maps.load(map_id, owner_id) or _deleted_map(transaction, owner_id, map_id)


def _deleted_map(transaction: Transaction, owner_id: int, map_id: str) -> MapRow | None:
    return next((row for row in transaction.maps.deleted(owner_id) if row.map_id == map_id), None)


def _summary(row: MapRow, session: Session, messages: Messages) -> MapSummary:
    journey_map = read_stored(row.document)
    title = messages.title(journey_map, session.language)
    number, name = _standing(journey_map)
    return MapSummary(
        id=journey_map.id,
        title=title,
        status=journey_map.status,
        changed=journey_map.changed,
        stage=name,
        stage_number=number,
        stage_count=len(journey_map.stages),
        finished=journey_map.finished,
        complete=first_gap(journey_map) is None,
        archived=row.archived is not None,
        planned=planned(journey_map),
    )


def _standing(journey_map: JourneyMap) -> tuple[int, str | None]:
    """Return number and name of the stage an open map stands at; 0 and None outside the stages."""
    gap = first_gap(journey_map) if journey_map.status is Status.OPEN else None
    stage = journey_map.stage(gap.stage) if gap and gap.stage else None
    if stage is None:
        return 0, None
    return journey_map.stages.index(stage) + 1, stage.name
