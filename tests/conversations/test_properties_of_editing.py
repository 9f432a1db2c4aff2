"""What holds for changing a map and changing one's mind, wherever a map is edited."""

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from conversations.blocks import BACK, CELL_PREFIX, MAP_PREFIX, STAGE_PREFIX
from conversations.collection import PICK_PREFIX
from conversations.commands import Command
from conversations.events import Chose, Commanded, Corrected, Typed
from conversations.privacy import HIDE
from conversations.steps import StepId
from journey.model import Standing
from journey.presets import Preset
from tests.conversations.editing import Editing, editing
from tests.conversations.owner import Owner

WORDS = ("ribet", "harganya nggak jelas", "ribet, mahal", "Toko Bu Sri", "bales 081234567890")


def arrived(start: str, preset: Preset) -> Owner:
    """Return an owner who has a map to edit."""
    match start:
        case "review":
            return Owner.at_review(preset)
        case "finished":
            owner = Owner.finished()
            owner.chooses("edit")
            return owner
        case "versions":
            owner = Owner.with_versions(2)
            owner.chooses("edit")
            return owner
        case "gaps":
            owner = Owner.sick(preset)
            owner.chooses(BACK)
            return owner
        case "unclear":
            owner = Owner.with_pains("Ribet")
            owner.chooses("edit")
            return owner
        case "unversioned":  # as an earlier release finished it, with what a customer said
            owner = Owner.finished()
            owner.versions = ()
            first, *others = owner.the_map.stages
            said = tuple(replace(entry, standing=Standing.CUSTOMER) for entry in first.touchpoints)
            owner.journey_map = replace(owner.the_map, stages=(replace(first, touchpoints=said), *others))
            owner.maps[owner.the_map.id] = owner.the_map
            owner.earlier.clear()
            owner.chooses("edit")
            return owner
        case "second":
            owner = Owner.finished()
            owner.commands(Command.NEW)
            owner.chooses("quick")
            owner.taps_first_chips(StepId.REVIEW)
            return owner
        case _:
            return editing(start, preset)


class Editor(Editing):
    """An owner who edits a map, takes changes back, finishes it and speaks another language now and then."""

    @initialize(
        start=st.sampled_from(
            (
                *("review", "finished", "versions", "gaps", "unclear", "unversioned", "second"),
                *("entry", "moving", "stages", "maps"),
            )
        ),
        preset=st.sampled_from(Preset),
    )
    def arrives(self, start: str, preset: Preset) -> None:
        """Begin where a map can be edited."""
        self.comes(arrived(start, preset))

    @rule(data=st.data())
    def taps(self, data: st.DataObject) -> None:
        """Tap any button but the way back."""
        options = [option for option in self.owner.offered if option != BACK] or [BACK]
        self.happens(Chose(data.draw(st.sampled_from(options)), self.owner.session.revision))

    @rule(times=st.integers(1, 3))
    def goes_back(self, times: int) -> None:
        """Go some screens back: that is no change."""
        for _ in range(times):
            if BACK in self.owner.offered:
                before = self.owner.journey_map
                assert self.happens(Chose(BACK, self.owner.session.revision)).journey_map == before

    @rule(text=st.sampled_from(WORDS))
    def types(self, text: str) -> None:
        """Type what fits most questions."""
        self.owner.last_message += 1
        self.happens(Typed(text, self.owner.last_message))

    @rule(
        data=st.data(),
        part=st.sampled_from(("review_shop", "review_persona", "stage.s1", "stages")),
        then=st.sampled_from(("goes on", "finishes", "takes it back")),
    )
    def changes_a_line(self, data: st.DataObject, part: str, then: str) -> None:
        """Go from the review to a line of it, answer otherwise, and finish with that or take it back."""
        for option in ("edit", part):
            if option in self.owner.offered:
                self.happens(Chose(option, self.owner.session.revision))
        lines = [option for option in self.owner.offered if option.startswith((CELL_PREFIX, STAGE_PREFIX))]
        if lines:
            self.happens(Chose(data.draw(st.sampled_from(lines)), self.owner.session.revision))
            if "rename" in self.owner.offered:
                self.happens(Chose("rename", self.owner.session.revision))
            self.types(data.draw(st.sampled_from(WORDS)))
        if then == "takes it back":
            self.takes_back(None, False)
        for _ in range(3):
            if then == "finishes" and BACK in self.owner.offered and "finish" not in self.owner.offered:
                self.happens(Chose(BACK, self.owner.session.revision))
        if then == "finishes":
            self.finishes()

    @rule()
    def hides_a_number(self) -> None:
        """Take a customer's number out of what was just typed: from there no step leads back."""
        self.types("bales 081234567890")
        if HIDE in self.owner.offered:
            self.happens(Chose(HIDE, self.owner.session.revision))
            assert self.owner.the_map.id not in self.owner.earlier

    @rule(data=st.data())
    def opens(self, data: st.DataObject) -> None:
        """Go on with any map: it has a step back of its own."""
        self.happens(Commanded(Command.MAPS))
        wanted = data.draw(st.sampled_from(sorted(self.owner.maps)))
        for option in (f"{PICK_PREFIX}{wanted}", f"{MAP_PREFIX}{wanted}", "edit"):
            if option in self.owner.offered:
                self.happens(Chose(option, self.owner.session.revision))

    @rule(text=st.sampled_from(WORDS))
    def corrects(self, text: str) -> None:
        """Edit the latest message."""
        self.happens(Corrected(text, self.owner.last_message))

    @rule()
    def finishes(self) -> None:
        """Finish the map, with gaps where there are any."""
        for option in ("finish", "anyway"):
            if option in self.owner.offered:
                self.happens(Chose(option, self.owner.session.revision))
        if "edit" in self.owner.offered:
            self.happens(Chose("edit", self.owner.session.revision))


Editor.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
TestEditor = Editor.TestCase
