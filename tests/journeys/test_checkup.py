"""Peta sehat? in the chat: read, put right by a tap, marked, and found right months later."""

from conversations.steps import StepId
from journey.health import FRESH_FOR
from journey.model import Language, Standing, Status
from tests.chat import Owner
from tests.journeys.conftest import BOTH


async def copies_the_example(owner: Owner) -> None:
    """Make the worked example the owner's own map, standing at its review."""
    await owner.begins()
    await owner.says("/contoh" if owner.language is Language.ID else "/example")
    await owner.taps(owner.label("copy"))


@BOTH
async def test_guesses_become_customers_words(owner: Owner, language: Language) -> None:
    """Nine of ten are fine; two taps and *Selesai* later all are, in either language, after a restart too."""
    await copies_the_example(owner)
    await owner.taps(owner.label("health"))
    owner.sees("9 dari 10 beres" if language is Language.ID else "9 of 10 are fine")

    await owner.taps("Tandai yang kata pelanggan" if language is Language.ID else "Mark what customers said")
    await owner.restart()
    await owner.taps_first()
    await owner.taps(owner.label("done", count=1))

    owner.sees("10 dari 10 beres" if language is Language.ID else "10 of 10 are fine")
    assert (await owner.map()).stages[0].pains[0].standing is Standing.CUSTOMER


async def test_a_typed_answer_takes_the_place_of_the_owners_side(owner: Owner) -> None:
    """From the screen to the question, asked from the customer's side, and back."""
    await copies_the_example(owner)
    await owner.taps("1. Kesadaran")
    await owner.taps("Keluhan:")
    await owner.says("Saingan banting harga")
    await owner.taps(owner.label("leave_it"))
    await owner.taps("Kembali")
    await owner.taps("Kembali")
    await owner.taps("Kembali")
    await owner.taps("Peta sehat?")

    await owner.taps("Lihat dari sisi pelanggan")
    owner.sees("Saingan banting harga", "Apa yang pelanggan dapat di sana")
    await owner.says("Di sana ada bonus sendok")

    owner.sees("Sudah aku ganti", "9 dari 10 beres")
    texts = [entry.text for entry in (await owner.map()).stages[0].pains]
    assert texts[-1] == "Di sana ada bonus sendok"
    assert "Saingan banting harga" not in texts


async def test_an_old_map_is_found_right_and_stays_finished(owner: Owner) -> None:
    """Months later it says so, and one tap makes it fresh."""
    await copies_the_example(owner)
    await owner.taps(owner.label("finish"))
    owner.house.days_pass(FRESH_FOR.days + 1)

    await owner.taps("Peta sehat?")
    owner.sees("8 dari 10 beres", "91 hari")
    await owner.taps("Masih cocok")

    owner.sees("9 dari 10 beres")
    assert (await owner.map()).status is Status.FINISHED
    await owner.taps("Kembali")
    assert (await owner.session()).step is StepId.DONE
