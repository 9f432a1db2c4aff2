"""The bench's own arithmetic: bounds on both sides, fair rounds, and rivals that really draw the map."""

import io
import subprocess
import sys
import time
import tomllib
from importlib.resources import files

import numpy
import pytest
from PIL import Image

from bot.content import load_content
from journey.phrasings import examples_of
from renderers import layers, painter
from renderers.layout.poster import poster
from renderers.theme import LIGHT
from tests.bench import caches, memory, ordinary, peers, understanding
from tests.bench.measuring import Figure, Rounds, Side, Variant, interleaved
from tests.bench.neighbours import tree_seconds
from tests.renderers.maps import coffee
from tests.renderers.words import INDONESIAN


@pytest.mark.parametrize(
    ("value", "bound", "side", "ok"),
    [
        (2.0, 2.0, Side.AT_MOST, True),
        (2.1, 2.0, Side.AT_MOST, False),
        (2.0, 2.0, Side.AT_LEAST, True),
        (1.9, 2.0, Side.AT_LEAST, False),
        (9.9, None, Side.AT_MOST, True),
        (0.1, None, Side.AT_LEAST, True),
    ],
)
def test_a_figure_keeps_its_bound_on_one_side(
    value: float, bound: float | None, side: Side, *, ok: bool
) -> None:
    """A bound itself is kept, and what is only reported can't fall short."""
    assert Figure("any", value, "ratio", bound, side).ok is ok


def test_every_variant_has_its_turn_in_every_round_in_changing_order() -> None:
    """Nobody always comes first, and rounds to warm up leave no value."""
    turns: list[str] = []
    names = ("a", "b", "c")
    variants = {name: Variant(lambda name=name: turns.append(name)) for name in names}  # type: ignore[misc] # binds the name

    measured = interleaved(variants, rounds=8, warm_up=2)

    rounds = [tuple(turns[start : start + 3]) for start in range(0, len(turns), 3)]
    assert [sorted(each) for each in rounds] == [["a", "b", "c"]] * 10
    assert len(set(rounds)) > 1
    assert {name: len(values) for name, values in measured.seconds.items()} == dict.fromkeys(names, 8)
    assert len(measured.neighbours) == 8


def test_a_variant_is_measured_with_its_own_clock() -> None:
    """Work that others do is seen by their clock, not by ours."""
    worked = [0.0]

    def work() -> None:
        worked[0] += 2.5

    measured = interleaved({"other": Variant(work, lambda: worked[0])}, rounds=3)

    assert measured.seconds == {"other": [2.5, 2.5, 2.5]}


def test_the_quietest_rounds_are_the_same_for_all() -> None:
    """A ratio compares what happened at the same time."""
    rounds = Rounds({"ours": [1, 9, 2, 3], "other": [10, 90, 20, 30]}, [0.2, 1.5, 0.0, 0.1])

    kept = rounds.quietest(3)

    assert kept.seconds == {"ours": [2, 3, 1], "other": [20, 30, 10]}
    assert kept.neighbours == [0.0, 0.1, 0.2]
    assert kept.ratio("other", "ours") == 10


def test_the_work_of_a_child_counts() -> None:
    """Processes that we started are ours, not neighbours, also when they have ended."""
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    before, here = tree_seconds(), time.process_time()

    subprocess.run([sys.executable, "-c", burn], check=True)

    assert tree_seconds() - before - (time.process_time() - here) > 0.25


def test_growth_is_told_from_pages_that_come_and_go() -> None:
    """What the process took before it was warm, and a page that is gone again, are no growth."""
    sizes = [100 + min(number, 50) + (30 if number % 20 == 7 else 0) for number in range(memory.DRAWINGS)]

    assert memory.growth(sizes) == 0
    assert memory.growth([size + number for number, size in enumerate(sizes)]) > 300


def test_random_maps_hardly_share_a_word() -> None:
    """Caches are filled by words that come only once."""
    ours, theirs = (
        {
            word
            for stage in memory.random_map(seed).stages
            for entry in stage.pains
            for word in entry.text.split()
        }
        for seed in (1, 2)
    )

    assert memory.random_map(1) == memory.random_map(1)
    assert len(ours & theirs) < len(ours) / 2


def test_texts_are_forgotten_and_glyphs_are_not() -> None:
    """A round sets its texts as if they were new, in a process that has drawn before."""
    page = poster(coffee(), INDONESIAN, LIGHT)
    painter.paint_pixels(page, 0.2)
    glyphs = layers._glyph.cache_info().currsize

    caches.forget_texts()

    from renderers import shaping, text, wrapping

    left = [each.cache_info().currsize for each in (shaping.advance, text.paragraph, wrapping.clean)]
    assert left == [0, 0, 0]
    assert layers._glyph.cache_info().currsize == glyphs > 0


def test_the_ordinary_way_draws_the_same_picture() -> None:
    """What is compared differs in how it is drawn, not in what is to be seen."""
    page = poster(coffee(), INDONESIAN, LIGHT)

    ordinarily = numpy.asarray(Image.open(io.BytesIO(ordinary.draw(page, 800))).convert("RGB"), float)
    ours = painter.paint_pixels(page, 800 / page.width)[:, :, :3].astype(float)

    height, width = (min(sides) for sides in zip(ours.shape[:2], ordinarily.shape[:2], strict=True))
    assert abs(ours.shape[0] - ordinarily.shape[0]) <= 1
    assert numpy.abs(ours[:height, :width] - ordinarily[:height, :width]).mean() < 6


def test_the_peers_are_told_every_entry() -> None:
    """A page or a diagram with less in it would be drawn quicker."""
    journey_map = coffee()
    texts = [
        entry.text
        for stage in journey_map.stages
        for entry in (*stage.actions, *stage.thoughts, *stage.pains, *stage.opportunities, *stage.touchpoints)
    ]
    page, diagram = peers.page_of(journey_map, INDONESIAN), peers.mermaid_of(journey_map)

    assert [text for text in texts if text not in page] == []
    assert [text for text in texts if text not in diagram] == []


def test_sentences_to_judge_the_matcher_by_are_labelled_and_never_learned_from() -> None:
    """Every topic has sentences of its own, and none of them is among what the matcher learns from."""
    found = understanding.sentences()

    knowledge = files("journey.knowledge")
    topics = set(tomllib.loads(knowledge.joinpath("topics.toml").read_text(encoding="utf-8")))
    learned = {words.lower() for _, words in examples_of(load_content().knowledge)}
    learned |= {
        line.split("\t")[-1].strip().lower()
        for name in ("phrasings.tsv", "chatter.tsv")
        for line in knowledge.joinpath(name).read_text(encoding="utf-8").splitlines()
    }
    assert {topic for sentence in found for topic in sentence.topics} == topics
    assert {sentence.source for sentence in found if not sentence.topics} == {understanding.NOTHING}
    assert learned.isdisjoint(sentence.text.lower() for sentence in found)
