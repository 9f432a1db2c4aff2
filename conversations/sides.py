"""The buttons of side screens: each leads to a module that knows its screen, or back to the question."""

from conversations import (
    advice,
    asides,
    due,
    erasing,
    evidence,
    exporting,
    importing,
    planning,
    privacy,
    reminders,
    seasons,
    sharing,
    shelving,
    words,
)
from conversations.acting import Present
from conversations.replies import Key, MapText
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey.examples import Example
from journey.model import JourneyMap, Language


def chose(
    session: Session,
    journey_map: JourneyMap | None,
    option: str,
    present: Present,
    *,
    example: Example,
) -> Outcome:
    """Follow a button of a side screen."""
    shelf, occasion = present.shelf, present.occasion
    if session.side in advice.SCREENS and journey_map is not None:
        return advice.chose(session, journey_map, option, present)
    if session.side in planning.SCREENS and journey_map is not None:
        return planning.chose(session, journey_map, option, present)
    if session.side is StepId.ACTION_DUE:
        return due.chose(session, journey_map, option, present)
    if session.side is StepId.IMPORT:
        return importing.answered(session, journey_map, option, shelf.knowledge, occasion)
    if session.side in evidence.SCREENS and journey_map is not None:
        return evidence.chose(session, journey_map, option, occasion)
    if session.side is StepId.EXPORTS and journey_map is not None:
        return exporting.choose_file(session, journey_map, option)
    if session.side in seasons.SCREENS:
        return seasons.chose(session, journey_map, option, present)
    if session.side in reminders.SCREENS:
        return reminders.chose(session, journey_map, option)
    if session.side in shelving.SCREENS:
        return shelving.chose(session, journey_map, option, shelf.knowledge, occasion)
    if session.side in sharing.SCREENS:
        return sharing.chose(session, journey_map, option, shelf.knowledge, occasion)
    match option:
        case "maps":
            return Outcome(beside(session, StepId.MAPS), journey_map)
        case "begin":
            return asides.begin(session, journey_map, occasion)
        case "example":
            return asides.show_example(session, journey_map, example, occasion)
        case "explain":
            return Outcome(session, journey_map, lead=(Key("explain.text"),))
        case "text":
            shown = example.as_map(session.language, id="example", now=occasion.now)
            return Outcome(session, journey_map, notes=(MapText(shown),))
        case "copy":
            return asides.copy_example(session, journey_map, example, occasion)
        case "erase" | "erase_map" | "erase_all" | "restore":
            return Outcome(beside(session, StepId(option)), journey_map)
        case "erase_yes" if session.side is StepId.ERASE_ALL:
            return erasing.leave(session, journey_map, occasion)
        case "erase_yes" if session.picked is not None:
            return shelving.erased(session, journey_map, occasion)
        case "keep_it" if session.picked is not None:
            return shelving.kept(session, journey_map)
        case "erase_yes" if journey_map is not None:
            return erasing.erase_map(session, journey_map, journey_map.id, occasion)
        case "take_out":
            return privacy.take_out(session, journey_map)
        case _ if option.startswith(erasing.RESTORE_PREFIX):
            return erasing.restore_map(session, journey_map, option, shelf.knowledge, occasion)
        case words.ASK_AGAIN | words.STOP:
            return words.reconsidered(session, journey_map, option)
        case "lang.id" | "lang.en":
            language = Language(option.removeprefix("lang."))
            return asides.speak(session, journey_map, language, shelf.knowledge)
        case _:
            return asides.leave(session, journey_map)
