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
    """A picture of a map as it was when it was asked for.

    ``redrawn`` when an earlier one was lost; ``only`` are the digests of an album's pictures still to be
    shown when the others were, empty for all. ``before`` is an earlier version to compare it with.
    """

    drawing: Drawing
    language: Language
    journey_map: JourneyMap
    redrawn: bool = False
    only: tuple[str, ...] = ()
    before: JourneyMap | None = None

    def payload(self) -> dict[str, JsonValue]:
        """Return the wish as JSON; it is equal for the same picture, without times that are not drawn."""
        finished = self.journey_map.finished and _NO_TIME
        timeless = replace(self.journey_map, created=_NO_TIME, changed=_NO_TIME, finished=finished)
        compared: dict[str, JsonValue] = {}
        if self.before is not None:  # both dates are drawn
            timeless = replace(timeless, finished=self.journey_map.finished)
            compared = {"before": dump_map(replace(self.before, created=_NO_TIME, changed=_NO_TIME))}
        return {
            "drawing": self.drawing.value,
            "language": self.language.value,
            "map": dump_map(timeless),
            "redrawn": self.redrawn,
            "only": list(self.only),
            **compared,
        }


def read_wish(payload: Mapping[str, JsonValue]) -> Wish:
    """Return the wish of a payload. Raises UnknownWish."""
    try:
        return Wish(
            Drawing(str(payload["drawing"])),
            Language(str(payload["language"])),
            read_map(payload["map"]),
            redrawn=payload.get("redrawn") is True,
            only=_digests(payload.get("only")),
            before=read_map(payload["before"]) if "before" in payload else None,
        )
    except (KeyError, ValueError) as error:
        raise UnknownWish(f"{type(error).__name__}: {error}") from None


def _digests(value: JsonValue) -> tuple[str, ...]:
    return tuple(str(digest) for digest in value) if isinstance(value, list) else ()


def put_lost_wish(transaction: Transaction, owner_id: int, wish: Wish, now: datetime) -> None:
    """Queue the drawing of lost pictures; where the same map waits to be drawn, all of it comes."""
    if transaction.jobs.waits(_kind(wish), _key(owner_id, wish)):
        wish = replace(wish, only=())
    put_wish(transaction, owner_id, wish, now)


def put_wish(transaction: Transaction, owner_id: int, wish: Wish, now: datetime) -> None:
    """Queue the drawing of a wish; an older one of the same map and drawing gives way unless it is equal."""
    key = _key(owner_id, wish)
    if wish.drawing is Drawing.ALBUM:
        transaction.jobs.drop(f"{DRAW}{Drawing.PREVIEW}", key)  # too late to be of use
    transaction.jobs.add(_kind(wish), key, owner_id, wish.payload(), now, now)


def _kind(wish: Wish) -> str:
    return f"{DRAW}{wish.drawing}"


def _key(owner_id: int, wish: Wish) -> str:
    return f"{owner_id}:{wish.journey_map.id}"
