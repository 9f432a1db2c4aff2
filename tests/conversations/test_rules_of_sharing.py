"""The rules of sharing: making a link, what it shows to whom, and that it can be taken back."""

from dataclasses import replace
from datetime import timedelta

from conversations.blocks import BACK
from conversations.commands import Command
from conversations.events import Chose, Share, SharedMap
from conversations.replies import Key, MapText, Note, Option
from conversations.requests import CountOpening, Drawing, DrawPicture, RevokeShare, ShareMap, ShowShared
from conversations.session import Session, dump_session, load_session
from conversations.steps import StepId
from journey.limits import SHARES_PER_MAP
from journey.model import Entry, Language
from journey.sharing import shared_view
from journey.translation import translated
from tests.content import the_knowledge
from tests.conversations.links import ADDRESS
from tests.conversations.owner import MORNING, Owner
from tests.conversations.test_rules_of_the_shelf import at_menu, with_two


def sharing(owner: Owner, term: str = "term.0") -> str:
    """Make a link to the whole open map and return its token."""
    owner.commands(Command.SHARE)
    owner.chooses("share_map", term)
    return list(owner.links.made)[-1]


def sharing_stage(owner: Owner, number: int) -> str:
    """Make a link to one stage of the open map and return its token."""
    owner.commands(Command.SHARE)
    owner.chooses("share_stage", f"stage.{owner.stage(number).id}", "term.0")
    return list(owner.links.made)[-1]


def reader_of(owner: Owner, token: str, *, language: Language = Language.ID) -> Owner:
    """Return a stranger who can open a link."""
    reader = Owner(session=Session(owner=8, language=language))
    reader.links.others[token] = SharedMap(owner.links.made[token], owner.the_map, own=False)
    return reader


def opens(reader: Owner, token: str) -> None:
    """Follow a link to the bot."""
    reader.commands(Command.START, f"s_{token}")


def button(owner: Owner, option: str) -> Option:
    """Return a button of the screen."""
    return next(found for found in owner.buttons if found.id == option)


# The owner's side.


def test_a_link_is_made_shown_and_listed() -> None:
    """Two taps after /bagikan; it is shown with a message for WhatsApp and listed with what it shows."""
    owner = Owner.finished()

    token = sharing(owner, "term.7")

    made = owner.links.made[token]
    link = f"{ADDRESS}s_{token}"
    assert made.expires is not None
    assert made.expires - made.created == timedelta(days=7)
    owner.stands_at(StepId.SHARE_LINK)
    assert owner.question.key.parameters["link"] == link
    assert link in str(owner.question.key.parameters["text"])
    assert button(owner, "copy_link").copies == link
    assert str(button(owner, "open_whatsapp").url).startswith("https://wa.me/?text=")
    owner.chooses(BACK)
    owner.stands_at(StepId.SHARE)
    assert f"link.{token}" in owner.offered
    (line,) = [words for words in owner.question.lead if isinstance(words, Key)]
    assert (line.name, line.parameters["whole"], line.parameters["opened"]) == ("share.line", True, 0)


def test_an_unfinished_map_is_shared_and_left_for_its_question() -> None:
    """Also one in the middle of the interview: the way back leads to the question that was due."""
    owner = Owner.at_stages()
    cell = owner.session.cell

    sharing(owner)
    owner.chooses(BACK, BACK)

    assert owner.session.side is None
    assert owner.session.cell == cell


def test_the_last_screen_and_a_maps_menu_lead_to_sharing() -> None:
    """From the menu of another map that one is shared, and the way back leads to its menu."""
    owner = Owner.finished()
    owner.chooses("share")
    owner.stands_at(StepId.SHARE)
    owner, first, opened = with_two()
    at_menu(owner, first)

    owner.chooses("share", "share_map", "term.30")

    (made,) = owner.links.made.values()
    assert made.map_id == first.id
    assert owner.the_map == opened
    owner.chooses(BACK, BACK)
    owner.stands_at(StepId.MAP_MENU)
    assert owner.session.picked == first.id


def test_the_picture_to_forward_is_of_the_map_that_is_shared() -> None:
    """The tall one, of an unfinished map as well."""
    owner, first, _ = with_two()
    at_menu(owner, first)

    owner.chooses("share", "share_picture")

    assert owner.requests == (DrawPicture(Drawing.PORTRAIT, first),)
    owner.stands_at(StepId.SHARE)


def test_a_map_without_stages_has_nothing_to_share() -> None:
    """It is said so, and its menu has no such button."""
    owner = Owner.at_goal()
    owner.commands(Command.SHARE)
    assert owner.told[0] == "share.no_map"
    at_menu(owner, owner.the_map)

    assert "share" not in owner.offered


def test_without_an_open_map_one_is_chosen_first() -> None:
    """The maps there are, with a word on how to go on."""
    owner, first, second = with_two()
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{second.id}", "map_archive")
    assert owner.journey_map is None

    owner.commands(Command.SHARE)

    owner.stands_at(StepId.MAPS)
    assert owner.told[0] == "lead.pick_to_share"
    assert f"pick.{first.id}" in owner.offered


def test_five_links_are_enough() -> None:
    """The limit is said with the way out; revoking one makes room."""
    owner = Owner.finished()
    tokens = [sharing(owner) for _ in range(SHARES_PER_MAP)]
    owner.commands(Command.SHARE)

    owner.chooses("share_map")
    assert "lead.links_full" in owner.told
    owner.chooses(f"link.{tokens[0]}", "revoke", "share_map", "term.0")

    assert len(owner.links.made) == SHARES_PER_MAP
    assert tokens[0] not in owner.links.made


def test_a_revoked_link_is_off_the_list() -> None:
    """A second tap in a hurry does no more."""
    owner = Owner.finished()
    token = sharing(owner)
    revision = owner.session.revision

    owner.chooses("revoke")
    assert RevokeShare(token) in owner.requests
    assert "lead.link_revoked" in owner.told
    owner.taps_old("revoke", revision=revision)

    assert not owner.requests
    assert owner.told == ("toast.twice",)


def test_a_link_whose_time_is_over_is_off_the_list() -> None:
    """Also when its own screen is open: the list is shown instead."""
    owner = Owner.finished()
    token = sharing(owner, "term.7")

    owner.minutes += 7 * 24 * 60

    assert owner.question.key.name == "ask.share"
    assert f"link.{token}" not in owner.offered


def test_the_link_on_the_screen_survives_a_restart() -> None:
    """The stage of a link to be made as well."""
    owner = Owner.finished()
    owner.commands(Command.SHARE)
    owner.chooses("share_stage", f"stage.{owner.stage(2).id}")

    session = load_session(dump_session(owner.session))

    assert session == owner.session
    assert session.share == owner.stage(2).id
    assert load_session({k: v for k, v in dump_session(session).items() if k != "share"}).share is None


def test_words_cannot_copy() -> None:
    """Whoever types what stands on such a button is told to tap it."""
    owner = Owner.finished()
    sharing(owner)

    owner.does(Chose("copy_link"))

    assert owner.told[0] == "lead.tap_draft"


# Stages.


def test_a_link_to_one_stage_ends_with_the_stage() -> None:
    """Another stage may take its id: the link must not show that. The one to the whole map stays."""
    owner = Owner.at_review()
    whole, stage = sharing(owner), sharing_stage(owner, 2)
    owner.commands(Command.CANCEL)

    owner.chooses("stages", f"stage.{owner.stage(2).id}", "remove", "remove_yes")

    assert RevokeShare(stage) in owner.requests
    assert "lead.stage_link_ended" in owner.told
    assert list(owner.links.made) == [whole]


def test_a_link_to_one_stage_ends_when_another_preset_takes_its_id() -> None:
    """What was said moves to other stages with the same ids; one that says the same as before is the same."""
    owner = Owner.at_review()
    same, other = sharing_stage(owner, 2), sharing_stage(owner, 4)
    owner.commands(Command.CANCEL)
    owner.session = replace(owner.session, step=StepId.PRESET, returns=StepId.REVIEW)
    owner.replies = ()

    owner.chooses("seed002")

    assert owner.stage(4).name == "Service (layanan)"
    assert RevokeShare(other) in owner.requests
    assert list(owner.links.made) == [same]


def test_a_renamed_moved_or_translated_stage_keeps_its_link() -> None:
    """It is the same stage."""
    owner = Owner.at_review()
    token = sharing_stage(owner, 2)
    owner.commands(Command.CANCEL)

    owner.chooses("stages", f"stage.{owner.stage(2).id}", "up")
    owner.chooses("rename")
    owner.types("Nimbang-nimbang")
    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")

    assert token in owner.links.made


# The reader's side.


def test_a_stranger_sees_the_map_and_then_the_welcome() -> None:
    """Above it stands what it is; nothing of it is theirs, and no consent is assumed."""
    owner = Owner.finished()
    token = sharing(owner)
    reader = reader_of(owner, token)

    opens(reader, token)

    view = shared_view(owner.the_map)
    assert view is not None
    note, text, question = reader.replies
    assert isinstance(note, Note)
    assert note.key.name == "visit.shown"
    assert note.key.parameters["shop"] == owner.the_map.shop.name
    assert text == MapText(view)
    assert reader.requests == (CountOpening(token), ShowShared(token, view))
    assert question == reader.question
    assert reader.told[-1] == "ask.welcome"
    assert (reader.session.consent, reader.session.map_id, reader.maps) == (None, None, {})
    assert reader.links.others[token].share.opened == 1


def test_a_reader_with_a_map_of_their_own_goes_on_with_it() -> None:
    """Their question comes again, unchanged; their map isn't touched."""
    owner = Owner.finished()
    token = sharing(owner)
    reader = Owner.at_stages()
    reader.links.others[token] = SharedMap(owner.links.made[token], owner.the_map, own=False)
    before = reader.session, reader.the_map

    opens(reader, token)

    assert (reader.session, reader.the_map) == before
    assert reader.told[0] == "visit.shown"


def test_it_is_shown_in_the_readers_language() -> None:
    """Chips are said anew, typed words stay."""
    owner = Owner.finished()
    token = sharing(owner)
    reader = reader_of(owner, token, language=Language.EN)

    opens(reader, token)

    view = shared_view(owner.the_map)
    assert view is not None
    assert MapText(translated(view, Language.EN, the_knowledge())) in reader.replies


def test_a_link_to_one_stage_shows_no_other() -> None:
    """With the persona, and the stage named above."""
    owner = Owner.finished()
    token = sharing_stage(owner, 3)
    reader = reader_of(owner, token)

    opens(reader, token)

    shown = next(reply.journey_map for reply in reader.replies if isinstance(reply, MapText))
    assert [stage.name for stage in shown.stages] == [owner.stage(3).name]
    assert shown.persona == owner.the_map.persona


def test_the_owner_is_told_that_the_link_is_theirs() -> None:
    """They see what others see, and it doesn't count."""
    owner = Owner.finished()
    token = sharing(owner)

    opens(owner, token)

    view = shared_view(owner.the_map)
    assert view is not None
    assert owner.told[0] == "visit.own"
    assert owner.requests == (ShowShared(token, view),)


def test_no_link_tells_why_it_shows_nothing() -> None:
    """Revoked, expired, of a stage that is gone, never there: the same line, then one's own question."""
    owner = Owner.at_stages()
    share = Share("gone", owner.the_map.id, "s9", MORNING)
    owner.links.others["gone"] = SharedMap(share, owner.the_map, own=False)

    for token in ("unknown", "gone", "", "x" * 60):
        opens(owner, token)

        assert owner.told[:1] == ("visit.gone",)
        assert owner.requests == ()
        owner.stands_at(StepId.TOUCHPOINTS, 1)


def test_somebody_who_left_is_shown_nothing() -> None:
    """Whoever deleted everything hears of the way back alone, and nobody's count goes up."""
    owner = Owner.finished()
    token = sharing(owner)
    reader = reader_of(owner, token)
    reader.commands(Command.DELETE)
    reader.chooses("erase_all", "erase_yes")

    opens(reader, token)

    assert reader.told == ("ask.leaving",)
    assert reader.requests == ()


def test_numbers_of_customers_are_taken_out_before_anything_is_sent() -> None:
    """In the text and in the picture alike."""
    owner = Owner.finished()
    first = owner.stage(1)
    numbered = replace(first, pains=(Entry("tanya Bu Rini 081234567890 terus"),))
    owner.journey_map = owner.maps[owner.the_map.id] = owner.the_map.with_stage(numbered)
    token = sharing(owner)
    reader = reader_of(owner, token)

    opens(reader, token)

    assert "081234567890" not in repr((reader.replies, reader.requests))
    assert "Bu Rini" in repr(reader.requests)


def test_making_a_link_asks_for_nothing_else() -> None:
    """The map isn't touched by it."""
    owner = Owner.finished()
    before = owner.the_map

    sharing(owner)

    assert [type(request) for request in owner.requests] == [ShareMap]
    assert owner.the_map == before
