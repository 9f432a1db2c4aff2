"""Building blocks of questions: pages of buttons, progress, and the ids of the buttons that steer."""

from collections.abc import Iterable

from conversations.offers import Shelf
from conversations.replies import Key, Option, Question, Said, Words
from conversations.session import Session
from conversations.steps import StepId
from journey import gaps
from journey.model import Cell, Element, JourneyMap, Language, PersonaField, Stage
from journey.titles import shortened

PAGE = 8
"""Chips on a page; more make a phone scroll."""
LABEL = 34
"""Characters a button alone in its row can show on a phone."""

BACK, SKIP, KEEP, DONE, SEVERAL, EXAMPLE, JOIN, OWN_WORDS, EMPTY = (
    "!back",
    "!skip",
    "!keep",
    "!done",
    "!several",
    "!example",
    "!join",
    "!own",
    "!empty",
)
PAGE_PREFIX = "!page."
MAP_PREFIX = "map."
STAGE_PREFIX = "stage."
CELL_PREFIX = "cell."
FIX_PREFIX = "fix."
SEASONS = "seasons"
STOP = "stop_reminding"


def shown(text: str) -> Said:
    """Return an owner's words cut to a button's length."""
    return Said(shortened(text, LABEL))


def plain_question(
    session: Session,
    choices: Iterable[str],
    *,
    options: tuple[Option, ...] = (),
    back: bool = True,
    **speaks_of: str | int | bool | tuple[str, ...],
) -> Question:
    """Ask with buttons whose labels are found by their ids."""
    buttons = tuple(Option(choice, Key(f"button.{choice}"), alone=True) for choice in choices)
    return Question(
        key=Key(f"ask.{session.screen}", speaks_of),
        revision=session.revision,
        options=(*options, *buttons),
        controls=(Option(BACK, Key("button.back")),) if back else (),
    )


def page_options(page: int, count: int) -> tuple[Option, ...]:
    """Return the buttons to the pages before and behind this one."""
    last = max(0, (count - 1) // PAGE)
    earlier = (Option(f"{PAGE_PREFIX}{page - 1}", Key("button.earlier")),) if page > 0 else ()
    further = (Option(f"{PAGE_PREFIX}{page + 1}", Key("button.further")),) if page < last else ()
    return earlier + further


def to_seasons() -> Option:
    """Return the button that leads to the busy seasons."""
    return Option(SEASONS, Key("button.seasons"), alone=True)


def progress_of(journey_map: JourneyMap, stage: Stage | None) -> tuple[int, int, str] | None:
    """Return the stage's number, how many there are, and its name."""
    if stage is None:
        return None
    return journey_map.stages.index(stage) + 1, len(journey_map.stages), stage.name


def answer_words(shelf: Shelf, journey_map: JourneyMap, cell: Cell, language: Language) -> Words | None:
    """Return the answer given to a question, None when there is none yet."""
    if not gaps.is_answered(journey_map, cell):
        return None
    if cell.step == gaps.SPEED:
        return Key(f"speed.{journey_map.speed}")
    return Said(answer_text(shelf, journey_map, cell, language))


def answer_text(shelf: Shelf, journey_map: JourneyMap, cell: Cell, language: Language) -> str:
    """Return what was answered to a question, empty when there is none."""
    if cell.stage is not None:
        stage = journey_map.stage(cell.stage)
        return ", ".join(entry.text for entry in stage.entries(Element(cell.step))) if stage else ""
    if cell.step.startswith("persona_"):
        entry = journey_map.persona.field(PersonaField(cell.step.removeprefix("persona_")))
        return entry.text if entry else ""
    business = journey_map.shop.business
    answers: dict[str, str | None] = {
        gaps.BUSINESS: shelf.knowledge.businesses[business].name.say(language) if business else None,
        gaps.SHOP_NAME: journey_map.shop.name,
        gaps.GOAL: journey_map.goal.text if journey_map.goal else None,
        gaps.PRESET: ", ".join(stage.name for stage in journey_map.stages),
        StepId.TITLE: journey_map.title,
    }
    return answers.get(cell.step) or ""
