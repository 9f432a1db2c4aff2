"""Who leaves a map half-finished is reminded twice by day, and answers in whatever way comes to mind."""

from datetime import timedelta
from pathlib import Path

import pytest

from conversations.commands import Command
from conversations.schedule import Zone
from conversations.steps import StepId
from journey.model import Language
from tests.chat import BUDI, House, Owner, house
from tests.journeys.conftest import BOTH

OPERATOR = 9009


async def passes(bot: House, days: float) -> None:
    """Let so many days pass, and then time until ten in Jakarta; the bot looks what is due."""
    now = bot.parts.clock.now()
    then = (now + timedelta(days=days)).astimezone(Zone.WIB.clock)
    morning = then.replace(hour=10, minute=0)
    if morning < then:
        morning += timedelta(days=1)
    bot.days_pass((morning - now) / timedelta(days=1))
    await bot.parts.reminding.look()
    await bot.settled()


async def leaves_half_way(owner: Owner) -> None:
    """Answer one question of the first stage and put the phone away."""
    await owner.reaches_stages()
    await owner.taps_first()


def reminders(owner: Owner) -> int:
    """Return how often the owner was reminded of a map."""
    words = {Language.ID: "Lanjut sebentar?", Language.EN: "Go on for a minute?"}[owner.language]
    sent = owner.house.server.messages_of("sendMessage")
    return sum(str(call["chat_id"]) == str(owner.person.id) and words in str(call["text"]) for call in sent)


@BOTH
async def test_a_half_finished_map_is_remembered_twice(owner: Owner, language: Language) -> None:
    """After a day and after four; a restart neither loses nor repeats one; then there is silence."""
    await leaves_half_way(owner)
    asked, session = owner.question, await owner.session()
    await owner.house.parts.reminding.look()
    assert reminders(owner) == 0

    await passes(owner.house, 1)
    assert reminders(owner) == 1
    assert owner.question.labels == [owner.label("go_on"), owner.label("stop_reminding")]
    assert ("Tahap 1/6" if language is Language.ID else "stage 1/6") in owner.question.text
    await owner.restart()
    await owner.house.parts.reminding.look()
    await owner.house.settled()
    assert reminders(owner) == 1
    await passes(owner.house, 3)
    assert reminders(owner) == 2
    for _ in range(5):
        await passes(owner.house, 9)
    assert reminders(owner) == 2

    await owner.taps(owner.label("go_on"))
    assert (await owner.session()).cell == session.cell
    assert owner.question.labels == asked.labels


@BOTH
@pytest.mark.parametrize("typed", [False, True], ids=["tapped", "typed"])
async def test_who_wants_no_reminders_gets_none(owner: Owner, typed: bool) -> None:
    """One tap or one word is enough, and the question is there again."""
    await leaves_half_way(owner)
    asked = owner.question
    await passes(owner.house, 1)

    if typed:
        await owner.says("stop")
    else:
        await owner.taps(owner.label("stop_reminding"))

    assert owner.question.labels == asked.labels
    owner.sees("/pengingat" if owner.language is Language.ID else "/reminders")
    await passes(owner.house, 4)
    await owner.taps_first()
    await passes(owner.house, 4)
    assert reminders(owner) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("oke", None),
        ("Lanjut", None),
        ("iya kak", None),
        ("nanti aja", "nanti aja nggak apa-apa"),
        ("lagi rame nih", "nanti aja nggak apa-apa"),
        ("udah, jangan ingatkan", "nggak aku ingatkan lagi"),
        ("makasih", "Sama-sama"),
        ("iya iya", None),
        ("bentar ya lagi goreng", "nanti aja nggak apa-apa"),
        ("males ah", "nanti aja nggak apa-apa"),
    ],
)
async def test_what_is_said_to_a_reminder_is_no_answer_of_the_map(
    owner: Owner, words: str, said: str | None
) -> None:
    """Yes, later, never: each leads back to the question that waits, and none is stored as its answer."""
    await leaves_half_way(owner)
    asked, before = owner.question, await owner.map()
    await passes(owner.house, 1)

    await owner.says(words)

    assert await owner.map() == before
    assert owner.question.labels == asked.labels
    owner.sees(said or "Gimana perasaan pelanggan")


@BOTH
async def test_what_a_reminder_does_not_understand_is_no_answer_either(
    owner: Owner, language: Language
) -> None:
    """It is said so, and the reminder stands there still with its buttons."""
    await leaves_half_way(owner)
    before = await owner.map()
    await passes(owner.house, 1)

    await owner.says("ongkirnya mahal" if language is Language.ID else "shipping is expensive")

    assert await owner.map() == before
    assert owner.question.labels == [owner.label("go_on"), owner.label("stop_reminding")]
    owner.sees("belum nangkep" if language is Language.ID else "didn't get that")


async def test_a_label_typed_below_a_reminder_is_the_chip(owner: Owner) -> None:
    """The buttons of yesterday's question are gone, but their words still work."""
    await leaves_half_way(owner)
    chip = owner.question.labels[0]
    await passes(owner.house, 1)

    await owner.says(chip)

    (feeling,) = (await owner.map()).stages[0].feelings
    assert feeling.chip is not None
    assert (await owner.session()).side is None


async def test_a_reminder_leads_to_its_own_map(owner: Owner) -> None:
    """Two half-finished maps are two messages; going on opens the one that the message speaks of."""
    await leaves_half_way(owner)
    first = await owner.map()
    await owner.says("/baru")
    await owner.taps("Lengkap")
    second = await owner.map()

    await passes(owner.house, 1)
    await owner.taps("Lanjut")
    opened = await owner.map()
    await passes(owner.house, 1)
    await owner.taps("Lanjut")

    # Put down at night, both are due when the morning begins, and either may come first.
    assert {opened.id, (await owner.map()).id} == {first.id, second.id}
    assert reminders(owner) == 2


async def test_who_blocked_the_bot_is_not_reminded(owner: Owner, bot: House) -> None:
    """Nothing is tried; the neighbour hears of their own map."""
    budi = bot.owner(BUDI)
    await leaves_half_way(budi)
    await leaves_half_way(owner)
    await owner.blocks()

    await passes(bot, 1)

    assert (reminders(owner), reminders(budi)) == (0, 1)
    await owner.unblocks()
    await passes(bot, 1)
    assert reminders(owner) == 1


@BOTH
async def test_an_owner_sets_what_comes_and_by_which_clock(owner: Owner, language: Language) -> None:
    """/pengingat works under both names, in place; times are said by the owner's clock from then on."""
    await leaves_half_way(owner)
    asked = owner.question
    await owner.says(f"/{Command.REMINDERS if language is Language.ID else Command.REMINDERS.english}")
    screen = owner.question

    await owner.taps(owner.label("remind_unfinished"))
    await owner.taps("⬜ WIT")
    assert owner.question.message_id == screen.message_id
    assert f"⬜ {owner.label('remind_unfinished')}" in owner.question.labels
    assert "✅ WIT" in owner.question.labels
    await owner.taps(owner.label("back"))
    assert owner.question.labels == asked.labels
    await passes(owner.house, 2)
    assert reminders(owner) == 0

    await owner.says("/hapus")
    await owner.taps(owner.label("erase_all"))
    await owner.taps(owner.label("erase_yes"))
    until = (await owner.session()).erases
    assert until is not None
    shown = until.astimezone(Zone.WIT.clock)
    owner.sees(f"{shown:%H.%M} WIT" if language is Language.ID else f"{shown:%H:%M} WIT")


@pytest.mark.parametrize(("words", "step"), [("Stop", None), ("jangan ingatkan aku", StepId.REMINDERS)])
async def test_stop_in_the_middle_of_the_interview_is_no_answer(
    owner: Owner, words: str, step: StepId | None
) -> None:
    """It is answered kindly with the way to the reminders, and nothing is stored."""
    await owner.reaches_stages()
    before = await owner.map()

    await owner.says(words)

    assert await owner.map() == before
    assert (await owner.session()).side is step
    owner.sees("/pengingat" if step is None else "Aku boleh ingatkan soal apa")


async def test_feedback_is_told_to_the_operator(tmp_path: Path) -> None:
    """In the operator's own chat, with the owner's words as they are."""
    async with house(tmp_path, environment={"OPERATOR_CHAT_ID": str(OPERATOR)}) as bot:
        operator, owner = bot.owner(OPERATOR), bot.owner()
        await operator.says("/start")
        await owner.begins()

        await owner.says("/masukan tombolnya <kekecilan>")

        assert "tombolnya <kekecilan>" in operator.messages[-1].text
        assert str(owner.person.id) in operator.messages[-1].text
