"""Messages for WhatsApp: ten kinds, filled from any map, honest about gaps, kind to who receives them."""

import copy
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given

from journey import limits
from journey.draftbook import parse_drafts
from journey.drafts import (
    COPIED_LENGTH,
    LINK_LENGTH,
    DraftKind,
    FilledDraft,
    Fitting,
    Ingredient,
    Slot,
    fill,
    fitting,
    slots,
)
from journey.knowledge import BrokenKnowledge
from journey.model import Business, Entry, Feeling, JourneyMap, Language, Persona, Shop, Stage
from journey.phases import Phase
from tests.content import data_files, the_drafts, the_knowledge
from tests.conversations.owner import MORNING
from tests.strategies import journey_maps

PROMOTIONAL = {DraftKind.REVIEW, DraftKind.HOLIDAY, DraftKind.RESTOCK, DraftKind.SECOND, DraftKind.ORDERS}
LONGEST_NAME = "ꦮ" * limits.SHOP_NAME_LENGTH
"""Nine characters each in an address: nothing that shops are called makes a longer one, emoji aside."""
EACH_KIND = pytest.mark.parametrize("kind", list(DraftKind))
EACH_LANGUAGE = pytest.mark.parametrize("language", list(Language))


def a_map(name: str | None = "Kopi Senja", business: Business | None = Business.KOPI) -> JourneyMap:
    persona = Persona(name=Entry("P" * limits.PERSONA_NAME_LENGTH))
    return JourneyMap("m", Language.ID, MORNING, MORNING, shop=Shop(business, name), persona=persona)


def a_stage(name: str, phase: Phase, *pains: str, score: int | None = None) -> Stage:
    feelings = (Feeling("f", score),) if score else ()
    return Stage(name, name, (phase,), pains=tuple(map(Entry, pains)), feelings=feelings)


def named_topics(pain: Entry, stage: Stage) -> tuple[str, ...]:
    """In these tests a complaint is called like its topic."""
    return (pain.text,)


def fits(journey_map: JourneyMap, stage: Stage | None = None) -> tuple[Fitting, ...]:
    return fitting(the_drafts(), journey_map, named_topics, stage)


def filled(kind: DraftKind, journey_map: JourneyMap, language: Language = Language.ID) -> FilledDraft:
    found = next(fit for fit in fits(journey_map) if fit.draft.kind is kind)
    return fill(found, the_drafts(), journey_map.shop, language, the_knowledge())


# What there is.


def test_there_are_ten_kinds() -> None:
    """Every kind that is promised, in a fixed order."""
    assert list(the_drafts().drafts) == list(DraftKind)
    assert len(DraftKind) == 10


@EACH_LANGUAGE
@EACH_KIND
@pytest.mark.parametrize("name", [None, "Kopi Senja", LONGEST_NAME, "😍" * limits.SHOP_NAME_LENGTH])
@pytest.mark.parametrize("business", [None, *Business])
def test_every_draft_is_whole_for_every_shop(
    kind: DraftKind, language: Language, name: str | None, business: Business | None
) -> None:
    """No slot is left open, nobody's name is made up, and the text can be copied or opened some way."""
    found = filled(kind, a_map(name, business), language)

    assert not re.search(r"[{}]", found.text)
    assert ("(nama)" if language is Language.ID else "(name)") in found.gaps
    assert all(gap in found.text for gap in found.gaps)
    assert len(found.text) < 600
    assert found.copied or found.link


@EACH_LANGUAGE
@EACH_KIND
def test_every_draft_names_the_shop(kind: DraftKind, language: Language) -> None:
    """Nobody has to guess who writes."""
    named, unnamed = (filled(kind, a_map(name), language) for name in ("Kopi Senja", None))

    assert named.text.count("Kopi Senja") == 1
    gap = "(nama toko)" if language is Language.ID else "(shop name)"
    assert gap in unnamed.gaps
    assert unnamed.text.replace(gap, "Kopi Senja") == named.text


@given(journey_map=journey_maps(most_stages=2))
def test_any_map_fills_any_draft(journey_map: JourneyMap) -> None:
    """Whatever a shop is called, each text comes with all its gaps named."""
    for kind in DraftKind:
        found = filled(kind, journey_map, journey_map.language)

        assert found.gaps, kind
        assert found.text == found.text.strip()


def test_no_draft_holds_a_number_of_a_customer() -> None:
    """No slot asks for one, no text has one, and the link names no receiver."""
    for kind in DraftKind:
        found = filled(kind, a_map())

        assert not re.search(r"\d{6}|\+62|\b08", found.text)
        assert (found.link or "").startswith("https://wa.me/?text=")
    assert not {"phone", "number", "whatsapp"} & set(Slot)


# The message after a purchase.


@EACH_LANGUAGE
def test_the_message_after_a_purchase_has_its_four_ingredients(language: Language) -> None:
    """Thanks by name, a question for feedback, what is new, a reason to come back, as in seed 003."""
    draft = the_drafts().drafts[DraftKind.THANKS]
    brought = {line.brings: line.text.say(language) for line in draft.lines if line.brings}

    assert list(brought) == list(Ingredient)
    assert Slot.CUSTOMER in slots(brought[Ingredient.THANKS])
    assert "?" in brought[Ingredient.FEEDBACK]
    assert Slot.NEWS in slots(brought[Ingredient.NEWS])
    assert Slot.PROMO in slots(brought[Ingredient.REASON])


@EACH_LANGUAGE
def test_the_tip_is_of_the_trade(language: Language) -> None:
    """How to brew for coffee, how to wash for clothes, and no two trades have the same."""
    tips = [
        filled(DraftKind.THANKS, a_map(business=business), language).text.split("\n\n")[1]
        for business in Business
    ]

    assert len(set(tips)) == len(Business)
    coffee, clothes = (tips[list(Business).index(trade)] for trade in (Business.KOPI, Business.FASHION))
    assert ("seduh" if language is Language.ID else "brew") in coffee
    assert ("cuci" if language is Language.ID else "wash") in clothes


def test_trades_without_parcels_have_words_of_their_own() -> None:
    """A repair has no tracking number, a meal no date of arrival."""
    late = {
        business: filled(DraftKind.LATE, a_map(business=business))
        for business in (Business.KOPI, Business.JASA, Business.KULINER)
    }

    assert "(nomor resi)" in late[Business.KOPI].gaps
    assert "jadwal" in late[Business.JASA].text
    assert "(jam)" in late[Business.KULINER].gaps
    assert "(nomor resi)" not in (*late[Business.JASA].gaps, *late[Business.KULINER].gaps)


# Guards.


@EACH_LANGUAGE
@EACH_KIND
def test_promotional_drafts_say_how_to_stop_them(kind: DraftKind, language: Language) -> None:
    """The line is inside the text, so that it is copied along."""
    last = filled(kind, a_map(), language).text.split("\n\n")[-1]

    assert the_drafts().drafts[kind].promotional == (kind in PROMOTIONAL)
    assert ("STOP" in last) == (kind in PROMOTIONAL)


# What the map knows.


def test_a_name_that_stands_in_for_one_is_a_gap() -> None:
    """A shop that kept "Toko kopi saya" doesn't write so to its customers."""
    stand_in = the_knowledge().businesses[Business.KOPI].shop_name

    for name in (stand_in.id, stand_in.en):
        found = filled(DraftKind.THANKS, a_map(name))

        assert name not in found.text
        assert "(nama toko)" in found.gaps


@EACH_LANGUAGE
def test_an_apology_says_what_for(language: Language) -> None:
    """The complaint of the map stands in the text in words that a shop would use."""
    damaged = replace(a_map(), stages=(a_stage("s1", Phase.TERIMA, "barang_rusak"),))
    pain = the_drafts().pains["barang_rusak"].say(language)
    gap = the_drafts().gaps[Slot.PAIN].say(language)

    told, untold = (filled(DraftKind.APOLOGY, each, language) for each in (damaged, a_map()))

    assert pain in told.text
    assert gap not in told.gaps
    assert gap in untold.gaps


def test_drafts_that_answer_a_complaint_come_first() -> None:
    """Then all others in their order: none is ever missing."""
    journey_map = replace(a_map(), stages=(a_stage("s1", Phase.BELI, "stok_kosong", "cod_bermasalah"),))

    found = fits(journey_map)

    assert [fit.draft.kind for fit in found[:2]] == [DraftKind.COD, DraftKind.RESTOCK]
    assert [fit.cause.pain.text for fit in found if fit.cause] == ["cod_bermasalah", "stok_kosong"]
    assert {fit.draft.kind for fit in found} == set(DraftKind)


def test_a_stage_brings_its_own_drafts_first() -> None:
    """Asked for at one stage, its complaints count, and then its phase."""
    first, last = a_stage("s1", Phase.TERIMA, "pengiriman_lama"), a_stage("s2", Phase.ULAS)
    journey_map = replace(a_map(), stages=(first, last))

    assert [fit.draft.kind for fit in fits(journey_map, last)[:2]] == [DraftKind.REVIEW, DraftKind.ANSWER]
    assert not any(fit.cause for fit in fits(journey_map, last))


def test_the_complaint_that_hurts_most_is_answered() -> None:
    """Of several the one where customers feel worst; of equals the later."""
    stages = (
        a_stage("s1", Phase.TERIMA, "salah_kirim", score=1),
        a_stage("s2", Phase.PAKAI, "barang_rusak", score=1),
        a_stage("s3", Phase.LAYANAN, "admin_lambat", score=4),
    )

    apology = next(
        fit for fit in fits(replace(a_map(), stages=stages)) if fit.draft.kind is DraftKind.APOLOGY
    )

    assert apology.cause is not None
    assert apology.cause.pain.text == "barang_rusak"


# Copy or link.


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("x" * COPIED_LENGTH, True),
        ("x" * (COPIED_LENGTH + 1), False),
        ("😍" * 128, True),
        ("😍" * 129, False),
    ],
)
def test_the_length_decides_if_a_button_copies(text: str, copied: bool) -> None:
    """256 units as Telegram counts: an emoji is two."""
    assert (FilledDraft(text, ()).copied == text) == copied


def test_a_link_brings_the_very_text() -> None:
    """Line breaks, signs and emoji arrive in WhatsApp as they are."""
    text = "Halo Kak & keluarga,\n\n50% + 1? #promo “aman” 😍 ꦮ"

    link = FilledDraft(text, ()).link

    assert link is not None
    assert link.isascii()
    assert parse_qs(urlsplit(link).query) == {"text": [text]}


def test_a_text_too_long_for_a_link_has_none() -> None:
    """Better no button than one that opens half a message."""
    base = len("https://wa.me/?text=")

    assert FilledDraft("x" * (LINK_LENGTH - base), ()).link is not None
    assert FilledDraft("x" * (LINK_LENGTH - base + 1), ()).link is None


# The file.


def broken(path: tuple[str | int, ...], value: object) -> Mapping[str, object]:
    file = copy.deepcopy(data_files()["drafts"])
    here: object = file
    for key in path[:-1]:
        here = here[key]  # type: ignore[index]  # tables and lists of the file, as deep as the path says
    here[path[-1]] = value  # type: ignore[index]  # the same
    return file


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("stop",), "STOP", "drafts: stop needs id and en"),
        (("gaps", "customer"), {"id": "(nama)"}, "drafts.gaps: customer needs id and en"),
        (("gaps", "phone"), {"id": "x", "en": "x"}, "drafts.gaps: unknown ['phone']"),
        (("things", "kopi", "en"), " ", "drafts.things: kopi is empty"),
        (("tips",), {}, "drafts.tips: kuliner is missing"),
        (("pains", "nothing"), {"id": "x", "en": "x"}, "drafts.pains: nothing must be a topic with words"),
        (("drafts", 0, "kind"), "greeting", "drafts.drafts[greeting]: kind must be one of thanks,"),
        (("drafts", 1, "kind"), "thanks", "drafts.drafts[thanks]: nothing brings"),
        (("drafts", 2, "kind"), "review", "drafts: drafts: each kind once"),
        (
            ("drafts", 0, "label", "id"),
            "x" * 35,
            "drafts.drafts[thanks]: label has 35 characters, 34",
        ),
        (("drafts", 0, "phases"), ["tidur"], "drafts.drafts[thanks]: phases must be one of kenal,"),
        (("drafts", 0, "topics"), ["unheard_of"], "drafts.drafts[thanks]: topics: unknown in"),
        (("drafts", 0, "lines"), [], "drafts.drafts[thanks]: lines are missing"),
        (("drafts", 0, "lines", 0, "id"), "Halo {name}", "drafts.drafts[thanks].lines[0]: a slot is wrong"),
        (("drafts", 0, "lines", 0, "id"), "Halo {tip!r}", "drafts.drafts[thanks].lines[0]: a slot is wrong"),
        (("drafts", 0, "lines", 0, "id"), "Halo {", "drafts.drafts[thanks].lines[0]: a slot is wrong"),
        (("drafts", 0, "lines", 0, "id"), "Halo", "drafts.drafts[thanks].lines[0]: id and en leave open"),
        (("drafts", 0, "lines", 0), {"id": "Halo", "en": "Hi"}, "drafts.drafts[thanks]: nothing brings"),
        (
            ("drafts", 0, "lines", 0),
            {"id": "Halo", "en": "Hi", "brings": "thanks"},
            "drafts.drafts[thanks]: the thanks must be by name",
        ),
        (
            ("drafts", 2, "instead", 0, "businesses"),
            ["bank"],
            "drafts.drafts[apology].instead[0]: businesses",
        ),
    ],
)
def test_a_broken_file_is_named_with_the_place(
    path: tuple[str | int, ...], value: object, message: str
) -> None:
    """Whoever edits the drafts is told where it went wrong."""
    with pytest.raises(BrokenKnowledge) as caught:
        parse_drafts(broken(path, value), the_knowledge().topics)

    assert message in str(caught.value)


def test_an_apology_has_words_for_each_of_its_topics() -> None:
    """A topic without words would leave a hole that the map could fill."""
    file = copy.deepcopy(data_files()["drafts"])
    pains = file["pains"]
    assert isinstance(pains, dict)
    del pains["barang_rusak"]

    with pytest.raises(BrokenKnowledge, match="barang_rusak must be a topic with words"):
        parse_drafts(file, the_knowledge().topics)
