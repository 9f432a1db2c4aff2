"""What every turn of the interview promises, from whatever state: checked wherever a test takes one."""

import json
from typing import cast

from conversations import announcing, checkin_screens, preferences, words
from conversations.answers import Menu, Pick
from conversations.interview import TABLE
from conversations.replies import AdviceText, MapText, Note, Question, Reply, Toast
from conversations.requests import FILES, SHAPES, Drawing, DrawPicture, ExportMap
from conversations.session import Session, dump_session, load_session
from conversations.steps import StepId
from conversations.turns import Turn
from journey.document import JsonValue, dump_map, read_map
from journey.model import JourneyMap, Language, Status
from journey.suggestions import suggest
from locales.catalog import load_catalogs
from renderers.messages import Messages, utf16_length
from tests.content import the_interview, the_knowledge
from tests.conversations.silence import check_silence
from tests.conversations.versions import check_comparing

CALLBACK_BYTES = 64
"""Telegram: callback_data is at most 64 bytes."""
ASKED_BESIDES = (
    {option.id for option in preferences.zone_options()},
    {announcing.YES, announcing.NO},
    {checkin_screens.YES, checkin_screens.NO},
    {words.KEEP, words.LEAVE},
)
"""What may be asked below another question: one thing at a time."""
MESSAGES = Messages(load_catalogs(), the_knowledge())


def base36(number: int) -> str:
    """Write a revision as shortly as the buttons do."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


def stored_session(session: Session) -> Session:
    """Return the session as it comes back from the database."""
    return load_session(_through_json(dump_session(session)))


def stored_map(journey_map: JourneyMap | None) -> JourneyMap | None:
    """Return the map as it comes back from the database."""
    return read_map(_through_json(dump_map(journey_map))) if journey_map is not None else None


def _through_json(document: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return cast("dict[str, JsonValue]", json.loads(json.dumps(document)))


def check_turn(turn: Turn, before: Session) -> None:
    """Check what every turn promises, from whatever state."""
    assert turn.replies
    assert stored_session(turn.session) == turn.session
    assert stored_map(turn.journey_map) == turn.journey_map
    assert turn.session.revision in (before.revision, before.revision + 1)
    for request in turn.requests:
        if isinstance(request, DrawPicture | ExportMap):
            check_drawing(request, turn, before)
        check_comparing(request, turn, before)
    check_silence(turn)
    for reply in turn.replies:
        check_words(reply)
        if isinstance(reply, Question):
            check_question(reply, turn.session)


def check_drawing(request: DrawPicture | ExportMap, turn: Turn, before: Session) -> None:
    """Check that what shall be drawn can be drawn, and that a double tap of its button is an old one."""
    assert request.journey_map.stages
    assert turn.session.revision == before.revision + 1
    if turn.session.side is StepId.EXPORTS:
        assert isinstance(request, ExportMap) or request.drawing in FILES
        assert request.journey_map == turn.journey_map
        return
    assert isinstance(request, DrawPicture)
    if turn.session.side is StepId.SHARE:
        assert request.drawing is Drawing.PORTRAIT
    elif request.drawing in SHAPES:
        assert turn.session.step is StepId.SHAPES
        assert request.journey_map == turn.journey_map
        assert request.journey_map.status is Status.FINISHED


def check_words(reply: Reply) -> None:
    """Check that a reply can be said in every language, in messages that Telegram takes."""
    for language in Language:
        match reply:
            case Question():
                parts = MESSAGES.question(reply, language)
            case Note():
                parts = MESSAGES.note(reply, language)
            case MapText():
                parts = MESSAGES.map_text(reply, language)
            case AdviceText():
                advice = suggest(reply.journey_map, the_knowledge(), the_interview().matcher, language)
                parts = MESSAGES.advice(reply, advice, language)
            case Toast():
                assert MESSAGES.say(reply.key, language)
                continue
        assert parts
        assert all(utf16_length(part.html) > 0 for part in parts)


def check_question(question: Question, session: Session) -> None:
    """Check that a question can be answered and that its buttons can be sent."""
    buttons = (*question.options, *question.controls)

    assert buttons or not isinstance(TABLE[session.screen].answer, Menu | Pick)
    assert question.revision == session.revision
    offered = {button.id for button in buttons}
    assert len(offered) == len(buttons)
    assert sum(bool(answers & offered) for answers in ASKED_BESIDES) <= 1
    for button in buttons:
        assert len(f"{base36(question.revision)}:{button.id}".encode()) <= CALLBACK_BYTES
