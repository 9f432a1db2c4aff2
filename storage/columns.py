"""The kinds of columns: each keeps the same value on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from storage import codec
from storage.codec import Storable

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def whole_number() -> TypeEngine[int]:
    """Return a 64-bit number; Telegram's ids need 52 bits, and a STRICT table of SQLite knows no BIGINT."""
    return BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as whole microseconds since 1970 in UTC: exact and sortable on both databases."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        """Return the 64-bit number of the database."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return the microseconds; a time without its zone is a ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time needs its zone to be stored: {value}")
        return (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the aware time in UTC."""
        return None if value is None else EPOCH + value * MICROSECOND


class Words(TypeDecorator[str]):
    """Text, cleaned on the way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the cleaned text; a choice (StrEnum) becomes its plain value."""
        return None if value is None else codec.clean(value)


class Json(TypeDecorator[Storable]):
    """A JSON value as text, cleaned on the way in, its keys in the order they came; None is JSON's null."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Storable, dialect: Dialect) -> str:
        """Return the JSON text."""
        return codec.dump(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Storable:
        """Return the JSON value."""
        return None if value is None else codec.load(value)
