"""What holds wherever an owner goes who types complaints of every kind: own side, unclear, clear, none."""

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from conversations import followups
from conversations.blocks import SKIP
from conversations.commands import Command
from conversations.events import Typed
from conversations.steps import StepId
from journey.model import Element, Speed
from tests.content import the_interview, the_knowledge
from tests.conversations.owner import Owner
from tests.conversations.test_properties import Conversation, may_lead_to

COMPLAINTS = (
    *("pembeli nggak baca deskripsi", "saingan banting harga", "modal saya kurang"),
    *("ribet", "kurang lengkap", "parkir susah", "nunggu terus", "mahal"),
    *("adminnya jutek banget", "ongkirnya mahal banget", "bungkusnya jelek", "chat lama dibalas"),
    *("warnanya", "kurang puas"),
)


class Understanding(Conversation):
    """An owner who complains a lot, in their own words, wherever they can."""

    @initialize(speed=st.sampled_from(Speed), wanted=st.sampled_from((StepId.PAINS, StepId.THOUGHTS)))
    def arrives(self, speed: Speed, wanted: StepId) -> None:
        """Begin where words of one's own are asked for."""
        owner = Owner.at_stages(speed)
        wanted = wanted if speed is Speed.FULL else StepId.PAINS
        while owner.session.step is not wanted:
            owner.chooses(SKIP)
        self.comes(owner)

    @rule(texts=st.lists(st.sampled_from(COMPLAINTS), min_size=1, max_size=5))
    def complains(self, texts: list[str]) -> None:
        """Type one or several complaints: never refused, and none is lost."""
        before, map_before = self.owner.session, self.owner.the_map
        self.owner.last_message += 1

        turn = self.happens(Typed("\n".join(texts), self.owner.last_message))

        if before.side is None and before.step in (StepId.PAINS, StepId.THOUGHTS) and not before.pending:
            assert turn.journey_map is not None
            stage = turn.journey_map.stage(before.stage or "")
            known = map_before.stage(before.stage or "")
            assert stage is not None
            assert known is not None
            element = Element(before.step)
            stored = {entry.text for entry in stage.entries(element)}
            assert {entry.text for entry in known.entries(element)} <= stored
            assert set(texts) <= stored or len(stage.entries(element)) == 6
            assert may_lead_to(before, turn.session, turn.journey_map)

    @rule()
    def looks_at_the_suggestions(self) -> None:
        """Unclear complaints are listed there."""
        self.owner.commands(Command.TIPS)

    @invariant()
    def asks_about_something_that_is_there(self) -> None:
        session, journey_map = self.owner.session, self.owner.journey_map
        if session.step in followups.FOLLOWUPS:
            stage = self.owner.the_map.stage(session.stage or "")
            assert stage is not None
            assert session.pending in {entry.text for entry in (*stage.pains, *stage.thoughts)}
            shelf = the_interview().shelf
            assert followups.passed_over(session, journey_map, shelf) == session

    @invariant()
    def remembers_one_meaning_a_text(self) -> None:
        if self.owner.journey_map is not None:
            texts = [said.text for said in self.owner.journey_map.meanings]
            topics = {said.topic for said in self.owner.journey_map.meanings}
            assert len(set(texts)) == len(texts)
            assert topics <= {None, *the_knowledge().topics}

    @invariant()
    def forgets_the_message_behind_its_questions(self) -> None:
        session = self.owner.session
        assert not session.just_said or session.step in followups.FOLLOWUPS
        assert replace(session, just_said=()) == session or session.pending is not None


Understanding.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
TestUnderstanding = Understanding.TestCase
