"""The icon of each element of a stage."""

from journey.model import Element
from renderers.icons import Icon

ICONS = {
    Element.ACTIONS: Icon.ACTIONS,
    Element.THOUGHTS: Icon.THOUGHTS,
    Element.FEELINGS: Icon.FEELINGS,
    Element.TOUCHPOINTS: Icon.TOUCHPOINTS,
    Element.PAINS: Icon.PAINS,
    Element.OPPORTUNITIES: Icon.OPPORTUNITIES,
}
