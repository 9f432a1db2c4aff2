"""What others may see of a map, by a link or on a picture, and what goes with the link."""

from collections.abc import Iterator
from dataclasses import replace

from journey.drafts import Drafts
from journey.model import Element, Entry, Feeling, JourneyMap, Language, Persona, PersonaField, Shop, Stage
from journey.private_numbers import map_without_numbers, private_numbers
from journey.titles import title_of


def shared_view(journey_map: JourneyMap, stage_id: str | None = None) -> JourneyMap | None:
    """Return the map as a reader sees it, with one stage alone when a link shows no more.

    None when there is nothing to show: the stage is gone, or the map has none. Customers' numbers are taken
    out; the shop's own name stays as it is.
    """
    stages = tuple(stage for stage in journey_map.stages if stage_id in (None, stage.id))
    if not stages:
        return None
    return without_customers_numbers(_as_told(journey_map, stages))


def without_customers_numbers(journey_map: JourneyMap) -> JourneyMap:
    """Return the map with … in place of all numbers that lead to a person, but for the shop's own name.

    What a link or a picture shows may be passed on to anybody.
    """
    numbers = tuple(dict.fromkeys(number for text in _texts(journey_map) for number in private_numbers(text)))
    return replace(map_without_numbers(journey_map, numbers), shop=journey_map.shop)


def same_stage(before: Stage, after: Stage) -> bool:
    """Tell whether two stages of one id are one stage that was worked on, not another that took the id.

    A stage is given other words or another name, but not both at once; one said in the other language keeps
    its chip.
    """
    if before.name == after.name or (before.chip is not None and before.chip == after.chip):
        return True
    return replace(before, name=after.name, chip=after.chip) == after


def invitation(
    view: JourneyMap, stage: Stage | None, *, link: str, drafts: Drafts, language: Language
) -> str:
    """Return the message that goes with a link, to whomever the owner sends it."""
    title = title_of(view, untitled="…")
    if stage is None:
        return drafts.invitation.say(language).format(title=title, link=link)
    return drafts.invitation_to_stage.say(language).format(title=title, stage=stage.name, link=link)


# Everything is built anew from the fields named here: what a map, a stage or an entry gets in times to come
# is not shown before somebody decides so.


def _as_told(journey_map: JourneyMap, stages: tuple[Stage, ...]) -> JourneyMap:
    """Return what is told of a map: not what the owner planned, meant, put off or accepted."""
    persona = Persona()
    for field in PersonaField:
        persona = persona.with_field(field, _told(journey_map.persona.field(field)))
    return JourneyMap(
        id=journey_map.id,
        language=journey_map.language,
        created=journey_map.created,
        changed=journey_map.changed,
        speed=journey_map.speed,
        status=journey_map.status,
        finished=journey_map.finished,
        title=journey_map.title,
        shop=Shop(journey_map.shop.business, journey_map.shop.name),
        goal=_told(journey_map.goal),
        persona=persona,
        preset=journey_map.preset,
        stages=tuple(_stage(stage) for stage in stages),
    )


def _stage(stage: Stage) -> Stage:
    feelings = tuple(Feeling(feeling.text, feeling.score, feeling.chip) for feeling in stage.feelings)
    told = Stage(stage.id, stage.name, stage.phases, stage.chip, feelings=feelings)
    for element in Element:
        if element is not Element.FEELINGS:
            entries = (_told(entry) for entry in stage.entries(element))
            told = told.with_entries(element, (entry for entry in entries if entry is not None))
    return told


def _told(entry: Entry | None) -> Entry | None:
    """Return an entry with its badge: what it is backed by is the owner's own."""
    return entry and Entry(entry.text, entry.chip, entry.standing)


def _texts(view: JourneyMap) -> Iterator[str]:
    """Yield all words of a map but the shop's name, in which a number is the owner's own business."""
    yield view.title or ""
    yield view.goal.text if view.goal else ""
    for field in PersonaField:
        entry = view.persona.field(field)
        yield entry.text if entry else ""
    for stage in view.stages:
        yield stage.name
        for element in Element:
            yield from (entry.text for entry in stage.entries(element))
    yield from (plan.text for plan in view.plans)
