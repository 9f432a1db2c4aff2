"""Replies as Telegram shows them: rows of buttons, parts that fit, words that are never markup."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from bot.content import load_content
from conversations.replies import AdviceText, Key, MapText, Option, Question, Said
from conversations.schedule import Zone
from journey.model import (
    Business,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Plan,
    PlanState,
    Shop,
    Stage,
)
from journey.phases import Phase
from journey.suggestions import Advice, suggest
from locales.catalog import load_catalogs
from renderers.messages import (
    LONGEST_BUTTON,
    LONGEST_MESSAGE,
    Messages,
    inside_a_sentence,
    split_html,
    utf16_length,
)
from sandbox.markup import from_html
from tests.content import the_example, the_knowledge
from tests.conversations.owner import MORNING
from tests.journeys.test_long_maps import WORST, largest_map
from tests.strategies import journey_maps

MESSAGES = Messages(load_catalogs(), the_knowledge())


def rows(*options: Option) -> list[list[str]]:
    """Return the labels of a question's buttons, row by row."""
    question = Question(Key("ask.language"), 1, options=options)
    (message,) = MESSAGES.question(question, Language.ID)
    return [[button.label for button in row] for row in message.rows]


def said(text: str, *, alone: bool = False, chosen: bool | None = None) -> Option:
    return Option("x", Said(text), chosen=chosen, alone=alone)


def test_two_short_buttons_share_a_row() -> None:
    """Three make a row of two and one of one."""
    assert rows(said("a"), said("b" * 20), said("c")) == [["a", "b" * 20], ["c"]]


def test_a_long_button_has_a_row_of_its_own() -> None:
    """So has its short neighbour, and order is kept."""
    long = "b" * 21

    assert rows(said("a"), said(long), said("c"), said("d")) == [["a"], [long], ["c", "d"]]


def test_a_button_that_wants_to_be_alone_is() -> None:
    """However short it is."""
    assert rows(said("a"), said("b", alone=True), said("c")) == [["a"], ["b"], ["c"]]


def test_a_label_too_long_for_a_phone_is_cut_with_its_tick() -> None:
    """The tick counts as well."""
    ((label,),) = rows(said("x" * 50, chosen=True))

    assert label.startswith("✅ x")
    assert (len(label), label[-1]) == (LONGEST_BUTTON, "…")


@given(st.lists(st.text(alphabet="ab <&>😡\n", max_size=3000), max_size=12))
def test_parts_fit_and_nothing_is_lost(lines: list[str]) -> None:
    """Every word of every line is in one of the parts, in order."""
    html = "\n".join(str(escape(line)) for line in lines)

    parts = split_html(html)

    assert all(utf16_length(from_html(part).text) <= LONGEST_MESSAGE for part in parts)
    assert "".join("".join(parts).split()) == "".join(html.split())


def test_a_part_ends_between_lines() -> None:
    """Two lines that don't fit together go apart; at exactly 4096 they still do."""
    half = "x" * 2047

    assert split_html(f"{half}x\n{half}") == (f"{half}x\n{half}",)
    assert split_html(f"{half}x\n{half}x") == (f"{half}x", f"{half}x")
    assert split_html("😡" * 2048) == ("😡" * 2048,)


@pytest.mark.parametrize("language", list(Language))
def test_the_largest_map_fits_in_messages_whole(language: Language) -> None:
    """8 stages, 6 entries of 280 characters a cell: every entry is there, unharmed."""
    largest = largest_map(language=language)

    parts = MESSAGES.map_text(MapText(largest), language)

    texts = [from_html(part.html).text for part in parts]
    assert all(utf16_length(text) <= LONGEST_MESSAGE for text in texts)
    shown = "\n".join(texts)
    assert all(
        entry.text in shown
        for stage in largest.stages
        for cell in (stage.actions, stage.touchpoints, stage.thoughts, stage.pains, stage.opportunities)
        for entry in cell
    )
    assert all(feeling.text in shown for stage in largest.stages for feeling in stage.feelings)


@settings(max_examples=15)
@given(journey_maps(), st.sampled_from(Language))
def test_every_legal_map_can_be_said(journey_map: JourneyMap, language: Language) -> None:
    """As text and with its advice, in both languages, in any script."""
    advice = suggest(journey_map, the_knowledge(), load_content().matcher, language)

    parts = (
        *MESSAGES.map_text(MapText(journey_map), language),
        *MESSAGES.advice(AdviceText(journey_map), advice, language),
    )

    assert all(0 < utf16_length(from_html(part.html).text) <= LONGEST_MESSAGE for part in parts)


@pytest.mark.parametrize("language", list(Language))
def test_advice_says_why_and_where_it_is_from(language: Language) -> None:
    """Three for this week, each with effort, cost, the complaint it answers, and its source."""
    example = the_example().as_map(language, id="x", now=MORNING)
    advice = suggest(example, the_knowledge(), load_content().matcher, language)

    html = "\n".join(part.html for part in MESSAGES.advice(AdviceText(example), advice, language))

    first = from_html(html).text
    assert first.count("↳") == 3
    assert str(MESSAGES.catalogs[language].html("tips.week_title", count=3)) in html


SAID = {
    Language.ID: (
        "karena di tahap Terima pelanggan kesal: kemasannya jelek",
        "karena di tahap Beli pelanggan puas, tapi mengeluh: bayar QRIS kena biaya",
        "karena di tahap Timbang pelanggan mengeluh: kopinya halal nggak",
        "Cocok kalau ada tambahan biaya waktu bayar QRIS.",
        "(dicek 22 November 2026)",
    ),
    Language.EN: (
        "because at the stage Terima customers feel annoyed: kemasannya jelek",
        "because at the stage Beli customers feel satisfied but complain: bayar QRIS kena biaya",
        "because at the stage Timbang customers complain: kopinya halal nggak",
        "Helps when you charge extra for QRIS.",
        "(checked 22 November 2026)",
    ),
}


@pytest.mark.parametrize("language", list(Language))
def test_advice_tells_the_feeling_when_it_helps_and_how_old_a_fact_is(language: Language) -> None:
    """An angry stage, a content one and one without a feeling are each said in their own way."""
    journey_map = JourneyMap(
        "m",
        Language.ID,
        MORNING,
        MORNING,
        shop=Shop(Business.KOPI),
        stages=(
            Stage("a", "Timbang", (Phase.TIMBANG,), pains=(Entry("kopinya halal nggak"),)),
            Stage(
                "b",
                "Beli",
                (Phase.BELI,),
                feelings=(Feeling("Puas", 4, "f.puas"),),
                pains=(Entry("bayar QRIS kena biaya"),),
            ),
            Stage(
                "c",
                "Terima",
                (Phase.TERIMA,),
                feelings=(Feeling("Kesal", 1, "f.kesal"),),
                pains=(Entry("kemasannya jelek"),),
            ),
        ),
    )
    suggestions = suggest(journey_map, the_knowledge(), load_content().matcher, language).suggestions
    best = {suggestion.stage_id: suggestion for suggestion in reversed(suggestions)}
    advice = Advice(tuple(best.values()), ())

    parts = MESSAGES.advice(AdviceText(journey_map), advice, language)

    text = "\n".join(from_html(part.html).text for part in parts)
    assert [said for said in SAID[language] if said not in text] == []
    assert len(text) < 1600


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Kesal", "kesal"), ("BT banget", "BT banget"), ("", ""), ("A", "a"), ("Kalau sepi", "kalau sepi")],
)
def test_a_sentence_within_a_sentence_begins_small(text: str, expected: str) -> None:
    """Abbreviations keep their capitals."""
    assert inside_a_sentence(text) == expected


@pytest.mark.parametrize("language", list(Language))
def test_every_remedy_has_a_card(language: Language) -> None:
    """Its name, what to do and when, how long it takes, its cost and source, and how old its facts are."""
    catalog = MESSAGES.catalogs[language]
    for remedy in the_knowledge().remedies:
        asked = Key("ask.tip", {"text": "", "stage": WORST, "pain": WORST, "state": ""})
        (message,) = MESSAGES.question(Question(asked, 1, remedy=remedy), language)

        shown = from_html(message.html).text
        assert shown.startswith(f"{remedy.label.say(language)} ({catalog.text(f'effort.{remedy.effort}')}")
        assert remedy.text.say(language) in shown
        assert inside_a_sentence(remedy.when.say(language)) in shown
        assert ("22 November 2026)" in shown) is (remedy.checked is not None)
        assert shown.count(WORST) == 2


@pytest.mark.parametrize("language", list(Language))
def test_advice_leaves_out_what_is_done_and_declined(language: Language) -> None:
    """Neither this week nor later."""
    example = the_example().as_map(language, id="x", now=MORNING)
    found = suggest(example, the_knowledge(), load_content().matcher, language).suggestions
    gone = {PlanState.DONE: found[0].remedy, PlanState.DECLINED: found[1].remedy}
    plans = tuple(Plan("x", state, MORNING, remedy.id) for state, remedy in gone.items())
    decided = replace(example, plans=plans)
    advice = suggest(decided, the_knowledge(), load_content().matcher, language)

    html = "\n".join(part.html for part in MESSAGES.advice(AdviceText(decided), advice, language))

    assert [remedy.id for remedy in gone.values() if remedy.label.say(language) in from_html(html).text] == []


@pytest.mark.parametrize(("language", "title"), [(Language.ID, "Rencana"), (Language.EN, "Plans")])
def test_the_text_of_a_map_ends_with_what_is_planned(language: Language, title: str) -> None:
    """The earliest first, by its day; what is done or declined isn't there, and without plans nothing is."""
    day = MORNING.date()
    plans = (
        Plan("Tanpa hari <b>", PlanState.PLANNED, MORNING),
        Plan("Balas chat", PlanState.PLANNED, MORNING, due=day),
        Plan("Tambah kurir", PlanState.DONE, MORNING),
    )
    journey_map = the_example().as_map(language, id="m", now=MORNING)

    told = from_html(MESSAGES.map_html(replace(journey_map, plans=plans), language)).text

    when = "Senin, 2 Maret" if language is Language.ID else "Monday, 2 March"
    assert told.endswith(f"\n\n{title}\n⏰ {when}: Balas chat\n📌 Tanpa hari <b>")
    assert title not in from_html(MESSAGES.map_html(journey_map, language)).text


def test_words_of_owners_are_never_markup() -> None:
    """In a lead, a hint, an answer, a progress line and a button."""
    question = Question(
        Key("ask.goal"),
        1,
        options=(said(WORST),),
        lead=(Said(WORST), Key("lead.corrected", {"texts": (WORST,)})),
        hint=Said(WORST),
        progress=(1, 2, WORST),
        answered=Said(WORST),
    )

    (message,) = MESSAGES.question(question, Language.ID)

    assert from_html(message.html).text.count(WORST) == 5
    assert message.rows[0][0].label == WORST


def test_a_toast_is_cut_to_what_telegram_shows() -> None:
    """200 characters."""
    assert len(MESSAGES.say(Key("toast.too_many_maps", {"most": "9" * 300}), Language.ID)) == 200


def test_times_are_said_by_the_clock_of_whoever_reads_them() -> None:
    """The same moment is another hour, and maybe another day, further east."""
    late = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
    east = MESSAGES.at(Zone.WIT.clock)

    leaving = Key("ask.leaving", {"until": late})

    assert "02-03-2026 jam 22.30 WIB" in MESSAGES.at(Zone.WIB.clock).say(leaving, Language.ID)
    assert "03-03-2026 jam 00.30 WIT" in east.say(leaving, Language.ID)
    assert east.short_day(late, Language.ID) == "3 Mar 2026"
    assert MESSAGES.short_day(late, Language.ID) == "2 Mar 2026"
