"""From a complaint on the map to a message on the clipboard, through the real bot and its sandbox."""

from urllib.parse import parse_qs, urlsplit

from conversations.steps import StepId
from journey.drafts import DraftKind
from journey.model import Language
from sandbox.views import Button
from tests.chat import Owner
from tests.content import the_drafts
from tests.journeys.conftest import BOTH


def button(owner: Owner, key: str) -> Button | None:
    """Return a button of the question by what it says, None when it isn't there."""
    wanted = owner.label(key)
    buttons = [found for row in owner.question.buttons for found in row]
    return next((found for found in buttons if found.text == wanted), None)


async def finishes(owner: Owner) -> None:
    """Finish the map of the example."""
    await owner.begins()
    await owner.says("/contoh" if owner.language is Language.ID else "/example")
    await owner.taps(owner.label("copy"))
    await owner.taps(owner.label("finish"))


@BOTH
async def test_every_draft_can_be_copied_or_opened(owner: Owner, language: Language) -> None:
    """What the buttons carry is the very text on screen, and Telegram takes every message."""
    await finishes(owner)
    await owner.taps(owner.label("drafts"))

    for draft in the_drafts().drafts.values():
        label = draft.label.say(language)
        if label not in owner.question.labels:
            await owner.taps(owner.label("further"))
        await owner.taps(label)

        copied, opened = button(owner, "copy_draft"), button(owner, "open_whatsapp")
        assert opened is not None
        assert opened.url is not None
        (text,) = parse_qs(urlsplit(opened.url).query)["text"]
        assert text in owner.question.text
        assert (copied is None) == (draft.kind is DraftKind.THANKS)
        assert copied is None or copied.copy_text == text
        assert ("STOP" in text) == draft.promotional
        await owner.taps(owner.label("back"))


async def test_a_draft_waits_through_a_restart(owner: Owner) -> None:
    """Typed labels and commands work as well, and the same message is asked for again."""
    await finishes(owner)
    await owner.says("draf whatsapp")
    await owner.says("Pesanan telat")
    text = owner.question.text

    await owner.restart()
    await owner.says("/bahasa")
    await owner.says("/batal")

    assert text in owner.question.text
    assert (await owner.session()).step is StepId.DRAFT
    await owner.says("salin teksnya")
    owner.sees("harus di-tap")
    await owner.says("kembali")
    await owner.says("kembali")
    assert owner.label("shapes") in owner.question.labels
