"""What is kept and why: the screen behind /privasi, the warning before data expire, numbers of customers."""

from dataclasses import replace

from conversations import words
from conversations.blocks import plain_question
from conversations.erasing import MAP_KEPT
from conversations.replies import Key, Note, Option, Parameter, Question
from conversations.requests import HideNumbers, TakeOut
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome
from journey.model import JourneyMap
from journey.private_numbers import map_without_numbers, private_numbers, without_numbers

HIDE = "!hide"
"""The button that takes a customer's number out of the map."""
_OWN_NUMBERS = (StepId.SHOP_NAME,)
"""Where a number is the owner's own business."""


def privacy_question(session: Session, retention_days: int) -> Question:
    """Say what is stored, who sees it and for how long, with the ways to take it along and to delete it."""
    consent = session.consent
    speaks_of: dict[str, Parameter] = {
        "version": consent.version if consent else "",
        "days": retention_days,
        "maps_kept": MAP_KEPT.days,
        "words": words.standing(session),
    }
    if consent is not None:
        speaks_of["given"] = consent.given
    asked = plain_question(session, ("take_out", "erase", *words.changes_of_mind(session)))
    return replace(asked, key=Key("ask.privacy", speaks_of))


def take_out(session: Session, journey_map: JourneyMap | None) -> Outcome:
    """Send everything of the owner's own as a file."""
    return Outcome(session, journey_map, notes=(Note(Key("takeout.text")),), requests=(TakeOut(),))


def retention_question(session: Session) -> Question:
    """Say when everything is erased unless the owner says otherwise."""
    asked = plain_question(session, ("keep_data",), back=False)
    return replace(asked, key=Key("ask.retention", {"until": session.erases or ""}))


def kept(session: Session) -> Session:
    """Return the session of somebody warned who is here after all: any contact counts."""
    return replace(session, side=None, erases=None)


def pointed_out(before: Session, outcome: Outcome) -> Outcome:
    """Add a kind word and a button when the answer just typed holds a number that leads to a person."""
    latest = outcome.session.typings[-1:]
    if latest == before.typings[-1:] or not _numbers(outcome.session):
        return outcome
    hide = Option(HIDE, Key("button.hide_numbers"), alone=True)
    return replace(outcome, lead=(*outcome.lead, Key("lead.private_number")), extras=(hide,))


def hide_numbers(session: Session, journey_map: JourneyMap | None) -> Outcome:
    """Put … in place of the numbers of the answer typed last, wherever they stand in the map."""
    numbers = _numbers(session)
    if journey_map is None or not numbers:
        return Outcome(session, journey_map, toast=Key("toast.stale"), asks=False)
    typings = tuple(
        replace(typing, texts=tuple(without_numbers(text, numbers) for text in typing.texts))
        for typing in session.typings
    )
    pending = without_numbers(session.pending, numbers) if session.pending else session.pending
    just_said = tuple(without_numbers(text, numbers) for text in session.just_said)
    return Outcome(
        replace(session, typings=typings, pending=pending, just_said=just_said),
        map_without_numbers(journey_map, numbers),
        lead=(Key("lead.numbers_hidden"),),
        requests=(HideNumbers(journey_map.id, numbers),),
    )


def _numbers(session: Session) -> tuple[str, ...]:
    """Return the private numbers of the answer typed last."""
    if not session.typings or session.typings[-1].step in _OWN_NUMBERS:
        return ()
    texts = session.typings[-1].texts
    return tuple(dict.fromkeys(number for text in texts for number in private_numbers(text)))
