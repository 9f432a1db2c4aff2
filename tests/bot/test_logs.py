import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from bot.logs import Redaction, configure_logs

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
PASSWORD = 'pass"word/ü'
FORMS: list[Literal["console", "json"]] = ["console", "json"]


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers, root.level)
    yield
    root.handlers, root.level = before
    logging.captureWarnings(False)
    structlog.reset_defaults()


@pytest.mark.parametrize("form", FORMS)
def test_no_secret_in_any_line(form: Literal["console", "json"]) -> None:
    """Tokens and secrets leave every line: fields, texts, tracebacks and other people's loggers."""
    output = io.StringIO()
    configure_logs("DEBUG", form=form, secrets=["123:TEST", PASSWORD], stream=output)
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"
    encoded = url.replace(":A", "%3AA")

    logger = structlog.get_logger("bot.test")
    logger.info("called", url=url, nested={"token": TOKEN}, short="123:TEST", password=PASSWORD)
    logger.info("encoded %s", encoded)
    logging.getLogger("aiohttp.client").warning("GET %s 123:TEST", url)
    logging.getLogger("telegram").warning("token", extra={"token": TOKEN})
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        warnings.warn(f"deprecated: {TOKEN}", UserWarning, stacklevel=1)
    try:
        raise RuntimeError(f"no answer from {url}") from ValueError(PASSWORD)
    except RuntimeError:
        logger.exception("failed")
        logging.getLogger("foreign").exception("failed too")

    text = output.getvalue()
    assert "AAEhBOweik6ad9r" not in text
    assert "123:TEST" not in text
    assert PASSWORD not in text
    assert json.dumps(PASSWORD)[1:-1] not in text
    assert text.count("[redacted]") >= 10
    assert text.count("RuntimeError") >= 2


def test_json_lines_are_json() -> None:
    """A machine reads each line, redacted or not."""
    output = io.StringIO()
    configure_logs(form="json", secrets=[PASSWORD], stream=output)

    structlog.get_logger("bot.test").info("stored", update_id=7, password=PASSWORD)

    line = json.loads(output.getvalue())
    assert (line["event"], line["level"], line["update_id"]) == ("stored", "info", 7)
    assert line["password"] == "[redacted]"
    assert line["timestamp"].endswith("Z")


def test_libraries_are_quiet_below_warning() -> None:
    """PTB and aiohttp say little, even when we say much."""
    output = io.StringIO()
    configure_logs("DEBUG", stream=output)

    for name in ("telegram.Bot", "aiohttp.access", "httpx"):
        logging.getLogger(name).info("chatter")
    logging.getLogger("bot").debug("ours")

    assert "chatter" not in output.getvalue()
    assert "ours" in output.getvalue()


def test_line_that_cannot_be_written_shows_no_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    """logging prints a broken record with its arguments; we don't."""
    configure_logs(stream=io.StringIO())

    logging.getLogger("bot").warning("%d", TOKEN)

    assert "a log line of bot was lost" in capsys.readouterr().err


@pytest.mark.parametrize("harmless", ["at 12:30 on 2026-11-22", "chat 1001", "revision 12345:7", "", "a:b"])
def test_other_text_stays(harmless: str) -> None:
    """Redaction takes secrets only; an empty or tiny secret takes nothing."""
    assert Redaction(["", "a"])(harmless) == harmless
