"""Text and documents are cleaned on the way in, so that both databases keep the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import codec
from storage.codec import Storable
from storage.database import Database
from storage.records import JsonValue
from tests.storage.samples import NOW, SITI, answer, map_document, session, update

BAD = "a\0b\ud800c\udfffd"
CLEANED = "abcd"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("text", ["", "Kopi ☕ 👩🏽‍🍳", "ꦏꦺꦴꦥꦶ", "\u202e\u200d\ufeff", "a\tb\nc"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    """Only what a database can't keep is taken away."""
    assert codec.clean(text) == text


def test_nul_and_lone_surrogates_are_taken_away() -> None:
    """Telegram may send both."""
    assert codec.clean(BAD) == CLEANED


@given(JSON)
def test_a_stored_value_can_always_be_written_and_read(value: JsonValue) -> None:
    """Whatever comes, its text is storable; storing what was read changes nothing more."""
    text = codec.dump(value)

    assert "\0" not in text
    assert text.encode("utf-8")
    assert codec.dump(codec.load(text)) == text


def test_tuples_and_nested_words_are_stored_too() -> None:
    """Values are frozen in Python; JSON has lists."""
    words: list[Storable] = [BAD]

    assert codec.load(codec.dump({BAD: (BAD, words)})) == {CLEANED: [CLEANED, [CLEANED]]}


def test_numbers_that_json_does_not_know_are_refused() -> None:
    """NaN would be read by nobody else."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        codec.dump({"score": float("nan")})


def test_both_databases_keep_the_same_of_bad_text(database: Database) -> None:
    """NUL and lone surrogates never reach a database, wherever they are."""
    database.write_now(lambda kept: kept.inbox.add([update(1, payload=BAD)], NOW))
    database.write_now(lambda kept: kept.owners.save(SITI, session(shop=BAD), expected=None, now=NOW))
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(title=BAD), NOW))
    database.write_now(lambda kept: kept.answers.add([answer({"text": BAD})]))
    database.write_now(lambda kept: kept.facts.put("fact", BAD))

    row = database.read_now(lambda kept: kept.inbox.next(SITI))
    owner = database.read_now(lambda kept: kept.owners.load(SITI))
    journey_map = database.read_now(lambda kept: kept.maps.load("m1", SITI))
    answers = database.read_now(lambda kept: kept.answers.of_map("m1", SITI))

    assert row is not None
    assert owner is not None
    assert journey_map is not None
    assert row.payload == CLEANED
    assert owner.session["shop"] == CLEANED
    assert journey_map.document["title"] == CLEANED
    assert [given.value for given in answers] == [{"text": CLEANED}]
    assert database.read_now(lambda kept: kept.facts.get("fact")) == CLEANED
