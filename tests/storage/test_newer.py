"""What a newer release wrote into a document stays there when this one writes it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.newer import Document, written_over
from storage.records import JsonValue

READ: dict[str, JsonValue] = {
    "title": None,
    "shop": {"name": "Kopi Siti"},
    "stages": [
        {"id": "s1", "name": "Kenal", "pains": [{"text": "Ribet"}, {"text": "Mahal"}]},
        {"id": "s2", "name": "Beli", "pains": []},
    ],
}
"""How this release writes what it understood of the stored document."""


def stored() -> dict[str, JsonValue]:
    """Return the document of a newer release: a field more everywhere, and a choice we don't know."""
    return {
        "title": "unknown",
        "season": "lebaran",
        "shop": {"name": "Kopi Siti", "city": "Sleman"},
        "stages": [
            {"id": "s1", "name": "Kenal", "smell": "wangi", "pains": [PROVEN, {"text": "Mahal"}]},
            {"id": "s2", "name": "Beli", "smell": "amis", "pains": []},
        ],
    }


PROVEN: dict[str, JsonValue] = {"text": "Ribet", "proof": "photo"}


def written(**changed: JsonValue) -> Document:
    """Return the stored document with a change of this release."""
    return written_over(stored(), read=READ, now={**READ, **changed})


def test_without_a_change_the_document_stays_word_for_word() -> None:
    """Nothing was said, nothing is written otherwise."""
    assert written() == stored()


def test_a_change_leaves_what_is_beside_it() -> None:
    """The shop has another name and is still in its town."""
    changed = written(shop={"name": "Kopi Sari"})

    assert changed == {**stored(), "shop": {"name": "Kopi Sari", "city": "Sleman"}}


def test_what_we_did_not_know_can_be_said_anew() -> None:
    """An answer takes the place of one we couldn't read."""
    assert written(title="Peta Siti")["title"] == "Peta Siti"


def test_stages_are_known_by_their_ids_and_entries_by_their_words() -> None:
    """Moved, renamed and in another company, they keep what belongs to them; what was removed is gone."""
    renamed: JsonValue = {"id": "s2", "name": "Bayar", "pains": []}
    reworded: JsonValue = {"id": "s1", "name": "Kenal", "pains": [{"text": "Jutek"}, {"text": "Ribet"}]}

    assert written(stages=[renamed, reworded])["stages"] == [
        {"id": "s2", "name": "Bayar", "smell": "amis", "pains": []},
        {"id": "s1", "name": "Kenal", "smell": "wangi", "pains": [{"text": "Jutek"}, PROVEN]},
    ]


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({"name": "Discover"}, True),
        ({"name": "Lihat", "chip": None}, True),
        ({"phases": ["kenal"]}, True),
        ({"name": "Lihat", "chip": None, "phases": ["kenal"]}, False),
        ({"name": "Awareness", "chip": "seed001.aware"}, False),
    ],
)
def test_a_stage_that_took_the_id_of_another_keeps_nothing_of_it(changed: Document, *, kept: bool) -> None:
    """Frameworks number their stages alike; one stage is said in another language, renamed or worked on."""
    before: dict[str, JsonValue] = {"id": "s1", "name": "Kenal", "chip": "umkm.kenal", "phases": []}
    after: dict[str, JsonValue] = {**before, **changed}
    newer: Document = {"stages": [{**before, "smell": "wangi"}]}

    now = written_over(newer, read={"stages": [before]}, now={"stages": [after]})

    assert now == {"stages": [{**after, "smell": "wangi"} if kept else after]}


def test_of_equal_entries_each_keeps_its_own() -> None:
    """What is stored of one is not written twice, and what stands where it stood is what it was."""
    photo: JsonValue = {"text": "Ribet", "proof": "photo"}
    chat: JsonValue = {"text": "Ribet", "proof": "chat"}
    ribet: JsonValue = {"text": "Ribet"}
    mahal: JsonValue = {"text": "Mahal"}

    def over(*now: JsonValue) -> JsonValue:
        newer: Document = {"pains": [photo, chat]}
        return written_over(newer, read={"pains": [ribet, ribet]}, now={"pains": [*now]})["pains"]

    assert over(ribet, ribet, mahal) == [photo, chat, mahal]
    assert over(mahal, ribet) == [mahal, chat]
    assert over(mahal, ribet, ribet, ribet) == [mahal, chat, photo, ribet]


def test_a_field_that_was_emptied_is_gone() -> None:
    """What this release knows and doesn't write any more doesn't come back."""
    plans: list[JsonValue] = ["Taruh kursi"]
    kept = {**stored(), "plans": plans}

    assert "plans" not in written_over(kept, read={**READ, "plans": plans}, now=READ)


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abid"), inner, max_size=3),
    max_leaves=8,
)
_DOCUMENTS = st.dictionaries(st.sampled_from("abcid"), _JSON, max_size=4)


@given(stored=_DOCUMENTS, now=_DOCUMENTS)
def test_what_this_release_writes_is_what_it_reads_again(stored: Document, now: Document) -> None:
    """Where everything is understood, the document is the new one, whatever stood there before."""
    assert written_over(stored, read=stored, now=now) == now
