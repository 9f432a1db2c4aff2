"""Where an owner stands: after days, restarts, double taps, old buttons, and beside other owners."""

from conversations.steps import StepId
from journey.model import Language
from tests.chat import BUDI, House, Owner
from tests.journeys.conftest import BOTH


@BOTH
async def test_days_later_after_a_restart_the_same_question_is_there(
    owner: Owner, language: Language
) -> None:
    """/lanjut after five days and a new process stands at the question that was left."""
    await owner.reaches_stages()
    await owner.taps_first(4)
    asked = owner.question
    before = await owner.map()

    await owner.restart()
    owner.house.days_pass(5)
    await owner.says("/lanjut" if language is Language.ID else "/resume")

    assert owner.question.labels == asked.labels
    assert asked.text.splitlines()[-1] in owner.question.text
    assert await owner.map() == before


async def test_a_button_from_before_the_restart_still_works(owner: Owner) -> None:
    """The keyboard on the phone is as good after the restart as before."""
    await owner.reaches_stages()
    await owner.restart()

    await owner.taps_first()

    assert (await owner.session()).step is StepId.FEELINGS


async def test_start_offers_to_go_on_first(owner: Owner) -> None:
    """Someone with an unfinished map finds *Lanjut* with its stage at the top."""
    await owner.reaches_stages()
    await owner.taps_first(7)

    await owner.says("/start")
    assert owner.question.labels[0] == "▶️ Lanjut (Tahap 3/6 · Beli)"
    await owner.taps_first()

    owner.sees("Tahap 3/6")


async def test_a_tap_edits_the_question_in_place(owner: Owner) -> None:
    """A whole row of taps leaves one message in the chat."""
    await owner.begins()
    message = owner.question.message_id

    await owner.taps_first(5)

    assert owner.question.message_id == message
    assert len(owner.messages) == 1


async def test_a_typed_answer_gets_a_fresh_question_below(owner: Owner) -> None:
    """The new question comes last, and the old one has lost its buttons."""
    await owner.begins()
    await owner.taps_first()
    old = owner.question

    await owner.says("Warung Bu Sri")

    assert owner.question.message_id > old.message_id
    assert [message.message_id for message in owner.asking] == [owner.question.message_id]


async def test_a_tap_while_a_picture_comes_between_is_answered_at_the_bottom(owner: Owner) -> None:
    """The question below a late picture was on its way already: it gives way to the answer's next one."""
    await owner.reaches_stages()
    await owner.taps_first(2)
    server, tapped = owner.house.server, owner.question
    server.faults.delay("sendPhoto", 0.5)
    owner.press(tapped.labels[0])
    await server.wait_for(lambda: server.messages_of("sendPhoto"))

    await owner.taps_first()

    assert len(owner.photos) == 1
    assert owner.question.message_id == owner.messages[-1].message_id
    assert (await owner.session()).step is StepId.FEELINGS
    assert "Gimana perasaan" in owner.question.text


async def test_a_double_tap_counts_once(owner: Owner) -> None:
    """Two presses before the bot answered: the second is told that it is stored already."""
    await owner.reaches_stages()

    owner.press(owner.question.labels[0])
    await owner.taps(owner.question.labels[0])

    assert owner.toast == "Sudah kucatat 👍"
    assert (await owner.session()).step is StepId.FEELINGS
    assert len(await owner.answers()) == 9


async def test_a_button_of_an_old_message_is_harmless(owner: Owner) -> None:
    """A press on a keyboard that was taken away changes nothing and is answered."""
    await owner.begins()
    await owner.taps_first()
    old = owner.question
    await owner.says("Warung Bu Sri")
    before = await owner.map()

    await owner.taps_old(old, old.labels[0])

    assert owner.toast is not None
    assert await owner.map() == before


async def test_a_button_with_nonsense_in_it_is_harmless(owner: Owner) -> None:
    """Data that we never made is answered like an old button."""
    await owner.begins()
    before = await owner.session()

    for data in ("x", ":", "1:", "zz:nothing", "-1:begin", "1:" + "x" * 60, "💥:💥"):
        await owner.forges(data)
        assert owner.toast is not None

    assert await owner.session() == before


async def test_two_people_never_see_each_others_maps(owner: Owner, bot: House) -> None:
    """Side by side each has their own map, list and place."""
    budi = bot.owner(BUDI)
    await owner.begins()
    await budi.begins()
    await owner.taps_first()
    await budi.taps_first()
    await owner.says("Warung Sari")
    await budi.says("Bengkel Budi")

    await budi.says("/peta")

    budi.sees("Peta Kakak (1)")
    assert (await budi.map()).shop.name == "Bengkel Budi"
    assert "Warung Sari" not in "".join(message.text for message in budi.messages)


async def test_another_persons_map_cannot_be_opened_by_a_forged_button(owner: Owner, bot: House) -> None:
    """The owner is checked at each press, whatever the button says."""
    budi = bot.owner(BUDI)
    await owner.reaches_stages()
    theirs = await owner.map()
    await budi.begins()
    await budi.says("/peta")
    before = await budi.session()
    revision = budi.question.buttons[0][0].data or ""

    await budi.forges(f"{revision.partition(':')[0]}:map.{theirs.id}")

    assert await budi.session() == before
    assert budi.toast is not None


async def test_an_update_that_comes_twice_changes_nothing(owner: Owner) -> None:
    """Telegram may deliver again what we have; the answer is stored and shown once."""
    await owner.begins()
    await owner.taps_first()
    update = owner.person.says("Warung Bu Sri")
    await owner.house.settled(update)
    before, shown = await owner.session(), len(owner.messages)

    owner.house.server.updates.repeat(update)
    await owner.says("/batal")

    assert (await owner.session()).step is before.step
    assert len(owner.messages) == shown + 1
    assert len(await owner.answers()) == 2


async def test_stages_can_be_renamed_moved_added_and_removed(owner: Owner) -> None:
    """Own stages: a typed list, then one renamed, one moved, one removed."""
    await owner.begins()
    await owner.taps_first(2)
    await owner.taps_first(5)
    await owner.taps("Susun sendiri")
    await owner.says("Lihat, Tanya, Bayar, Ambil")
    owner.sees("Lihat →", "Ambil →")

    await owner.taps("1. Lihat")
    await owner.taps("Ganti nama")
    await owner.says("Lihat etalase")
    await owner.taps("Geser ke bawah")
    await owner.taps("Kembali")
    await owner.taps("4. Ambil")
    await owner.taps("Hapus tahap")
    await owner.taps("Pakai susunan ini (3)")

    assert [stage.name for stage in (await owner.map()).stages] == ["Tanya", "Lihat etalase", "Bayar"]
    owner.sees("Tahap 1/3")
