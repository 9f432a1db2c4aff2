"""What holds for taking back and copying, whatever else an owner does: a part of the conversation."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from conversations import advice
from conversations.commands import Command
from conversations.events import Chose, Commanded, Event
from conversations.followups import TOPIC_PREFIX
from conversations.replies import Question
from conversations.requests import BeginAfresh
from conversations.settling import UNCLEAR_PREFIX
from conversations.steps import StepId
from conversations.turns import Turn
from conversations.undoing import UNDO
from journey.document import dump_map, read_map
from journey.limits import MAPS_PER_OWNER
from journey.model import Element, JourneyMap, Language
from journey.presets import Preset
from tests.conversations.modelling import Model, asks_what_became, copy_of
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
        self.model = Model()

    def comes(self, owner: Owner) -> None:
        """Go on as an owner who has come somewhere: their steps back and versions are known from now on."""
        self.owner = owner
        self.model = Model(dict(owner.earlier))
        if owner.session.map_id and asks_what_became(owner.session):
            self.model.became.add(owner.session.map_id)
        for kept in owner.versions:
            self.model.versions.setdefault(kept.journey_map.id, []).append(kept.journey_map)

    def happens(self, event: Event) -> Turn:
        """Let something happen, with all that is checked of every turn."""
        session, before = self.owner.session, self.owner.journey_map
        picked = session.picked
        saved = self.owner.maps.get(picked) if picked else None
        turn = self.owner.does(event)
        if any(isinstance(request, BeginAfresh) for request in turn.requests):
            self.model = Model()
        self.model.sees(before, saved, event, turn, session)
        for reply in turn.replies:
            if isinstance(reply, Question):
                self.model.check_offer(turn.session, turn.journey_map, reply)
        return turn

    @invariant()
    def knows_the_way_back(self) -> None:
        assert self.owner.earlier == self.model.earlier
        self.model.check_offer(self.owner.session, self.owner.journey_map, self.owner.question)

    @rule(language=st.none() | st.sampled_from(Language), decides=st.booleans())
    def takes_back(self, language: Language | None, decides: bool) -> None:
        """Take the last change back and make it again, both to the letter, whatever came in between."""
        if UNDO not in self.owner.offered:
            return
        if decides:
            self.understands()
            self.decides("plan.declined")
        if language is not None:
            self.speaks(language)
        place, changed = self.owner.session, self.owner.the_map
        expected = self.model.taken_back(changed)
        told = "lead.redone" if expected.changed > changed.changed else "lead.undone"

        turn = self.happens(Chose(UNDO, place.revision))

        assert turn.journey_map == expected
        assert told in self.owner.told
        assert self.model.earlier[changed.id] == changed or expected.language is not changed.language
        if expected.stages and (place.stage is None or expected.stage(place.stage)):
            assert turn.session.step in (place.step, StepId.REVIEW_STAGE)
            assert turn.session.stage == place.stage
        if UNDO in self.owner.offered:
            self.happens(Chose(UNDO, self.owner.session.revision))
            assert self.owner.the_map == changed

    @rule(language=st.sampled_from(Language))
    def speaks(self, language: Language) -> None:
        """Go on in a language: what was said before can still be taken back."""
        self.happens(Commanded(Command.LANGUAGE))
        if self.owner.session.side is StepId.LANGUAGE:
            self.happens(Chose(f"lang.{language}", self.owner.session.revision))

    @rule()
    def understands(self) -> None:
        """Say which topic the first unclear complaint is about: that is no change of what a map says."""
        self.follows_tips(UNCLEAR_PREFIX, TOPIC_PREFIX)

    @rule(choice=st.sampled_from(("plan.planned", "plan.declined")))
    def decides(self, choice: str) -> None:
        """Decide about the first suggestion: that is none either."""
        self.follows_tips("tip.", choice)

    def follows_tips(self, *prefixes: str) -> None:
        """Tap the first buttons of these kinds, from the list of suggestions on, and leave it."""
        self.happens(Commanded(Command.TIPS))
        for prefix in prefixes:
            option = next((one for one in self.owner.offered if one.startswith(prefix)), None)
            if option is not None and self.owner.session.side in advice.SCREENS:
                self.happens(Chose(option, self.owner.session.revision))
        self.happens(Commanded(Command.CANCEL))

    @rule(data=st.data())
    def copies(self, data: st.DataObject) -> None:
        """Copy any map for another customer: the source stays, the copy is within limits and says no more."""
        if not self.owner.maps or len(self.owner.maps) >= MAPS_PER_OWNER:
            return
        before = dict(self.owner.maps)
        source = before[data.draw(st.sampled_from(sorted(before)))]
        self.happens(Commanded(Command.MAPS))
        self.owner.session = replace(self.owner.session, side=StepId.MAP_MENU, picked=source.id)
        self.owner.replies = ()

        turn = self.happens(Chose("map_copy", self.owner.session.revision))

        assert turn.journey_map == copy_of(source, turn)
        assert turn.journey_map.id not in before
        assert before == {name: found for name, found in self.owner.maps.items() if name in before}
        assert read_map(dump_map(turn.journey_map)) == turn.journey_map
