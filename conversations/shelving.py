"""What can be done with one of the owner's maps: go on, rename, copy, archive, erase."""

from dataclasses import replace

from conversations import asides, checkin, erasing
from conversations.answers import Rejected, rejection
from conversations.collection import (
    ALL_MAPS,
    ARCHIVE,
    DELETED,
    PICK_PREFIX,
    at_hand,
    page_of,
    picked_of,
    put_away,
)
from conversations.events import MapSummary, Occasion
from conversations.interview import TABLE
from conversations.moves import resumed
from conversations.replies import Key
from conversations.requests import ArchiveMap, BeginAfresh, EraseMap, SaveMap
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, at, beside
from journey.copies import for_another_persona
from journey.knowledge import Knowledge
from journey.model import JourneyMap
from journey.translation import translated

SCREENS = (StepId.MAPS, StepId.ARCHIVE, StepId.UNFINISHED, StepId.MAP_MENU, StepId.MAP_RENAME)
_OF_ONE_MAP = frozenset(
    {
        *(StepId.SHARE, "map_check", "map_rename", "map_copy"),
        *("map_archive", "map_unarchive", "map_erase"),
    }
)
_OWN_MENU = (StepId.MAP_MENU, StepId.MAP_RENAME)


def opened(session: Session, opened_map: JourneyMap, knowledge: Knowledge, occasion: Occasion) -> Outcome:
    """Go on with a map; one from the archive is among the others again."""
    outcome = asides.open_map(session, opened_map, knowledge)
    if not any(summary.id == opened_map.id for summary in put_away(occasion.shelf)):
        return outcome
    lead = (*outcome.lead, Key("lead.unarchived"))
    return replace(outcome, lead=lead, requests=(ArchiveMap(opened_map.id, archived=False),))


def chose(
    session: Session, journey_map: JourneyMap | None, option: str, knowledge: Knowledge, occasion: Occasion
) -> Outcome:
    """Follow a button of the lists or of a map's menu."""
    if option.startswith(PICK_PREFIX):
        wanted = option.removeprefix(PICK_PREFIX)
        return Outcome(replace(beside(session, StepId.MAP_MENU), picked=wanted), journey_map)
    match option:
        case "begin":
            return asides.begin(session, journey_map, occasion)
        case _ if option in (ARCHIVE, ALL_MAPS, DELETED):
            return Outcome(beside(session, StepId(option)), journey_map)
        case _ if option in _OF_ONE_MAP:
            return _managed(session, journey_map, option, knowledge, occasion)
        case _:
            return _back(session, journey_map, occasion)


def renamed(session: Session, journey_map: JourneyMap | None, text: str, occasion: Occasion) -> Outcome:
    """Take the typed words as the name of the map whose menu is open."""
    read = TABLE[StepId.MAP_RENAME].answer.read(text)
    if isinstance(read, Rejected):
        return Outcome(session, journey_map, lead=(rejection(read),))
    if occasion.opened is None:
        return _gone(session, journey_map)
    told = Key("lead.map_renamed", {"title": read[0]})
    menu = replace(beside(session, StepId.MAP_MENU), picked=session.picked)
    if journey_map is not None and journey_map.id == session.picked:
        return Outcome(menu, replace(journey_map, title=read[0]), lead=(told,))
    if occasion.opened.title == read[0]:  # saved, it would be its own step back
        return Outcome(menu, journey_map, lead=(told,))
    changed = replace(occasion.opened, title=read[0], changed=occasion.now)
    return Outcome(menu, journey_map, lead=(told,), requests=(SaveMap(changed),))


def erased(session: Session, journey_map: JourneyMap | None, occasion: Occasion) -> Outcome:
    """Erase the map whose menu led here; the open one stays where it is when it is another."""
    if occasion.opened is None:
        return _gone(session, journey_map)
    return erasing.erase_map(session, journey_map, occasion.opened.id, occasion)


def kept(session: Session, journey_map: JourneyMap | None) -> Outcome:
    """Leave the question whether to erase a map for the menu that led to it."""
    return Outcome(replace(beside(session, StepId.MAP_MENU), picked=session.picked), journey_map)


def shelf_after(occasion: Occasion, outcome: Outcome) -> tuple[MapSummary, ...]:
    """Return the owner's maps as this turn leaves them."""
    maps = {summary.id: summary for summary in occasion.shelf}
    for request in outcome.requests:
        match request:
            case EraseMap(map_id=map_id):
                maps.pop(map_id, None)
            case BeginAfresh():
                maps.clear()
            case ArchiveMap(map_id=map_id, archived=archived) if map_id in maps:
                maps[map_id] = replace(maps[map_id], archived=archived)
            case SaveMap(journey_map=saved) if saved.id in maps:
                maps[saved.id] = _retold(maps[saved.id], saved, occasion)
            case _:
                pass
    current = outcome.journey_map
    if current is not None and current.id in maps:
        maps[current.id] = _retold(maps[current.id], current, occasion)
    return tuple(maps.values())


def _retold(summary: MapSummary, journey_map: JourneyMap, occasion: Occasion) -> MapSummary:
    """Return the summary of a map whose title may have changed; the rest of it is told by the next turn."""
    if journey_map.title in (None, summary.title):
        return summary
    return replace(summary, title=journey_map.title or summary.title, changed=occasion.now)


def _managed(
    session: Session, journey_map: JourneyMap | None, option: str, knowledge: Knowledge, occasion: Occasion
) -> Outcome:
    """Do what the menu of a map offers."""
    picked = picked_of(session, occasion.shelf)
    if picked is None or occasion.opened is None:
        return _gone(session, journey_map)
    match option:
        case StepId.SHARE:
            return Outcome(replace(beside(session, StepId.SHARE), picked=picked.id), journey_map)
        case "map_rename" | "map_erase":
            step = StepId.MAP_RENAME if option == "map_rename" else StepId.ERASE_MAP
            return Outcome(replace(beside(session, step), picked=picked.id), journey_map)
        case "map_check":
            return checkin.begin(opened(session, occasion.opened, knowledge, occasion), occasion)
        case "map_copy":
            return _copied(session, journey_map, occasion.opened, knowledge, occasion)
        case "map_archive":
            return _archived(session, journey_map, picked)
        case _:
            taken_out = (ArchiveMap(picked.id, archived=False),)
            listed = beside(session, StepId.MAPS)
            return Outcome(listed, journey_map, lead=(Key("lead.unarchived"),), requests=taken_out)


def _copied(
    session: Session,
    journey_map: JourneyMap | None,
    source: JourneyMap,
    knowledge: Knowledge,
    occasion: Occasion,
) -> Outcome:
    """Start a map for another kind of customer with what belongs to the shop, at the question who that is."""
    if full := asides.shelf_full(session, journey_map, occasion):
        return full
    copied = for_another_persona(source, id=occasion.fresh_id, now=occasion.now)
    if copied.language is not session.language:
        copied = translated(copied, session.language, knowledge)
    session = replace(session, map_id=copied.id, typings=())
    return Outcome(resumed(session, copied), copied, lead=(Key("lead.map_copied"),))


def _archived(session: Session, journey_map: JourneyMap | None, picked: MapSummary) -> Outcome:
    """Put a map away; the open one is closed with it."""
    if picked.id == session.map_id:
        session, journey_map = replace(at(session, StepId.WELCOME), map_id=None, typings=()), None
    told = Key("lead.archived", {"title": picked.title})
    put = (ArchiveMap(picked.id, archived=True),)
    return Outcome(beside(session, StepId.MAPS), journey_map, lead=(told,), requests=put)


def _back(session: Session, journey_map: JourneyMap | None, occasion: Occasion) -> Outcome:
    """Leave a map's menu for its list, a list for the question that waits behind it."""
    if session.side is StepId.MAP_RENAME:
        return kept(session, journey_map)
    if session.side is StepId.ARCHIVE:
        return Outcome(beside(session, StepId.MAPS), journey_map)
    if session.side is not StepId.MAP_MENU:
        return asides.leave(session, journey_map)
    away = put_away(occasion.shelf)
    archived = any(summary.id == session.picked for summary in away)
    listed = beside(session, StepId.ARCHIVE if archived else StepId.MAPS)
    page = page_of(away if archived else at_hand(occasion.shelf), session.picked)
    return Outcome(replace(listed, page=page), journey_map)


def _gone(session: Session, journey_map: JourneyMap | None) -> Outcome:
    told = Key("toast.map_gone")
    return Outcome(beside(session, StepId.MAPS), journey_map, toast=told)
