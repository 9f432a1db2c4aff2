"""Buttons carry an option and a revision, in at most 64 bytes, and nothing else is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.keyboards import LONGEST_COPY, LONGEST_DATA, Press, markup, read_press
from renderers.messages import Button


@given(st.integers(0, 2**63), st.from_regex(r"[a-z!.0-9_]{1,48}", fullmatch=True))
def test_what_a_button_carries_comes_back(revision: int, option: str) -> None:
    """Any revision and any option survive the way through Telegram."""
    keyboard = markup([[Button("x", option)]], revision)
    rows = keyboard["inline_keyboard"]
    assert isinstance(rows, list)
    assert isinstance(rows[0], list)
    assert isinstance(rows[0][0], dict)
    data = str(rows[0][0]["callback_data"])

    assert len(data.encode()) <= LONGEST_DATA
    assert read_press(data) == Press(option, revision)


@pytest.mark.parametrize("data", ["", ":", "x", "1:", ":begin", "-1:begin", "Z:begin", "١:begin", "1 :x"])
def test_data_that_is_none_of_ours_is_not_read(data: str) -> None:
    """Another bot's button or a forged one is no press."""
    assert read_press(data) is None


def test_an_option_too_long_for_a_button_is_a_broken_promise() -> None:
    """Telegram would refuse the whole message: better to fail where it is made."""
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        markup([[Button("x", "o" * 63)]], 1)


def test_a_button_copies_or_opens_instead_of_telling_us() -> None:
    """Each button has exactly one deed, as Telegram wants it."""
    row = [Button("Salin", "copy", copies="Halo Kak"), Button("Buka", "open", url="https://wa.me/?text=x")]

    keyboard = markup([row, [Button("Kembali", "!back")]], 1)

    assert keyboard == {
        "inline_keyboard": [
            [
                {"text": "Salin", "copy_text": {"text": "Halo Kak"}},
                {"text": "Buka", "url": "https://wa.me/?text=x"},
            ],
            [{"text": "Kembali", "callback_data": "1:!back"}],
        ]
    }


@pytest.mark.parametrize("text", ["", "x" * (LONGEST_COPY + 1), "😍" * 129])
def test_a_text_that_no_button_can_copy_is_a_broken_promise(text: str) -> None:
    """Telegram would refuse the whole message: better to fail where it is made."""
    with pytest.raises(ValueError, match="not 1 to 256 long"):
        markup([[Button("Salin", "copy", copies=text)]], 1)
