"""The words printed on pictures and read out instead of them; callers take them from the locales."""

from dataclasses import dataclass

from journey.model import Element


@dataclass(frozen=True, slots=True)
class PictureWords:
    """Every label and pattern of a picture in one language.

    Patterns name their blanks in braces: ``more`` and ``curve_customers`` have ``{count}``;
    ``alternative_second`` has ``{curve}`` and ``{stages}``; ``alternative_cover`` has ``{title}``,
    ``{persona}``, ``{count}`` and ``{stages}``; ``alternative_moments`` has ``{best}`` and ``{worst}``;
    ``alternative_stage`` has ``{number}``, ``{total}`` and ``{stage}``; ``alternative_preview`` has
    ``{title}``, ``{done}``, ``{total}`` and ``{stages}``; ``alternative_comparison`` has ``{title}``,
    ``{before}`` and ``{after}``; ``alternative_trend`` has ``{title}``, ``{since}``, ``{until}``, ``{mean}``,
    ``{means}`` and ``{stages}``; ``mean_of`` has ``{count}`` and ``{total}``. ``months`` are
    twelve short names, parted by blanks.
    """

    heading: str
    heading_preview: str
    heading_comparison: str
    heading_trend: str
    persona: str
    goal: str
    actions: str
    thoughts: str
    feelings: str
    touchpoints: str
    pains: str
    opportunities: str
    positive: str
    negative: str
    worst_moment: str
    best_moment: str
    curve_now: str
    curve_before: str
    curve_wanted: str
    curve_shop: str
    curve_customers: str
    before: str
    after: str
    solved: str
    new: str
    still: str
    nothing: str
    not_filled: str
    continued: str
    more: str
    guess: str
    all_guesses: str
    customer: str
    evidence: str
    footer: str
    alternative_cover: str
    alternative_moments: str
    alternative_stage: str
    alternative_preview: str
    alternative_second: str
    alternative_comparison: str
    alternative_trend: str
    mean: str
    mean_of: str
    decimal_mark: str
    months: str

    def label(self, element: Element) -> str:
        """Return what one element of a stage is called."""
        match element:
            case Element.ACTIONS:
                return self.actions
            case Element.TOUCHPOINTS:
                return self.touchpoints
            case Element.THOUGHTS:
                return self.thoughts
            case Element.FEELINGS:
                return self.feelings
            case Element.PAINS:
                return self.pains
            case Element.OPPORTUNITIES:
                return self.opportunities
