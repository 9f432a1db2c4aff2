"""Who wants to know that something changed: pages (as events) and waiting tests (as a wake-up)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.shapes import JsonObject

# A page that reads slower than this is behind for good; it reloads the whole state instead.
QUEUE_LIMIT = 1_000
# Conditions may look at things outside the sandbox (a database, a log), which can't wake us.
LOOK_AGAIN_SECONDS = 0.02


@dataclass(slots=True)
class Feed:
    """Publishes events to every open page and wakes whoever waits for a change."""

    listeners: set[asyncio.Queue[JsonObject]] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def publish(self, event: JsonObject) -> None:
        """Hand the event to every listener; a listener that is full is told to reload."""
        for queue in self.listeners:
            if queue.qsize() < QUEUE_LIMIT:
                queue.put_nowait(event)
            elif queue.qsize() == QUEUE_LIMIT:
                queue.put_nowait({"kind": "reload"})
        self.wake()

    def wake(self) -> None:
        """Let everyone who waits look again."""
        self.changed.set()
        self.changed = asyncio.Event()

    def listen(self) -> asyncio.Queue[JsonObject]:
        """Return a queue that receives every later event until it is passed to `forget`."""
        queue: asyncio.Queue[JsonObject] = asyncio.Queue()
        self.listeners.add(queue)
        return queue

    def forget(self, queue: asyncio.Queue[JsonObject]) -> None:
        """Stop handing events to this queue."""
        self.listeners.discard(queue)

    async def until(self, condition: Callable[[], bool], *, timeout: float) -> bool:  # noqa: ASYNC109  the caller's words
        """Return whether the condition came true within `timeout` seconds."""
        deadline = asyncio.get_running_loop().time() + timeout
        while not condition():
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            await happens(self.changed, min(left, LOOK_AGAIN_SECONDS))
        return True


async def happens(event: asyncio.Event, seconds: float) -> bool:
    """Return True when the event is set within this time, else False."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
