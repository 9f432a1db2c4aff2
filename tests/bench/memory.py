"""``python -m tests.bench.memory``: draw many maps, print by how many bytes the process grew.

Nearly every word of every map is new, so that a cache without an end would show.
"""

import random
import sys
from dataclasses import replace

import psutil

from journey.model import Entry, Feeling, JourneyMap, Stage, Standing
from renderers.picture import Format, Layout, draw
from tests.renderers.maps import coffee
from tests.renderers.words import INDONESIAN

DRAWINGS = 500
WARM = 100
"""Drawings after which all that is kept should be there."""
WINDOW = 20
"""Drawings whose highest value counts, as pages of different size come and go."""
_SYLLABLES = ("ka", "pi", "ra", "ngo", "sem", "bah", "tu", "lis", "nya", "dor", "me", "pu", "jal", "wi", "ga")
_FOREIGN = ("👍🏽", "☕", "🇮🇩", "السلام", "产品", "ꦏꦶꦭꦤ꧀", "ราคาไม่แพง", "हिन्दी", "50%", "24/7")


def main() -> None:
    """Draw, and print the growth in bytes."""
    process, sizes = psutil.Process(), []
    for seed in range(DRAWINGS):
        draw(random_map(seed), Layout.POSTER, Format.PNG, INDONESIAN)[0]
        sizes.append(process.memory_info().rss)
    sys.stdout.write(f"{growth(sizes)}\n")


def growth(sizes: list[int]) -> int:
    """Return by how much the last drawings exceed those after which nothing should grow."""
    return max(sizes[-WINDOW:]) - max(sizes[WARM - WINDOW : WARM])


def random_map(seed: int) -> JourneyMap:
    """Return a map of five stages whose texts nobody has drawn before, the same for the same seed."""
    chance = random.Random(seed)

    def word() -> str:
        if chance.random() < 0.05:
            return chance.choice(_FOREIGN)
        return "".join(chance.choices(_SYLLABLES, k=chance.randint(1, 5)))

    def text(most: int) -> str:
        return " ".join(word() for _ in range(chance.randint(1, most)))

    def entries() -> tuple[Entry, ...]:
        standings = tuple(Standing)
        return tuple(Entry(text(9), standing=chance.choice(standings)) for _ in range(chance.randint(1, 2)))

    def stage(old: Stage) -> Stage:
        return replace(
            old,
            actions=entries(),
            thoughts=entries(),
            feelings=(Feeling(text(3)[:40], chance.randint(1, 5)),),
            touchpoints=entries(),
            pains=entries(),
            opportunities=entries(),
        )

    example = coffee()
    return replace(example, id=f"random-{seed}", title=text(5)[:40], stages=tuple(map(stage, example.stages)))


if __name__ == "__main__":
    main()
