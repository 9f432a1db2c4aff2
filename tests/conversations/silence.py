"""An owner who deleted something, and what may be said to one who deleted everything."""

from conversations.commands import Command
from conversations.replies import Question, Toast
from conversations.steps import StepId
from conversations.turns import Turn
from tests.conversations.owner import Owner


def who_deleted(what: str) -> Owner:
    """Return an owner who has just deleted the open map, or everything."""
    owner = Owner.at_review()
    owner.commands(Command.DELETE)
    owner.chooses(what, "erase_yes")
    return owner


def check_silence(turn: Turn) -> None:
    """Check that someone who left hears of the way back and of beginning afresh, and of nothing else."""
    if turn.session.side is not StepId.LEAVING:
        return
    for reply in turn.replies:
        assert isinstance(reply, Question | Toast)
        if isinstance(reply, Question):
            assert reply.key.name == "ask.leaving"
            assert [option.id for option in (*reply.options, *reply.controls)] == ["undelete", "afresh"]
