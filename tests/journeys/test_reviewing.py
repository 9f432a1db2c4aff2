"""An owner goes through a finished map line by line: everything can be put right, nothing gets lost."""

from conversations.steps import StepId
from journey.model import Element, Status
from tests.chat import Owner
from tests.journeys.test_several_maps import finishes

UNDO = "Batalkan yang tadi"


async def said(owner: Owner) -> set[str]:
    """Return everything that is said in the stages of the map."""
    stages = (await owner.map()).stages
    return {entry.text for stage in stages for element in Element for entry in stage.entries(element)}


async def test_the_lines_of_a_map_are_put_right_one_by_one(owner: Owner) -> None:
    """Entries changed, added, put in order, moved and removed, lines emptied; then it is finished again."""
    await finishes(owner)
    await owner.taps(owner.label("edit"))

    await owner.taps(owner.label("review_persona"))
    await owner.taps("Ragu:")
    await owner.says("takut basi")
    await owner.taps("Ragu: takut basi")
    await owner.taps(owner.label("empty"))
    owner.sees("Sudah aku kosongkan")
    assert (await owner.map()).persona.worry is None
    await owner.taps(UNDO)
    worry = (await owner.map()).persona.worry
    assert worry is not None
    assert worry.text == "takut basi"
    await owner.taps(owner.label("back"))

    await owner.taps("3. Beli")
    await owner.taps("Keluhan:")
    await owner.taps(owner.label("add_entry"))
    await owner.says("ongkirnya mahal banget\nnggak bisa COD")
    await owner.taps(owner.label("done", count=3))
    chip, dear, cod = (await owner.map()).stages[2].pains
    await owner.taps("nggak bisa COD")
    await owner.taps(owner.label("up"))
    owner.sees("urutan 2 dari 3")
    await owner.restart()
    await owner.taps(owner.label("up"))
    assert (await owner.map()).stages[2].pains == (cod, chip, dear)
    await owner.taps(owner.label("entry_move"))
    await owner.taps("4. ")
    assert (await owner.map()).stages[2].pains == (chip, dear)
    assert (await owner.map()).stages[3].pains[-1] == cod
    await owner.taps("ongkirnya mahal banget")
    await owner.taps(owner.label("entry_edit"))
    await owner.says("ongkir ke luar Jawa mahal")
    await owner.taps(owner.label("entry_remove"))
    owner.sees("Sudah dihapus")
    await owner.taps(UNDO)
    assert "ongkir ke luar Jawa mahal" in await said(owner)

    assert (await owner.map()).status is Status.OPEN
    while (await owner.session()).step is not StepId.REVIEW:
        await owner.taps(owner.label("back"))
    owner.sees("nggak bisa COD", "ongkir ke luar Jawa mahal")
    await owner.taps(owner.label("finish"))
    await owner.pictures(7)
    assert (await owner.map()).status is Status.FINISHED
    assert owner.label("compare") in owner.question.labels


async def test_the_stages_of_a_finished_map_are_changed_at_any_time(owner: Owner) -> None:
    """Renamed, added, moved and removed, with the way back: what was said elsewhere stays word for word."""
    await finishes(owner)
    before = await owner.map()
    words = await said(owner)
    await owner.taps(owner.label("edit"))
    await owner.taps(owner.label("edit_stages"))

    await owner.taps("2. Timbang")
    await owner.taps(owner.label("rename"))
    await owner.says("Banding-bandingin")
    await owner.taps(owner.label("up"))
    assert (await owner.map()).stages[0].name == "Banding-bandingin"
    assert await said(owner) == words
    await owner.restart()
    await owner.taps(owner.label("back"))
    await owner.taps(owner.label("add_stage"))
    await owner.says("Komplain")
    assert [stage.name for stage in (await owner.map()).stages][-1] == "Komplain"

    await owner.taps("4. Terima")
    await owner.taps(owner.label("remove"))
    owner.sees("Terima")
    assert await said(owner) == words
    await owner.taps(owner.label("keep_it"))
    assert await said(owner) == words
    await owner.taps(owner.label("remove"))
    await owner.taps(owner.label("remove_yes"))
    assert len((await owner.map()).stages) == 6
    assert not await said(owner) >= words
    await owner.restart()
    await owner.taps(UNDO)
    assert await said(owner) == words
    assert (await owner.map()).stages[3] == before.stages[3]

    await owner.taps(owner.label("back"))
    owner.sees("Banding-bandingin", "Komplain")
    await owner.taps(owner.label("finish"))
    owner.sees("3")
    await owner.taps(owner.label("fill"))
    assert (await owner.session()).stage == (await owner.map()).stages[-1].id
    await owner.taps_first()
    assert (await owner.session()).step is StepId.LEFTOVERS
    await owner.taps(owner.label("enough"))
    await owner.taps(owner.label("finish"))
    await owner.pictures(8)
    after = await owner.map()
    assert after.status is Status.FINISHED
    assert after.stages[-1].touchpoints != ()
