"""The weights are those of the data that lie beside them, and a damaged file is named."""

import pytest

from bot.content import FOLDER, WEIGHTS, digest_of_phrases, load_knowledge
from journey.features import BUCKETS
from journey.knowledge import BrokenKnowledge
from journey.phrasings import Voice, parse_chatter, parse_phrasings
from journey.vocabulary import Reader, Vocabulary, parse_vocabulary
from journey.weights import Scale, Weights, dump_weights, parse_weights

PHRASINGS_A_VOICE = 100
NO_WORDS = Vocabulary({}, frozenset(), frozenset(), (), ())


def small_weights() -> Weights:
    rows = bytearray(BUCKETS * 2)
    rows[10], rows[11] = 127, 129
    return Weights(
        topics=("cuaca",),
        unit=0.01,
        intercepts=(-0.5, 0.25),
        scale=Scale(2.0, 0.5),
        learned_from="abc",
        rarities=bytes(5) + bytes([20]) * (BUCKETS - 5),
        rows=memoryview(bytes(rows)).cast("b"),
    )


def test_the_weights_were_learned_from_these_phrases() -> None:
    """A phrase that was added without ``make knowledge`` would not be understood."""
    weights = parse_weights(FOLDER.joinpath(WEIGHTS).read_bytes())

    assert weights.learned_from == digest_of_phrases()
    assert set(weights.topics) == set(load_knowledge().topics)


def test_a_weights_file_survives_writing_and_reading() -> None:
    """What is learned is what is used."""
    weights = small_weights()

    assert parse_weights(dump_weights(weights)) == weights


def test_values_are_sums_over_the_views() -> None:
    """Each view counts by its direction, not by its length; a bucket that was never met counts nothing."""
    weights = small_weights()

    alone = weights.values([{5: 1.0}])
    diluted = weights.values([{5: 1.0, 6: 1.0}])
    unknown = weights.values([{0: 1.0}, {}])

    assert alone == pytest.approx([-0.5 + 1.27, 0.25 - 1.27])
    assert diluted == pytest.approx([-0.5 + 1.27 / 2**0.5, 0.25 - 1.27 / 2**0.5])
    assert unknown == pytest.approx([-0.5, 0.25])


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: b"",
        lambda file: file[:-9],
        lambda file: file.replace(b"jejak-weights/1", b"jejak-weights/2"),
        lambda file: file.replace(b'"unit"', b'"tinu"'),
        lambda file: b"no json\n" + file,
    ],
)
def test_a_damaged_file_is_named(damage: object) -> None:
    """The operator reads which file to make anew."""
    assert callable(damage)

    with pytest.raises(BrokenKnowledge, match=r"weights\.bin.*make knowledge"):
        parse_weights(damage(dump_weights(small_weights())))


def test_every_topic_is_told_as_sellers_and_as_buyers_tell_it() -> None:
    """Buyers' reviews don't teach how sellers put it."""
    knowledge = load_knowledge()
    text = FOLDER.joinpath("phrasings.tsv").read_text(encoding="utf-8")
    voices = [(phrasing.topic, phrasing.voice) for phrasing in parse_phrasings(text, knowledge)]

    too_few = {
        (topic, voice)
        for topic in knowledge.topics
        for voice in Voice
        if voices.count((topic, voice)) < PHRASINGS_A_VOICE
    }

    assert too_few == set()


@pytest.mark.parametrize(
    "line",
    ["barang_rusak\tpecah", "cuaca\tbuyer\thujan", "barang_rusak\tteman\tpecah", "barang_rusak\tbuyer\t"],
)
def test_a_broken_phrasing_is_named(line: str) -> None:
    """Whoever edits the data sees where it is wrong."""
    text = f"barang_rusak\tbuyer\tpecah\n\n{line}\n"

    with pytest.raises(BrokenKnowledge, match=r"phrasings\.tsv, line 3"):
        parse_phrasings(text, load_knowledge())


def test_broken_chatter_is_named() -> None:
    """Whoever edits the data sees where it is wrong."""
    with pytest.raises(BrokenKnowledge, match=r"chatter\.tsv, line 2"):
        parse_chatter("smalltalk\thalo\nno tab here\n")


@pytest.mark.parametrize("file", [{}, {"slang": {}, "empty": "ya"}, {"slang": {"a": 1}}])
def test_a_broken_vocabulary_is_named(file: dict[str, object]) -> None:
    """A vocabulary with holes doesn't silently match worse."""
    with pytest.raises(BrokenKnowledge, match="words"):
        parse_vocabulary(file)


def test_a_reader_parts_clauses_and_finds_stems() -> None:
    """Slang, affixes, stretched letters and numbers come to the same stems."""
    vocabulary = Vocabulary({"brg": "barang"}, frozenset({"yg"}), frozenset({"tapi"}), ("di",), ("nya",))
    reader = Reader(vocabulary)

    clauses = reader.clauses("Brgnya yg dikirimmm 12, tapi pecah")

    assert clauses == [["brgnya", "yg", "dikirim", "#"], ["pecah"]]
    assert [reader.stems(word) for word in clauses[0]] == [("barang",), (), ("kirim",), ("#",)]


def test_words_without_letters_we_know_are_no_clause() -> None:
    """Emoji and foreign scripts leave nothing to read."""
    assert Reader(NO_WORDS).clauses("🙏 木 !") == []
