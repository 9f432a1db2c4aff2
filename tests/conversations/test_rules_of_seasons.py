"""The rules of busy seasons looked at by hand: what to get ready, and the message for it."""

from dataclasses import replace
from datetime import date

import pytest

from conversations.blocks import BACK
from conversations.commands import Command
from conversations.events import Chose
from conversations.session import Session, dump_session, load_session
from conversations.steps import StepId
from journey.drafts import DraftKind
from journey.model import Business, Language, Shop
from tests.conversations.owner import Owner
from tests.conversations.waiting import finished_on, spoken

NATAL, RAMADAN, LEBARAN = "natal.2026", "ramadan.1448", "lebaran.1448"


# By hand.


@pytest.mark.parametrize("way", [("drafts", "seasons"), ("tips", "seasons")])
def test_the_seasons_are_where_an_owner_looks_for_help(way: tuple[str, str]) -> None:
    """Below the messages and below the ideas; back leads to the question, and the map is as before."""
    owner = finished_on("2026-11-29")
    before = owner.the_map

    owner.chooses(*way)

    owner.stands_at(StepId.SEASONS)
    assert owner.offered[:3] == ("season.twin_date.2026.12", f"season.{NATAL}", f"season.{RAMADAN}")
    owner.chooses(BACK)
    assert owner.session.side is None
    assert owner.the_map == before


def test_a_season_says_when_it_is_and_what_to_get_ready() -> None:
    """With its dates, that they are expected, where they are from, and steps for what the shop sells."""
    owner = finished_on("2026-11-29")

    owner.chooses("drafts", "seasons", f"season.{LEBARAN}")

    owner.stands_at(StepId.SEASON)
    said = spoken(owner)
    assert (said["name"], said["begin"], said["end"]) == ("Lebaran", date(2027, 3, 10), date(2027, 3, 11))
    assert said["expected"] is True
    assert "Muhammadiyah 9 Maret" in str(said["note"])
    assert said["source"] == "SKB 3 Menteri No. 1205, 3 dan 2 Tahun 2026"
    assert str(said["business"]).startswith("Kopi")
    assert "Pasar dan pemasok juga libur." in str(said["steps"])
    owner.chooses(BACK)
    owner.stands_at(StepId.SEASONS)


def test_the_message_for_a_season_is_filled_with_it() -> None:
    """From the season to its message and back; the season stands in the text instead of a gap."""
    owner = finished_on("2026-11-29")
    owner.chooses("drafts", "seasons", f"season.{RAMADAN}")

    owner.chooses(f"draft.{DraftKind.ORDERS}")

    owner.stands_at(StepId.SEASON_DRAFT)
    text = str(spoken(owner)["text"])
    assert "sudah buka pesanan buat Ramadan" in text
    assert "STOP" in text
    assert {"copy_draft", "open_whatsapp"} <= set(owner.offered)
    owner.chooses(BACK)
    owner.stands_at(StepId.SEASON)
    assert owner.session.season == RAMADAN


def test_every_message_of_every_season_can_be_shown() -> None:
    """Whatever button is tapped, a text comes that can be copied or opened."""
    owner = finished_on("2026-11-29")
    owner.chooses("drafts", "seasons")
    for season in [option for option in owner.offered if option.startswith("season.")]:
        owner.chooses(season)
        for draft in [option for option in owner.offered if option.startswith("draft.")]:
            owner.chooses(draft)
            assert "open_whatsapp" in owner.offered
            owner.chooses(BACK)
        owner.chooses(BACK)


def test_the_message_is_in_the_language_of_the_map() -> None:
    """Also the name of the season in it."""
    owner = finished_on("2026-11-29")
    owner.chooses("drafts", "seasons", f"season.{NATAL}", f"draft.{DraftKind.ORDERS}")

    owner.session = replace(owner.session, language=Language.EN)

    assert "Natal & Tahun Baru" in str(spoken(owner)["text"])
    assert spoken(owner)["name"] == "Christmas & New Year"


def test_who_has_no_map_open_gets_the_list_of_their_shop() -> None:
    """The shop is remembered; without one the list is for any shop."""
    for business, expected in ((Business.JASA, "Jasa"), (None, "")):
        session = Session(
            7, Language.ID, side=StepId.SEASON, season=RAMADAN, shop=Shop(business, "Sumber Rejeki")
        )
        owner = Owner(session=session)

        assert str(spoken(owner)["business"]).startswith(expected)
        owner.chooses(f"draft.{DraftKind.ORDERS}")
        assert "Sumber Rejeki" in str(spoken(owner)["text"])


def test_typing_what_only_the_phone_can_do_is_answered() -> None:
    """A typed label can't copy: it is said where to tap."""
    owner = finished_on("2026-11-29")
    owner.chooses("drafts", "seasons", f"season.{NATAL}", f"draft.{DraftKind.ORDERS}")
    before = owner.session

    owner.does(Chose("copy_draft"))

    assert owner.told == ("lead.tap_draft", "ask.season_draft")
    assert owner.session == before


# Nothing goes wrong.


def test_a_season_survives_a_restart() -> None:
    """The stored position asks for the very same message."""
    owner = finished_on("2026-11-29")
    owner.chooses("drafts", "seasons", f"season.{LEBARAN}", f"draft.{DraftKind.HOLIDAY}")
    before = owner.question

    owner.session = load_session(dump_session(owner.session))

    assert owner.question == before


@pytest.mark.parametrize("side", [StepId.SEASON, StepId.SEASON_DRAFT])
@pytest.mark.parametrize("season", [None, "eclipse.2027"])
def test_a_season_of_another_release_is_the_list(side: StepId, season: str | None) -> None:
    """No dead end: all others are there, and back leads to the question."""
    owner = finished_on("2026-11-29")
    owner.session = replace(owner.session, side=side, season=season, tip="holiday")
    owner.replies = ()

    assert f"season.{NATAL}" in owner.offered
    owner.chooses(BACK)
    if owner.session.side:  # what was tapped belonged to a screen that is gone, so the list was asked
        owner.chooses(BACK)
    assert owner.session.side is None


def test_a_message_that_a_season_has_no_more_is_the_season() -> None:
    """What was open in another release leads back to its list."""
    owner = finished_on("2026-11-29")
    owner.session = replace(owner.session, side=StepId.SEASON_DRAFT, season=NATAL, tip="cod")

    assert f"draft.{DraftKind.ORDERS}" in owner.offered
    owner.chooses(BACK)
    owner.stands_at(StepId.SEASONS)


def test_old_buttons_of_seasons_are_inert() -> None:
    """A button of an earlier list changes nothing."""
    owner = finished_on("2026-11-29")
    owner.chooses("drafts", "seasons")
    revision = owner.session.revision
    owner.chooses(BACK)
    before = owner.session

    owner.taps_old(f"season.{NATAL}", revision=revision)

    assert owner.session == before


@pytest.mark.parametrize("command", [Command.HELP, Command.MAPS, Command.LANGUAGE])
def test_commands_leave_the_question_behind_the_season_as_it_was(command: Command) -> None:
    """Whatever else is asked, the finished map waits."""
    owner = finished_on("2026-11-29")
    owner.chooses("tips", "seasons", f"season.{NATAL}")

    owner.commands(command)
    owner.commands(Command.CANCEL)

    assert owner.session.step is StepId.DONE
