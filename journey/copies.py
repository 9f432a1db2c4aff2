"""A map as the start of another one, for another kind of customer of the same shop."""

from dataclasses import replace
from datetime import datetime

from journey.model import JourneyMap, Stage, Standing


def for_another_persona(journey_map: JourneyMap, *, id: str, now: datetime) -> JourneyMap:
    """Return a new map with what belongs to the shop; what belongs to the customer is asked anew.

    Shop, goal, speed, the stages with their names, and where customers meet the shop are the shop's own. What
    another kind of customer does, thinks, feels and complains about is different, and so are the ideas
    against it: copied, it would be a guess that looks like an answer. A touchpoint is a guess again, too:
    what one kind of customer showed is no evidence of another.
    """
    return JourneyMap(
        id=id,
        language=journey_map.language,
        created=now,
        changed=now,
        speed=journey_map.speed,
        shop=journey_map.shop,
        goal=journey_map.goal,
        preset=journey_map.preset,
        stages=tuple(_for_others(stage) for stage in journey_map.stages),
    )


def _for_others(stage: Stage) -> Stage:
    met = tuple(replace(entry, standing=Standing.GUESS, evidence=()) for entry in stage.touchpoints)
    return Stage(stage.id, stage.name, stage.phases, stage.chip, touchpoints=met)
