"""The command line: ``jejak run`` and its neighbours. Every error is one clear line."""

import argparse
import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.logs import configure_logs
from bot.settings import BadSettings, Settings, load_settings
from journey.knowledge import BrokenKnowledge

SANDBOX_TOKEN = "1000001:sandbox"  # noqa: S105  opens nothing but the sandbox on this machine
USAGE_ERROR = 2
LAYOUTS = ("album", "portrait", "poster", "story", "preview", "comparison", "trend")
AGAINST = ("before", "wanted", "persona", "customers")
SANDBOX_EPOCH = 1_700_000_000
SANDBOX_UPDATES_PER_SECOND = 8
"""More than people can send by hand, so that no id comes twice."""


class Refused(Exception):
    """A command can't be done; the message is for the operator."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 when it failed, 2 for bad input or settings."""
    parsed = _parser().parse_args(arguments)
    try:
        command = _COMMANDS[parsed.command]
        return command(parsed)
    except (BadSettings, BrokenKnowledge, Refused) as error:
        print(f"jejak: {error}", file=sys.stderr)  # noqa: T201  a command line speaks by printing
        return USAGE_ERROR
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jejak", description="A customer journey map by chat.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="run the bot; without a token, with the local sandbox")
    commands.add_parser("sandbox", help="run the stand-in of Telegram and its chat page alone")
    commands.add_parser("migrate", help="bring the database to this release")
    backup = commands.add_parser("backup", help="copy the SQLite database while the bot runs")
    backup.add_argument("file", metavar="FILE", type=Path)
    restore = commands.add_parser("restore", help="put a copy back while the bot doesn't run")
    restore.add_argument("file", metavar="FILE", type=Path)
    commands.add_parser("doctor", help="check settings, knowledge, database and what waits")
    render = commands.add_parser("render", help="draw a map document")
    render.add_argument("map", metavar="MAP.json", type=Path)
    render.add_argument("-o", "--output", metavar="OUT", type=Path, required=True)
    render.add_argument("--layout", choices=LAYOUTS, default="poster")
    render.add_argument("--format", choices=("png", "jpg", "pdf", "svg"))
    render.add_argument("--lang", choices=("id", "en"))
    render.add_argument("--theme", choices=("light", "print"), default="light", help="print: black on white")
    render.add_argument("--accent", metavar="#RRGGBB", help="the shop's colour; darkened until it reads")
    render.add_argument(
        "--second", type=Path, metavar="MAP.json", help="another map of these stages, for a second curve"
    )
    render.add_argument("--against", choices=AGAINST, help="what the second map is (before)")
    render.add_argument("--answers", type=int, metavar="N", help="how many customers the second map sums up")
    suggest = commands.add_parser("suggest", help="say what to do about complaints; JSON Lines out")
    suggest.add_argument("text", metavar="TEXT", nargs="*")
    suggest.add_argument("--file", type=Path, metavar="F", help="one complaint a line")
    suggest.add_argument("--phase", metavar="P")
    suggest.add_argument("--json", action="store_true", help="JSON Lines (also the default)")
    return parser


def _settings() -> Settings:
    settings = load_settings()
    configure_logs(settings.log_level, form=settings.log_format, secrets=settings.secrets)
    return settings


def _run(_: argparse.Namespace) -> int:
    settings = _settings()
    return asyncio.run(_run_until_signal(settings))


async def _run_until_signal(settings: Settings) -> int:
    from bot.app import TokenRefused, run_bot

    stop = _stop_at_signal()
    try:
        if settings.telegram_bot_token is not None:
            await run_bot(settings, stop)
            return 0
        async with _sandbox(settings) as url:
            sandboxed = settings.model_copy(
                update={"telegram_bot_token": SecretStr(SANDBOX_TOKEN), "telegram_api_url": url}
            )
            _say(f"Jejak runs without Telegram. Open {url} in a browser to chat with it. Ctrl+C stops it.")
            await run_bot(sandboxed, stop)
            return 0
    except TokenRefused as error:
        raise Refused(str(error)) from error
    except OSError as error:  # a folder that can't be written, a port that is taken
        raise Refused(str(error)) from error
    except _database_refusals() as error:
        raise Refused(str(error)) from error


@asynccontextmanager
async def _sandbox(settings: Settings) -> AsyncIterator[str]:
    """Serve the sandbox for the length of the block; the block gets its address."""
    from sandbox.server import Sandbox

    address = settings.sandbox_listen
    # Ids grow from one start to the next: the inbox takes one it has seen for a repeat.
    first = int((time.time() - SANDBOX_EPOCH) * SANDBOX_UPDATES_PER_SECOND)
    server = Sandbox.start(
        host=address.host, port=address.port, token=SANDBOX_TOKEN, cast=True, first_update_id=first
    )
    try:
        running = await server.__aenter__()
    except OSError as error:
        raise Refused(
            f"SANDBOX_LISTEN={address.host}:{address.port} can't be used ({error.strerror}): "
            "stop what listens there, or set another port."
        ) from None
    try:
        yield running.url
    finally:
        await server.__aexit__(None, None, None)


def _run_sandbox(_: argparse.Namespace) -> int:
    return asyncio.run(_sandbox_until_signal(_settings()))


async def _sandbox_until_signal(settings: Settings) -> int:
    stop = _stop_at_signal()
    async with _sandbox(settings) as url:
        _say(
            f"Open {url} in a browser. A bot joins with "
            f"TELEGRAM_API_URL={url} TELEGRAM_BOT_TOKEN={SANDBOX_TOKEN}"
        )
        await stop.wait()
    return 0


def _migrate(_: argparse.Namespace) -> int:
    from storage.lock import writer_lock
    from storage.migration import current, head, upgrade

    url = _settings().database_url
    try:
        with writer_lock(url):
            before = current(url)
            upgrade(url)
    except _database_refusals() as error:
        raise Refused(str(error)) from error
    _say(f"The database is at {head()} (it was at {before or 'nothing'}).")
    return 0


def _backup(parsed: argparse.Namespace) -> int:
    from storage.backup import backup

    try:
        backup(_settings().database_url, parsed.file)
    except _database_refusals() as error:
        raise Refused(str(error)) from error
    _say(f"The database is copied to {parsed.file}.")
    return 0


def _restore(parsed: argparse.Namespace) -> int:
    from storage.backup import restore

    try:
        restore(_settings().database_url, parsed.file)
    except _database_refusals() as error:
        raise Refused(str(error)) from error
    _say(f"{parsed.file} is the database now; one that was there is kept beside it as ….before-restore.")
    return 0


def _render(parsed: argparse.Namespace) -> int:
    from bot.rendering import Order, render_file

    order = Order(
        source=parsed.map,
        output=parsed.output,
        layout=parsed.layout,
        format=parsed.format,
        language=parsed.lang,
        theme=parsed.theme,
        accent=parsed.accent,
        second=parsed.second,
        against=parsed.against,
        answers=parsed.answers,
    )
    try:
        written = render_file(order)
    except ValueError as error:
        raise Refused(str(error)) from error
    for path in written:
        _say(str(path))
    return 0


def _suggest(parsed: argparse.Namespace) -> int:
    from bot.offline import suggestions_for

    try:
        lines = parsed.file.read_text(encoding="utf-8").splitlines() if parsed.file else parsed.text
        rows = list(suggestions_for([line for line in lines if line.strip()], parsed.phase))
    except (OSError, ValueError) as error:
        raise Refused(str(error)) from error
    if not rows:
        raise Refused("nothing to suggest for: give TEXT or --file F")
    for row in rows:
        _say(json.dumps(row, ensure_ascii=False))
    return 0


def _doctor(_: argparse.Namespace) -> int:
    from bot.offline import examine

    settings = _settings()
    findings = list(examine(settings))
    for finding in findings:
        _say(f"{'ok   ' if finding.well else 'WRONG'} {finding.about}: {finding.text}")
    return 0 if all(finding.well for finding in findings) else 1


def _database_refusals() -> tuple[type[Exception], ...]:
    from storage.backup import NoBackup
    from storage.engines import NotOurDatabase, UnsafeDatabase
    from storage.lock import DatabaseInUse
    from storage.migration import NewerDatabase

    return DatabaseInUse, NewerDatabase, NoBackup, NotOurDatabase, UnsafeDatabase, OSError


def _stop_at_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    return stop


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  a command line speaks by printing


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "sandbox": _run_sandbox,
    "migrate": _migrate,
    "backup": _backup,
    "restore": _restore,
    "render": _render,
    "suggest": _suggest,
    "doctor": _doctor,
}
