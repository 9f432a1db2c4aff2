"""What is edited in place, what is sent anew, and what loses its buttons."""

import pytest

from bot.content import load_content
from bot.outbound import Outbound, picture_calls
from bot.sender import QUESTION as THE_QUESTION
from conversations.replies import AdviceText, Key, MapText, Note, Option, Question, Reply, Toast
from journey.model import Language
from locales.catalog import load_catalogs
from renderers.messages import Messages
from storage.records import CallRole, FileKind
from tests.journeys.test_long_maps import largest_map

CHAT = 7
ASK = Question(Key("ask.business"), 9, options=(Option("kopi", Key("button.back")),))
HELP = Note(Key("help.text"))
STALE = Toast(Key("toast.stale"))


@pytest.fixture(scope="module")
def outbound() -> Outbound:
    content = load_content()
    return Outbound(Messages(load_catalogs(), content.knowledge), content.knowledge, content.matcher)


def said(
    outbound: Outbound, *replies: Reply, tapped: int | None = None, asks: int | str = THE_QUESTION
) -> list[str]:
    calls = outbound.calls(replies, CHAT, Language.ID, tapped=tapped, asks=asks)
    return [f"{call.role} {call.params.get('message_id', '')}".strip() for call in calls]


def test_a_tap_on_the_question_edits_it(outbound: Outbound) -> None:
    """One call, with the new revision in the buttons."""
    (call,) = outbound.calls((ASK,), CHAT, Language.ID, tapped=4, asks=4)

    assert (call.role, call.params["message_id"]) == (CallRole.QUESTION_EDIT, 4)
    assert "9:kopi" in str(call.params["reply_markup"])


def test_a_tap_elsewhere_gets_a_fresh_question(outbound: Outbound) -> None:
    """Both the tapped message and the one that asks lose their buttons."""
    assert said(outbound, ASK, tapped=3, asks=4) == ["strip 3", "strip 4", "question"]


def test_a_tap_while_a_question_is_on_its_way_gets_a_fresh_one(outbound: Outbound) -> None:
    """Which message that will be is known when it is sent."""
    assert said(outbound, ASK, tapped=3) == ["strip 3", "strip $question", "question"]


def test_a_typed_answer_gets_a_fresh_question(outbound: Outbound) -> None:
    """The old one loses its buttons first."""
    assert said(outbound, ASK, asks=4) == ["strip 4", "question"]


def test_a_note_stands_above_the_question(outbound: Outbound) -> None:
    """Even after a tap, what is said comes before what is asked."""
    assert said(outbound, HELP, ASK, tapped=4, asks=4) == ["strip 4", "message", "question"]


def test_the_last_word_takes_the_buttons_away(outbound: Outbound) -> None:
    """After erasing everything nothing is left to tap."""
    assert said(outbound, Note(Key("erased.text")), tapped=4, asks=4) == ["strip 4", "message"]


def test_a_toast_is_no_message(outbound: Outbound) -> None:
    """It answers the press; the screen stays as it is."""
    assert said(outbound, STALE, tapped=4, asks=4) == []
    assert outbound.toast((STALE,), Language.EN) not in (None, "")
    assert outbound.toast((ASK,), Language.ID) is None


def test_a_long_map_goes_in_several_messages(outbound: Outbound) -> None:
    """Only the last has the buttons."""
    calls = outbound.calls((MapText(largest_map()), ASK), CHAT, Language.ID)

    assert [call.role for call in calls][-1] is CallRole.QUESTION
    assert len(calls) > 10
    assert all("reply_markup" not in call.params for call in calls[:-1])


def test_advice_alone_leaves_the_buttons(outbound: Outbound) -> None:
    """What asks nothing takes nothing away."""
    roles = {call.role for call in outbound.calls((AdviceText(largest_map()),), CHAT, Language.ID)}

    assert roles == {CallRole.MESSAGE}


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, [("sendPhoto", 1)]),
        (2, [("sendMediaGroup", 2)]),
        (10, [("sendMediaGroup", 10)]),
        (11, [("sendMediaGroup", 6), ("sendMediaGroup", 5)]),
        (21, [("sendMediaGroup", 7), ("sendMediaGroup", 7), ("sendMediaGroup", 7)]),
        (25, [("sendMediaGroup", 9), ("sendMediaGroup", 8), ("sendMediaGroup", 8)]),
    ],
)
def test_pictures_go_as_albums_of_at_most_ten(count: int, expected: list[tuple[str, int]]) -> None:
    """Telegram: sendMediaGroup takes 2 to 10; none is left alone; each picture has its own caption."""
    digests = [str(number) for number in range(count)]
    captions = [f"<b>Peta {digest}</b>" for digest in digests]

    calls = picture_calls(CHAT, digests, captions, FileKind.PHOTO)

    assert [(call.method, len(call.pictures)) for call in calls] == expected
    assert [digest for call in calls for digest in call.pictures] == digests
    said = str([call.params for call in calls])
    assert all(said.count(each) == 1 for each in captions)


def test_files_go_as_documents() -> None:
    """One alone or several in an album; each call knows what draws them anew."""
    (single,) = picture_calls(CHAT, ["a"], ["Poster"], FileKind.DOCUMENT, {"drawing": "poster"})
    (several,) = picture_calls(CHAT, ["a", "b"], ["Poster", ""], FileKind.DOCUMENT)

    assert single.method == "sendDocument"
    assert (single.params["document"], single.params["caption"]) == ("$picture:a", "Poster")
    assert single.redraw == {"drawing": "poster"}
    assert several.method == "sendMediaGroup"
    assert str(several.params["media"]).count("'type': 'document'") == 2
    assert str(several.params["media"]).count("caption") == 1
