"""An owner at a running bot, in Indonesian unless a test asks for a language."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from journey.model import Language
from tests.chat import House, Owner, house

BOTH = pytest.mark.parametrize("language", list(Language), ids=str)


@pytest.fixture
def language() -> Language:
    return Language.ID


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as running:
        yield running


@pytest.fixture
def owner(bot: House, language: Language) -> Owner:
    return bot.owner(language=language)
