"""``python -m tests.advice_sample``: write docs/advice-sample.md, sixty complaints with the advice they get.

``advice_sample.tsv`` has a line a complaint: the phase it was said in, the line of business, the words.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.content import Content, load_content
from journey.model import Business, Entry, JourneyMap, Language, Shop, Stage
from journey.phases import Phase
from journey.suggestions import Suggestion, suggest, this_week

COMPLAINTS = Path(__file__).with_suffix(".tsv")
PAGE = Path(__file__).parents[1] / "docs" / "advice-sample.md"
_HEAD = """\
# Sixty complaints, and the advice they get

Drawn by `python -m tests.advice_sample` from `tests/advice_sample.tsv`, to be read through by people who know
the trade: would an experienced seller agree? Each complaint stands alone on a map of its shop and stage. What
follows it is what it was understood as, and the three actions for this week.
"""
_NOW = datetime(2026, 11, 29, tzinfo=UTC)


def page() -> str:
    """Return the whole page."""
    content = load_content()
    return _HEAD + "".join(_section(number, *row, content) for number, row in enumerate(_rows(), start=1))


def _rows() -> Iterator[tuple[Phase, Business, str]]:
    for line in COMPLAINTS.read_text(encoding="utf-8").splitlines():
        phase, business, text = line.split("\t")
        yield Phase(phase), Business(business), text


def _section(number: int, phase: Phase, business: Business, text: str, content: Content) -> str:
    knowledge = content.knowledge
    name = knowledge.phases[phase].name.id
    stage = Stage("s", name, (phase,), pains=(Entry(text),))
    journey_map = JourneyMap("m", Language.ID, _NOW, _NOW, shop=Shop(business), stages=(stage,))
    advice = suggest(journey_map, knowledge, content.matcher, Language.ID)
    understood = dict.fromkeys(
        knowledge.topics[suggestion.topic].label.id for suggestion in advice.suggestions
    )
    about = " · ".join(understood) or "nothing that fits"
    lines = [f"\n## {number}. {text}\n\n*{knowledge.businesses[business].name.id}, {name}* → {about}\n\n"]
    return "".join([*lines, *map(_line, this_week(advice.suggestions))])


def _line(suggestion: Suggestion) -> str:
    remedy = suggestion.remedy
    facts = f"{remedy.effort}, {remedy.cost}, {remedy.source}"
    return f"- **{remedy.label.id}** ({facts}): {remedy.text.id} *{remedy.when.id}*\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
