"""What a map still lacks, in the order in which we would ask."""

from journey.model import Cell, Element, JourneyMap, PersonaField, Speed, Stage

QUICK_PERSONA = (PersonaField.NAME, PersonaField.TENURE, PersonaField.GOAL)
QUICK_ELEMENTS = (Element.TOUCHPOINTS, Element.FEELINGS, Element.PAINS)

BUSINESS = "business"
SHOP_NAME = "shop_name"
SPEED = "speed"
GOAL = "goal"
PRESET = "preset"
TITLE = "title"
"""The title is no question: a map has one without being asked."""


def persona_step(field: PersonaField) -> str:
    """Return the step that asks for a persona field."""
    return f"persona_{field}"


def questions(journey_map: JourneyMap) -> tuple[Cell, ...]:
    """Return every question of the map at its speed, in the order asked; a quick map has fewer."""
    fields = QUICK_PERSONA if journey_map.speed is not Speed.FULL else tuple(PersonaField)
    before = (BUSINESS, SHOP_NAME, SPEED, GOAL, *(persona_step(field) for field in fields), PRESET)
    return (
        *(Cell(step) for step in before),
        *(cell for stage in journey_map.stages for cell in stage_questions(journey_map, stage)),
    )


def stage_questions(journey_map: JourneyMap, stage: Stage) -> tuple[Cell, ...]:
    """Return the questions about one stage at the map's speed."""
    elements = QUICK_ELEMENTS if journey_map.speed is not Speed.FULL else tuple(Element)
    return tuple(Cell(element, stage.id) for element in elements)


def is_answered(journey_map: JourneyMap, cell: Cell) -> bool:
    """Tell whether the map holds an answer to a question."""
    if cell.stage is not None:
        stage = journey_map.stage(cell.stage)
        return stage is not None and bool(stage.entries(Element(cell.step)))
    if cell.step.startswith("persona_"):
        return journey_map.persona.field(PersonaField(cell.step.removeprefix("persona_"))) is not None
    answers: dict[str, object] = {
        BUSINESS: journey_map.shop.business,
        SHOP_NAME: journey_map.shop.name,
        SPEED: journey_map.speed,
        GOAL: journey_map.goal,
        PRESET: journey_map.stages,
        TITLE: journey_map.title,
    }
    return bool(answers[cell.step])


def gaps(journey_map: JourneyMap) -> tuple[Cell, ...]:
    """Return all unanswered questions, the skipped ones included."""
    return tuple(cell for cell in questions(journey_map) if not is_answered(journey_map, cell))


def open_gaps(journey_map: JourneyMap) -> tuple[Cell, ...]:
    """Return the unanswered questions that were neither skipped nor accepted as gaps."""
    passed = journey_map.skipped | journey_map.accepted
    return tuple(cell for cell in gaps(journey_map) if cell not in passed)


def leftovers(journey_map: JourneyMap) -> tuple[Cell, ...]:
    """Return the skipped questions that are still unanswered and not yet accepted as gaps."""
    return tuple(cell for cell in gaps(journey_map) if cell not in journey_map.accepted)


def first_gap(journey_map: JourneyMap) -> Cell | None:
    """Return the first question the map still needs, or None when nothing is left to ask."""
    return next(iter(open_gaps(journey_map)), None)


def next_gap(journey_map: JourneyMap, after: Cell) -> Cell | None:
    """Return the next open question behind ``after``, else the first open one, else None."""
    order = {cell: place for place, cell in enumerate(questions(journey_map))}
    here = order.get(after, -1)
    behind = (cell for cell in open_gaps(journey_map) if order[cell] > here)
    return next(behind, first_gap(journey_map))


def previous_question(journey_map: JourneyMap, before: Cell) -> Cell | None:
    """Return the question asked before ``before``, or None at the very first."""
    order = questions(journey_map)
    if before not in order:
        return None
    place = order.index(before)
    return order[place - 1] if place else None


def following_question(journey_map: JourneyMap, after: Cell) -> Cell | None:
    """Return the question asked behind ``after``, answered or not, or None at the very last."""
    order = questions(journey_map)
    place = order.index(after) + 1 if after in order else len(order)
    return order[place] if place < len(order) else None


def stage_is_done(journey_map: JourneyMap, stage: Stage) -> bool:
    """Tell whether nothing about a stage is left to ask."""
    return not any(cell.stage == stage.id for cell in open_gaps(journey_map))
