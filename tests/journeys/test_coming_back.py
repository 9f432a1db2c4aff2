"""An owner who blocked the bot, changed their name or took another phone goes on where they were."""

from collections.abc import Callable

from conversations.steps import StepId
from sandbox.people import Person
from storage.transactions import Transaction
from tests.chat import Owner


async def blocks_after(owner: Owner, act: Callable[[Person], int]) -> None:
    """Do something and block the bot before its answer can arrive."""
    act(owner.person)
    await owner.blocks()


async def waiting(owner: Owner) -> tuple[int, int]:
    """Return how many calls and drawings still wait for the owner."""
    read: Callable[[Transaction], int] = lambda kept: kept.outbox.waiting(owner.person.id)  # noqa: E731
    calls = await owner.house.read(read)
    jobs = await owner.house.read(lambda kept: len(kept.jobs.due(owner.house.parts.clock.now(), 100)))
    return calls, jobs


async def test_an_answer_whose_reply_the_block_met_is_kept_and_the_next_question_comes(owner: Owner) -> None:
    """Blocked in the middle: after the way back the question stands below, and the answer in the map."""
    await owner.reaches_stages()
    await blocks_after(owner, lambda person: person.says("grup RT"))
    assert (await owner.map()).stages[0].touchpoints[0].text == "grup RT"
    assert await waiting(owner) == (0, 0)
    asked = len(owner.messages)

    await owner.house.restart()
    await owner.unblocks()

    assert len(owner.messages) == asked + 1
    assert "Gimana perasaan" in owner.question.text
    await owner.taps_first()
    assert (await owner.session()).step is StepId.PAINS
    assert (await owner.map()).stages[0].touchpoints[0].text == "grup RT"


async def test_a_tap_whose_reply_the_block_met_counts(owner: Owner) -> None:
    """The question of before the block stands in the chat: a tap at it brings the one that is due."""
    await owner.reaches_stages()
    old = owner.question
    await blocks_after(owner, lambda person: person.taps(old.message_id, old.labels[0]))
    answered = await owner.map()
    assert answered.stages[0].touchpoints != ()

    await owner.unblocks()

    assert "Gimana perasaan" in owner.question.text
    assert await owner.map() == answered
    await owner.taps_first()
    assert (await owner.session()).step is StepId.PAINS


async def test_a_block_that_met_nothing_is_forgiven_without_a_word(owner: Owner) -> None:
    """The question still stands there with its buttons."""
    await owner.reaches_stages()
    asked = owner.question
    await owner.blocks()

    await owner.unblocks()

    assert owner.question == asked
    await owner.taps_first()
    assert (await owner.session()).step is StepId.FEELINGS


async def test_a_stale_tap_where_the_question_never_arrived_brings_it(owner: Owner) -> None:
    """No update told us of the way back: the first tap does."""
    await owner.reaches_stages()
    old = owner.question
    owner.person.profile.has_blocked_bot = True
    await owner.taps(old.labels[0])
    owner.person.profile.has_blocked_bot = False

    await owner.taps_old(old, old.labels[1])

    assert "Gimana perasaan" in owner.question.text
    assert len((await owner.map()).stages[0].touchpoints) == 1


async def test_pictures_for_somebody_who_blocked_us_are_tried_once(owner: Owner) -> None:
    """Nothing waits for them for ever; after the way back one tap brings the pictures."""
    await owner.reaches_stages()
    await owner.taps_first(18)
    finish = owner.question
    await blocks_after(owner, lambda person: person.taps(finish.message_id, owner.label("finish")))
    assert len(owner.photos) == 1  # the preview of before
    assert await waiting(owner) == (0, 0)
    owner.house.days_pass(2)
    await owner.house.settled()
    assert await waiting(owner) == (0, 0)

    await owner.unblocks()

    assert (await owner.session()).step is StepId.DONE
    await owner.taps(owner.label("picture"))
    assert len(await owner.pictures(7)) == 7


async def test_another_name_and_another_telegram_language_change_nothing(owner: Owner) -> None:
    """Who an owner is says the id alone; the language is the one they chose here."""
    await owner.reaches_stages()
    before, place = await owner.map(), await owner.session()
    asked = owner.question
    profile = owner.person.profile
    profile.first_name, profile.last_name, profile.username = "Toko", "Sari Jaya", "sarijaya"
    profile.language_code = "en"

    await owner.says("/lanjut")

    assert (await owner.session(), await owner.map()) == (place, before)
    assert owner.question.labels == asked.labels
    await owner.taps_first()
    assert "Gimana perasaan" in owner.question.text


async def test_two_phones_tap_at_once(owner: Owner) -> None:
    """The first tap counts, the second is answered; both phones show the same next question."""
    await owner.reaches_stages()
    asked = owner.question
    second = next(found.data for row in asked.buttons for found in row if found.text == asked.labels[1])
    second = (second or "").partition(":")[2]

    owner.person.taps(asked.message_id, asked.labels[1])
    await owner.taps(asked.labels[0])

    (entry,) = (await owner.map()).stages[0].touchpoints
    assert entry.chip == second
    assert owner.toast is not None
    assert (await owner.session()).step is StepId.FEELINGS
    assert "Gimana perasaan" in owner.question.text


async def test_the_old_keyboard_of_a_phone_that_slept_is_harmless(owner: Owner) -> None:
    """It shows a question of long ago: its tap changes nothing, typed words answer the one that is due."""
    await owner.reaches_stages()
    old = owner.question
    await owner.taps_first()
    await owner.says("senang")
    await owner.taps(owner.label("score.4"))
    before = await owner.map()

    for wanted in (old.labels[0], owner.label("skip"), owner.label("back")):
        await owner.taps_old(old, wanted)
        assert owner.toast is not None
        assert await owner.map() == before

    await owner.says("antreannya panjang")
    assert (await owner.map()).stages[0].pains[0].text == "antreannya panjang"
