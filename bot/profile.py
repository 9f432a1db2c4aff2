"""What Telegram shows of the bot: its commands and descriptions, told anew only when they changed."""

import hashlib
import json

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.api import call_api
from bot.clock import Clock
from conversations.commands import Command
from journey.model import Language
from locales.catalog import Catalogs
from storage.database import Database
from storage.records import JsonValue

_FACT = "profile"

logger = structlog.get_logger(__name__)


def command_list(catalogs: Catalogs, language: Language) -> list[JsonValue]:
    """Return the commands under their names in a language, with what they do."""
    catalog = catalogs[language]
    names = {command: command.value if language is Language.ID else command.english for command in Command}
    return [{"command": name, "description": catalog.text(f"command.{name}")} for name in names.values()]


def profile_calls(catalogs: Catalogs, default: Language) -> list[tuple[str, dict[str, JsonValue]]]:
    """Return the calls that tell Telegram the commands and descriptions, the default language first."""
    calls: list[tuple[str, dict[str, JsonValue]]] = []
    for language, code in ((default, None), *((language, language.value) for language in Language)):
        scope: dict[str, JsonValue] = {"language_code": code} if code else {}
        catalog = catalogs[language]
        calls += [
            ("setMyCommands", {"commands": command_list(catalogs, language), **scope}),
            ("setMyShortDescription", {"short_description": catalog.text("profile.short"), **scope}),
            ("setMyDescription", {"description": catalog.text("profile.long"), **scope}),
        ]
    return calls


async def tell_profile(
    bot: Bot, database: Database, clock: Clock, catalogs: Catalogs, default: Language
) -> None:
    """Tell Telegram what it doesn't know yet; when that fails the next start tries again."""
    calls = profile_calls(catalogs, default)
    digest = hashlib.sha256(json.dumps([bot.id, calls], sort_keys=True).encode()).hexdigest()
    if await database.read(lambda transaction: transaction.facts.get(_FACT)) == digest:
        return
    try:
        for method, parameters in calls:
            await call_api(bot, method, parameters)
    except TelegramError as error:
        logger.warning("profile_not_told", error=type(error).__name__)
        return
    await database.write(lambda transaction: transaction.facts.put(_FACT, digest))
    logger.info("profile_told", at=clock.now().isoformat())
