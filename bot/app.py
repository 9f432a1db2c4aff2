"""The composition root: builds every part of the bot once and runs them together until told to stop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.clock import Clock, ShiftedClock, SystemClock, follow_sandbox_clock
from bot.content import load_content
from bot.drawings import Drawings, Room
from bot.forgetting import Forgetting
from bot.health import Health
from bot.intake import Intake
from bot.lanes import Lanes
from bot.outbound import Outbound
from bot.pacing import Pacing
from bot.polling import Poller
from bot.profile import tell_profile
from bot.reminding import Reminding
from bot.request import build_bot
from bot.sender import Sender
from bot.settings import Settings
from bot.turns import Turns
from bot.upkeep import keep_tidy
from bot.webhook import Webhook
from journey.model import Language
from locales.catalog import load_catalogs
from renderers.messages import Messages
from renderers.worker import DrawingRoom
from storage.database import Database
from storage.lock import writer_lock
from storage.migration import upgrade

CONNECT_AGAIN_SECONDS = 2.0
LONGEST_CONNECT_PAUSE = 30.0

logger = structlog.get_logger(__name__)


class TokenRefused(Exception):
    """Telegram doesn't know the token."""


class Stopped(Exception):
    """The bot was told to stop before Telegram answered."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The running parts of a bot, for who drives it: the command line and the tests."""

    bot: Bot
    database: Database
    sender: Sender
    lanes: Lanes
    drawings: Drawings
    intake: Intake
    health: Health
    clock: Clock
    forgetting: Forgetting
    reminding: Reminding

    async def idle(self) -> None:
        """Return when nothing waits to be handled, drawn or sent."""
        await self.lanes.idle()
        await self.drawings.idle()
        await self.sender.idle()


async def run_bot(settings: Settings, stop: asyncio.Event) -> None:
    """Run the bot until ``stop`` is set; within 5 s everything is put away and nothing is lost.

    Raises TokenRefused, and what opening and migrating the database raises.
    """
    try:
        async with running(settings, stop) as parts:
            logger.info("ready", bot=parts.bot.username, webhook=bool(settings.webhook_url))
            await stop.wait()
    except Stopped:
        logger.info("stopped_before_ready")


@asynccontextmanager
async def running(
    settings: Settings,
    stop: asyncio.Event | None = None,
    *,
    room: Room | None = None,
    pacing: Pacing | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[Parts]:
    """Run a bot for the length of the block.

    ``room`` draws, ``pacing`` slows down and ``clock`` tells the time instead of its own.
    """
    room = room or DrawingRoom(workers=settings.render_workers)
    with writer_lock(settings.database_url):
        upgrade(settings.database_url)
        database = Database.open(settings.database_url)
        try:
            async with _connected(settings, stop or asyncio.Event()) as bot:
                parts = _build(
                    settings, bot, database, room=room, pacing=pacing, clock=clock or _clock_of(settings)
                )
                async with _working(settings, parts):
                    yield parts
        finally:
            await database.close()


def _clock_of(settings: Settings) -> Clock:
    return ShiftedClock(SystemClock()) if settings.sandboxed else SystemClock()


def _build(
    settings: Settings, bot: Bot, database: Database, *, room: Room, pacing: Pacing | None, clock: Clock
) -> Parts:
    """Wire the parts; nothing runs yet."""
    content = load_content()
    zone = ZoneInfo(settings.default_timezone)
    messages = Messages(load_catalogs(zone), content.knowledge)
    outbound = Outbound(messages, content.knowledge, content.matcher)
    sender = Sender(bot, database, clock=clock, pacing=pacing)
    turns = Turns(
        database=database,
        bot=bot,
        sender=sender,
        clock=clock,
        content=content,
        outbound=outbound,
        default_language=Language(settings.default_language),
        operator=settings.operator_chat_id,
        zone=zone,
        wake_drawings=lambda: drawings.wake(),  # noqa: PLW0108  the drawings are built after the turns
        retention_days=settings.retention_days,
    )
    drawings = Drawings(
        database=database,
        sender=sender,
        clock=clock,
        outbound=outbound,
        room=room,
        ask_again=turns.ask_again,
        workers=settings.render_workers,
    )
    sender.heal_with(drawings)
    lanes = Lanes(database, turns.handle, clock=clock, on_parked=turns.apologise)
    health = Health(database, clock, polls=settings.webhook_url is None)
    return Parts(
        bot=bot,
        database=database,
        sender=sender,
        lanes=lanes,
        drawings=drawings,
        intake=Intake(database, clock, lanes.wake),
        health=health,
        clock=clock,
        forgetting=Forgetting(
            database=database,
            sender=sender,
            clock=clock,
            outbound=outbound,
            ask_again=turns.ask_again,
            retention=timedelta(days=settings.retention_days),
            zone=zone,
        ),
        reminding=Reminding(database=database, sender=sender, clock=clock, remind=turns.remind),
    )


@asynccontextmanager
async def _connected(settings: Settings, stop: asyncio.Event) -> AsyncIterator[Bot]:
    """Introduce the bot to Telegram, as often as it takes; only a refused token ends it."""
    if settings.telegram_bot_token is None:
        raise TokenRefused("TELEGRAM_BOT_TOKEN is not set.")
    bot = build_bot(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url)
    pause = CONNECT_AGAIN_SECONDS
    while True:
        try:
            await _unless_stopped(bot.initialize(), stop)
            break
        except InvalidToken:
            raise TokenRefused(
                "Telegram doesn't know TELEGRAM_BOT_TOKEN: copy it anew from @BotFather."
            ) from None
        except TelegramError as error:
            logger.warning("telegram_unreachable", error=type(error).__name__, pause=pause)
        await _unless_stopped(asyncio.sleep(pause), stop)
        pause = min(2 * pause, LONGEST_CONNECT_PAUSE)
    try:
        yield bot
    finally:
        await bot.shutdown()


async def _unless_stopped(work: Awaitable[None], stop: asyncio.Event) -> None:
    """Wait for ``work``; raise Stopped as soon as ``stop`` is set."""
    doing = asyncio.ensure_future(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise Stopped
        await doing
    finally:
        for task in (doing, stopping):
            task.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)


@asynccontextmanager
async def _working(settings: Settings, parts: Parts) -> AsyncIterator[None]:
    """Run all parts side by side; intake stops first, the sender last."""
    poller = Poller(parts.bot, parts.intake, parts.health)
    webhook = await _open_webhook(settings, parts)
    background = [
        asyncio.create_task(parts.lanes.run()),
        asyncio.create_task(parts.drawings.run()),
        asyncio.create_task(parts.sender.run()),
        asyncio.create_task(keep_tidy(parts.database, parts.clock)),
        asyncio.create_task(parts.forgetting.run()),
        asyncio.create_task(parts.reminding.run()),
        asyncio.create_task(
            tell_profile(
                parts.bot,
                parts.database,
                parts.clock,
                load_catalogs(),
                Language(settings.default_language),
            )
        ),
    ]
    if webhook is None:
        background.append(asyncio.create_task(poller.run()))
    if isinstance(parts.clock, ShiftedClock):
        background.append(asyncio.create_task(follow_sandbox_clock(parts.clock, settings.telegram_api_url)))
    try:
        yield
    finally:
        if webhook is None:
            await poller.stop()
        else:
            await webhook.stop()
        await asyncio.gather(parts.lanes.stop(), parts.drawings.stop(), parts.sender.stop())
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)


async def _open_webhook(settings: Settings, parts: Parts) -> Webhook | None:
    """Listen for Telegram's calls when a webhook is set, and tell Telegram where."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    webhook = Webhook(
        parts.intake,
        parts.health,
        url=settings.webhook_url,
        secret=settings.webhook_secret.get_secret_value(),
    )
    await webhook.start(settings.webhook_listen.host, settings.webhook_listen.port)
    await webhook.register(parts.bot)
    return webhook
