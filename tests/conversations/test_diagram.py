"""The page on the interview shows the table as it is."""

from pathlib import Path

from conversations.diagram import mermaid
from conversations.interview import TABLE
from conversations.steps import StepId

PAGE = Path(__file__).parents[2] / "docs" / "interview.md"
BEGIN, END = "<!-- drawn by conversations.diagram -->\n```mermaid\n", "```\n<!-- end -->"


def test_the_page_shows_the_table() -> None:
    """Whoever changes the table draws the page anew (``python -m conversations.diagram``)."""
    page = PAGE.read_text(encoding="utf-8")

    drawn = page.partition(BEGIN)[2].partition(END)[0]

    assert drawn == mermaid(TABLE)


def test_every_step_is_drawn_once() -> None:
    """No step is missing from the picture."""
    drawn = mermaid(TABLE)

    for step in StepId:
        assert drawn.count(f'" as {step}\n') == 1


def test_every_way_of_the_table_is_drawn() -> None:
    """A way that an answer can take has an arrow."""
    arrows = {line.strip() for line in mermaid(TABLE).splitlines() if "-->" in line}

    assert arrows == {f"{step.id} --> {lead}" for step in TABLE.values() for lead in step.leads}
