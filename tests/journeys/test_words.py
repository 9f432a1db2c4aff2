"""When nothing of the knowledge fits: an honest word, help to find the cause, and learning after a yes."""

import asyncio

import pytest

from bot.offline import UNKNOWN, examine
from journey.model import Language
from tests.chat import Owner
from tests.journeys.conftest import BOTH

COMPLAINT = "Bu Zubaidah bilang qwertyuiop di 0812-3456-7890"
KEPT = "bu … bilang qwertyuiop di …"
HONEST = {
    Language.ID: ("aku belum punya saran yang pas", "1. Kapan", "2. Siapa", "3. Waktu itu"),
    Language.EN: ("no fitting advice yet", "1. When", "2. Who", "3. What"),
}


async def complains(owner: Owner) -> None:
    """Make a quick map whose first stage has a complaint that nobody knows, and look at the advice."""
    await owner.reaches_stages()
    await owner.taps_first(2)
    await owner.says(COMPLAINT)
    await owner.taps_first(15)
    await owner.taps(owner.label("finish"))
    await owner.taps(owner.label("tips"))


async def doctor(owner: Owner) -> str:
    """Return what the doctor says of unknown complaints."""
    findings = await asyncio.to_thread(lambda: list(examine(owner.house.settings)))
    return next(finding.text for finding in findings if finding.about == UNKNOWN)


@BOTH
async def test_unknown_words_are_kept_after_a_yes(owner: Owner, language: Language) -> None:
    """The advice is honest and asks three questions; after *Boleh* the operator reads the words, no name."""
    await complains(owner)
    owner.sees(*HONEST[language], KEPT)
    answers = [owner.label("words_keep"), owner.label("words_leave")]
    assert any([button.text for button in row][:2] == answers for row in owner.question.buttons)
    assert await doctor(owner) == "0"

    await owner.taps(owner.label("words_keep"))

    assert await doctor(owner) == f"1\n     1× kenal: {KEPT}"
    assert owner.label("words_keep") not in owner.question.labels
    await owner.restart()
    await owner.says("/saran" if language is Language.ID else "/tips")
    assert owner.label("words_keep") not in owner.question.labels


async def test_without_a_yes_nothing_is_kept(owner: Owner) -> None:
    """*Nggak usah* is a button or a typed word; it isn't asked again until /privasi takes it back."""
    await complains(owner)
    await owner.says("nggak usah")
    owner.sees("nggak kusimpan")
    assert await doctor(owner) == "0"
    await owner.says("/saran")
    assert owner.label("words_keep") not in owner.question.labels

    await owner.says("/privasi")
    await owner.taps(owner.label("words_ask_again"))
    await owner.says("/saran")

    assert owner.label("words_keep") in owner.question.labels
    assert await doctor(owner) == "0"


@pytest.mark.parametrize("answer", ["words_keep", "words_leave"])
async def test_erasing_leaves_words_without_a_person(owner: Owner, answer: str) -> None:
    """/hapus takes the owner and the map; what was kept has nobody to be found by."""
    await complains(owner)
    await owner.taps(owner.label(answer))
    before = await doctor(owner)

    await owner.says("/hapus")
    await owner.taps(owner.label("erase_all"))
    await owner.taps(owner.label("erase_yes"))
    await owner.taps(owner.label("afresh"))

    assert await doctor(owner) == before
    files = owner.house.database_path.parent.glob("*")
    assert not any(b"Zubaidah" in file.read_bytes() for file in files)
