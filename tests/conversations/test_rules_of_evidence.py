"""The rules of evidence: what customers send backs an entry, nothing of the question that waits is lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from conversations.attachments import Attachment
from conversations.blocks import BACK
from conversations.commands import Command
from conversations.events import Medium
from conversations.evidence import DECLINE
from conversations.replies import Key
from conversations.requests import KeepEvidence
from conversations.steps import StepId
from journey.limits import CAPTION_LENGTH, EVIDENCE_PER_ENTRY
from journey.model import Element, Entry, Standing, Status
from renderers.messages import utf16_length
from tests.conversations.monthly import who_checks
from tests.conversations.owner import Owner
from tests.conversations.patients import healthy_map, with_pains
from tests.conversations.proving import CHAT, PHOTO, SLOW, VOICE, WET, pains, prove, two_pains
from tests.conversations.test_rules_of_acting import planning
from tests.conversations.test_rules_of_entries import at_pains
from tests.conversations.test_rules_of_side_trips import writing


def asked_in_stage_two() -> Owner:
    """Return an owner who answered the first stage and is asked about the second."""
    owner = Owner.at_stages()
    while owner.session.stage != owner.stage(2).id:
        owner.chooses(owner.offered[0])
    return owner


def kept(owner: Owner) -> tuple[KeepEvidence, ...]:
    return tuple(request for request in owner.requests if isinstance(request, KeepEvidence))


@pytest.mark.parametrize("attachment", [PHOTO, VOICE, CHAT])
def test_what_a_customer_sent_backs_an_entry(attachment: Attachment) -> None:
    """Stage, entry, done: its standing is lifted, and the same question is asked again."""
    owner = two_pains()
    waiting = owner.question

    owner.sends(Medium.FORWARD, attachment)
    owner.stands_at(StepId.EVIDENCE)
    owner.chooses("stage.s3")
    owner.stands_at(StepId.EVIDENCE_ENTRY)
    owner.chooses("backs.pains.0")

    (request,) = kept(owner)
    assert request == KeepEvidence(owner.the_map.id, request.piece, attachment)
    assert pains(owner.the_map) == (
        replace(SLOW, standing=Standing.EVIDENCE, evidence=(request.piece,)),
        WET,
    )
    assert owner.told[0] == "evidence.kept"
    assert owner.question.key == waiting.key


def test_the_stage_being_asked_about_comes_first() -> None:
    """A photo sent in the middle of a question is most likely about that."""
    owner = asked_in_stage_two()
    owner.chooses(owner.offered[0])
    asked = owner.session.cell

    owner.sends(Medium.PHOTO, PHOTO)

    assert owner.offered[:2] == (f"stage.{owner.stage(2).id}", f"stage.{owner.stage(1).id}")
    owner.chooses(DECLINE)
    assert owner.session.cell == asked


def test_complaints_come_first_and_feelings_not_at_all() -> None:
    """What customers could show; ideas are the owner's own, and a feeling has no standing."""
    journey_map = with_pains(healthy_map(), 1, (SLOW,))
    first = journey_map.stages[0]
    first = replace(first, thoughts=(Entry("Amanah nggak ya"),), actions=(Entry("Lihat-lihat"),))
    owner = at_pains(journey_map.with_stage(first), 3)

    owner.sends(Medium.PHOTO, PHOTO)
    owner.chooses("stage.s1")

    met = tuple(f"backs.touchpoints.{place}" for place in range(len(first.touchpoints)))
    assert owner.offered == ("backs.pains.0", "backs.thoughts.0", "backs.actions.0", *met, DECLINE, BACK)


def test_back_leads_to_the_stages_again() -> None:
    """A wrong stage is no trouble."""
    owner = two_pains()
    owner.sends(Medium.PHOTO, PHOTO)
    owner.chooses("stage.s3", BACK, "stage.s1")

    owner.stands_at(StepId.EVIDENCE_ENTRY)
    assert owner.question.key.parameters["stage"] == owner.stage(1).name


@pytest.mark.parametrize("way", [(), ("stage.s3",)])
def test_a_no_leaves_everything_as_it_was(way: tuple[str, ...]) -> None:
    """Nothing is kept, not even in the session."""
    owner = two_pains()
    session, journey_map = owner.session, owner.the_map

    owner.sends(Medium.PHOTO, PHOTO)
    owner.chooses(*way, DECLINE)

    assert owner.told[0] == "evidence.declined"
    assert owner.the_map == journey_map
    assert replace(owner.session, revision=session.revision) == session
    assert kept(owner) == ()


@pytest.mark.parametrize(
    "medium", [Medium.PHOTO, Medium.VOICE, Medium.VIDEO, Medium.DOCUMENT, Medium.FORWARD]
)
def test_without_a_map_or_entries_it_is_answered_kindly(medium: Medium) -> None:
    """Nothing to back yet: the same answer as ever, and the same question."""
    for owner in (Owner(), Owner.at_business(), Owner.at_stages()):
        before = owner.session

        owner.sends(medium, PHOTO)

        assert owner.session == before
        assert owner.told[0] == f"medium.{medium}"


@pytest.mark.parametrize("medium", [Medium.STICKER, Medium.LOCATION, Medium.CONTACT, Medium.OTHER])
def test_what_cannot_be_kept_is_answered_as_ever(medium: Medium) -> None:
    """A sticker is no evidence, and an address is nobody's business."""
    owner = two_pains()
    before = owner.session

    owner.sends(medium)

    assert owner.session == before
    assert owner.told[0] == f"medium.{medium}"


def test_an_album_is_one_offer() -> None:
    """Its photos come one by one; those beyond the limit are pointed out, and the first ones kept."""
    owner = two_pains()
    album = [replace(PHOTO, file_id=f"AgAC{number}", caption="") for number in range(10)]

    for photo in album:
        owner.sends(Medium.PHOTO, photo)
    assert owner.told == ("evidence.enough", "ask.evidence")
    owner.chooses("stage.s3", "backs.pains.0")

    assert [request.attachment for request in kept(owner)] == album[:EVIDENCE_PER_ENTRY]
    assert pains(owner.the_map)[0].evidence == tuple(request.piece for request in kept(owner))


def test_what_comes_while_the_entries_are_shown_joins_as_well() -> None:
    """Nobody has to choose the stage again."""
    owner = two_pains()
    owner.sends(Medium.FORWARD, CHAT)
    owner.chooses("stage.s3")

    owner.sends(Medium.PHOTO, PHOTO)

    owner.stands_at(StepId.EVIDENCE_ENTRY)
    assert owner.question.key.parameters["count"] == 2
    owner.chooses("backs.pains.1")
    assert [request.attachment for request in kept(owner)] == [CHAT, PHOTO]


def test_an_entry_takes_three_pieces_and_says_so() -> None:
    """What doesn't fit is counted; a full entry isn't offered any more."""
    owner = two_pains()
    prove(owner, PHOTO, VOICE)

    prove(owner, CHAT, PHOTO)
    assert owner.replies[-1].lead[0].parameters["left"] == 1  # type: ignore[union-attr]  # a question's sentence
    owner.sends(Medium.PHOTO, PHOTO)
    owner.chooses("stage.s3")

    assert len(pains(owner.the_map)[0].evidence) == EVIDENCE_PER_ENTRY
    assert "backs.pains.0" not in owner.offered
    assert "backs.pains.1" in owner.offered


def test_numbers_of_customers_are_taken_out_at_once() -> None:
    """Before anything is stored, and the owner is told; the rest of the words stays."""
    owner = two_pains()

    owner.sends(Medium.FORWARD, replace(CHAT, caption="Hubungi 0812-3456-7890 ya kak"))

    assert "0812" not in str(owner.session)
    assert owner.told[0] == "evidence.numbers_hidden"
    owner.chooses("stage.s3", "backs.pains.0")
    assert kept(owner)[0].attachment.caption == "Hubungi … ya kak"


@pytest.mark.parametrize("words", ["x" * 3000, "😀" * 1000, "\n".join(["baris"] * 500)])
def test_long_words_are_cut_to_what_can_be_sent_again(words: str) -> None:
    """Telegram counts in UTF-16 units; an ellipsis shows the cut."""
    owner = two_pains()

    owner.sends(Medium.FORWARD, replace(CHAT, caption=words))
    owner.chooses("stage.s3", "backs.pains.0")

    caption = kept(owner)[0].attachment.caption
    assert utf16_length(caption) <= CAPTION_LENGTH
    assert caption.endswith("…")
    assert words.startswith(caption[:-1])


def test_forwarded_nothing_is_no_evidence() -> None:
    """Words of which nothing is left back nothing."""
    owner = two_pains()

    owner.sends(Medium.FORWARD, replace(CHAT, caption="\u200b\u2066"))

    assert owner.told[0] == "medium.forward"


def test_turning_to_something_else_says_what_happened() -> None:
    """A command in between leads on; what was sent is not kept behind the owner's back."""
    owner = two_pains()
    owner.sends(Medium.PHOTO, PHOTO)

    owner.commands(Command.MAPS)

    owner.stands_at(StepId.MAPS)
    assert "evidence.dropped" in owner.told
    assert owner.session.offered is None


def test_own_words_are_no_evidence() -> None:
    """What an owner types themselves answers the question, as before."""
    owner = Owner.at_stages()
    owner.taps_first_chips(StepId.PAINS)

    owner.types("Paketnya lama banget sampainya")

    assert owner.texts(1, Element.PAINS) == ("Paketnya lama banget sampainya",)


def giving_feedback() -> Owner:
    """Return an owner who is asked what they think of Jejak."""
    owner = two_pains()
    owner.commands(Command.FEEDBACK)
    return owner


def renaming() -> Owner:
    """Return an owner who is asked for the name of a map."""
    owner = two_pains()
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{owner.the_map.id}", "map_rename")
    return owner


@pytest.mark.parametrize("asking", [giving_feedback, renaming, writing, planning])
@pytest.mark.parametrize(("medium", "sent"), [(Medium.PHOTO, PHOTO), (Medium.VOICE, VOICE)])
def test_a_screen_that_waits_for_words_keeps_waiting(
    asking: Callable[[], Owner], medium: Medium, sent: Attachment
) -> None:
    """Who says it by voice is told kindly that words are needed; feedback isn't lost over a photo either."""
    owner = asking()
    before = owner.session

    owner.sends(medium, sent)

    assert owner.session == before
    assert owner.told[0] == f"medium.{medium}"


def test_a_new_complaint_waits_for_its_stage() -> None:
    """A photo after it may back an entry: the complaint is still asked about then."""
    owner = who_checks("complaint")
    owner.types("Kurirnya galak")
    waiting = owner.question

    owner.sends(Medium.PHOTO, PHOTO)
    owner.chooses(DECLINE)

    owner.stands_at(StepId.CHECK_IN_WHERE)
    assert replace(owner.question, revision=waiting.revision) == waiting


def test_a_finished_map_can_be_proven_and_finished_again() -> None:
    """Its picture shows a mark the old one hasn't; so it is open again, a tap away from the new picture."""
    owner = Owner.finished()

    owner.sends(Medium.PHOTO, PHOTO)
    owner.chooses("stage.s1", "backs.touchpoints.0")

    assert owner.the_map.status is Status.OPEN
    owner.stands_at(StepId.REVIEW)
    owner.chooses("finish")
    owner.stands_at(StepId.DONE)


def test_proven_complaints_are_not_asked_about_in_the_checkup() -> None:
    """Evidence needs no tick, and counts for more than a guess."""
    owner = Owner.finished()
    owner.sends(Medium.PHOTO, PHOTO)
    owner.chooses("stage.s1", "backs.touchpoints.0", "health")

    assert "health.only_guesses" not in owner.told


def test_an_offer_whose_entry_is_gone_asks_again() -> None:
    """An edited message can take the entry away meanwhile: the stages that are left are offered."""
    owner = two_pains()
    owner.sends(Medium.PHOTO, PHOTO)
    owner.chooses("stage.s3")
    bare = owner.stage(3).with_entries(Element.PAINS, ()).with_entries(Element.TOUCHPOINTS, ())
    owner.journey_map = owner.the_map.with_stage(bare)
    owner.replies = ()

    assert owner.question.key == Key("ask.evidence", owner.question.key.parameters)
    assert "stage.s3" not in owner.offered
