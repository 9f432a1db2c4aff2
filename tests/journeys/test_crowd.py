"""Many owners at once through the whole bot: each is served in order, none waits for the others."""

from pathlib import Path

import pytest

from tests.chat import house

OWNERS = 200


@pytest.mark.slow
async def test_two_hundred_owners_are_each_served_in_order(tmp_path: Path) -> None:
    """Everybody sends everything at once; every answer is at its question, and none is missing."""
    async with house(tmp_path) as bot:
        owners = [bot.owner(10_000 + number) for number in range(OWNERS)]
        for owner in owners:
            owner.person.says("/start")
        # typed labels are choices: the interview runs without looking at the screen
        for words in ("Mulai peta (±3 menit)", "Kuliner / warung makan", "Warung nomor {number}"):
            for owner in owners:
                update = owner.person.says(words.format(number=owner.person.id))
        await bot.settled(update)

        for owner in owners:
            journey_map = await owner.map()
            assert journey_map.shop.name == f"Warung nomor {owner.person.id}"
            steps = [row.step for row in await owner.answers()]
            assert steps == ["business", "shop_name"]
            assert len(owner.asking) == 1
            assert "Mau bikin peta yang mana" in owner.question.text
