"""Busy seasons on screen: the list of those that come, one with what to get ready, and a message for it."""

import re
from dataclasses import replace
from datetime import date

from conversations.acting import Present
from conversations.announcing import ANSWERS, NO, YES, answered
from conversations.blocks import BACK
from conversations.drafting import COPY, DRAFT_PREFIX, OPEN, season_draft
from conversations.offers import Shelf
from conversations.replies import Key, Option, Parameter, Question
from conversations.schedule import ReminderKind
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey.drafts import DraftKind
from journey.model import JourneyMap
from journey.seasons import Occurrence, Season, upcoming

SEASON_PREFIX = "season."
_SOURCE_END = re.compile(r": | \(")
"""Behind it stands where a source is found, which is too long for a phone."""
SCREENS = (StepId.SEASONS, StepId.SEASON, StepId.SEASON_DRAFT, StepId.SEASON_COMES)


def ask(shelf: Shelf, session: Session, journey_map: JourneyMap | None, today: date) -> Question:
    """Return the screen the session stands at; the list when the season is known no more."""
    occurrence = shelf.seasons.find(session.season)
    if occurrence is None or session.side is StepId.SEASONS:
        return _list(shelf, session, today)
    kind = _open_draft(session, shelf.seasons.season(occurrence))
    if kind is not None:
        return season_draft(shelf, session, journey_map, kind, occurrence)
    return _card(shelf, session, journey_map, occurrence)


def chose(session: Session, journey_map: JourneyMap | None, option: str, present: Present) -> Outcome:
    """Follow a button of the list, of a season, or of a message."""
    if option in ANSWERS:
        side = StepId.SEASONS if session.side is StepId.SEASONS else None
        return answered(replace(session, side=side), journey_map, option, present)
    if option.startswith(SEASON_PREFIX):
        return Outcome(_at_season(session, option.removeprefix(SEASON_PREFIX)), journey_map)
    if option.startswith(DRAFT_PREFIX):
        shown = _at_season(session, session.season)
        kind = option.removeprefix(DRAFT_PREFIX)
        return Outcome(replace(shown, side=StepId.SEASON_DRAFT, tip=kind), journey_map)
    if option in (COPY, OPEN):
        return Outcome(session, journey_map, lead=(Key("lead.tap_draft"),))
    return Outcome(_earlier(session, present.shelf), journey_map)


def _earlier(session: Session, shelf: Shelf) -> Session:
    """Return where back leads: from a message to its season, from there to the list, else to the question."""
    occurrence = shelf.seasons.find(session.season)
    if occurrence is None or session.side in (StepId.SEASONS, StepId.SEASON_COMES):
        return replace(session, side=None, season=None, reminder=None, misses=0)
    if _open_draft(session, shelf.seasons.season(occurrence)) is not None:
        return _at_season(session, session.season)
    return beside(session, StepId.SEASONS)


def _at_season(session: Session, occurrence_id: str | None) -> Session:
    return replace(beside(session, StepId.SEASON), season=occurrence_id)


def _open_draft(session: Session, season: Season) -> DraftKind | None:
    """Return which message is open, None when none is or the season has no such message."""
    if session.side is not StepId.SEASON_DRAFT:
        return None
    return next((kind for kind in season.drafts if kind == session.tip), None)


def _list(shelf: Shelf, session: Session, today: date) -> Question:
    """List the seasons of the coming year with their dates, and offer to remind of them, or not to."""
    found = upcoming(today, shelf.seasons)
    reminded = session.reminding.wants(ReminderKind.SEASON)
    buttons = (
        Option(
            f"{SEASON_PREFIX}{occurrence.id}",
            Key("button.season", _dates(shelf, session, occurrence)),
            alone=True,
        )
        for occurrence in found
    )
    answer = (
        Option(NO, Key("button.season_stop"), alone=True)
        if reminded
        else Option(YES, Key("button.season_start"), alone=True)
    )
    return Question(
        key=Key("ask.seasons", {"count": len(found), "reminded": reminded}),
        revision=session.revision,
        options=(*buttons, answer),
        controls=(Option(BACK, Key("button.back")),),
    )


def _card(shelf: Shelf, session: Session, journey_map: JourneyMap | None, occurrence: Occurrence) -> Question:
    """Say when the season is and what to get ready, fitted to what the shop sells."""
    shop, language = journey_map.shop if journey_map else session.shop, session.language
    season = shelf.seasons.season(occurrence)
    comes = session.side is StepId.SEASON_COMES
    note = occurrence.note.say(language) if occurrence.note else ""
    told_from = occurrence.source.partition(",")[0] if note or occurrence.expected else None
    steps: dict[str, Parameter] = {
        "business": shelf.knowledge.businesses[shop.business].name.say(language) if shop.business else "",
        "steps": tuple(step.for_business(shop.business).say(language) for step in season.steps),
        "source": _SOURCE_END.split(shelf.knowledge.sources[told_from])[0] if told_from else "",
    }
    screen = StepId.SEASON_COMES if comes else StepId.SEASON
    drafts = (
        Option(
            f"{DRAFT_PREFIX}{kind}",
            Key("button.season_draft", {"label": shelf.drafts.drafts[kind].label.say(language)}),
            alone=True,
        )
        for kind in season.drafts
    )
    stop = (Option(NO, Key("button.season_stop"), alone=True),) if comes else ()
    return Question(
        key=Key(f"ask.{screen}", {**_dates(shelf, session, occurrence), "end": occurrence.end, "note": note}),
        revision=session.revision,
        options=(*drafts, *stop),
        controls=(Option(BACK, Key("button.back")),),
        aside=Key("season.steps", steps),
    )


def _dates(shelf: Shelf, session: Session, occurrence: Occurrence) -> dict[str, Parameter]:
    name = shelf.seasons.name(occurrence, session.language)
    return {
        "name": f"{name[:1].upper()}{name[1:]}",
        "begin": occurrence.begin,
        "year": (occurrence.begin if session.side is StepId.SEASONS else occurrence.end).year,
        "expected": occurrence.expected,
    }
