"""Sentences from the owner's side of the counter are noticed, customers' complaints are left alone."""

import pytest

from journey.reframing import reframing_for
from tests.content import the_knowledge

OWNERS_SIDE = {
    "o.tanya_doang": ["Cuma nanya2 doank, ga jadi beli", "byk pelanggan PHP", "They never actually buy"],
    "o.cod_nolak": ["COD sering nolak pas kurir datang", "Pembeli menolak paketnya"],
    "o.nggak_baca": ["pembeli gak baca!!", "Males baca keterangannya", "People dont read the size chart"],
    "o.alamat_kurang": [
        "Alamatnya nggak lengkap",
        "suka salah kasih alamat",
        "He gives the wrong address",
    ],
    "o.nawar_ongkir": ["nawar teruuus", "Minta gratis ongkir", "They haggle a lot"],
    "o.lupa_klik": ["Lupa klik terima", "ga klik selesai", "They forget to confirm"],
    "o.live_sepi": ["Live-nya sepi penonton", "live sepi bgt", "No viewers at night"],
    "o.modal_kurang": ["kurang modal buat stok", "Modalnya terbatas", "Not enough capital for stock"],
    "o.kewalahan_chat": ["Admin keteteran", "gak sempet bls chat", "Too many chats at noon"],
    "o.kurir_salah": ["Bukan salah kami, itu ekspedisi", "kurirnya ngaco", "Not our fault"],
    "o.batal_jadi": ["Suka batalin pas udah dibungkus", "batal mendadak", "Last-minute cancel of a cake"],
    "o.banting_harga": ["kompetitor jual murah", "Ada yang merusak harga", "There is a price war"],
}

CUSTOMERS_SIDE = [
    "Balasan chat lama",
    "Penjual nggak baca catatan pesanan",
    "Pesanan diterima dalam keadaan rusak",
    "Persaingan bikin bingung pilih toko",
    "Order received broken",
    "Susah batalin pesanan",
    "Pesanan dibatalkan sepihak sama toko",
    "Dikirim ke alamat yang salah",
    "Parcel went to the wrong address",
    "Sering kena PHP stok kosong",
    "Ongkirnya mahal",
    "Nggak bisa COD",
    "Bermodal foto doang",
    "I was overwhelmed by all the choices",
    "No money to pay in full",
    "Livestream putus-putus",
    "phpmyadmin",
    "👍",
    "",
]


@pytest.mark.parametrize("name", [reframing.id for reframing in the_knowledge().reframings])
def test_each_of_the_twelve_is_noticed(name: str) -> None:
    """In the knowledge's own words of both languages, and as owners type them."""
    knowledge = the_knowledge()
    reframing = next(found for found in knowledge.reframings if found.id == name)
    sentences = (reframing.owner_says.id, reframing.owner_says.en, *OWNERS_SIDE[name])

    found = {sentence: reframing_for(sentence, knowledge) for sentence in sentences}

    assert len(knowledge.reframings) == 12
    assert found == dict.fromkeys(sentences, reframing)


@pytest.mark.parametrize("sentence", CUSTOMERS_SIDE)
def test_what_customers_say_is_no_cue(sentence: str) -> None:
    """Nobody is asked back about a complaint that is one, nor for half of a word."""
    assert reframing_for(sentence, the_knowledge()) is None


def test_no_ready_answer_is_the_owners_side() -> None:
    """The chips are said by customers: none of them betrays an owner."""
    knowledge = the_knowledge()
    texts = [
        text for chips in knowledge.chips.values() for chip in chips for text in (chip.text.id, chip.text.en)
    ]

    assert [text for text in texts if reframing_for(text, knowledge)] == []


def test_what_is_said_first_decides() -> None:
    """Of two cues in one sentence the earlier one is asked about, in whatever order the file has them."""
    knowledge = the_knowledge()

    found = [
        reframing_for(sentence, knowledge)
        for sentence in ("Kewalahan, banyak yang nawar terus", "Nawar terus sampai kami kewalahan")
    ]

    assert [reframing.id for reframing in found if reframing] == ["o.kewalahan_chat", "o.nawar_ongkir"]
