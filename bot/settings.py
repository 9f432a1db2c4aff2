"""Everything an operator can set, read once from the environment and ``.env``, and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

ROOT = Path(__file__).resolve().parent.parent
"""The checkout's root: ``.env`` and the default data folder live here, whatever the working directory is."""

REAL_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
ANY_TOKEN = re.compile(r"\d+:\S+")
WEBHOOK_SECRET = re.compile(
    r"[A-Za-z0-9_-]{16,256}"
)  # Telegram: secret_token is 1-256 of these; 16 against guessing
HIGHEST_PORT = 65535


class BadSettings(Exception):
    """A setting can't be used; the message is one line that names it and never shows a secret."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens; port 0 lets the system choose one."""

    host: str
    port: int


def _address(value: object) -> object:
    if not isinstance(value, str):
        return value
    host, _, port = value.strip().rpartition(":")
    if not host or not port.isdecimal() or int(port) > HIGHEST_PORT:
        raise ValueError("not host:port")
    return Address(host.removeprefix("[").removesuffix("]"), int(port))


def _api_url(value: str) -> str:
    parts = urlsplit(value)
    bare = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in ("http", "https") or not parts.hostname or not bare:
        raise ValueError("not scheme://host:port")
    if parts.port == 0:
        raise ValueError("no port")
    return f"{parts.scheme}://{parts.netloc}"


def _webhook_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("not an address")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("not a secret")
    return value


def _database_url(value: str) -> str:
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("not a database")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, KeyError) as error:  # an unknown name, or the name of a folder
        raise ValueError("not a time zone") from error
    return value


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


Listen = Annotated[Address, NoDecode, BeforeValidator(_address)]


class Settings(BaseSettings):
    """The settings of one process; a field's description says what its variable expects."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    telegram_bot_token: SecretStr | None = Field(
        default=None, description="the token that @BotFather gave, like 123456789:AAE… (or nothing)"
    )
    telegram_api_url: Annotated[str, AfterValidator(_api_url)] = Field(
        default="https://api.telegram.org",
        description="the scheme, host and port of a Bot API server, like https://api.telegram.org",
    )
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        default=f"sqlite:///{ROOT / 'data' / 'jejak.sqlite3'}",
        description="sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
        repr=False,
    )
    webhook_url: Annotated[str, AfterValidator(_webhook_url)] | None = Field(
        default=None, description="an address that starts with https:// and has no query (or nothing)"
    )
    webhook_listen: Listen = Field(
        default=Address("127.0.0.1", 8080), description="HOST:PORT, like 127.0.0.1:8080"
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        default=None, description="16 to 256 characters of A-Z a-z 0-9 _ - (or nothing)"
    )
    sandbox_listen: Listen = Field(
        default=Address("127.0.0.1", 8081), description="HOST:PORT, like 127.0.0.1:8081"
    )
    default_language: Annotated[Literal["id", "en"], BeforeValidator(_lower)] = Field(
        default="id", description="id or en"
    )
    default_timezone: Annotated[str, AfterValidator(_zone)] = Field(
        default="Asia/Jakarta", description="the name of a time zone, like Asia/Jakarta"
    )
    operator_chat_id: int | None = Field(
        default=None, ge=-(2**63), lt=2**63, description="the whole number of a Telegram chat (or nothing)"
    )
    retention_days: int = Field(
        default=395, ge=1, le=36500, description="a whole number of days from 1 to 36500"
    )
    render_workers: int = Field(default=1, ge=1, le=64, description="a whole number from 1 to 64")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )
    log_format: Annotated[Literal["console", "json"], BeforeValidator(_lower)] = Field(
        default="console", description="console or json"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take values from the caller only: ``load_settings`` is the one place that reads the environment."""
        return (init_settings,)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.telegram_bot_token is not None:
            shape = ANY_TOKEN if self.sandboxed else REAL_TOKEN
            if not shape.fullmatch(self.telegram_bot_token.get_secret_value()):
                raise ValueError(_complaint("telegram_bot_token"))
        # A Bot API server on this machine calls http addresses as well; Telegram's own doesn't.
        if self.webhook_url is not None and not (
            self.sandboxed or urlsplit(self.webhook_url).scheme == "https"
        ):
            raise ValueError(_complaint("webhook_url"))
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError(f"WEBHOOK_SECRET is needed with WEBHOOK_URL: {_expected('webhook_secret')}.")
        return self

    @property
    def sandboxed(self) -> bool:
        """Whether the Bot API server is on this machine, so that any token will do."""
        host = urlsplit(self.telegram_api_url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never appear in a log line."""
        password = urlsplit(self.database_url).password
        hidden = (self.telegram_bot_token, self.webhook_secret, password and SecretStr(password))
        return tuple(secret.get_secret_value() for secret in hidden if secret)


def _expected(field: str) -> str:
    return Settings.model_fields[field].description or "something else"


def _complaint(field: str) -> str:
    return f"{field.upper()} can't be used: expected {_expected(field)}."


def load_settings(
    environ: Mapping[str, str] | None = None, env_file: Path | None = ROOT / ".env"
) -> Settings:
    """Read and check all settings; the environment wins over the file, and empty values count as unset.

    ``environ`` stands in for the process' environment. Raises BadSettings.
    """
    environment = EnvSettingsSource(Settings, env_ignore_empty=True)
    if environ is not None:
        environment.env_vars = {name.lower(): value for name, value in environ.items()}
    try:
        values = DotEnvSettingsSource(Settings, env_file=env_file, env_ignore_empty=True)()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{env_file} can't be read: {type(error).__name__}.") from None
    filled = {name: value for name, value in environment().items() if str(value).strip()}
    try:
        return Settings(**{name: value for name, value in (values | filled).items() if str(value).strip()})
    except ValidationError as error:
        raise BadSettings(_first_line(error)) from None


def _first_line(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    if first["loc"]:
        return _complaint(str(first["loc"][0]))
    return first["msg"].removeprefix("Value error, ")
