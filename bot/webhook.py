"""Telegram's calls to us: answered with 200 only after the update is committed."""

import asyncio
import hmac
import json
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram import Bot

from bot.api import UPDATES, call_api
from bot.health import Health
from bot.intake import Intake

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header, not its value
LARGEST_BODY = 1024 * 1024
STOP_SECONDS = 2.0
CALLS_AT_ONCE = 40
"""Telegram: max_connections is 1-100, 40 by default."""

logger = structlog.get_logger(__name__)


class Webhook:
    """The web server that Telegram calls, with a health page at ``/healthz``."""

    def __init__(self, intake: Intake, health: Health, *, url: str, secret: str) -> None:
        self._intake = intake
        self._health = health
        self._url = url
        self._secret = secret
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port."""
        self._runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=STOP_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        bound: int = self._runner.addresses[0][1]
        return bound

    async def stop(self) -> None:
        """Stop listening; calls that are being answered are finished."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def register(self, bot: Bot) -> None:
        """Tell Telegram to call us. Raises telegram.error.TelegramError."""
        await call_api(
            bot,
            "setWebhook",
            {
                "url": self._url,
                "secret_token": self._secret,
                "max_connections": CALLS_AT_ONCE,
                "allowed_updates": list(UPDATES),
            },
        )

    def app(self) -> web.Application:
        """Return the application."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_post(urlsplit(self._url).path or "/", self._receive)
        return app

    async def _receive(self, request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), self._secret.encode()):
            logger.warning("webhook_refused")
            return web.Response(status=401)
        if (request.content_length or 0) > LARGEST_BODY:
            return web.Response(status=413)
        try:
            update = json.loads(await request.read())  # raises 413 by itself when the length was a lie
        except (ValueError, RecursionError):
            logger.error("webhook_not_json")
            return web.Response(status=400)
        try:
            await self._intake.take([update])
        except Exception:  # the edge: Telegram repeats what isn't answered with 200
            logger.exception("webhook_not_stored")
            return web.Response(status=503)
        return web.Response()

    async def _healthz(self, _: web.Request) -> web.Response:
        return await health_response(self._health)


async def health_response(health: Health) -> web.Response:
    """Return the facts as JSON: 200 when all is well, 503 when not or when the database doesn't answer."""
    try:
        async with asyncio.timeout(5):
            facts = await health.facts()
    except Exception:  # the edge: whatever it is, the bot isn't well
        logger.exception("health_unknown")
        return web.json_response({"healthy": False}, status=503)
    return web.json_response(facts.document(), status=200 if facts.healthy else 503)
