"""What is to be drawn for whom: a value, and the payload of the job that does it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from conversations.requests import Drawing
from journey.document import dump_map, read_map
from journey.model import JourneyMap, Language
from storage.records import JsonValue
from storage.transactions import Transaction

DRAW = "draw_"
"""What the kinds of drawing jobs begin with."""
_NO_TIME = datetime.fromtimestamp(0, UTC)


class UnknownWish(ValueError):
    """A payload is of another release."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture of a map as it was when it was asked for; ``redrawn`` when an earlier one was lost."""

    drawing: Drawing
    language: Language
    journey_map: JourneyMap
    redrawn: bool = False

    def payload(self) -> dict[str, JsonValue]:
        """Return the wish as JSON; it is equal for the same picture, as times are neither drawn nor said."""
        finished = self.journey_map.finished and _NO_TIME
        timeless = replace(self.journey_map, created=_NO_TIME, changed=_NO_TIME, finished=finished)
        return {
            "drawing": self.drawing.value,
            "language": self.language.value,
            "map": dump_map(timeless),
            "redrawn": self.redrawn,
        }


def read_wish(payload: Mapping[str, JsonValue]) -> Wish:
    """Return the wish of a payload. Raises UnknownWish."""
    try:
        return Wish(
            Drawing(str(payload["drawing"])),
            Language(str(payload["language"])),
            read_map(payload["map"]),
            redrawn=payload.get("redrawn") is True,
        )
    except (KeyError, ValueError) as error:
        raise UnknownWish(f"{type(error).__name__}: {error}") from None


def put_wish(transaction: Transaction, owner_id: int, wish: Wish, now: datetime) -> None:
    """Queue the drawing of a wish; an older one of the same map and drawing gives way unless it is equal."""
    key = f"{owner_id}:{wish.journey_map.id}"
    if wish.drawing is Drawing.ALBUM:
        transaction.jobs.drop(f"{DRAW}{Drawing.PREVIEW}", key)  # too late to be of use
    transaction.jobs.add(f"{DRAW}{wish.drawing}", key, owner_id, wish.payload(), now, now)
