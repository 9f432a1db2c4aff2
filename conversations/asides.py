"""Commands and side screens: they work in every state and come back to the same question."""

from dataclasses import replace

from conversations.advice import open_tips
from conversations.collection import unfinished
from conversations.commands import Command
from conversations.events import Occasion
from conversations.moves import resumed
from conversations.offers import Shelf
from conversations.replies import Key, Note
from conversations.requests import Drawing, DrawPicture
from conversations.session import Consent, Session
from conversations.steps import StepId
from conversations.turns import Outcome, at, beside
from journey import gaps
from journey.examples import Example
from journey.knowledge import Knowledge
from journey.limits import MAPS_PER_OWNER
from journey.model import JourneyMap, Language, Status
from journey.translation import translated

CONSENT_VERSION = "2026-11"
"""The version of the sentence on what is stored; kept with the owner's yes."""


def command(
    session: Session,
    journey_map: JourneyMap | None,
    name: Command,
    shelf: Shelf,
    *,
    example: Example,
    occasion: Occasion,
) -> Outcome:
    """Do what a command asks; the question that was due stays due."""
    match name:
        case Command.START:
            return Outcome(beside(session, StepId.WELCOME), journey_map)
        case Command.NEW:
            if session.consent is None:
                return Outcome(
                    beside(session, StepId.WELCOME), journey_map, lead=(Key("lead.consent_first"),)
                )
            return begin(session, journey_map, occasion)
        case Command.RESUME:
            return _resume(session, journey_map, occasion)
        case Command.MAPS:
            return Outcome(beside(session, StepId.MAPS), journey_map)
        case Command.EXAMPLE:
            return show_example(session, journey_map, example, occasion)
        case Command.TIPS:
            return open_tips(session, journey_map, shelf)
        case Command.SHARE:
            return share(session, journey_map, occasion)
        case Command.LANGUAGE:
            return Outcome(beside(session, StepId.LANGUAGE), journey_map)
        case Command.HELP:
            return Outcome(session, journey_map, notes=(Note(Key("help.text")),))
        case Command.FEEDBACK:
            return Outcome(beside(session, StepId.FEEDBACK), journey_map)
        case Command.REMINDERS:
            return Outcome(beside(session, StepId.REMINDERS), journey_map)
        case Command.PRIVACY:
            return Outcome(beside(session, StepId.PRIVACY), journey_map)
        case Command.DELETE:
            return Outcome(beside(session, StepId.ERASE), journey_map)
        case Command.CANCEL:
            told = Key("lead.left_side" if session.side else "lead.nothing_to_leave")
            return Outcome(replace(session, side=None), journey_map, lead=(told,))


def begin(session: Session, journey_map: JourneyMap | None, occasion: Occasion) -> Outcome:
    """Start a new map; the tap is the consent to storing answers, and the old map stays in the list.

    A map in which nothing was said yet is as good as new.
    """
    if journey_map is not None and is_untouched(journey_map):
        return Outcome(resumed(session, journey_map), journey_map)
    if full := shelf_full(session, journey_map, occasion):
        return full
    started = JourneyMap(
        id=occasion.fresh_id,
        language=session.language,
        created=occasion.now,
        changed=occasion.now,
        shop=session.shop,
    )
    consent = session.consent or Consent(CONSENT_VERSION, occasion.now)
    session = replace(session, consent=consent, map_id=started.id, typings=())
    kept = journey_map is not None and journey_map.status is Status.OPEN and bool(journey_map.stages)
    lead = (Key("lead.old_map_kept"),) if kept else ()
    return Outcome(resumed(session, started), started, lead=lead)


def shelf_full(session: Session, journey_map: JourneyMap | None, occasion: Occasion) -> Outcome | None:
    """Return what is said to whoever has as many maps as there may be, None while there is room."""
    if len(occasion.shelf) < MAPS_PER_OWNER:
        return None
    full = Key("toast.too_many_maps", {"most": MAPS_PER_OWNER})
    return Outcome(session, journey_map, toast=full, lead=(full,))


def open_map(session: Session, opened: JourneyMap, knowledge: Knowledge) -> Outcome:
    """Go on with one of the owner's maps where it stands."""
    if session.map_id == opened.id:
        return Outcome(replace(session, side=None), opened)
    if opened.language is not session.language:
        opened = translated(opened, session.language, knowledge)
    session = replace(session, map_id=opened.id, typings=())
    return Outcome(resumed(session, opened), opened)


def show_example(
    session: Session, journey_map: JourneyMap | None, example: Example, occasion: Occasion
) -> Outcome:
    """Show the worked example as pictures, with the offer to read or to copy it."""
    shown = example.as_map(session.language, id="example", now=occasion.now)
    return Outcome(
        beside(session, StepId.EXAMPLE),
        journey_map,
        requests=(DrawPicture(Drawing.EXAMPLE, shown),),
    )


def copy_example(
    session: Session, journey_map: JourneyMap | None, example: Example, occasion: Occasion
) -> Outcome:
    """Start a map of one's own from the example, standing at its review."""
    started = begin(session, journey_map, occasion)
    if started.journey_map is None or started.toast is not None:
        return started
    copied = example.as_map(session.language, id=started.journey_map.id, now=occasion.now)
    copied = replace(copied, accepted=frozenset(gaps.gaps(copied)))
    return replace(
        started,
        session=at(started.session, StepId.REVIEW),
        journey_map=copied,
        lead=(*started.lead, Key("lead.example_copied")),
    )


def share(session: Session, journey_map: JourneyMap | None, occasion: Occasion) -> Outcome:
    """Show how the open map can be shared; without one, the maps there are to choose from."""
    if journey_map is not None and journey_map.stages:
        return Outcome(beside(session, StepId.SHARE), journey_map)
    if any(summary.stage_count for summary in occasion.shelf):
        return Outcome(beside(session, StepId.MAPS), journey_map, lead=(Key("lead.pick_to_share"),))
    return Outcome(session, journey_map, notes=(Note(Key("share.no_map")),))


def speak(
    session: Session, journey_map: JourneyMap | None, language: Language, knowledge: Knowledge
) -> Outcome:
    """Go on in another language: chips are said anew, typed words stay as they are."""
    session = replace(session, language=language, side=None)
    if journey_map is not None:
        journey_map = translated(journey_map, language, knowledge)
    return Outcome(session, journey_map, lead=(Key("lead.language"),))


def leave(session: Session, journey_map: JourneyMap | None) -> Outcome:
    """Leave a side screen for the question that waits behind it."""
    return Outcome(replace(session, side=None, misses=0), journey_map)


def is_untouched(journey_map: JourneyMap) -> bool:
    """Tell whether a map says nothing but whose shop it is about."""
    return not (journey_map.speed or journey_map.goal or journey_map.persona.name or journey_map.stages)


def _resume(session: Session, journey_map: JourneyMap | None, occasion: Occasion) -> Outcome:
    """Go on with the open map if it alone is unfinished, else show where each stands, else the welcome."""
    waiting = [summary.id for summary in unfinished(occasion.shelf)]
    if journey_map is not None and journey_map.status is Status.OPEN and waiting in ([journey_map.id], []):
        return Outcome(replace(session, side=None), journey_map, lead=(Key("lead.resumed"),))
    if waiting:
        return Outcome(beside(session, StepId.UNFINISHED), journey_map)
    return Outcome(beside(session, StepId.WELCOME), journey_map, lead=(Key("lead.nothing_open"),))
