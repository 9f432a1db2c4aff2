"""The largest legal map: as text in several messages, in the review, and as an album of several."""

from datetime import UTC, datetime

from journey import gaps, limits
from journey.document import dump_map
from journey.model import (
    Business,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Persona,
    PersonaField,
    Shop,
    Speed,
    Stage,
    Status,
)
from journey.phases import Phase
from renderers.messages import LONGEST_MESSAGE, utf16_length
from tests.chat import Owner

WORST = "<&>😡\"'😍"


def wide(length: int) -> str:
    """Return words of that many characters, each a trouble to HTML or two units to Telegram."""
    return (WORST * length)[:length]


def largest_map(map_id: str = "largest", language: Language = Language.ID) -> JourneyMap:
    """Return a map in which nothing more fits."""
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    persona = Persona().with_field(PersonaField.NAME, Entry(wide(limits.PERSONA_NAME_LENGTH)))
    for field in PersonaField:
        if field is not PersonaField.NAME:
            persona = persona.with_field(field, Entry(wide(limits.PERSONA_FIELD_LENGTH)))
    stages = []
    for number in range(1, limits.STAGES + 1):
        stage = Stage(
            f"s{number}",
            wide(limits.STAGE_NAME_LENGTH),
            (Phase.BELI,),
            feelings=(Feeling(wide(limits.FEELING_LENGTH), 1), Feeling(wide(limits.FEELING_LENGTH - 1), 5)),
        )
        for element in Element:
            if element is not Element.FEELINGS:
                texts = [
                    f"{place}{wide(limits.ENTRY_LENGTH - 1)}" for place in range(limits.ENTRIES_PER_CELL)
                ]
                stage = stage.with_entries(element, map(Entry, texts))
        stages.append(stage)
    return JourneyMap(
        id=map_id,
        language=language,
        created=moment,
        changed=moment,
        speed=Speed.FULL,
        title=wide(limits.TITLE_LENGTH),
        shop=Shop(Business.ELEKTRONIK, wide(limits.SHOP_NAME_LENGTH)),
        goal=Entry(wide(limits.GOAL_LENGTH)),
        persona=persona,
        stages=tuple(stages),
    )


async def keep(owner: Owner, journey_map: JourneyMap) -> None:
    """Put a map into the database as the owner's."""
    now = owner.house.parts.clock.now()
    await owner.house.parts.database.write(
        lambda transaction: transaction.maps.save(owner.person.id, dump_map(journey_map), now)
    )


async def test_the_largest_map_is_reviewed_and_finished(owner: Owner) -> None:
    """Every message fits, every word is there, the buttons work."""
    largest = largest_map()
    assert gaps.gaps(largest) == ()
    await owner.begins()
    await keep(owner, largest)
    await owner.says("/peta")

    await owner.taps(wide(10))
    await owner.taps(owner.label("map_continue"))
    review = owner.question
    assert len(owner.news) > 10
    assert all(utf16_length(message.text) <= LONGEST_MESSAGE for message in owner.messages)
    shown = "\n".join(message.text for message in owner.news)
    assert shown.count(wide(limits.ENTRY_LENGTH - 1)) == 8 * 5 * 6
    await owner.taps("1. ")
    assert len(owner.question.labels) == len(Element) + 2  # the drafts and the way back
    await owner.taps("Kembali")
    assert owner.question.labels == review.labels
    await owner.taps("Selesai, buat gambarnya")
    await owner.pictures(9)

    assert (await owner.map()).status is Status.FINISHED
    await owner.taps("Versi teks")
    assert all(utf16_length(message.text) <= LONGEST_MESSAGE for message in owner.messages)


async def test_words_that_look_like_html_arrive_as_they_were_typed(owner: Owner) -> None:
    """Nothing an owner types is markup, in the question, the toast or the text."""
    await owner.begins()
    await owner.taps_first()
    name = "<b>Toko</b> & <a href='x'>Anak</a>"

    await owner.says(name)
    await owner.taps("Kembali")

    owner.sees(name)
    assert (await owner.map()).shop.name == name
