"""``python -m tests.advice_sample``: write docs/advice-sample.md, sixty complaints with the advice they get.

``advice_sample.tsv`` has a line a complaint: the phase it was said in, the line of business, the words.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.content import Content, load_content
from journey.meanings import is_unclear, matches_of, with_meaning
from journey.model import Business, Entry, JourneyMap, Language, Meaning, Shop, Stage
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
    matches = matches_of(stage.pains[0], stage, journey_map, knowledge, content.matcher)
    unclear = is_unclear(matches)
    if unclear:
        journey_map = with_meaning(journey_map, Meaning(text, matches[0].topic))
    advice = suggest(journey_map, knowledge, content.matcher, Language.ID)
    about = [match.topic for match in matches] if unclear else [each.topic for each in advice.suggestions]
    labels = " · ".join(dict.fromkeys(knowledge.topics[topic].label.id for topic in about))
    asked = f"asked which is meant, the first is tapped: {labels}" if unclear else labels
    lines = [
        f"\n## {number}. {text}\n\n",
        f"*{knowledge.businesses[business].name.id}, {name}* → {asked or 'nothing that fits'}\n\n",
    ]
    return "".join([*lines, *map(_line, this_week(advice.suggestions))])


def _line(suggestion: Suggestion) -> str:
    remedy = suggestion.remedy
    facts = f"{remedy.effort}, {remedy.cost}, {remedy.source}"
    return f"- **{remedy.label.id}** ({facts}): {remedy.text.id} *{remedy.when.id}*\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
