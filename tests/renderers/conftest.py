"""Machines that pictures are drawn on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from renderers import typefaces
from renderers.shaping import advance
from renderers.text import paragraph
from renderers.wrapping import clean


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without any font of Debian's."""
    monkeypatch.setattr(typefaces, "SYSTEM_FOLDERS", (Path("/nowhere"),))
    remembered = (typefaces.forget, clean.cache_clear, paragraph.cache_clear, advance.cache_clear)
    for forget in remembered:
        forget()
    yield
    monkeypatch.undo()
    for forget in remembered:
        forget()
