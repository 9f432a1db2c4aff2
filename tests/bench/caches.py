"""What the renderers remember of texts, emptied so that every round sets them as if they were new."""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Protocol, runtime_checkable

_OF_LETTERS = ("renderers.layers", "renderers.icons", "renderers.shapes")
"""Outlines and small pictures stay, as they do in a process that has drawn any map before."""
_OUTLINES = frozenset({"outline", "_pen", "_decoded", "_picture_bytes"})


@runtime_checkable
class _Cached(Protocol):
    def cache_clear(self) -> None: ...

    def cache_parameters(self) -> dict[str, object]: ...


def forget_texts() -> None:
    """Empty each bounded cache of words, lines and paragraphs; fonts and glyphs stay open."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith("renderers.") and name not in _OF_LETTERS:
            for cached in _bounded(module):
                cached.cache_clear()


def _bounded(module: ModuleType) -> Iterator[_Cached]:
    for name, value in vars(module).items():
        if isinstance(value, _Cached) and name not in _OUTLINES and value.cache_parameters()["maxsize"]:
            yield value
