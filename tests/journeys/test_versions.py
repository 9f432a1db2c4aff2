"""Before and after in the chat: finish, edit, finish again, and see what changed."""

from pathlib import Path

import pytest

from bot import drawings
from conversations.steps import StepId
from journey.model import Language
from renderers.worker import DrawingRoom
from tests import drawers
from tests.chat import Owner, chat
from tests.drawers import PlainRoom
from tests.journeys.conftest import BOTH
from tests.journeys.test_erasing import a_day_passes


async def finishes(owner: Owner) -> None:
    """Finish the map of the example."""
    await owner.begins()
    await owner.says("/contoh" if owner.language is Language.ID else "/example")
    await owner.taps(owner.label("copy"))
    await owner.taps(owner.label("finish"))


async def finishes_again(owner: Owner, complaint: str) -> None:
    """Add a complaint to the first stage and finish the map once more."""
    await owner.taps(owner.label("edit"))
    await owner.taps("1. ")
    await owner.taps("Keluhan:" if owner.language is Language.ID else "Complain:")
    await owner.says(complaint)
    await owner.taps(owner.label("back"))
    await owner.taps(owner.label("back"))
    await owner.taps(owner.label("finish"))


async def numbers(owner: Owner) -> list[int]:
    """Return the versions that are stored of the open map."""
    map_id = (await owner.session()).map_id or ""
    rows = await owner.house.read(lambda kept: kept.versions.list(map_id, owner.person.id))
    return [row.number for row in rows]


@BOTH
async def test_an_owner_sees_before_and_after(owner: Owner, language: Language) -> None:
    """One finish offers nothing to compare; after the second one a tap brings the picture and the words."""
    await finishes(owner)
    assert owner.label("compare") not in owner.question.labels
    await finishes_again(owner, "Fotonya gelap")
    assert await numbers(owner) == [1, 2]

    await owner.taps(owner.label("compare"))

    (picture,) = await owner.pictures(1)
    assert "Fotonya gelap" in picture.text
    if language is Language.ID:
        owner.sees("Sebelum–sesudah:", "satu baru", "Baru: Fotonya gelap")
    else:
        owner.sees("Before and after:", "one new", "New: Fotonya gelap")
    assert owner.question.message_id == owner.messages[-1].message_id
    assert owner.label("compare") in owner.question.labels


async def test_of_three_versions_an_older_one_can_be_chosen(owner: Owner) -> None:
    """After a restart too, from the list of maps as well; finishing without a change adds none."""
    await finishes(owner)
    await finishes_again(owner, "Fotonya gelap")
    await finishes_again(owner, "Harganya nggak ditulis")
    await owner.taps(owner.label("edit"))
    await owner.taps(owner.label("finish"))
    assert await numbers(owner) == [1, 2, 3]
    await owner.says("/baru")
    await owner.says("/peta")
    await owner.taps("✅ ")
    await owner.taps("👀 Buka")

    await owner.taps(owner.label("compare"))
    owner.sees("satu baru", "Baru: Harganya nggak ditulis")
    assert (await owner.session()).step is StepId.VERSIONS
    await owner.restart()
    await owner.taps("Versi 1 · ")

    owner.sees("dua baru", "Fotonya gelap", "Harganya nggak ditulis")
    assert len([message for message in owner.news if message.photo]) == 1
    await owner.taps(owner.label("back"))
    assert (await owner.session()).step is StepId.DONE


async def test_versions_are_erased_with_their_map(owner: Owner) -> None:
    """Nothing of them is left to compare."""
    await finishes(owner)
    await finishes_again(owner, "Fotonya gelap")
    map_id = (await owner.session()).map_id or ""
    await owner.says("/hapus")
    await owner.taps("🗑 Peta")

    await owner.taps(owner.label("erase_yes"))
    await a_day_passes(owner.house, 30.01)

    assert await owner.house.read(lambda kept: kept.versions.list(map_id, owner.person.id)) == ()


async def test_a_comparison_that_cannot_be_drawn_comes_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a later tap brings the picture."""
    monkeypatch.setattr(drawings, "AGAIN_SECONDS", 0.0)
    async with chat(tmp_path) as owner:
        await finishes(owner)
        await finishes_again(owner, "Fotonya gelap")
        owner.house.make_room = lambda: DrawingRoom(drawer=drawers.crashing)
        await owner.restart()

        await owner.taps(owner.label("compare"))

        owner.sees("gambarnya gagal dibuat", "Baru: Fotonya gelap")
        assert not [message for message in owner.news if message.photo]
        owner.house.make_room = PlainRoom
        await owner.restart()
        await owner.taps(owner.label("compare"))
        assert len([message for message in owner.news if message.photo]) == 1
