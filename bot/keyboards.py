"""Inline keyboards: an option's id and the session's revision travel in a button's callback data."""

from collections.abc import Sequence
from dataclasses import dataclass

from renderers.messages import Button, utf16_length
from storage.records import JsonValue

LONGEST_DATA = 64
"""Telegram: callback_data is 1 to 64 bytes."""
LONGEST_COPY = 256
"""Telegram: copy_text is 1 to 256 characters; counted in UTF-16 units, which are never fewer."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SEPARATOR = ":"


@dataclass(frozen=True, slots=True)
class Press:
    """What a button carries: the option and the revision of the session it was shown for."""

    option: str
    revision: int


def markup(rows: Sequence[Sequence[Button]], revision: int) -> dict[str, JsonValue]:
    """Return the inline keyboard of a question. Raises ValueError when an option's id is too long."""
    return {
        "inline_keyboard": [
            [{"text": button.label, **_deed(button, revision)} for button in row] for row in rows
        ]
    }


def read_press(data: str) -> Press | None:
    """Return what a callback's data carries, None for data that is none of ours."""
    number, separator, option = data.partition(_SEPARATOR)
    if not separator or not option or not number or any(digit not in _DIGITS for digit in number):
        return None
    return Press(option, int(number, len(_DIGITS)))


def _deed(button: Button, revision: int) -> dict[str, JsonValue]:
    """Return what a press does: copy, open an address, or tell us."""
    if button.copies is not None:
        if not 1 <= utf16_length(button.copies) <= LONGEST_COPY:
            raise ValueError(f"the text to copy {button.copies!r} is not 1 to {LONGEST_COPY} long")
        return {"copy_text": {"text": button.copies}}
    if button.url is not None:
        return {"url": button.url}
    return {"callback_data": _data(button.option, revision)}


def _data(option: str, revision: int) -> str:
    data = f"{_base36(revision)}{_SEPARATOR}{option}"
    if len(data.encode()) > LONGEST_DATA:
        raise ValueError(f"the callback data {data!r} is longer than {LONGEST_DATA} bytes")
    return data


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, len(_DIGITS))
        digits = _DIGITS[rest] + digits
        if not number:
            return digits
