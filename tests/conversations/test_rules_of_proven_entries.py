"""The rules of an entry with evidence: it can be looked at and deleted, and goes where the entry goes."""

from dataclasses import replace

from conversations.attachments import Attachment
from conversations.requests import DropEvidence, ShowEvidence
from conversations.steps import StepId
from conversations.undoing import UNDO
from journey.model import Standing
from tests.conversations.owner import Owner
from tests.conversations.patients import healthy_map, with_pains
from tests.conversations.proving import PHOTO, SLOW, VOICE, WET, pains, prove, two_pains
from tests.conversations.test_rules_of_entries import at_pains


def at_proven_pain(*attachments: Attachment) -> Owner:
    """Return an owner who looks at a complaint with that evidence."""
    owner = two_pains()
    prove(owner, *attachments)
    owner.chooses("entry.0")
    return owner


def test_the_entry_says_how_much_evidence_there_is_and_sends_it_again() -> None:
    """In the order in which it was kept; a double tap sends it once."""
    owner = at_proven_pain(PHOTO, VOICE)
    assert owner.question.key.parameters["count"] == 2
    pieces, revision = pains(owner.the_map)[0].evidence, owner.session.revision

    owner.chooses("evidence_show")
    assert owner.requests == (ShowEvidence(pieces),)
    assert owner.told[0] == "evidence.shown"
    owner.taps_old("evidence_show", revision=revision)

    assert owner.told == ("toast.twice",)
    owner.stands_at(StepId.ENTRY, stage=3)


def test_an_entry_without_evidence_offers_none_of_it() -> None:
    """Also where a map from elsewhere only says that there is some."""
    elsewhere = replace(SLOW, standing=Standing.EVIDENCE)
    owner = at_pains(with_pains(healthy_map(), 3, (elsewhere,)), 3)

    owner.chooses("entry.0")

    assert not {"evidence_show", "evidence_drop"} & set(owner.offered)


def test_all_evidence_is_deleted_after_a_question() -> None:
    """The safe button comes first; what was shown is a customer's word then."""
    owner = at_proven_pain(PHOTO, VOICE)
    pieces = pains(owner.the_map)[0].evidence

    owner.chooses("evidence_drop")
    assert owner.offered == ("keep_it", "piece.0", "piece.1", "piece.all")
    owner.chooses("piece.all")

    assert owner.requests[0] == DropEvidence(pieces)
    assert pains(owner.the_map) == (replace(SLOW, standing=Standing.CUSTOMER), WET)
    owner.stands_at(StepId.ENTRY, stage=3)


def test_one_piece_is_deleted_alone() -> None:
    """The others go on backing the entry."""
    owner = at_proven_pain(PHOTO, VOICE)
    first, second = pains(owner.the_map)[0].evidence

    owner.chooses("evidence_drop", "piece.0")

    assert owner.requests[0] == DropEvidence((first,))
    assert pains(owner.the_map)[0] == replace(SLOW, standing=Standing.EVIDENCE, evidence=(second,))


def test_a_single_piece_is_asked_about_once() -> None:
    """Yes or no, and no number."""
    owner = at_proven_pain(PHOTO)

    owner.chooses("evidence_drop")
    assert owner.offered == ("keep_it", "piece.all")
    owner.chooses("keep_it")

    owner.stands_at(StepId.ENTRY, stage=3)
    assert len(pains(owner.the_map)[0].evidence) == 1


def test_taking_back_leads_to_the_map_without_and_with_evidence() -> None:
    """The piece stays where it is kept, so that the entry has it again."""
    owner = at_proven_pain(PHOTO)
    proven = owner.the_map

    owner.chooses(UNDO)
    assert pains(owner.the_map) == (SLOW, WET)
    owner.chooses(UNDO)

    assert owner.the_map == proven
    assert not any(isinstance(request, DropEvidence) for request in owner.requests)


def test_evidence_moves_with_the_entry() -> None:
    """To another stage, with all that backs it."""
    owner = at_proven_pain(PHOTO)
    proven = pains(owner.the_map)[0]

    owner.chooses("entry_move", "stage.s4")

    assert owner.stage(4).pains[-1] == proven


def test_a_removed_entry_comes_back_with_its_evidence() -> None:
    """Removing it erases nothing: the step back must find it."""
    owner = at_proven_pain(PHOTO)
    proven = owner.the_map

    owner.chooses("entry_remove")
    assert not any(isinstance(request, DropEvidence) for request in owner.requests)
    owner.chooses(UNDO)

    assert pains(owner.the_map) == pains(proven)
