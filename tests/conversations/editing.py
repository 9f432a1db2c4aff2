"""What holds for taking back and copying, whatever else an owner does: a part of the conversation."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from conversations.commands import Command
from conversations.events import Chose, Commanded, Event
from conversations.steps import StepId
from conversations.turns import Turn
from conversations.undoing import UNDO
from journey.document import dump_map, read_map
from journey.limits import MAPS_PER_OWNER
from journey.model import Element, JourneyMap
from journey.presets import Preset
from tests.conversations.owner import Owner


def number_of_entries(journey_map: JourneyMap) -> int:
    """Return how many things are said in the stages of a map."""
    return sum(len(stage.entries(element)) for stage in journey_map.stages for element in Element)


def editing(start: str, preset: Preset) -> Owner:
    """Return an owner who edits an entry, moves one, edits a stage, or looks at a list of maps."""
    if start == "maps":
        owner = Owner.finished()
        owner.commands(Command.NEW)
        owner.commands(Command.MAPS)
        return owner
    owner = Owner.at_review(preset)
    if start == "stages":
        owner.chooses("stages", f"stage.{owner.stage(2).id}")
        return owner
    stage, element = owner.stage(1).id, "pains" if start == "entry" else "touchpoints"
    owner.chooses(f"stage.{stage}", f"cell.{element}.{stage}", "entry.0")
    owner.chooses("entry_edit" if start == "entry" else "entry_move")
    return owner


class Editing(RuleBasedStateMachine):
    """The rules of the step back and of copies."""

    def __init__(self) -> None:
        super().__init__()
        self.owner = Owner()

    def happens(self, event: Event) -> Turn:
        """Let something happen, with all that is checked of every turn."""
        return self.owner.does(event)

    @rule()
    def takes_back(self) -> None:
        """Take the last change back and make it again: both to the letter."""
        if UNDO not in self.owner.offered:
            return
        changed = self.owner.the_map
        earlier = self.owner.earlier[changed.id]

        self.happens(Chose(UNDO, self.owner.session.revision))
        if earlier.language is changed.language:
            assert self.owner.the_map == replace(earlier, plans=changed.plans)
        if UNDO in self.owner.offered:
            self.happens(Chose(UNDO, self.owner.session.revision))
            assert self.owner.the_map == changed

    @rule(data=st.data())
    def copies(self, data: st.DataObject) -> None:
        """Copy any map for another customer: the source stays, the copy is within limits and says no more."""
        if not self.owner.maps or len(self.owner.maps) >= MAPS_PER_OWNER:
            return
        source = self.owner.maps[data.draw(st.sampled_from(sorted(self.owner.maps)))]
        self.happens(Commanded(Command.MAPS))
        self.owner.session = replace(self.owner.session, side=StepId.MAP_MENU, picked=source.id)
        self.owner.replies = ()

        turn = self.happens(Chose("map_copy", self.owner.session.revision))

        assert turn.journey_map is not None
        assert read_map(dump_map(turn.journey_map)) == turn.journey_map
        assert self.owner.maps[source.id] == source
        assert number_of_entries(turn.journey_map) <= number_of_entries(source)
