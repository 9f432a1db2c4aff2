"""Whatever Telegram sends is read as something that happened, or as nothing."""

import json
from dataclasses import replace
from typing import Any

import pytest
from telegram import Bot

from bot.inbound import Happened, InGroup, Membership, Nothing, Person, read_update, resolved
from conversations.attachments import Attachment, EvidenceKind
from conversations.commands import BY_NAME, Command
from conversations.events import Chose, Commanded, Corrected, Courtesy, Event, Greeted, Medium, Sent, Typed
from conversations.replies import Key, Option, Question, Said
from journey.model import Language
from locales.catalog import load_catalogs

SARI = {"id": 7, "is_bot": False, "first_name": "Sari", "language_code": "id"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Sari"}
GROUP = {"id": -5, "type": "supergroup", "title": "Grup"}
FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = [FILE | {"width": 1, "height": 1}]
FORWARDED = {"type": "hidden_user", "sender_user_name": "Bu Rini", "date": 1}
PLACE = {"latitude": 1.0, "longitude": 1.0}
MEDIA: list[tuple[dict[str, Any], Medium]] = [
    (
        {
            "sticker": FILE
            | {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
        },
        Medium.STICKER,
    ),
    ({"voice": FILE | {"duration": 1}}, Medium.VOICE),
    ({"audio": FILE | {"duration": 1}}, Medium.VOICE),
    ({"photo": PHOTO}, Medium.PHOTO),
    ({"photo": PHOTO, "caption": "/start"}, Medium.PHOTO),
    ({"video": FILE | {"width": 1, "height": 1, "duration": 1}}, Medium.VIDEO),
    ({"video_note": FILE | {"length": 1, "duration": 1}}, Medium.VIDEO),
    (
        {"animation": FILE | {"width": 1, "height": 1, "duration": 1}, "document": FILE},
        Medium.VIDEO,
    ),
    ({"document": FILE}, Medium.DOCUMENT),
    ({"location": PLACE}, Medium.LOCATION),
    ({"venue": {"location": PLACE, "title": "x", "address": "y"}, "location": PLACE}, Medium.LOCATION),
    ({"contact": {"phone_number": "1", "first_name": "Budi"}}, Medium.CONTACT),
    ({"dice": {"emoji": "🎲", "value": 3}}, Medium.OTHER),
    (
        {"text": "x", "forward_origin": {"type": "hidden_user", "sender_user_name": "B", "date": 1}},
        Medium.FORWARD,
    ),
    (
        {"photo": PHOTO, "forward_origin": {"type": "hidden_user", "sender_user_name": "B", "date": 1}},
        Medium.FORWARD,
    ),
]


def message(**fields: object) -> dict[str, object]:
    return {"message_id": 3, "date": 1_700_000_000, "chat": PRIVATE, "from": SARI, **fields}


def read(telegram: Bot, **update: object) -> object:
    return read_update(json.dumps({"update_id": 1, **update}), telegram)


def event_of(telegram: Bot, **fields: object) -> Event | None:
    incoming = read(telegram, message=message(**fields))
    return incoming.event if isinstance(incoming, Happened) else None


@pytest.mark.parametrize(("fields", "medium"), MEDIA, ids=lambda value: str(value)[:25])
async def test_what_is_no_text_is_named(telegram: Bot, fields: dict[str, object], medium: Medium) -> None:
    """Each kind of message has its own answer; a caption is no command."""
    event = event_of(telegram, **fields)

    assert isinstance(event, Sent)
    assert event.medium is medium


@pytest.mark.parametrize(
    ("fields", "attachment"),
    [
        (
            {"photo": [*PHOTO, {"file_id": "large", "file_unique_id": "v", "width": 9, "height": 9}]},
            Attachment(EvidenceKind.PHOTO, "large"),
        ),
        ({"photo": PHOTO, "caption": "Penyok"}, Attachment(EvidenceKind.PHOTO, "f", "Penyok")),
        ({"photo": PHOTO, "forward_origin": FORWARDED}, Attachment(EvidenceKind.PHOTO, "f")),
        ({"text": "Lama ya", "forward_origin": FORWARDED}, Attachment(EvidenceKind.WORDS, "", "Lama ya")),
        ({"text": "/start", "forward_origin": FORWARDED}, Attachment(EvidenceKind.WORDS, "", "/start")),
        ({"voice": FILE | {"duration": 1}}, Attachment(EvidenceKind.VOICE, "f")),
        ({"audio": FILE | {"duration": 1}}, Attachment(EvidenceKind.AUDIO, "f")),
        (
            {"video": FILE | {"width": 1, "height": 1, "duration": 1}},
            Attachment(EvidenceKind.VIDEO, "f"),
        ),
        ({"video_note": FILE | {"length": 1, "duration": 1}}, Attachment(EvidenceKind.VIDEO_NOTE, "f")),
        (
            {"animation": FILE | {"width": 1, "height": 1, "duration": 1}, "document": FILE},
            Attachment(EvidenceKind.ANIMATION, "f"),
        ),
        (
            {"document": FILE | {"file_name": "nota.pdf", "mime_type": "application/pdf"}},
            Attachment(EvidenceKind.DOCUMENT, "f"),
        ),
        ({"dice": {"emoji": "🎲", "value": 3}}, None),
        ({"location": PLACE}, None),
        ({"contact": {"phone_number": "1", "first_name": "Budi"}}, None),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_what_could_be_evidence_comes_along(
    telegram: Bot, fields: dict[str, object], attachment: Attachment | None
) -> None:
    """The id of the file and its words, and nothing of whoever wrote a forwarded message."""
    event = event_of(telegram, **fields)

    assert isinstance(event, Sent)
    assert (event.attachment, event.message_id) == (attachment, 3)


@pytest.mark.parametrize("name", BY_NAME)
async def test_a_command_answers_to_both_names(telegram: Bot, name: str) -> None:
    """Also in capitals, with the bot's name, and with words behind it."""
    command = BY_NAME[name]

    assert event_of(telegram, text=f"/{name}") == Commanded(command)
    assert event_of(telegram, text=f"/{name.upper()}@Jejak_Bot  dua kata ") == Commanded(command, "dua kata")


@pytest.mark.parametrize("text", ["/nothing_like_it", "/start2", "/nothing@jejak_bot"])
async def test_an_unknown_command_asks_for_help(telegram: Bot, text: str) -> None:
    """What can't be done is answered with what can."""
    assert event_of(telegram, text=text) == Commanded(Command.HELP)


@pytest.mark.parametrize("text", ["halo /start", "/", "/ start", "1/2 porsi", "\n/x"])
async def test_a_slash_alone_is_no_command(telegram: Bot, text: str) -> None:
    """Owners write prices and halves."""
    assert event_of(telegram, text=text) == Typed(text, 3)


async def test_an_edited_message_is_a_correction(telegram: Bot) -> None:
    """Only its text counts; an edited caption is nothing."""
    edited = read(telegram, edited_message=message(text="baru"))
    captioned = read(telegram, edited_message=message(photo=PHOTO, caption="baru"))

    assert edited == Happened(Person(7, Language.ID), Corrected("baru", 3))
    assert captioned == Nothing()


@pytest.mark.parametrize(
    ("data", "event"),
    [("a:begin", Chose("begin", 10)), ("nonsense", Chose("", -1)), (None, Chose("", -1))],
)
async def test_a_press_is_a_choice(telegram: Bot, data: str | None, event: Event) -> None:
    """Data we never made is a choice of nothing, which the interview answers politely."""
    query: dict[str, object] = {"id": "q", "from": SARI, "chat_instance": "1", "message": message(text="x")}
    incoming = read(telegram, callback_query=query | ({"data": data} if data else {}))

    assert incoming == Happened(Person(7, Language.ID), event, "q", 3)


async def test_a_press_on_a_message_too_old_to_see_still_counts(telegram: Bot) -> None:
    """Telegram sends such a message without its content."""
    old = {"chat": PRIVATE, "message_id": 3, "date": 0}
    query = {"id": "q", "from": SARI, "chat_instance": "1", "message": old, "data": "a:x"}

    incoming = read(telegram, callback_query=query)

    assert incoming == Happened(Person(7, Language.ID), Chose("x", 10), "q", 3)


@pytest.mark.parametrize(
    ("text", "reply", "for_us"),
    [
        ("/start", None, True),
        ("/start@jejak_bot", None, True),
        ("halo @Jejak_Bot", None, True),
        ("makasih", {"id": 123, "is_bot": True, "first_name": "Jejak"}, True),
        ("besok buka?", None, False),
        ("besok buka?", SARI, False),
    ],
)
async def test_in_a_group_only_what_speaks_to_us_is_heard(
    telegram: Bot, text: str, reply: dict[str, object] | None, for_us: bool
) -> None:
    """What people say to each other is none of our business."""
    replied = {"reply_to_message": message(chat=GROUP) | {"from": reply}} if reply else {}

    incoming = read(telegram, message=message(chat=GROUP, text=text, **replied))

    assert incoming == (InGroup(Person(7, Language.ID), -5) if for_us else Nothing())


@pytest.mark.parametrize(("status", "blocked"), [("kicked", True), ("member", False)])
async def test_blocking_is_noticed(telegram: Bot, status: str, blocked: bool) -> None:
    """Somebody blocked the bot, or came back."""
    bot = {"id": 123, "is_bot": True, "first_name": "Jejak"}
    more = {"until_date": 0} if blocked else {}
    change = {
        "chat": PRIVATE,
        "from": SARI,
        "date": 1,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": status, **more},
    }

    assert read(telegram, my_chat_member=change) == Membership(Person(7, Language.ID), blocked)
    assert read(telegram, my_chat_member=change | {"chat": GROUP}) == Nothing()


@pytest.mark.parametrize(
    "update",
    [
        {"something_new": {}},
        {},
        {"message": message(pinned_message=message(text="x"))},
        {"message": message(text="x") | {"from": SARI | {"is_bot": True}}},
        {"channel_post": message(text="x")},
    ],
    ids=lambda update: next(iter(update), "empty"),
)
async def test_other_updates_ask_for_nothing(telegram: Bot, update: dict[str, object]) -> None:
    """Service messages, other bots, and kinds of updates that don't exist yet."""
    assert read(telegram, **update) == Nothing()


@pytest.mark.parametrize("payload", ["", "[]x", '{"update_id": "x", "message": {"message_id": 1}}'])
async def test_what_cannot_be_parsed_raises(telegram: Bot, payload: str) -> None:
    """The lanes park it."""
    with pytest.raises(Exception, match=r".*"):
        read_update(payload, telegram)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("id", Language.ID),
        ("ms", Language.ID),
        ("jv", Language.ID),
        ("en-GB", Language.EN),
        ("de", None),
        (None, None),
    ],
)
async def test_the_language_is_that_of_telegram(
    telegram: Bot, code: str | None, language: Language | None
) -> None:
    """Malay, Javanese and Sundanese speakers read Indonesian; others get the default."""
    somebody = {name: value for name, value in SARI.items() if name != "language_code"}
    somebody |= {"language_code": code} if code else {}

    incoming = read(telegram, message=message(text="x") | {"from": somebody})

    assert isinstance(incoming, Happened)
    assert incoming.person == Person(7, language)


CATALOG = load_catalogs()[Language.ID]


def label(option: Option) -> str:
    words = option.label
    return words.text if isinstance(words, Said) else CATALOG.text(words.name)


QUESTION = Question(
    Key("ask.goal"),
    5,
    options=(Option("g.x", Said("Kurangi keluhan"), chosen=False), Option("g.y", Said("Halo"))),
    controls=(Option("!back", Key("button.back")),),
)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Typed("kurangi  KELUHAN!", 1), Chose("g.x")),
        (Typed("kembali", 1), Chose("!back")),
        (Typed("halo", 1), Chose("g.y")),
        (Typed("Makasih ya", 1), Greeted(Courtesy.THANKS)),
        (Typed("kurangi keluhan pelanggan", 1), Typed("kurangi keluhan pelanggan", 1)),
        (Typed("👍", 1), Typed("👍", 1)),
        (Chose("x", 1), Chose("x", 1)),
    ],
)
def test_typed_words_mean_what_they_say(event: Event, expected: Event) -> None:
    """A label is its option, even one that is a greeting; small talk is small talk; the rest is an answer."""
    assert resolved(event, QUESTION, label, CATALOG) == expected


REMINDER = Question(
    Key("ask.nudge"),
    5,
    options=(Option("map.m1", Key("button.go_on")), Option("stop_reminding", Key("button.stop_reminding"))),
)
DUE = Question(Key("ask.due"), 5, options=(Option("done", Said("Sudah")), Option("not_yet", Said("Belum"))))
SEASON = Question(Key("ask.nudge"), 5, options=(Option("draft.x", Said("Pesan Lebaran")),))


@pytest.mark.parametrize(
    ("text", "reminder", "expected"),
    [
        ("lanjut", REMINDER, Chose("map.m1")),
        ("Oke!", REMINDER, Chose("map.m1")),
        ("ok lanjut", REMINDER, Chose("map.m1")),
        ("jangan ingatkan", REMINDER, Chose("stop_reminding")),
        ("udah, jangan ingatkan lagi", REMINDER, Chose("stop_reminding")),
        ("STOP", REMINDER, Chose("stop_reminding")),
        ("berhenti", SEASON, Commanded(Command.REMINDERS)),
        ("nanti aja", REMINDER, Greeted(Courtesy.LATER)),
        ("nggak", REMINDER, Greeted(Courtesy.LATER)),
        ("kurangi keluhan", REMINDER, Chose("g.x")),
        ("kembali", REMINDER, Chose("!back")),
        ("makasih", REMINDER, Greeted(Courtesy.THANKS)),
        ("ongkirnya mahal", REMINDER, Greeted(Courtesy.UNHEARD)),
        ("bentar ya lagi goreng tahu", REMINDER, Greeted(Courtesy.LATER)),
        ("belum sempet nih, warung rame", REMINDER, Greeted(Courtesy.LATER)),
        ("belum nih", DUE, Chose("not_yet")),
        ("udah dong kemarin", DUE, Chose("done")),
        ("iya iya", REMINDER, Chose("map.m1")),
        ("males ah", REMINDER, Greeted(Courtesy.LATER)),
        ("ini buat apa sih", REMINDER, Greeted(Courtesy.UNHEARD)),
        ("stop", None, Greeted(Courtesy.STOP)),
        ("jangan ingatkan", None, Commanded(Command.REMINDERS)),
        ("oke", None, Greeted(Courtesy.AGREED)),
        ("bener kak", None, Greeted(Courtesy.AGREED)),
        ("lagi rame nih kak", None, Greeted(Courtesy.LATER)),
        ("benar benar mahal", None, Typed("benar benar mahal", 1)),
    ],
)
def test_words_below_a_reminder_are_said_to_it(text: str, reminder: Question | None, expected: Event) -> None:
    """Yes, later and never again, with whatever reason; a label of the question beneath; and no answer."""
    asked, beneath = (reminder, QUESTION) if reminder else (QUESTION, None)

    assert resolved(Typed(text, 1), asked, label, CATALOG, beneath=beneath) == expected


@pytest.mark.parametrize(
    ("text", "controls", "expected"),
    [
        ("gak ada", ("!skip", "!back"), "!skip"),
        ("ga ada keluhan kak", ("!skip",), "!skip"),
        ("tidak ada kak", ("no_news",), "no_news"),
        ("boleh", ("check_in_yes", "check_in_no"), "check_in_yes"),
        ("nggak usah", ("season_yes", "season_no"), "season_no"),
        ("iya dong", ("idea_use", "!skip"), "idea_use"),
        ("udah cukup", ("!done",), "!done"),
        ("selesai", ("use", "!back"), "use"),
    ],
)
def test_yes_and_no_are_the_buttons_that_say_so(text: str, controls: tuple[str, ...], expected: str) -> None:
    """A no to a complaint is none, a yes to an idea takes it: neither is what somebody said of a shop."""
    asked = replace(QUESTION, controls=tuple(Option(name, Said(f"({name})")) for name in controls))

    assert resolved(Typed(text, 1), asked, label, CATALOG) == Chose(expected)


def test_who_wants_to_go_on_takes_no_idea() -> None:
    """That is what a yes is for."""
    asked = replace(
        QUESTION, controls=(Option("idea_use", Said("Pakai")), Option("!skip", Said("Lewat dulu")))
    )

    assert resolved(Typed("lanjut", 1), asked, label, CATALOG) == Greeted(Courtesy.UNSURE)


@pytest.mark.parametrize(
    ("text", "takes_words", "expected"),
    [
        ("keluhan", False, Chose("g.x")),
        ("keluhan", True, Typed("keluhan", 1)),
        ("kurangi yang lain", False, Typed("kurangi yang lain", 1)),
        ("sama", False, Typed("sama", 1)),
    ],
)
def test_where_only_taps_count_a_part_of_a_label_will_do(
    text: str, takes_words: bool, expected: Event
) -> None:
    """As long as it is a part of one label alone."""
    same = (Option("s.1", Said("Sama saja")), Option("s.2", Said("Sama lagi")))
    asked = replace(QUESTION, options=(*QUESTION.options, *same))

    assert resolved(Typed(text, 1), asked, label, CATALOG, takes_words=takes_words) == expected
