import re
from pathlib import Path

import pytest

from bot.settings import ROOT, Address, BadSettings, Settings, load_settings

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


def load(**environ: str) -> Settings:
    return load_settings(environ, env_file=None)


def test_nothing_set_gives_defaults() -> None:
    """Without any variable the bot can start, on files beside the checkout."""
    settings = load()

    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url == f"sqlite:///{ROOT}/data/jejak.sqlite3"
    assert settings.webhook_listen == Address("127.0.0.1", 8080)
    assert settings.sandbox_listen == Address("127.0.0.1", 8081)
    assert (settings.default_language, settings.default_timezone) == ("id", "Asia/Jakarta")
    assert (settings.operator_chat_id, settings.retention_days, settings.render_workers) == (None, 395, 1)
    assert (settings.log_level, settings.log_format) == ("INFO", "console")


def test_process_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a stand-in the process' own environment counts."""
    monkeypatch.setenv("RETENTION_DAYS", "30")

    assert load_settings(env_file=None).retention_days == 30


def test_environment_wins_over_file_and_empty_is_unset(tmp_path: Path) -> None:
    """A variable beats the file's line, unless it is empty."""
    file = tmp_path / ".env"
    file.write_text("RETENTION_DAYS=100\nDEFAULT_LANGUAGE=en\nWEBHOOK_URL=\nUNKNOWN=1\n")

    settings = load_settings({"RETENTION_DAYS": "200", "DEFAULT_LANGUAGE": " "}, env_file=file)

    assert (settings.retention_days, settings.default_language, settings.webhook_url) == (200, "en", None)


def test_settings_are_frozen() -> None:
    """Nobody changes a setting while the bot runs."""
    settings = load()

    with pytest.raises(ValueError, match="frozen"):
        settings.retention_days = 1  # type: ignore[misc]  # that it can't be set is the point


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "123456789:short"),
        ("TELEGRAM_BOT_TOKEN", "no token at all, secret"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_API_URL", "https://api.telegram.org/bot"),
        ("TELEGRAM_API_URL", "https://me:secret@api.telegram.org"),
        ("TELEGRAM_API_URL", "https://api.telegram.org:99999"),
        ("DATABASE_URL", "mysql://me:secret@host/name"),
        ("WEBHOOK_URL", "http://example.org/hook"),
        ("WEBHOOK_LISTEN", "8080"),
        ("WEBHOOK_LISTEN", "127.0.0.1:99999"),
        ("SANDBOX_LISTEN", "127.0.0.1:http"),
        ("WEBHOOK_SECRET", "secret"),
        ("WEBHOOK_SECRET", "secret secret secret secret"),
        ("DEFAULT_LANGUAGE", "fr"),
        ("DEFAULT_TIMEZONE", "Asia/Nowhere"),
        ("DEFAULT_TIMEZONE", "Asia"),
        ("DEFAULT_TIMEZONE", "../etc"),
        ("OPERATOR_CHAT_ID", "me"),
        ("OPERATOR_CHAT_ID", str(2**63)),
        ("RETENTION_DAYS", "0"),
        ("RENDER_WORKERS", "many"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_bad_value_gives_one_clear_line(name: str, value: str) -> None:
    """The complaint names the variable and what is expected, on one line, and never repeats the value."""
    with pytest.raises(BadSettings) as caught:
        load(**{name: value})

    message = str(caught.value)
    assert message.startswith(f"{name} ")
    assert "expected" in message
    assert "\n" not in message
    assert "secret" not in message.removeprefix("WEBHOOK_SECRET")
    assert repr(value) not in message
    assert caught.value.__cause__ is None


def test_a_server_on_this_machine_may_call_without_encryption() -> None:
    """Telegram calls https addresses only; a Bot API server beside the bot takes http as well."""
    here = {"WEBHOOK_URL": "http://127.0.0.1:8080/hook", "WEBHOOK_SECRET": "s" * 16}

    with pytest.raises(BadSettings, match=r"^WEBHOOK_URL can't be used: expected .*https://.*\.$"):
        load(**here)

    assert load(**here, TELEGRAM_API_URL="http://127.0.0.1:8081").webhook_url == here["WEBHOOK_URL"]


def test_webhook_needs_secret() -> None:
    """Anybody could send updates to a webhook without a secret."""
    with pytest.raises(BadSettings, match=r"^WEBHOOK_SECRET is needed with WEBHOOK_URL: 16 to 256 .*\.$"):
        load(WEBHOOK_URL="https://example.org/hook")

    assert load(WEBHOOK_URL="https://example.org/hook", WEBHOOK_SECRET="s" * 16).webhook_url is not None


@pytest.mark.parametrize("url", ["http://127.0.0.1:8081", "http://localhost:8081/", "http://[::1]:8081"])
def test_any_token_will_do_on_loopback(url: str) -> None:
    """The stand-in knows no real tokens."""
    settings = load(TELEGRAM_BOT_TOKEN="123:TEST", TELEGRAM_API_URL=url)

    assert settings.sandboxed
    assert settings.telegram_api_url == url.rstrip("/")


def test_secrets_show_in_no_repr() -> None:
    """Settings may be printed."""
    settings = load(
        TELEGRAM_BOT_TOKEN=TOKEN, WEBHOOK_SECRET="s3cret" * 4, DATABASE_URL="postgresql://me:hidden@host/name"
    )

    assert not settings.sandboxed
    assert settings.secrets == (TOKEN, "s3cret" * 4, "hidden")
    for shown in (repr(settings), str(settings)):
        assert not any(secret in shown for secret in settings.secrets)


def test_unreadable_file_gives_one_clear_line(tmp_path: Path) -> None:
    """A file in another encoding is named instead of a traceback."""
    file = tmp_path / ".env"
    file.write_bytes(b"LOG_LEVEL=\xff\xfe")

    with pytest.raises(BadSettings, match=r"\.env can't be read"):
        load_settings({}, env_file=file)


def test_example_lists_each_setting_with_comment_and_safe_value() -> None:
    """.env.example names exactly the settings that exist, explains each, and can be used as it is."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")

    names = re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)
    commented = re.findall(r"^# .+\n([A-Z_]+)=", text, re.MULTILINE)
    assert [name.lower() for name in names] == list(Settings.model_fields)
    assert commented == names
    assert load_settings({}, env_file=ROOT / ".env.example") == load()
