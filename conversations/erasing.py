"""Deleting with a way back: a map for thirty days, everything of a person for one.

Whoever left sees one screen, whatever they do: the way back, or the way to begin afresh.
"""

from dataclasses import replace
from datetime import timedelta

from conversations.asides import open_map, shelf_full
from conversations.blocks import BACK, LABEL, PAGE, page_options, plain_question
from conversations.events import Chose, DeletedMap, Event, Occasion
from conversations.replies import Key, Option, Parameter, Question
from conversations.requests import BeginAfresh, EraseMap, EraseOwner, KeepOwner, RestoreMap
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, at, beside, too_late
from journey.knowledge import Knowledge
from journey.model import JourneyMap
from journey.titles import shortened

MAP_KEPT = timedelta(days=30)
"""How long a deleted map can be brought back."""
OWNER_KEPT = timedelta(hours=24)
"""How long someone who deleted everything can change their mind."""
RESTORE_PREFIX = "restore."
_ARROW = 3


def erase_map(session: Session, journey_map: JourneyMap | None, map_id: str, occasion: Occasion) -> Outcome:
    """Take one of the owner's maps from all lists and offer to bring it back; the open one may be another."""
    if journey_map is not None and journey_map.id == map_id:
        session, journey_map = replace(at(session, StepId.WELCOME), map_id=None, typings=()), None
    return Outcome(
        beside(session, StepId.RESTORE),
        journey_map,
        lead=(Key("lead.map_erased"),),
        requests=(EraseMap(map_id, occasion.now + MAP_KEPT),),
    )


def restore_map(
    session: Session, journey_map: JourneyMap | None, option: str, knowledge: Knowledge, occasion: Occasion
) -> Outcome:
    """Bring a deleted map back and go on with it where it stands."""
    if occasion.opened is None:
        return Outcome(session, journey_map, toast=Key("toast.map_gone"))
    if full := shelf_full(session, journey_map, occasion):
        return full
    restored = open_map(session, occasion.opened, knowledge)
    return replace(
        restored,
        lead=(Key("lead.map_restored"),),
        requests=(RestoreMap(option.removeprefix(RESTORE_PREFIX)),),
    )


def leave(session: Session, journey_map: JourneyMap | None, occasion: Occasion) -> Outcome:
    """Put everything of this person away; a day later it is erased for good."""
    until = occasion.now + OWNER_KEPT
    left = replace(beside(session, StepId.LEAVING), erases=until)
    return Outcome(left, journey_map, requests=(EraseOwner(until),))


def after_leaving(
    session: Session, journey_map: JourneyMap | None, event: Event, occasion: Occasion
) -> Outcome:
    """Answer whoever left: they can have everything back or begin afresh, and nothing else is spoken of."""
    if not isinstance(event, Chose):
        return Outcome(session, journey_map)
    if late := too_late(session, journey_map, event.revision):
        return late
    match event.option:
        case "undelete":
            back = replace(session, side=None, erases=None)
            return Outcome(back, journey_map, lead=(Key("lead.kept"),), requests=(KeepOwner(),))
        case "afresh":
            stranger = Session(session.owner, session.language, session.revision)
            return Outcome(stranger, None, lead=(Key("lead.erased"),), requests=(BeginAfresh(),))
        case _:
            return Outcome(session, journey_map, toast=Key("toast.stale"), asks=False)


def leaving_question(session: Session) -> Question:
    """Say until when everything can be had back."""
    asked = plain_question(session, ("undelete", "afresh"), back=False)
    return replace(asked, key=Key("ask.leaving", {"until": session.erases or ""}))


def restore_list(session: Session, deleted: tuple[DeletedMap, ...]) -> Question:
    """List the deleted maps that can be brought back, the one deleted last first."""
    page = min(session.page, max(0, (len(deleted) - 1) // PAGE))
    alone = len(deleted) == 1
    options = tuple(
        Option(
            f"{RESTORE_PREFIX}{found.id}",
            Key("button.undelete")
            if alone
            else Key("button.restore", {"title": shortened(found.title, LABEL - _ARROW)}),
            alone=True,
        )
        for found in deleted[page * PAGE : (page + 1) * PAGE]
    )
    speaks_of: dict[str, Parameter] = {
        "count": len(deleted),
        "title": deleted[0].title if deleted else "",
        "until": deleted[0].until if deleted else "",
    }
    return Question(
        key=Key("ask.restore", speaks_of),
        revision=session.revision,
        options=(*options, *page_options(page, len(deleted))),
        controls=(Option(BACK, Key("button.back")),),
    )


def deleted_now(occasion: Occasion) -> tuple[DeletedMap, ...]:
    """Return the deleted maps whose time isn't over yet."""
    return tuple(found for found in occasion.deleted if found.until > occasion.now)


def deleted_after(occasion: Occasion, outcome: Outcome) -> tuple[DeletedMap, ...]:
    """Return the deleted maps with those that this turn deletes, and without the one it brings back."""
    deleted = deleted_now(occasion)
    titles = {summary.id: summary.title for summary in occasion.shelf}
    for request in outcome.requests:
        match request:
            case EraseMap(map_id=map_id, after=after) if map_id in titles and after > occasion.now:
                deleted = (DeletedMap(map_id, titles[map_id], after), *deleted)
            case RestoreMap(map_id=map_id):
                deleted = tuple(found for found in deleted if found.id != map_id)
            case _:
                pass
    return deleted
