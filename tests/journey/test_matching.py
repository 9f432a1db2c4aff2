"""An owner's own words find their topics, and what is no complaint finds none."""

import time
import tomllib
from pathlib import Path

import pytest

import journey.knowledge
from journey.knowledge import BrokenKnowledge
from journey.matching import MOST_TOPICS, Match, Matcher, Vocabulary, parse_phrases, parse_vocabulary
from journey.phases import Phase

FOLDER = Path(journey.knowledge.__file__).parent
PHRASES = parse_phrases((FOLDER / "phrases.tsv").read_text(encoding="utf-8"))
TOPICS = tomllib.loads((FOLDER / "topics.toml").read_text(encoding="utf-8"))
FOLDS = 6
MOSTLY = 0.6


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return parse_vocabulary(tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def matcher(vocabulary: Vocabulary) -> Matcher:
    phases = {name: Phase(topic["usual_phase"]) for name, topic in TOPICS.items()}
    return Matcher(PHRASES, vocabulary, usual_phases=phases)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Brg blm nyampe2 dr minggu lalu, pdhl udh byr", "pengiriman_lama"),
        ("wa sya dr kmrn gk dibls2", "admin_lambat"),
        ("gelasnya pecahhhh pas nyampe rumah", "barang_rusak"),
        ("pesen warna item dikirimnya navy", "salah_kirim"),
        ("mbak kasirnya judes bgt", "pelayanan_kasar"),
        ("harga 20rb ongkirnya 35rb males", "ongkir_mahal"),
        ("the cup was cracked when I opened the box", "barang_rusak"),
        ("they never reply to my messages", "admin_lambat"),
        ("sotonya hambar trus ada rambutnya", "rasa_higienis"),
        ("kapok ga bakal ke sini lagi", "tak_beli_lagi"),
    ],
)
def test_slang_typos_and_english_find_their_topic(matcher: Matcher, text: str, topic: str) -> None:
    """Owners don't write like a dictionary."""
    assert matcher.topics_of(text)[0].topic == topic


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🙏🙏🙏",
        "12345",
        "halo kak",
        "makasih ya",
        "qwertyuiop zxcvbn",
        "siapa presiden indonesia",
        "what time is it in london",
        "pengirimannya cepat banget, makasih",
        "nggak ada keluhan",
    ],
)
def test_what_is_no_complaint_matches_nothing(matcher: Matcher, text: str) -> None:
    """Better no advice than advice for something nobody said."""
    assert matcher.topics_of(text) == ()


def test_two_complaints_in_one_sentence_are_both_found(matcher: Matcher) -> None:
    """Customers seldom complain about one thing only."""
    found = {match.topic for match in matcher.topics_of("packingnya jelek dan adminnya jutek")}

    assert found == {"kemasan_buruk", "pelayanan_kasar"}


def test_matches_are_few_ranked_and_between_0_and_1(matcher: Matcher) -> None:
    """Callers can show the first and trust the order."""
    for _, phrase in PHRASES:
        scores = [match.score for match in matcher.topics_of(phrase)]

        assert len(scores) <= MOST_TOPICS
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_the_phase_tips_the_scales(matcher: Matcher) -> None:
    """The same words mean a slow parcel on the way and a slow kitchen at the table."""

    def score(phase: Phase) -> float:
        matches = matcher.topics_of("lama banget sampainya", phase=phase)
        return next(match.score for match in matches if match.topic == "pengiriman_lama")

    assert score(Phase.TERIMA) > score(Phase.PAKAI) > score(Phase.KENAL)


def test_the_same_words_always_give_the_same_answer(vocabulary: Vocabulary) -> None:
    """Neither the order of the examples nor a second build changes an answer."""
    text = "barangnya rusak, mau tuker dipersulit"

    answers = {Matcher(order, vocabulary).topics_of(text) for order in (PHRASES, PHRASES, PHRASES[::-1])}

    assert len(answers) == 1


def test_examples_it_has_not_seen_are_mostly_recognised(vocabulary: Vocabulary) -> None:
    """Left out in turn, a phrase is found among the topics returned; guards the data against decay."""
    found = 0
    for fold in range(FOLDS):
        held_out = PHRASES[fold::FOLDS]
        matcher = Matcher([pair for pair in PHRASES if pair not in held_out], vocabulary)
        found += sum(topic in {match.topic for match in matcher.topics_of(text)} for topic, text in held_out)

    assert found / len(PHRASES) > MOSTLY


def test_building_is_quick_enough_to_start_with(vocabulary: Vocabulary) -> None:
    """A start of the bot doesn't wait for the matcher; the bound leaves room for a busy machine."""
    began = time.perf_counter()
    Matcher(PHRASES, vocabulary)

    assert time.perf_counter() - began < 1


def test_every_topic_has_phrases_and_telltales(vocabulary: Vocabulary) -> None:
    """A topic without words would never be found."""
    assert {topic for topic, _ in PHRASES} == set(TOPICS)
    assert set(vocabulary.telltales) == set(TOPICS)


def test_no_telltale_loses_a_word(vocabulary: Vocabulary) -> None:
    """An empty word or a joint in a pattern would make it match far too much."""
    lost = [
        pattern
        for patterns in vocabulary.telltales.values()
        for pattern in patterns
        for word in pattern.split()
        if vocabulary.slang.get(word, word) in vocabulary.empty | vocabulary.joints
    ]

    assert lost == []


def test_own_words_become_an_example(vocabulary: Vocabulary) -> None:
    """The matcher knows exactly the topics it was given."""
    matcher = Matcher([("cuaca", "hujan terus")], vocabulary)

    assert [match.topic for match in matcher.topics_of("hujan terus")] == ["cuaca"]


def test_a_broken_line_of_phrases_is_named() -> None:
    """Whoever edits the data sees where it is wrong."""
    with pytest.raises(BrokenKnowledge, match="no tab here"):
        parse_phrases("barang_rusak\tpecah\nno tab here\n")


@pytest.mark.parametrize("file", [{}, {"slang": {}, "telltales": {}, "empty": "ya"}, {"slang": {"a": 1}}])
def test_a_broken_vocabulary_is_named(file: dict[str, object]) -> None:
    """A vocabulary with holes doesn't silently match worse."""
    with pytest.raises(BrokenKnowledge, match="words"):
        parse_vocabulary(file)


def test_a_match_is_a_value() -> None:
    """Matches can be compared and kept."""
    assert Match("barang_rusak", 0.5) == Match("barang_rusak", 0.5)
