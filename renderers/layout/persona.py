"""The card that says whose journey it is: portrait, name, who they are, what they want."""

from journey.model import JourneyMap
from renderers.display import Box, Canvas, Role
from renderers.icons import Icon, draw_icon, draw_portrait_of
from renderers.layout.blocks import Block
from renderers.text import Lettering, paragraph
from renderers.theme import Theme
from renderers.typefaces import Style
from renderers.words import PictureWords


def persona_details(journey_map: JourneyMap) -> str:
    """Return in one line who the persona is, how old, and how long a customer."""
    persona = journey_map.persona
    return " · ".join(entry.text for entry in (persona.who, persona.age, persona.tenure) if entry)


def persona_card(
    journey_map: JourneyMap,
    words: PictureWords,
    theme: Theme,
    *,
    width: float,
    body: float,
    most: int,
) -> Block:
    """Return the persona as a card; ``body`` is the size of its text, ``most`` the lines of each part."""
    persona, pad, radius = journey_map.persona, body, body * 2.1
    indent = pad + 2 * radius + body * 0.9
    measure = width - indent - pad
    label = paragraph(
        words.persona, Lettering(Style.BOLD, body * 0.8, theme.accent, Role.LABEL), measure, most=1
    )
    name_ink = theme.ink if persona.name else theme.ink_quiet
    name = paragraph(
        persona.name.text if persona.name else words.not_filled,
        Lettering(Style.BOLD, body * 1.25, name_ink),
        measure,
        most=min(2, most),
    )
    details = paragraph(
        persona_details(journey_map), Lettering(Style.MEDIUM, body, theme.ink_soft), measure, most=most
    )
    goal_indent = body * 1.4
    wish = persona.goal.text if persona.goal else ""
    goal = paragraph(wish, Lettering(Style.SEMIBOLD, body, theme.ink), measure - goal_indent, most=most)
    gap = body * 0.35 if goal.lines else 0.0
    content = label.height + name.height + details.height + gap + goal.height
    height = max(content, 2 * radius) + 2 * pad * 0.75

    def draw(canvas: Canvas, x: float, y: float, _: Box) -> None:
        card = Box(x, y, width, height)
        canvas.box(card, body * 0.9, fill=theme.card, stroke=theme.line, thickness=1.5)
        draw_portrait_of(canvas, x + pad + radius, y + height / 2, radius, theme)
        top = y + (height - content) / 2
        for part in (label, name, details):
            part.draw(canvas, x + indent, top, card)
            top += part.height
        if goal.lines:
            top += gap
            icon_top = top + (goal.leading - body * 1.1) / 2
            mirrored = goal.from_the_right
            left = x + indent + (measure - body * 1.1 if mirrored else 0.0)
            draw_icon(canvas, Icon.TARGET, left, icon_top, side=body * 1.1, colour=theme.opportunity.strong)
            goal.draw(canvas, x + indent + (0.0 if mirrored else goal_indent), top, card)

    return Block(height, draw)
