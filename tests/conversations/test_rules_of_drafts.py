"""The rules of the WhatsApp drafts: reached from where a map is looked at, safe to leave and come back to."""

from dataclasses import replace

import pytest

from conversations.blocks import BACK, PAGE
from conversations.commands import Command
from conversations.events import Chose
from conversations.replies import Key, Option
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from journey.drafts import DraftKind
from journey.model import Entry, JourneyMap, Language, Persona, Status
from tests.conversations.owner import Owner


def draft(kind: DraftKind) -> str:
    return f"draft.{kind}"


def spoken(owner: Owner) -> dict[str, object]:
    """Return what the question on screen speaks of."""
    assert isinstance(owner.question.key, Key)
    return dict(owner.question.key.parameters)


def button(owner: Owner, option: str) -> Option:
    return next(found for found in owner.buttons if found.id == option)


def with_map(owner: Owner, journey_map: JourneyMap) -> Owner:
    """Return the owner with another state of the open map."""
    owner.journey_map = journey_map
    return owner


# Getting there and back.


def test_drafts_are_a_tap_away_from_the_finished_map() -> None:
    """List, draft, back to the list, back to the end: nothing of the map changes."""
    owner = Owner.finished()
    before = owner.the_map

    owner.chooses("drafts")
    owner.stands_at(StepId.DRAFTS)
    owner.chooses(draft(DraftKind.LATE))
    owner.stands_at(StepId.DRAFT)
    owner.chooses(BACK)
    owner.stands_at(StepId.DRAFTS)
    owner.chooses(BACK)

    owner.stands_at(StepId.DONE)
    assert owner.the_map == before
    assert owner.the_map.status is Status.FINISHED


def test_drafts_are_a_tap_away_from_the_review() -> None:
    """Also before the map is finished; back leads to the review."""
    owner = Owner.at_review()

    owner.chooses("drafts", draft(DraftKind.COD), BACK, BACK)

    owner.stands_at(StepId.REVIEW)


def test_a_stage_has_drafts_of_its_own() -> None:
    """From a stage in the review its complaints count, and back leads to that stage."""
    owner = Owner.at_review()

    owner.chooses("stage.s4", "drafts")

    assert spoken(owner)["stage"] == owner.stage(4).name
    owner.chooses(draft(DraftKind.THANKS), BACK, BACK)
    owner.stands_at(StepId.REVIEW_STAGE, stage=4)


def test_all_ten_are_there_on_two_pages() -> None:
    """Eight a page; the others are behind the button that says there are more."""
    owner = Owner.finished()
    owner.chooses("drafts")
    first = [option for option in owner.offered if option.startswith("draft.")]

    owner.chooses("!page.1")

    second = [option for option in owner.offered if option.startswith("draft.")]
    assert len(first) == PAGE
    assert {*first, *second} == {draft(kind) for kind in DraftKind}
    assert all(button(owner, option).alone for option in second)


def test_what_answers_a_complaint_comes_first_and_says_so() -> None:
    """A complaint about slow delivery brings the message for a late parcel to the top."""
    owner = Owner.at_stages()
    while owner.session.stage != "s4" or owner.session.screen is not StepId.PAINS:
        owner.chooses(owner.offered[0])
    owner.types("Paketnya lama banget sampainya")
    owner.taps_first_chips(StepId.REVIEW)
    owner.chooses("stage.s4", "drafts")

    fits = spoken(owner)["fits"]

    assert isinstance(fits, tuple)
    assert any("Paketnya lama banget sampainya" in line for line in fits)
    assert draft(DraftKind.LATE) in owner.offered[:2]


# One draft.


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(DraftKind))
def test_a_draft_says_all_that_helps_to_send_it(kind: DraftKind, language: Language) -> None:
    """The text, what to fill in, when to send it, what to mind; copied or opened, never sent by us."""
    owner = Owner.at_preset(language=language)
    owner.chooses("umkm")
    owner.taps_first_chips(StepId.REVIEW)
    owner.chooses("drafts")
    if draft(kind) not in owner.offered:
        owner.chooses("!page.1")

    owner.chooses(draft(kind))

    said = spoken(owner)
    assert said["label"]
    assert said["when"]
    assert said["care"]
    assert isinstance(said["fill_in"], tuple)
    assert all(gap in str(said["text"]) for gap in said["fill_in"])
    assert said["most"] == 2
    opening = button(owner, "open_whatsapp")
    assert opening.url is not None
    assert opening.url.startswith("https://wa.me/?text=")
    assert said["copied"] == ("copy_draft" in owner.offered)
    if said["copied"]:
        assert button(owner, "copy_draft").copies == said["text"]
    assert owner.requests == ()


def test_a_long_message_is_opened_and_not_copied_by_a_button() -> None:
    """Thanks with tip, news and a reason to come back is longer than a button may copy."""
    owner = Owner.finished()

    owner.chooses("drafts", draft(DraftKind.THANKS))

    assert spoken(owner)["copied"] is False
    assert owner.offered == ("open_whatsapp", BACK)


def test_the_text_is_in_the_language_of_the_map() -> None:
    """Speaking English with the bot says the map and its messages in English too."""
    owner = Owner.finished()
    owner.chooses("drafts", draft(DraftKind.COD))
    indonesian = spoken(owner)["text"]

    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")

    owner.stands_at(StepId.DRAFT)
    assert str(indonesian).startswith("Halo Kak (nama)")
    assert str(spoken(owner)["text"]).startswith("Hi (name)")


def test_a_map_without_shop_and_persona_has_drafts() -> None:
    """What isn't known is a gap to fill in."""
    owner = Owner.at_review()
    bare = replace(
        owner.the_map, shop=replace(owner.the_map.shop, name=None, business=None), persona=Persona()
    )
    owner = with_map(owner, bare)

    owner.chooses("drafts", draft(DraftKind.COD))

    fill_in = spoken(owner)["fill_in"]
    assert isinstance(fill_in, tuple)
    assert {"(nama)", "(nama toko)"} <= set(fill_in)
    assert spoken(owner)["persona"] == ""


def test_it_says_for_whom_the_message_is() -> None:
    """The kind of customer is told to the owner and never stands in the text as somebody's name."""
    owner = Owner.at_review()
    named = replace(owner.the_map, persona=Persona(name=Entry("Anak kos")))
    owner = with_map(owner, named)

    owner.chooses("drafts", draft(DraftKind.COD))

    assert spoken(owner)["persona"] == "Anak kos"
    assert "Anak kos" not in str(spoken(owner)["text"])


# Nothing goes wrong.


def test_a_draft_survives_a_restart() -> None:
    """The stored position asks for the very same message."""
    owner = Owner.finished()
    owner.chooses("drafts", draft(DraftKind.LATE))
    before = owner.question

    owner.session = load_session(dump_session(owner.session))

    assert owner.question == before
    owner.chooses(BACK, BACK)
    owner.stands_at(StepId.DONE)


def test_old_buttons_of_drafts_are_inert() -> None:
    """A button of an earlier list changes nothing."""
    owner = Owner.finished()
    owner.chooses("drafts")
    revision = owner.session.revision
    owner.chooses(BACK)
    before = owner.session

    owner.taps_old(draft(DraftKind.COD), revision=revision)

    assert owner.session == before
    assert owner.told == ("toast.twice",)


@pytest.mark.parametrize("option", ["copy_draft", "open_whatsapp"])
def test_typing_what_only_the_phone_can_do_is_answered(option: str) -> None:
    """A typed label can't copy: it is said where to tap, and the draft stays."""
    owner = Owner.finished()
    owner.chooses("drafts", draft(DraftKind.COD))
    before = owner.session

    owner.does(Chose(option))

    assert owner.told == ("lead.tap_draft", "ask.draft")
    assert owner.session == before


@pytest.mark.parametrize(
    "lost", [{"pending": "unheard_of"}, {"pending": None}, {"returns": None}, {"stage": "s99"}]
)
def test_a_draft_of_another_release_is_no_dead_end(lost: dict[str, str | None]) -> None:
    """A stored draft that no longer exists leads to where the map stands."""
    owner = Owner.finished()
    owner.chooses("drafts", draft(DraftKind.COD))
    owner.session = replace(owner.session, **lost)  # type: ignore[arg-type]  # fields by their names

    owner.commands(Command.CANCEL)

    owner.stands_at(StepId.DONE)


@pytest.mark.parametrize("command", [Command.HELP, Command.MAPS, Command.LANGUAGE, Command.CANCEL])
def test_commands_come_back_to_the_draft(command: Command) -> None:
    """Whatever else is asked, the message waits."""
    owner = Owner.finished()
    owner.chooses("drafts", draft(DraftKind.COD))

    owner.commands(command)
    owner.commands(Command.CANCEL)

    owner.stands_at(StepId.DRAFT)
