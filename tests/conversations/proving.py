"""What holds for evidence, whatever else an owner does: a part of the conversation."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from conversations.acting import returned
from conversations.attachments import Attachment, EvidenceKind
from conversations.events import Chose, Event, Medium, Sent
from conversations.evidence import SCREENS
from conversations.reminders import shut
from conversations.requests import DropEvidence, KeepEvidence, ShowEvidence
from conversations.steps import StepId
from conversations.turns import Turn
from journey.document import EVIDENCE_ID_LENGTH
from journey.limits import CAPTION_LENGTH, EVIDENCE_PER_ENTRY
from journey.model import Element, Entry, JourneyMap, Standing
from journey.presets import Preset
from journey.private_numbers import private_numbers
from renderers.messages import utf16_length
from tests.conversations.editing import Editing, number_of_entries
from tests.conversations.owner import Owner
from tests.conversations.patients import healthy_map, with_pains
from tests.conversations.strategies import attachments
from tests.conversations.test_rules_of_entries import at_pains

PHOTO = Attachment(EvidenceKind.PHOTO, "AgACAgUAAx", "Datangnya penyok")
VOICE = Attachment(EvidenceKind.VOICE, "AwACAgUAAx")
CHAT = Attachment(EvidenceKind.WORDS, caption="Kak, paketku kok belum sampai?")
SLOW, WET = Entry("Lama sampai"), Entry("Basah kena hujan", standing=Standing.CUSTOMER)


def two_pains() -> Owner:
    """Return an owner who looks at two complaints of the third stage."""
    return at_pains(with_pains(healthy_map(), 3, (SLOW, WET)), 3)


def pains(journey_map: JourneyMap) -> tuple[Entry, ...]:
    """Return the complaints of the third stage."""
    return journey_map.stages[2].pains


def prove(owner: Owner, *attachments: Attachment) -> None:
    """Back the first complaint of the third stage."""
    for attachment in attachments:
        owner.sends(Medium.PHOTO, attachment)
    owner.chooses("stage.s3", "backs.pains.0")


def entries_of(journey_map: JourneyMap) -> tuple[Entry, ...]:
    """Return all entries of the stages, feelings aside."""
    elements = [element for element in Element if element is not Element.FEELINGS]
    return tuple(entry for stage in journey_map.stages for each in elements for entry in stage.entries(each))


def proving(start: str, preset: Preset) -> Owner:
    """Return an owner who is asked what a photo shows, or who looks at an entry with evidence."""
    owner = Owner.at_review(preset)
    stage = owner.stage(1).id
    owner.sends(Medium.PHOTO, PHOTO)
    if start == "proven":
        owner.chooses(f"stage.{stage}", "backs.touchpoints.0")
        owner.chooses(f"stage.{stage}", f"cell.touchpoints.{stage}", "entry.0")
    return owner


class Proving(Editing):
    """The rules of evidence."""

    def __init__(self) -> None:
        super().__init__()
        self.given: set[str] = set()

    def happens(self, event: Event) -> Turn:
        """Let something happen; a piece is kept once, under an id of its own, and fit to be sent again."""
        map_before = self.owner.journey_map
        turn = super().happens(event)
        for request in turn.requests:
            match request:
                case KeepEvidence(map_id=map_id, piece=piece, attachment=attachment):
                    assert turn.journey_map is not None
                    assert map_id == turn.journey_map.id
                    assert piece not in self.given
                    assert len(piece) <= EVIDENCE_ID_LENGTH
                    assert not private_numbers(attachment.caption)
                    assert utf16_length(attachment.caption) <= CAPTION_LENGTH
                    assert attachment.file_id or attachment.caption
                    self.given.add(piece)
                case ShowEvidence(pieces=pieces) | DropEvidence(pieces=pieces):
                    assert map_before is not None
                    assert pieces
                    assert set(pieces) <= {each for one in entries_of(map_before) for each in one.evidence}
                case _:
                    pass
        return turn

    @rule(medium=st.sampled_from((Medium.PHOTO, Medium.FORWARD)), attachment=attachments())
    def hands_over(self, medium: Medium, attachment: Attachment) -> None:
        """Send what could be evidence: it is asked about or answered, and no map changes before a choice."""
        map_before = self.owner.journey_map
        before = returned(shut(self.owner.session), map_before)

        turn = self.happens(Sent(medium, attachment))

        assert turn.journey_map == map_before
        after = replace(turn.session, side=before.side, offered=before.offered, revision=before.revision)
        if turn.session.side in SCREENS:
            assert (after.cell, after.pending, after.returns) == (before.cell, before.pending, before.returns)
        else:
            assert after == before

    @rule(data=st.data())
    def backs(self, data: st.DataObject) -> None:
        """Choose what the evidence is for: that entry alone changes, and the question comes back."""
        if self.owner.session.side is not StepId.EVIDENCE_ENTRY:
            return
        offered = [option for option in self.owner.offered if option.startswith("backs.")]
        before, map_before = self.owner.session, self.owner.the_map

        turn = self.happens(Chose(data.draw(st.sampled_from(offered)), before.revision))

        assert turn.journey_map is not None
        assert number_of_entries(turn.journey_map) == number_of_entries(map_before)
        assert turn.session.side is (before.waiting.side if before.waiting else None)
        changed = [
            (old, new)
            for old, new in zip(entries_of(map_before), entries_of(turn.journey_map), strict=True)
            if old != new
        ]
        ((old, new),) = changed
        assert new.standing is Standing.EVIDENCE
        assert new.evidence[: len(old.evidence)] == old.evidence
        assert (new.text, new.chip) == (old.text, old.chip)

    @invariant()
    def offers_evidence_only_on_its_screens(self) -> None:
        session = self.owner.session
        assert (session.offered is not None) == (session.side in SCREENS)
        if session.offered is not None:
            assert 1 <= len(session.offered.pieces) <= EVIDENCE_PER_ENTRY

    @invariant()
    def has_little_evidence_an_entry(self) -> None:
        if self.owner.journey_map is not None:
            assert all(len(entry.evidence) <= EVIDENCE_PER_ENTRY for entry in entries_of(self.owner.the_map))
