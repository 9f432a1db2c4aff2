"""The screens of the monthly check-in: its menu, a score a stage, new complaints, and how it ends."""

from dataclasses import replace

from conversations.blocks import (
    BACK,
    KEEP,
    MAP_PREFIX,
    PAGE,
    SKIP,
    STAGE_PREFIX,
    STOP,
    page_options,
    plain_question,
    progress_of,
    shown,
)
from conversations.events import MapSummary
from conversations.followups import QUOTE
from conversations.offers import Offer, Shelf
from conversations.replies import Key, Note, Option, Parameter, Question
from conversations.schedule import ReminderKind
from conversations.session import Session
from conversations.steps import StepId
from journey.checkins import last_score, latest, score_at
from journey.limits import HIGHEST_SCORE, LOWEST_SCORE
from journey.model import Cell, Element, JourneyMap
from journey.titles import shortened
from journey.trend import Line, in_halves, trend_of

SCORE_PREFIX = "felt."
NOW, TREND, NO_NEWS, LATER = "check_now", "trend", "no_news", "check_in_later"
YES, NO = "check_in_yes", "check_in_no"
_GAP, _ARROW = "–", " → "


def checkin_menu(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Say what a check-in is and when the last one was, with the way to one and to being asked each month."""
    last = latest(journey_map)
    asked_monthly = session.reminding.wants(ReminderKind.CHECK_IN)
    under_way = session.checkin is not None and session.checkin.map_id == journey_map.id
    now = Option(NOW, Key("button.check_on" if under_way else "button.check_now"), alone=True)
    shown_again = (Option(TREND, Key("button.trend"), alone=True),) if last else ()
    monthly = Option(YES, Key("button.check_in_yes"), alone=True)
    if asked_monthly:
        monthly = Option(NO, Key("button.check_in_stop"), alone=True)
    asked = plain_question(session, (), options=(now, *shown_again, monthly))
    speaks_of: dict[str, Parameter] = {"monthly": asked_monthly, "checked": last is not None}
    if last is not None:
        speaks_of["last"] = last.taken
    return replace(asked, key=Key("ask.check_in_menu", speaks_of))


def score_question(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Ask how a stage felt this month, with five faces and the last known score."""
    stage = journey_map.stage(session.stage or "")
    under_way = session.checkin
    faces = tuple(
        Option(f"{SCORE_PREFIX}{score}", Key(f"face.{score}"))
        for score in range(LOWEST_SCORE, HIGHEST_SCORE + 1)
    )
    if stage is None or under_way is None:
        return plain_question(session, (), options=faces)
    said = score_at(journey_map, under_way.taken, stage)
    before = last_score(journey_map, under_way.taken, stage)
    steer = Option(SKIP, Key("button.skip"), alone=True)
    if said is not None:
        steer = Option(KEEP, Key("button.keep"), alone=True)
    speaks_of: dict[str, Parameter] = {
        "stage": stage.name,
        "first": not under_way.asked,
        "before": "" if before is None else in_halves(before),
        "face": 0 if before is None else _nearest_face(before),
    }
    return Question(
        key=Key("ask.check_in", speaks_of),
        revision=session.revision,
        options=faces,
        controls=(steer, Option(BACK, Key("button.back"))),
        progress=progress_of(journey_map, stage),
        answered=Key(f"score.{_nearest_face(said)}") if said is not None else None,
    )


def news_question(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Ask for new complaints: none, in which stage, or typed at once."""
    nothing = Option(NO_NEWS, Key("button.no_news"), alone=True)
    return plain_question(session, (), options=(nothing, *_stages(journey_map)))


def where_question(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Ask in which stage a typed complaint belongs."""
    texts = tuple(shortened(text, QUOTE) for text in session.just_said)
    return plain_question(session, (), options=_stages(journey_map), texts=texts)


def pain_question(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Offer the complaints that fit the stage and aren't in it yet; anything else may be typed."""
    stage = journey_map.stage(session.stage or "")
    offers = pain_offers(shelf, session, journey_map)
    page = min(session.page, max(0, (len(offers) - 1) // PAGE))
    options = tuple(
        Option(offer.id, shown(offer.label.say(session.language)))
        for offer in offers[page * PAGE : (page + 1) * PAGE]
    )
    asked = plain_question(
        session, (), options=(*options, *page_options(page, len(offers))), stage=stage.name if stage else ""
    )
    return replace(asked, progress=progress_of(journey_map, stage))


def pain_offers(shelf: Shelf, session: Session, journey_map: JourneyMap) -> tuple[Offer, ...]:
    """Return the complaints that can be tapped for the stage the owner is at."""
    stage = journey_map.stage(session.stage or "")
    said = {entry.text for entry in stage.entries(Element.PAINS)} if stage else set()
    offers = shelf.offers(journey_map, Cell(StepId.PAINS, session.stage))
    return tuple(offer for offer in offers if offer.text.say(session.language) not in said)


def invitation(session: Session, maps: tuple[MapSummary, ...]) -> Question:
    """Ask in one line for the monthly check-in, with the way to it, to next month and to silence."""
    wanted = session.reminder.map_id if session.reminder else None
    found = next((summary for summary in maps if summary.id == wanted), None)
    return Question(
        key=Key("ask.check_in_due", {"title": found.title if found else ""}),
        revision=session.revision,
        options=(
            Option(f"{MAP_PREFIX}{wanted}", Key("button.check_now"), alone=True),
            Option(LATER, Key("button.check_in_later")),
            Option(STOP, Key("button.stop_reminding")),
        ),
    )


def with_offer(asked: Question, session: Session) -> Question:
    """Return the last screen with the one question whether to ask each month, until it was answered."""
    if session.reminding.is_decided(ReminderKind.CHECK_IN):
        return asked
    answers = tuple(Option(choice, Key(f"button.{choice}"), alone=True) for choice in (YES, NO))
    return replace(asked, options=(*asked.options, *answers), aside=Key("ask.check_in_offer"))


def trend_note(journey_map: JourneyMap) -> Note:
    """Say how the feelings moved: the mean, what rose and what fell most, then every stage."""
    trend = trend_of(journey_map)
    means = trend.known_means or (0.0,)
    speaks_of: dict[str, Parameter] = {
        "times": len(trend.times),
        "since": trend.times[0] if trend.times else "",
        "until": trend.times[-1] if trend.times else "",
        "before": f"{means[0]:.1f}",
        "after": f"{means[-1]:.1f}",
        "averaged": len(trend.averaged),
        "left_out": len(trend.averaged) < len(trend.lines),
        "moved": _direction(round(means[-1], 1) - round(means[0], 1)),
        "lines": tuple(
            f"{line.stage.name}: {_ARROW.join(_said(score) for score in line.scores)}"
            for line in trend.lines
            if line.known
        ),
        "gaps": any(len(line.known) < len(line.scores) for line in trend.lines if line.known),
        **_speaks_of("rose", trend.rose_most),
        **_speaks_of("fell", trend.fell_most),
    }
    return Note(Key("trend.text", speaks_of))


def _speaks_of(name: str, line: Line | None) -> dict[str, Parameter]:
    return {
        name: line.stage.name if line else "",
        f"{name}_from": in_halves(line.known[0]) if line else "",
        f"{name}_to": in_halves(line.known[-1]) if line else "",
    }


def _direction(change: float) -> str:
    return "up" if change > 0 else "down" if change < 0 else "same"


def _said(score: float | None) -> str:
    return _GAP if score is None else in_halves(score)


def _nearest_face(score: float) -> int:
    return int(score + 0.5)


def _stages(journey_map: JourneyMap) -> tuple[Option, ...]:
    return tuple(
        Option(f"{STAGE_PREFIX}{stage.id}", shown(f"{place}. {stage.name}"))
        for place, stage in enumerate(journey_map.stages, start=1)
    )
