"""/privasi in the chat: read, take along; numbers of customers; the warning before data expire."""

import json

from conversations.steps import StepId
from journey.model import Element
from tests.chat import House, Owner
from tests.journeys.conftest import BOTH

PHONE = "0812-3456-7890"


@BOTH
async def test_everything_can_be_taken_along_as_one_file(owner: Owner) -> None:
    """A document comes at once, below it what it is, and then the same screen again."""
    await owner.reaches_stages()
    before = await owner.map()
    await owner.says("/masukan mantap")
    await owner.says("/privasi")

    await owner.taps(owner.label("take_out"))

    (sent,) = [message.document for message in owner.news if message.document]
    document = json.loads(sent.data)
    assert document["format"] == "jejak-takeout/1"
    assert [found["id"] for found in document["maps"]] == [before.id]
    assert [found["text"] for found in document["feedback"]] == ["mantap"]
    assert owner.label("take_out") in owner.question.labels


@BOTH
async def test_a_customers_number_is_taken_out_with_one_tap(owner: Owner) -> None:
    """From the map and from the log of answers, in the chat's own words."""
    await owner.reaches_stages("full")
    await owner.says(f"bales lama di {PHONE}")
    owner.sees(owner.label("lead.private_number"))

    await owner.taps(owner.label("hide_numbers"))

    owner.sees(owner.label("lead.numbers_hidden"))
    entries = (await owner.map()).stages[0].entries(Element.ACTIONS)
    assert [entry.text for entry in entries] == ["bales lama di …"]
    assert PHONE not in str(await owner.answers())
    assert PHONE not in str(await owner.session())


@BOTH
async def test_who_was_away_for_a_year_keeps_everything_with_one_tap(owner: Owner, bot: House) -> None:
    """The warning is the one message that asks; the question of a year ago comes back."""
    await owner.reaches_stages()
    before, cell = await owner.map(), (await owner.session()).cell
    bot.server.clock.advance(hours=_hours_to_noon(bot))
    bot.days_pass(370)
    await bot.parts.forgetting.look()
    await bot.settled()
    assert owner.question.labels == [owner.label("keep_data")]
    await owner.restart()

    await owner.taps(owner.label("keep_data"))

    session = await owner.session()
    assert (session.cell, session.side, session.erases) == (cell, None, None)
    assert await owner.map() == before
    await bot.parts.forgetting.look()
    await bot.settled()
    assert (await owner.session()).side is not StepId.RETENTION


def _hours_to_noon(bot: House) -> float:
    """Return how long it is until noon in Jakarta."""
    now = bot.parts.clock.now()
    return (5 - now.hour) % 24 - now.minute / 60
