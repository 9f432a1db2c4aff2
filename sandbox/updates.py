"""The queue of updates: what waits for the bot, for how long, and how long polling empties it.

Lifetimes as in Telegram's server: messages 24 hours, button presses 150 seconds, on the sandbox's clock.
"""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sandbox.clock import DAY_SECONDS, Clock
from sandbox.feed import happens
from sandbox.refusals import conflict
from sandbox.shapes import JsonObject
from sandbox.state import QUERY_SECONDS

HISTORY_KEPT = 2_000
# Bot API: getUpdates hands out 1-100 updates; the server caps the wait at 50 seconds.
BATCH = 100
WAIT_SECONDS = 50
# Bot API: what a bot gets that didn't ask for anything special.
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that waits. A `repeated` one is handed out once, whatever was confirmed before."""

    update: JsonObject
    lane: str
    expires_at: float
    repeated: bool = False

    @property
    def update_id(self) -> int:
        """The update's id."""
        number = self.update["update_id"]
        assert isinstance(number, int)
        return number


@dataclass(slots=True)
class UpdateQueue:
    """Updates in order of their ids, for polling and webhook alike."""

    clock: Clock
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    pending: list[Pending] = field(default_factory=list)
    history: deque[Pending] = field(default_factory=lambda: deque(maxlen=HISTORY_KEPT))
    allowed: tuple[str, ...] = ()
    on_arrival: Callable[[], None] | None = None
    _polls: int = 0
    _interruption: str = OTHER_POLLER
    _bell: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, kind: str, body: JsonObject, *, lane: str) -> int:
        """Queue an update and return its id; kinds the bot didn't ask for are dropped, as Telegram does."""
        update_id = next(self.ids)
        lifetime = QUERY_SECONDS if kind == "callback_query" else DAY_SECONDS
        update: JsonObject = {"update_id": update_id, kind: body}
        entry = Pending(update, lane, self.clock.now() + lifetime)
        if self._wants(kind):
            self._append(entry)
        return update_id

    def repeat(self, update_id: int) -> None:
        """Deliver an update once more under the same id, even when it was confirmed."""
        for entry in self.history:
            if entry.update_id == update_id:
                lifetime = self.clock.now() + DAY_SECONDS
                self._append(Pending(entry.update, entry.lane, lifetime, repeated=True))
                return
        raise LookupError(f"no update {update_id} in the last {HISTORY_KEPT}")

    def poison(self, body: JsonObject | None = None) -> int:
        """Queue an update that a bot library can't parse and return its id."""
        update_id = next(self.ids)
        broken: JsonObject = {"message": {"message_id": "not a number", "date": "yesterday"}}
        update: JsonObject = {"update_id": update_id, **(body or broken)}
        self._append(Pending(update, "poison", self.clock.now() + DAY_SECONDS))
        return update_id

    def live(self) -> list[Pending]:
        """Return what still waits; what is too old is forgotten."""
        now = self.clock.now()
        self.pending = [entry for entry in self.pending if entry.expires_at > now]
        return self.pending

    def remove(self, entry: Pending) -> None:
        """Forget a delivered update."""
        self.pending = [other for other in self.pending if other is not entry]

    def confirm(self, offset: int | None) -> None:
        """Forget every update below the offset; a negative one keeps only that many from the end."""
        if offset is None or offset == 0:
            return
        if offset < 0:
            self.pending = self.live()[offset:]
            return
        self.pending = [each for each in self.live() if each.update_id >= offset or each.repeated]

    async def poll(self, *, limit: int, wait: float, alive: Callable[[], bool]) -> list[JsonObject]:
        """Return the oldest updates, waiting up to `wait` seconds; raise a 409 when another poll begins."""
        self.interrupt(OTHER_POLLER)
        self._polls += 1
        mine, deadline = self._polls, asyncio.get_running_loop().time() + wait
        while True:
            if mine != self._polls:
                raise conflict(self._interruption)
            left = deadline - asyncio.get_running_loop().time()
            batch = self.live()[:limit]
            if (batch and alive()) or left <= 0:
                for entry in batch:
                    if entry.repeated:
                        self.remove(entry)
                return [entry.update for entry in batch]
            await happens(self._bell, left)

    def interrupt(self, reason: str) -> None:
        """End a waiting poll with a 409 for this reason."""
        self._interruption = reason
        self._polls += 1
        self._ring()

    def _append(self, entry: Pending) -> None:
        in_order = not self.pending or self.pending[-1].update_id <= entry.update_id
        self.pending.append(entry)
        if not in_order:
            self.pending.sort(key=lambda each: each.update_id)
        self.history.append(entry)
        self._ring()
        if self.on_arrival is not None:
            self.on_arrival()

    def _ring(self) -> None:
        self._bell.set()
        self._bell = asyncio.Event()

    def _wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT
