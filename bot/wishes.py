"""What is to be drawn or written for whom: a value, and the payload of the job that does it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from conversations.requests import DataFile, Drawing
from conversations.schedule import Zone
from journey.document import dump_map, read_stored
from journey.model import JourneyMap, Language
from storage.records import JsonValue
from storage.transactions import Transaction

DATED = (Drawing.COMPARISON, Drawing.TREND)
"""Pictures that show days."""
DRAW = "draw_"
"""What the kinds of drawing jobs begin with."""
_NO_TIME = datetime.fromtimestamp(0, UTC)


class UnknownWish(ValueError):
    """A payload is of another release."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture or a data file of a map as it was when it was asked for.

    ``redrawn`` when an earlier one was lost; ``only`` are the digests of an album's pictures still to be
    shown when the others were, empty for all. ``before`` is an earlier version to compare it with. ``link``
    is the token of the link that somebody opened: once it isn't in force any more nothing is sent. Days
    are those of ``zone``; of the operator's when it is None.
    """

    drawing: Drawing | DataFile
    language: Language
    journey_map: JourneyMap
    redrawn: bool = False
    only: tuple[str, ...] = ()
    before: JourneyMap | None = None
    link: str | None = None
    zone: Zone | None = None

    def payload(self) -> dict[str, JsonValue]:
        """Return the wish as JSON; it is equal for the same picture, without times that are not drawn.

        A data file has them; the days of two versions are drawn.
        """
        kept = self.journey_map
        compared: dict[str, JsonValue] = {}
        if isinstance(self.drawing, Drawing):
            finished = kept.finished if self.before else kept.finished and _NO_TIME
            kept = replace(kept, created=_NO_TIME, changed=_NO_TIME, finished=finished)
        if self.before is not None:
            compared = {"before": dump_map(replace(self.before, created=_NO_TIME, changed=_NO_TIME))}
        return {
            "drawing": self.drawing.value,
            "language": self.language.value,
            "map": dump_map(kept),
            "redrawn": self.redrawn,
            "only": list(self.only),
            **compared,
            **({"link": self.link} if self.link else {}),
            **({"zone": self.zone.value} if self.zone and self.drawing in DATED else {}),
        }


def read_wish(payload: Mapping[str, JsonValue]) -> Wish:
    """Return the wish of a payload. Raises UnknownWish."""
    try:
        return Wish(
            _wanted(str(payload["drawing"])),
            Language(str(payload["language"])),
            read_stored(payload["map"]),
            redrawn=payload.get("redrawn") is True,
            only=_digests(payload.get("only")),
            before=read_stored(payload["before"]) if "before" in payload else None,
            link=str(payload["link"]) if payload.get("link") else None,
            zone=Zone(str(payload["zone"])) if payload.get("zone") else None,
        )
    except (KeyError, ValueError) as error:
        raise UnknownWish(f"{type(error).__name__}: {error}") from None


def _wanted(name: str) -> Drawing | DataFile:
    return DataFile(name) if name in set(DataFile) else Drawing(name)


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
    """Return what a newer drawing takes the place of; it ends as ``storage.erasure`` looks for it.

    Of comparisons, a newer one takes the place of those with the same earlier version.
    """
    opened = f"{wish.link}:" if wish.link else ""
    against = f"{wish.before.finished or ''}:" if wish.before else ""
    return f"{owner_id}:{opened}{against}{wish.journey_map.id}"
