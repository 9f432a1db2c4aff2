"""The interview as a Mermaid state diagram; ``python -m conversations.diagram`` prints it."""

from collections.abc import Iterable, Mapping

from conversations.interview import ELEMENT_STEPS, TABLE, Step
from conversations.steps import StepId

_EACH_STAGE = {*ELEMENT_STEPS, StepId.FEELING_SCORE, StepId.ASK_BACK, StepId.MEANING, StepId.IDEA}
_AFTER = {
    StepId.LEFTOVERS,
    StepId.REVIEW,
    StepId.REVIEW_SHOP,
    StepId.REVIEW_PERSONA,
    StepId.REVIEW_STAGE,
    StepId.TITLE,
    StepId.FINISH_SURE,
    StepId.DONE,
    StepId.SHAPES,
    StepId.VERSIONS,
    StepId.HEALTH,
    StepId.STANDING,
    StepId.DRAFTS,
    StepId.DRAFT,
}
_GROUPS = ("Before the stages", "Each stage", "After the stages", "Side screens")


def group_of(step: Step) -> str:
    """Return the part of the interview a step belongs to."""
    before, each_stage, after, side = _GROUPS
    if step.side:
        return side
    if step.id in _EACH_STAGE:
        return each_stage
    return after if step.id in _AFTER else before


def mermaid(table: Mapping[StepId, Step]) -> str:
    """Return the steps in their groups and where each leads, as the source of a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    direction TB"]
    for number, group in enumerate(_GROUPS, start=1):
        steps = [step for step in table.values() if group_of(step) == group]
        lines += _group(f"group{number}", group, steps)
    lines += [
        f"    {step.id} --> {lead}"
        for step in table.values()
        for lead in step.leads
        if group_of(step) != group_of(table[lead])
    ]
    return "\n".join(lines) + "\n"


def _group(name: str, title: str, steps: Iterable[Step]) -> list[str]:
    """Return one group: its steps, the optional ones marked, and the ways inside it."""
    found = list(steps)
    inside = {step.id for step in found}
    return [
        f'    state "{title}" as {name} {{',
        *(f'        state "{_label(step)}" as {step.id}' for step in found),
        *(f"        {step.id} --> {lead}" for step in found for lead in step.leads if lead in inside),
        "    }",
    ]


def _label(step: Step) -> str:
    kind = type(step.answer).__name__.lower()
    return f"{step.id} ({kind}, optional)" if step.optional else f"{step.id} ({kind})"


if __name__ == "__main__":
    print(mermaid(TABLE), end="")  # noqa: T201  printing is what the command is for
