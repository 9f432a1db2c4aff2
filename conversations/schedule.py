"""What owners are reminded of and when, in their own time: values that survive a restart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum

from journey.document import JsonValue

WAKING_HOURS = range(8, 20)
"""The hours of an owner's day in which a message may come unasked."""


class ReminderKind(StrEnum):
    """What a reminder is about; a stored value is never respelled."""

    UNFINISHED = "unfinished"
    """A map that was begun and not finished."""
    ACTION = "action"
    """Something the owner wanted to do by now."""
    CHECK_IN = "check_in"
    """The monthly look at a finished map."""
    SEASON = "season"
    """A busy season that comes."""


OPT_IN = frozenset({ReminderKind.CHECK_IN, ReminderKind.SEASON})
"""What nobody is reminded of who didn't ask for it."""


class Zone(StrEnum):
    """A time zone of Indonesia; none of them changes its clocks in summer."""

    WIB = "wib"
    WITA = "wita"
    WIT = "wit"

    @property
    def clock(self) -> tzinfo:
        """The zone's distance from UTC, 7, 8 or 9 hours, under the name that everybody calls it by."""
        return timezone(timedelta(hours=7 + list(Zone).index(self)), self.name)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to remind an owner of at a time, known by its kind, its map and its ``subject``.

    ``count`` says how often it was sent before.
    """

    kind: ReminderKind
    due: datetime
    map_id: str | None = None
    subject: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Reminding:
    """What an owner said about reminders; ``zone`` is None as long as nobody knows it.

    ``asked`` tells that they were asked for the zone: once is enough.
    """

    zone: Zone | None = None
    wanted: frozenset[ReminderKind] = frozenset()
    refused: frozenset[ReminderKind] = frozenset()
    asked: bool = False

    def wants(self, kind: ReminderKind) -> bool:
        """Tell whether the owner may be reminded of this."""
        return kind in self.wanted if kind in OPT_IN else kind not in self.refused

    def is_decided(self, kind: ReminderKind) -> bool:
        """Tell whether the owner said yes or no to being reminded of this."""
        return kind in self.wanted | self.refused

    def with_yes(self, kind: ReminderKind) -> "Reminding":
        """Return what holds after a yes to this kind."""
        return replace(self, wanted=self.wanted | {kind}, refused=self.refused - {kind})

    def with_no(self, kind: ReminderKind) -> "Reminding":
        """Return what holds after a no to this kind."""
        return replace(self, wanted=self.wanted - {kind}, refused=self.refused | {kind})


NOTHING_SAID = Reminding()
"""What holds of an owner who was never asked."""


def awake(moment: datetime, clock: tzinfo) -> datetime:
    """Return the first moment from this one on at which the owner is awake, in UTC."""
    local = moment.astimezone(clock)
    if local.hour in WAKING_HOURS:
        return moment
    morning = local.replace(hour=WAKING_HOURS.start, minute=0, second=0, microsecond=0)
    if local.hour >= WAKING_HOURS.stop:
        morning += timedelta(days=1)
    return morning.astimezone(UTC)


def when_awake(reminding: Reminding, moment: datetime, clock: tzinfo) -> datetime:
    """Return the first moment from this one on at which an owner is surely awake.

    ``clock`` is for those who didn't say where they live; where it shows a time of Indonesia they may be
    anywhere in it.
    """
    if reminding.zone is not None:
        return awake(moment, reminding.zone.clock)
    if moment.astimezone(clock).utcoffset() not in {zone.clock.utcoffset(None) for zone in Zone}:
        return awake(moment, clock)
    found = moment
    while (later := max(awake(found, zone.clock) for zone in Zone)) > found:
        found = later
    return found


def dump_reminding(reminding: Reminding) -> dict[str, JsonValue]:
    """Return it as JSON values; ``load_reminding`` of it is equal."""
    return {
        "zone": reminding.zone.value if reminding.zone else None,
        "wanted": [kind.value for kind in sorted(reminding.wanted)],
        "refused": [kind.value for kind in sorted(reminding.refused)],
        **({"asked": True} if reminding.asked else {}),
    }


def load_reminding(row: JsonValue) -> Reminding:
    """Return what the row says; kinds and zones this release doesn't know are passed over."""
    if not isinstance(row, dict):
        return Reminding()
    zone = row.get("zone")
    return Reminding(
        zone=Zone(zone) if isinstance(zone, str) and zone in set(Zone) else None,
        wanted=_kinds(row.get("wanted")),
        refused=_kinds(row.get("refused")),
        asked=bool(row.get("asked")),
    )


def dump_reminder(reminder: Reminder) -> dict[str, JsonValue]:
    """Return it as JSON values; ``load_reminder`` of it is equal."""
    return {
        "kind": reminder.kind.value,
        "due": reminder.due.isoformat(),
        "map_id": reminder.map_id,
        "subject": reminder.subject,
        "count": reminder.count,
    }


def load_reminder(row: JsonValue) -> Reminder | None:
    """Return the reminder, None where there is none or none this release knows."""
    if not isinstance(row, Mapping) or row["kind"] not in set(ReminderKind):
        return None
    map_id, count = row["map_id"], row["count"]
    return Reminder(
        kind=ReminderKind(str(row["kind"])),
        due=datetime.fromisoformat(str(row["due"])).astimezone(UTC),
        map_id=None if map_id is None else str(map_id),
        subject=str(row["subject"]),
        count=count if isinstance(count, int) else 0,
    )


def _kinds(names: JsonValue) -> frozenset[ReminderKind]:
    found = names if isinstance(names, list) else []
    return frozenset(ReminderKind(str(name)) for name in found if name in set(ReminderKind))
