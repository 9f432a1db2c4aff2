"""Log lines for people or machines, with every secret taken out as the very last step."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from typing import Literal, TextIO
from urllib.parse import quote

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

TOKEN = re.compile(r"(?<!\d)\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
REDACTED = "[redacted]"
SHORTEST_SECRET = 4
"""Shorter secrets would be found inside ordinary words, and are no secrets."""

QUIET = ("telegram", "httpx", "httpcore", "aiohttp", "asyncio", "matplotlib", "PIL", "alembic", "sqlalchemy")
"""Loggers whose chatter below WARNING helps nobody, and may show addresses with a token in them."""


class Redaction:
    """Takes bot tokens and the given secrets out of a text."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        spellings = {
            spelling
            for secret in secrets
            if len(secret) >= SHORTEST_SECRET
            for spelling in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1])
        }
        longest_first = sorted(spellings, key=len, reverse=True)
        self._pattern = re.compile("|".join([*map(re.escape, longest_first), TOKEN.pattern]))

    def __call__(self, text: str) -> str:
        """Return the text without secrets."""
        return self._pattern.sub(REDACTED, text)


class _RedactingFormatter(ProcessorFormatter):
    def __init__(
        self, redaction: Redaction, *, processors: list[Processor], foreign: list[Processor]
    ) -> None:
        super().__init__(processors=processors, foreign_pre_chain=foreign)
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        return self._redaction(super().format(record))


class _CarefulHandler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        # logging would print the record with its arguments, and so might print a token
        kind = sys.exc_info()[0]
        sys.stderr.write(f"a log line of {record.name} was lost: {kind.__name__ if kind else 'unknown'}\n")


def configure_logs(
    level: str = "INFO",
    *,
    form: Literal["console", "json"] = "console",
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send the lines of structlog, of logging and of warnings to ``stream`` (standard error), redacted.

    May be called again: the newest call counts.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    target = sys.stderr if stream is None else stream
    rendering: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if form == "json"
        else [
            structlog.dev.ConsoleRenderer(
                colors=target.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    handler = _CarefulHandler(target)
    handler.setFormatter(
        _RedactingFormatter(
            Redaction(secrets),
            processors=[ProcessorFormatter.remove_processors_meta, *rendering],
            foreign=[*shared, structlog.stdlib.ExtraAdder()],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    logging.captureWarnings(True)  # noqa: FBT003 - logging takes no keyword here
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
