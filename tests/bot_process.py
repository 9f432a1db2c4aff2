"""The bot as a process of its own, which a test may kill at any moment."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT


@dataclass
class BotProcess:
    """``python -m bot run`` with nothing but these variables set."""

    environment: Mapping[str, str]
    log: Path
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the bot; it needs a second until it asks for updates."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "LOG_FORMAT": "json", **self.environment},
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """End it at once, without a chance to tidy up."""
        assert self.process is not None
        self.process.kill()
        assert await self.process.wait() == -signal.SIGKILL, self.log.read_text()[-2000:]

    async def stop(self) -> int:
        """Ask it to end, as a service manager does, and return its exit code."""
        assert self.process is not None
        self.process.terminate()
        return await self.process.wait()


@asynccontextmanager
async def bot_process(environment: Mapping[str, str], log: Path) -> AsyncIterator[BotProcess]:
    """Run a bot for the length of the block."""
    bot = BotProcess(environment, log)
    await bot.start()
    try:
        yield bot
    finally:
        assert bot.process is not None
        if bot.process.returncode is None:
            bot.process.kill()
            await bot.process.wait()
