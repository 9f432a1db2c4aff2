"""Whoever types what stands on a button, or says it in other words, gets what the tap would have brought."""

from dataclasses import replace

import pytest

from conversations.schedule import ReminderKind, Zone
from conversations.steps import StepId
from journey.limits import MAPS_PER_OWNER
from journey.model import Business, Speed
from tests.chat import Owner
from tests.journeys.test_long_maps import keep
from tests.journeys.test_versions import finishes


async def does(owner: Owner, label: str, *, typed: bool) -> None:
    """Tap a button or type what it says."""
    await (owner.says(label) if typed else owner.taps(label))


@pytest.mark.parametrize("typed", [False, True], ids=["tapped", "typed"])
async def test_a_yes_to_check_ins_counts_for_all_maps(owner: Owner, typed: bool) -> None:
    """Two finished maps, two reminders."""
    await finishes(owner)
    await owner.says("/baru")
    await owner.says("/contoh")
    await owner.taps(owner.label("copy"))
    await owner.taps(owner.label("finish"))

    await does(owner, owner.label("check_in_yes"), typed=typed)

    rows = await owner.house.read(lambda kept: kept.reminders.of_owner(owner.person.id))
    assert len([row for row in rows if row.kind == ReminderKind.CHECK_IN]) == 2


async def test_a_part_of_a_label_is_enough_where_only_taps_count(owner: Owner) -> None:
    """Whoever types doesn't type brackets and slashes."""
    await owner.says("/start")
    await owner.says("mulai")
    await owner.says("kue")
    await owner.taps_first()
    await owner.says("kilat")

    made = await owner.map()
    assert (made.shop.business, made.speed) == (Business.KUE, Speed.QUICK)


async def test_a_yes_below_what_was_understood_keeps_it(owner: Owner) -> None:
    """It isn't a complaint, and replaces none."""
    await owner.reaches_stages()
    await owner.taps_first(2)
    await owner.says("antre lama, gorengannya abis")
    before = (await owner.map()).stages[0].pains
    assert len(before) == 2

    for words in ("bener", "iya", "iya bener kak"):
        await owner.says(words)
        assert (await owner.map()).stages[0].pains == before


@pytest.mark.parametrize("words", ["gak ada", "ga ada keluhan", "tidak ada kak"])
async def test_no_complaint_is_no_complaint(owner: Owner, words: str) -> None:
    """The question counts as put off, and the next one comes."""
    await owner.reaches_stages()
    await owner.taps_first(2)
    asked = (await owner.session()).cell
    assert asked.step is StepId.PAINS

    await owner.says(words)

    assert (await owner.map()).stages[0].pains == ()
    assert (await owner.session()).cell != asked


async def test_a_zone_can_be_typed(owner: Owner) -> None:
    """As well as tapped, while it is asked for."""
    await finishes(owner)
    await owner.taps(owner.label("check_in_yes"))
    assert "WITA" in owner.question.labels

    await owner.says("wita")

    assert (await owner.session()).reminding.zone is Zone.WITA


@pytest.mark.parametrize("typed", [False, True], ids=["tapped", "typed"])
async def test_going_back_to_the_greeting_knows_the_maps(owner: Owner, typed: bool) -> None:
    """It offers to go on with the one that waits."""
    await owner.begins()
    await owner.taps_first(2)
    await owner.says("/baru")

    while owner.label("back") in owner.question.labels:
        await does(owner, owner.label("back"), typed=typed)

    assert owner.label("all_maps") in owner.question.labels


@pytest.mark.parametrize("typed", [False, True], ids=["tapped", "typed"])
async def test_a_hundred_and_first_map_is_refused_kindly(owner: Owner, typed: bool) -> None:
    """The question stays, and it is said why."""
    await finishes(owner)
    one = await owner.map()
    for number in range(MAPS_PER_OWNER - 1):
        await keep(owner, replace(one, id=f"m{number}"))

    await does(owner, owner.label("begin_another"), typed=typed)

    assert len(await owner.maps()) == MAPS_PER_OWNER
    assert (await owner.session()).map_id == one.id
    told = owner.toast or "\n".join(message.text for message in owner.news)
    assert str(MAPS_PER_OWNER) in told
