"""What changed between two versions of a map, made ready to be said stage by stage."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from journey.compare import Comparison, StageChange
from journey.model import Entry, Stage


@dataclass(frozen=True, slots=True)
class ToldStage:
    """A stage with news or complaints: its name, the one it had, its feelings, its complaints.

    Feelings are empty where there are none.
    """

    name: str
    earlier_name: str
    is_added: bool
    is_removed: bool
    felt: str
    feels: str
    solved: str
    new: str
    still: str


def told_stages(comparison: Comparison, inside: Callable[[str], str]) -> Iterator[ToldStage]:
    """Yield the stages of which there is anything to say; ``inside`` puts words into a sentence."""
    for change in comparison.stages:
        if change.has_news or change.still:
            yield _told(change, inside)


def _told(change: StageChange, inside: Callable[[str], str]) -> ToldStage:
    return ToldStage(
        name=change.name,
        earlier_name=change.before.name if change.before and change.is_renamed else "",
        is_added=change.before is None,
        is_removed=change.after is None,
        felt=_feelings(change.before, inside),
        feels=_feelings(change.after, inside),
        solved=_listed(change.solved),
        new=_listed(change.new),
        still=_listed(tuple(lasting.after for lasting in change.still)),
    )


def _feelings(stage: Stage | None, inside: Callable[[str], str]) -> str:
    return " / ".join(inside(feeling.text) for feeling in stage.feelings) if stage else ""


def _listed(entries: tuple[Entry, ...]) -> str:
    return "; ".join(entry.text for entry in entries)
