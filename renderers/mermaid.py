"""A map as a Mermaid ``journey``, the diagram that wikis and code hosts draw from text.

A section is a stage, a task an entry of it with the score of the stage's feelings, the actor the persona.
"""

from collections.abc import Callable, Iterator

from journey.model import Element, JourneyMap, PersonaField, Stage

_LOOKALIKES = str.maketrans({":": "：", ";": "；", "#": "＃"})
"""What ends a name or begins a comment in Mermaid's grammar, in wide letters that mean nothing there."""
_MIDDLE = 3
"""The height at which a stage without feelings is drawn; its section says that it has none."""


def journey_diagram(journey_map: JourneyMap, title: str, say: Callable[[str], str]) -> str:
    """Return the source of a diagram that holds every entry of the stages; the rest is in comments.

    ``say`` gives the words of a name. Nothing an owner typed can end a line, a name or the diagram.
    """
    persona = journey_map.persona.name
    actor = _safe(persona.text if persona else say("customer")).replace(",", "，")
    lines = ["journey", f"    title {_safe(title)}"]
    lines += [f"    %% {_safe(label)} – {_safe(words)}" for label, words in _beside(journey_map, say)]
    for stage in journey_map.stages:
        lines += _section(stage, actor, say)
    return "\n".join(lines) + "\n"


def _beside(journey_map: JourneyMap, say: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield what a diagram has no place for: shop, goal, what is known of the persona, the plans."""
    if journey_map.shop.name:
        yield say("shop"), journey_map.shop.name
    if journey_map.goal:
        yield say("goal"), journey_map.goal.text
    for field in PersonaField:
        if entry := journey_map.persona.field(field):
            yield say(f"persona_{field}"), entry.text
    for plan in journey_map.plans:
        yield f"{say('plan')} ({say(f'plan_{plan.state}')})", plan.text


def _section(stage: Stage, actor: str, say: Callable[[str], str]) -> Iterator[str]:
    score = stage.score
    name = _safe(stage.name)
    yield f"    section {name}" if score is not None else f"    section {name} ({_safe(say('no_feelings'))})"
    height = _MIDDLE if score is None else int(score + 0.5)
    for element in Element:
        label = _safe(say(element))
        if element is Element.FEELINGS:
            for feeling in stage.feelings:
                yield f"      {label} – {_safe(feeling.text)}: {feeling.score}: {actor}"
        else:
            for entry in stage.entries(element):
                yield f"      {label} – {_safe(entry.text)}: {height}: {actor}"


def _safe(text: str) -> str:
    """Return words on one line that are no syntax: no comment, directive or entity either."""
    return " ".join(text.translate(_LOOKALIKES).replace("%%", "％％").split())
