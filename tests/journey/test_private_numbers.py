"""A customer's number typed into a map is noticed; prices, sizes, dates and counts are not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journey.document import dump_map, read_map
from journey.model import (
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    PersonaField,
    Plan,
    PlanState,
    Shop,
    Stage,
)
from journey.phases import Phase
from journey.private_numbers import map_without_numbers, private_numbers, without_numbers
from tests.strategies import journey_maps

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("wa bu rini 081234567890", "081234567890"),
        ("WA:0812-3456-7890 ya", "0812-3456-7890"),
        ("hubungi 0812 3456 789", "0812 3456 789"),
        ("0857.1234.5678 nggak aktif", "0857.1234.5678"),
        ("0812 - 3456 - 7890", "0812 - 3456 - 7890"),
        ("telp +6281234567890.", "+6281234567890"),
        ("+62 812-3456-7890 telat bales", "+62 812-3456-7890"),
        ("(+62) 812 3456 7890", "(+62) 812 3456 7890"),
        ("+62 (0)812 3456 7890", "+62 (0)812 3456 7890"),
        ("6281234567890", "6281234567890"),
        ("0812345678", "0812345678"),
        ("0812 3456 7890 pesan 20 pcs", "0812 3456 7890"),
        ("nik 3201011205900001", "3201011205900001"),
        ("KTP 3201 0112 0590 0001", "3201 0112 0590 0001"),
        ("32.01.01.120590.0001", "32.01.01.120590.0001"),
        ("kartu 4111-1111-1111-1111", "4111-1111-1111-1111"),
        ("transfer ke 1234567890 bca", "1234567890"),
        ("rek BRI 002301012345678", "002301012345678"),
        ("rek. 123-456-7890", "123-456-7890"),
        ("Mandiri no 137-00-1234567-8", "137-00-1234567-8"),
        ("BCA: 123 456 7890", "123 456 7890"),
    ],
)
def test_a_number_that_leads_to_somebody_is_noticed(text: str, number: str) -> None:
    """Phones, identity cards, bank cards and accounts, however they are grouped."""
    assert private_numbers(text) == (number,)


@pytest.mark.parametrize(
    "text",
    [
        *("Rp150.000", "Rp 1.500.000.000", "Rp1500000000", "1.250.000.000", "idr 2500000000", "150rb"),
        *("12.12", "2026-11-29", "29-11-2026", "29/11/2026 10.30", "2026-11-29 10:30", "promo 11.11"),
        *("500 gr", "1000 pcs", "10000000 pcs", "uk. 40 x 60 x 120 cm", "size 38-40-42", "3.1415926535"),
        *("08.00-17.00", "buka 08.00 - 17.00 dan 19.00", "jam 08.00-17.00 08.00-20.00", "08.12.2026"),
        *("08 12 2026 1000 pcs", "buka 0800-1700", "order 12, 15, 20, 25, 30 dan 45", "1 2 3 4 5 6 7 8 9 10"),
        *("no. pesanan INV20261129001", "resi JP1234567890", "JNE CGK012345678901X", "iPhone 14 128 GB"),
        *("bca 12-12-2026 10.00", "bayar lewat va 29-11-2026 12.30", "kode pos 40115", "021 5551234"),
        *("62.812.345.678", "diskon 10% untuk 100 pembeli pertama", "jam 8-12 dan 13-17", ""),
    ],
)
def test_everyday_numbers_are_let_through(text: str) -> None:
    """Prices, sizes, dates, hours, counts and codes stay as they are."""
    assert private_numbers(text) == ()


def test_several_numbers_are_found_in_their_order() -> None:
    """Each once, as it was typed."""
    text = "rini 0812-3456-7890, sari 085712345678, rini lagi 0812-3456-7890"

    assert private_numbers(text) == ("0812-3456-7890", "085712345678")


def test_a_number_is_replaced_and_the_rest_stays() -> None:
    """The words around it are the owner's."""
    numbers = ("081234567890", "0812345678901")

    assert without_numbers("wa 0812345678901 & 081234567890 ya", numbers) == "wa … & … ya"


@given(text=st.text(alphabet="0123456789 .,-–+()/:aRpx", max_size=60))
@settings(max_examples=300)
def test_without_its_numbers_a_text_has_none(text: str) -> None:
    """Whatever stands around them, what was found can be replaced, and isn't found again."""
    numbers = private_numbers(text)

    assert all(number in text for number in numbers)
    assert not set(private_numbers(without_numbers(text, numbers))) & set(numbers)


def test_a_number_is_taken_out_of_the_whole_map() -> None:
    """Wherever it stands; what says nothing without it goes, other numbers stay."""
    number, other = "081234567890", "085700000000"
    said = f"bales {number}"
    stage = Stage(
        "s1",
        f"Beli {number}",
        (Phase.BELI,),
        feelings=(Feeling(said, 2), Feeling(number, 2)),
        pains=(Entry(said), Entry(number), Entry("bales …"), Entry(other)),
    )
    journey_map = JourneyMap(
        "m1",
        Language.ID,
        MORNING,
        MORNING,
        title=number,
        shop=Shop(name=f"Toko {number}"),
        goal=Entry(said),
        stages=(stage,),
        plans=(Plan(said, PlanState.PLANNED, MORNING),),
    )
    persona = journey_map.persona.with_field(PersonaField.WHO, Entry(said))
    journey_map = replace(journey_map, persona=persona.with_field(PersonaField.NAME, Entry(number)))

    hidden = map_without_numbers(journey_map, (number,))

    assert (hidden.title, hidden.shop.name, hidden.goal) == (None, "Toko …", Entry("bales …"))
    assert (hidden.persona.who, hidden.persona.name) == (Entry("bales …"), None)
    assert hidden.stages[0].name == "Beli …"
    assert hidden.stages[0].feelings == (Feeling("bales …", 2),)
    assert hidden.stages[0].entries(Element.PAINS) == (Entry("bales …"), Entry(other))
    assert [plan.text for plan in hidden.plans] == ["bales …"]


@given(journey_map=journey_maps(most_stages=3), number=st.sampled_from(("0", "a", "081234567890")))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_map_without_numbers_is_a_legal_map(journey_map: JourneyMap, number: str) -> None:
    """It can be stored and read again, whatever was taken out."""
    hidden = map_without_numbers(journey_map, (number,))

    assert read_map(dump_map(hidden)) == hidden
