"""Whatever an owner sends is answered, and the same question stands below it again."""

from collections.abc import Callable

import pytest

from conversations.commands import Command
from conversations.steps import StepId
from journey.model import Language
from sandbox.people import Person
from tests.chat import Owner
from tests.journeys.conftest import BOTH

SENT: dict[str, Callable[[Person], int]] = {
    "sticker": lambda person: person.sends_sticker(),
    "voice": lambda person: person.sends_voice(),
    "photo": lambda person: person.sends_photo(caption="warung saya"),
    "document": lambda person: person.sends_document(b"x", "daftar.pdf"),
    "forward": lambda person: person.forwards("barangnya belum sampai kak"),
}


@BOTH
async def test_what_is_no_text_is_answered_and_the_question_asked_again(
    owner: Owner, language: Language
) -> None:
    """A sticker, a voice note, a photo, a file, a forwarded message: a kind word, and nothing stored."""
    await owner.reaches_stages()
    before, asked = await owner.map(), owner.question

    for send in SENT.values():
        await owner.sends(send)

        assert asked.text.splitlines()[0] in owner.question.text
        assert owner.question.text != asked.text
        assert owner.question.labels == asked.labels
    assert await owner.map() == before


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.ID, "halo"), (Language.ID, "Makasih ya"), (Language.EN, "hello!"), (Language.EN, "Thanks")],
)
async def test_small_talk_is_no_answer(owner: Owner, words: str) -> None:
    """Greeting and thanking get an answer in kind; the shop isn't called "halo"."""
    await owner.begins()
    await owner.taps_first()

    await owner.says(words)

    assert (await owner.map()).shop.name is None
    assert (await owner.session()).step is StepId.SHOP_NAME


@BOTH
async def test_every_command_in_the_middle_comes_back_to_the_question(
    owner: Owner, language: Language
) -> None:
    """Each command is answered under both names, and /batal leads back to the question that was due."""
    await owner.reaches_stages()
    before = await owner.map()
    asked = owner.question
    others = [command for command in Command if command is not Command.NEW]

    for name in dict.fromkeys(name for command in others for name in (command.value, command.english)):
        await owner.says(f"/{name}")
        assert owner.news != []
        await owner.says("/batal" if language is Language.ID else "/cancel")

        assert owner.question.labels == asked.labels, name
        assert asked.text in owner.question.text, name
    assert await owner.map() == before


async def test_a_new_map_leaves_the_old_one_in_the_list(owner: Owner) -> None:
    """/baru in the middle starts another map, and /peta leads back to the first."""
    await owner.reaches_stages()
    first = await owner.map()

    await owner.says("/baru")
    owner.sees("Peta yang tadi tetap tersimpan")
    await owner.says("/peta")
    await owner.taps(owner.question.labels[1])
    await owner.taps(owner.label("map_continue"))

    assert await owner.map() == first
    owner.sees("Tahap 1/6")


async def test_the_shop_is_asked_once(owner: Owner) -> None:
    """The next map knows the shop."""
    await owner.reaches_stages()

    await owner.says("/baru")

    assert (await owner.session()).step is StepId.SPEED


async def test_an_unknown_command_is_answered_with_what_can_be_done(owner: Owner) -> None:
    """No silence, no error."""
    await owner.begins()

    await owner.says("/jualan_laris")

    owner.sees("Cara pakai Jejak", "Jualannya apa")


async def test_the_language_changes_in_the_middle(owner: Owner) -> None:
    """Chips are said in the other language, typed words stay as they are, the place is the same."""
    await owner.reaches_stages()
    await owner.taps_first()
    await owner.taps_first()
    await owner.says("harganya nggak jelas")
    stands = await owner.session()
    before = await owner.map()

    await owner.says("/bahasa")
    await owner.taps("English")

    after, session = await owner.map(), await owner.session()
    assert (session.step, session.stage) == (stands.step, stands.stage)
    assert after.stages[0].pains == before.stages[0].pains
    assert after.stages[0].feelings[0].text != before.stages[0].feelings[0].text
    owner.sees("Stage 1/6", "harganya nggak jelas", "Use it in")


async def test_the_language_comes_from_telegram(bot_free_owner: Owner) -> None:
    """Somebody whose Telegram speaks English is greeted in English."""
    await bot_free_owner.says("/start")

    bot_free_owner.sees("Hi")


@pytest.fixture
def bot_free_owner(owner: Owner) -> Owner:
    return owner.house.owner(2002, language=Language.EN)


async def test_help_names_what_the_bot_can_do(owner: Owner) -> None:
    """/bantuan before the first map doesn't need one."""
    await owner.says("/bantuan")

    owner.sees("/lanjut", "/hapus", "Mulai peta")


async def test_feedback_reaches_the_operator(owner: Owner) -> None:
    """One typed message after /masukan is kept, and the question comes back."""
    await owner.begins()
    await owner.says("/masukan")

    await owner.says("tombolnya kekecilan")

    rows = await owner.house.read(lambda transaction: transaction.feedback.waiting(5))
    assert [row.text for row in rows] == ["tombolnya kekecilan"]
    owner.sees("Makasih masukannya", "Jualannya apa")


@BOTH
async def test_the_example_comes_with_pictures_and_can_be_copied(owner: Owner, language: Language) -> None:
    """/contoh shows the worked example as text and pictures; one tap makes it a map of one's own."""
    await owner.says("/contoh" if language is Language.ID else "/example")
    await owner.pictures(6)
    assert (await owner.session()).map_id is None

    await owner.taps(owner.label("copy"))

    copied = await owner.map()
    assert len(copied.stages) == 5
    assert (await owner.session()).step is StepId.REVIEW
    assert (await owner.session()).consent is not None


async def test_what_a_peta_is_fits_three_sentences(owner: Owner) -> None:
    """*Apa itu peta ini?* explains in place, above the same buttons."""
    await owner.says("/start")
    asked = owner.question

    await owner.taps("Apa itu peta ini?")

    owner.sees("Peta perjalanan pelanggan")
    assert owner.question.message_id == asked.message_id
    assert owner.question.labels == asked.labels


async def test_a_group_is_answered_with_a_link_to_the_private_chat(owner: Owner) -> None:
    """In a group the bot says once where it works, and keeps nothing."""
    group = -500

    update = owner.person.says_in_group(group, "/start")
    await owner.house.settled(update)

    messages = list(owner.house.server.world.chats[group].messages.values())
    assert "t.me/jejak_bot" in messages[-1].content.text
    assert messages[-1].keyboard is None
    assert await owner.house.read(lambda transaction: transaction.owners.load(owner.person.id)) is None


async def test_group_talk_that_is_not_for_us_is_left_alone(owner: Owner) -> None:
    """What people say to each other is none of our business."""
    owner.person.says_in_group(-500, "/start")
    update = owner.person.says_in_group(-500, "besok buka jam berapa?")

    assert update is None


async def test_blocking_stops_messages_and_unblocking_goes_on(owner: Owner) -> None:
    """Who comes back after blocking the bot stands where they left."""
    await owner.reaches_stages()
    asked = owner.question
    await owner.blocks()
    row = await owner.house.read(lambda transaction: transaction.owners.load(owner.person.id))
    assert row is not None
    assert row.blocked is not None

    await owner.unblocks()
    await owner.says("/lanjut")

    assert asked.text.splitlines()[0] in owner.question.text
    assert owner.question.labels == asked.labels
