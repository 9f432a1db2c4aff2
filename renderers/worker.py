"""Drawing away from the event loop: worker processes with limits, which may crash or hang."""

import asyncio
import multiprocessing
import resource
from concurrent.futures import CancelledError
from enum import StrEnum
from typing import Protocol

from pebble import ProcessExpired, ProcessPool

from journey.model import JourneyMap
from renderers.picture import Format, Layout, Picture, draw
from renderers.second import SecondCurve
from renderers.theme import LIGHT, Theme
from renderers.words import PictureWords


class Drawer(Protocol):
    """Draws a map, as ``renderers.picture.draw`` does."""

    def __call__(
        self,
        journey_map: JourneyMap,
        layout: Layout,
        format: Format,
        words: PictureWords,
        *,
        theme: Theme,
        second: SecondCurve | None,
    ) -> tuple[Picture, ...]:
        """Return the pictures."""
        ...


TIME_LIMIT = 20.0
"""Seconds a drawing may take; a full album takes about one."""
MEMORY_LIMIT = 1_500_000_000
"""Bytes of address space of a worker; a drawing takes about 300 million."""
_PRELOADED = ["renderers.picture", "renderers.painter", "renderers.encoding"]


class Trouble(StrEnum):
    """Why a drawing failed."""

    CRASH = "crash"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    ERROR = "error"


class DrawingFailed(Exception):
    """No picture came of it; ``reason`` says why, the cause (if any) says where."""

    def __init__(self, reason: Trouble) -> None:
        """Keep the reason."""
        super().__init__(reason.value)
        self.reason = reason


class DrawingRoom:
    """A pool of worker processes that draw; a crashed or hanging one is replaced and the others go on.

    Processes start at the first drawing. ``drawer`` must be importable by name in the workers.
    """

    def __init__(
        self,
        *,
        workers: int = 1,
        time_limit: float = TIME_LIMIT,
        memory_limit: int = MEMORY_LIMIT,
        drawer: Drawer = draw,
    ) -> None:
        """Prepare the pool without starting anything."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)  # so that a new worker needn't import for a second
        self._drawer, self._time_limit = drawer, time_limit
        self._pool = ProcessPool(
            max_workers=workers, initializer=_limit_memory, initargs=(memory_limit,), context=context
        )

    async def draw(
        self,
        journey_map: JourneyMap,
        layout: Layout,
        format: Format,
        words: PictureWords,
        *,
        theme: Theme = LIGHT,
        second: SecondCurve | None = None,
    ) -> tuple[Picture, ...]:
        """Return the pictures of a map, or raise DrawingFailed; cancelling stops the worker."""
        future = self._pool.schedule(
            self._drawer,
            args=(journey_map, layout, format, words),
            kwargs={"theme": theme, "second": second},
            timeout=self._time_limit,
        )
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError as error:
            raise DrawingFailed(Trouble.TIMEOUT) from error
        except MemoryError as error:
            raise DrawingFailed(Trouble.MEMORY) from error
        except ProcessExpired as error:
            raise DrawingFailed(Trouble.CRASH) from error
        except (asyncio.CancelledError, CancelledError):
            raise
        except Exception as error:  # whatever the worker raised, the owner still gets an answer
            raise DrawingFailed(Trouble.ERROR) from error

    def close(self) -> None:
        """Stop all workers at once, also those that are drawing."""
        self._pool.stop()  # type: ignore[no-untyped-call] # no types upstream
        self._pool.join()


def _limit_memory(most: int) -> None:
    """Make a worker that asks for too much memory fail alone."""
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
