"""Databases for tests: every promise of storage is kept on a SQLite file and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import migration
from storage.database import Database
from tests.storage.servers import empty, fresh_database, running_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server, started once."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database, emptied for each test that gets it as ``url``."""
    with fresh_database(postgres_server) as url:
        migration.upgrade(url)
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database of the test's own."""
    with fresh_database(postgres_server) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that doesn't exist yet."""
    return f"sqlite:///{tmp_path / 'data' / 'jejak.db'}"


@pytest.fixture
def migrated_sqlite_url(sqlite_url: str) -> str:
    """The URL of a migrated SQLite file."""
    migration.upgrade(sqlite_url)
    return sqlite_url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database without rows, once of each kind."""
    url: str = request.getfixturevalue(f"migrated_{request.param}_url")
    if request.param == "postgres":
        empty(url)
    return url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open database, once of each kind."""
    database = Database.open(url)
    yield database
    database.close_now()
