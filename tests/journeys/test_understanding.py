"""Being understood in the chat: a vague complaint is settled by a tap, and its advice outlives a restart."""

from conversations.steps import StepId
from journey.model import Entry, Language, Meaning, Status
from tests.chat import Owner
from tests.content import the_knowledge
from tests.journeys.conftest import BOTH

VAGUE = "mahal"
TOPIC = "harga_mahal"


def topic(language: Language, name: str = TOPIC) -> str:
    """Return what a topic is called."""
    return the_knowledge().topics[name].label.say(language)


async def reaches_complaints(owner: Owner) -> None:
    """Answer a quick map up to the complaints of its first stage."""
    await owner.reaches_stages()
    await owner.taps_first(2)


@BOTH
async def test_a_vague_complaint_is_understood_after_a_tap(owner: Owner, language: Language) -> None:
    """Typed, asked about, picked; after a restart the interview goes on, and the advice is there."""
    await reaches_complaints(owner)

    await owner.says(VAGUE)
    owner.sees(VAGUE, "Maksudnya salah satu dari ini?" if language is Language.ID else "Do you mean one of")
    assert [pain.text for pain in (await owner.map()).stages[0].pains] == [VAGUE]
    await owner.restart()
    await owner.taps(topic(language))
    await owner.restart()
    assert (await owner.session()).step is StepId.IDEA
    await owner.taps(owner.label("idea_use"))

    journey_map = await owner.map()
    (idea,) = journey_map.stages[0].opportunities
    remedy = next(remedy for remedy in the_knowledge().remedies if remedy.id == idea.chip)
    assert journey_map.meanings == (Meaning(VAGUE, TOPIC),)
    assert (remedy.topic, idea.text) == (TOPIC, remedy.text.say(language))
    await owner.says("/saran" if language is Language.ID else "/tips")
    owner.sees(VAGUE, remedy.label.say(language))
    assert [VAGUE, TOPIC] in [answer.value for answer in await owner.answers()]


async def test_a_label_may_be_typed_and_words_for_steering_work(owner: Owner) -> None:
    """Whoever types instead of tapping is understood at every one of the questions."""
    await reaches_complaints(owner)

    await owner.says("pembeli nggak baca deskripsi")
    owner.sees("Info mana yang susah mereka temukan")
    await owner.says("ribet")
    owner.sees("Sudah aku ganti")
    await owner.says("bukan itu")
    owner.sees("tetap tersimpan")

    assert (await owner.map()).meanings == (Meaning("ribet", None),)
    assert (await owner.session()).step is StepId.TOUCHPOINTS


async def test_skipping_leaves_the_sentence_as_it_is(owner: Owner) -> None:
    """The word for skipping is no answer to be stored."""
    await reaches_complaints(owner)

    await owner.says("modal saya kurang")
    await owner.says("lewati")

    assert (await owner.map()).stages[0].pains == (Entry("modal saya kurang"),)
    assert (await owner.session()).step is not StepId.ASK_BACK


async def test_an_unclear_complaint_is_settled_in_a_finished_map(owner: Owner) -> None:
    """The advice says which it isn't sure of; two taps later there is some, and nothing is finished anew."""
    await reaches_complaints(owner)
    await owner.says(VAGUE)
    await owner.taps(owner.label("skip"))
    await owner.taps_first(15)
    await owner.taps(owner.label("finish"))

    await owner.says("/saran")
    owner.sees("aku belum yakin maksudnya", f"• {VAGUE}")
    await owner.taps(f"❓ {VAGUE}")
    await owner.restart()
    await owner.taps(topic(Language.ID))

    journey_map = await owner.map()
    assert journey_map.meanings == (Meaning(VAGUE, TOPIC),)
    assert journey_map.status is Status.FINISHED
    assert f"❓ {VAGUE}" not in owner.question.labels
