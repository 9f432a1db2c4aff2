"""A map begun on one release goes on at another: nothing said is lost, and a question is always asked."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from conversations.blocks import BACK, DONE, KEEP, SKIP
from conversations.commands import Command
from conversations.events import Chose
from conversations.replies import Question
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from journey import gaps
from journey.document import JsonValue, dump_map, read_stored
from journey.limits import ENTRIES_PER_CELL, STAGE_NAME_LENGTH
from journey.model import Business, Element, Entry, Language, Standing, Status
from journey.phases import Phase
from journey.presets import Preset
from tests.conversations.editing import editing
from tests.conversations.owner import Owner
from tests.conversations.promises import check_turn
from tests.conversations.releases import OTHERS, TODAY, Release, words_of

Document = dict[str, JsonValue]
EXAMPLES: dict[str, dict[str, Document]] = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "stored").glob("*.json"))
}
"""Sessions with their maps as other releases stored them; never changed."""
_EDITORS = {
    *(StepId.REVIEW_CELL, StepId.REVIEW_STAGE, StepId.ENTRY, StepId.ENTRY_EDIT, StepId.ENTRY_MOVE),
    *(StepId.STAGE_EDIT, StepId.HEALTH, StepId.DRAFTS, StepId.DRAFT, StepId.SHAPES),
}
_LEADING = ("finish", "anyway", "enough", "use", KEEP, DONE, "keep_it")
"""The buttons that lead to the end and keep what was said, those tried first in front."""


def stored(owner: Owner) -> tuple[str, str]:
    """Return what is stored of an owner and the open map."""
    document = dump_map(owner.journey_map) if owner.journey_map else None
    return json.dumps(dump_session(owner.session)), json.dumps(document)


def back(session: str, journey_map: str) -> Owner:
    """Return the owner as the release that runs reads what is stored."""
    document = json.loads(journey_map)
    found = read_stored(document) if document else None
    owner = Owner(session=load_session(json.loads(session)), journey_map=found, minutes=600)
    if found is not None:
        owner.maps[found.id] = found
    return owner


def finishes(owner: Owner) -> None:
    """Answer what is left to answer, keep what was said, and finish."""
    for _ in range(120):
        if owner.session.screen is StepId.DONE:
            return
        if owner.session.step in _EDITORS:
            owner.chooses(BACK)
            continue
        leading = [option for option in _LEADING if option in owner.offered]
        owner.chooses(leading[0] if leading else owner.offered[0])
    raise AssertionError(f"still at {owner.session.screen}: {owner.offered}")


def quick_walk() -> Iterator[Owner]:
    """Yield an owner at every question of a quick map, with a typed complaint on the way, to the end."""
    owner = Owner.at_business()
    while owner.session.screen is not StepId.REVIEW:
        yield owner
        if owner.session.step is StepId.PAINS and owner.session.stage == "s2":
            owner.types("bu rini bilang adminnya jutek banget")
            while owner.session.stage == "s2":
                yield owner
                owner.chooses(owner.offered[0])
        else:
            owner.chooses(SKIP if owner.session.step is StepId.GOAL else owner.offered[0])
            if owner.session.screen is StepId.LEFTOVERS:
                yield owner
                owner.chooses("enough")
    yield owner
    owner.chooses("finish")
    yield owner


def side_trips() -> Iterator[Owner]:
    """Yield owners at screens beside the interview and behind it."""
    for start in ("entry", "moving", "stages", "maps"):
        yield editing(start, Preset.UMKM)
    for option in ("health", "drafts", "exports", "shapes", "tips"):
        owner = Owner.finished()
        owner.chooses(option)
        yield owner
        if option in ("drafts", "tips"):
            owner.chooses(owner.offered[0])
            yield owner
    for command in (Command.LANGUAGE, Command.MAPS, Command.DELETE, Command.PRIVACY, Command.FEEDBACK):
        owner = Owner.at_stages()
        owner.commands(command)
        yield owner
    sick = Owner.at_stages()
    sick.chooses(*[SKIP] * 18)
    sick.chooses("enough", "finish")
    yield sick


def goes_on(session: str, journey_map: str) -> None:
    """Check what holds when a release finds what another has stored."""
    owner = back(session, journey_map)
    shown, before = json.loads(session), owner.journey_map

    owner.commands(Command.CANCEL)

    here, now = owner.session, owner.journey_map
    if before is None or now is None:
        return
    assert now == before
    first = gaps.first_gap(before)
    same = (here.step, here.stage) == (shown["step"], shown["stage"])
    at_an_end = here.step in (StepId.LEFTOVERS, StepId.REVIEW, StepId.DONE, StepId.REVIEW_STAGE)
    assert same or here.cell == first or (first is None and at_an_end)
    finishes(owner)
    assert set(words_of(before)) <= set(words_of(owner.the_map))


def every_button_works(session: str, journey_map: str, options: tuple[str, ...]) -> None:
    """Check that the buttons on the owner's screen, which another release made, and words do no harm."""
    for option in options:
        owner = back(session, journey_map)
        before, place = owner.session, owner.the_map
        still_offered = option in owner.offered

        turn = owner.does(Chose(option, before.revision))

        check_turn(turn, before)
        if not still_offered:
            assert owner.journey_map == place
            (asked, *_) = turn.replies
            assert isinstance(asked, Question)
            assert owner.question == replace(asked, lead=owner.question.lead)
    owner = back(session, journey_map)
    owner.types("harganya kok beda")
    owner.types("harganya nggak jelas")


@pytest.mark.parametrize(
    ("walk", "before", "after"),
    [
        *((quick_walk, other, TODAY) for other in OTHERS),
        *((walk, TODAY, other) for walk in (quick_walk, side_trips) for other in OTHERS),
    ],
    ids=lambda value: value.name if isinstance(value, Release) else value.__name__,
)
def test_the_other_release_goes_on(
    walk: Callable[[], Iterator[Owner]], before: Release, after: Release
) -> None:
    """At whatever question the change of releases comes, and in whatever direction."""
    with before.running():
        stops = [(*stored(owner), owner.offered, owner.session.screen) for owner in walk()]

    seen = set()
    with after.running():
        for session, journey_map, options, screen in stops:
            goes_on(session, journey_map)
            if json.loads(journey_map) is not None and screen not in seen:
                every_button_works(session, journey_map, options)
                seen.add(screen)


EXPECTED = {
    "first-release": (StepId.TOUCHPOINTS, "s2"),
    "unknown-step": (StepId.GOAL, None),
    "unknown-step-finished": (StepId.DONE, None),
    "unknown-side": (StepId.TOUCHPOINTS, "s2"),
    "unknown-returns": (StepId.TOUCHPOINTS, "s2"),
    "stage-gone": (StepId.GOAL, None),
    "entry-gone": (StepId.REVIEW_STAGE, "s1"),
    "not-asked-any-more": (StepId.PERSONA_WORRY, None),
    "nothing-left-over": (StepId.REVIEW, None),
    "unknown-preset-asked": (StepId.GOAL, None),
    "unknown-chips": (StepId.TOUCHPOINTS, "s2"),
    "unknown-choices": (StepId.TOUCHPOINTS, "s2"),
    "later-fields": (StepId.TOUCHPOINTS, "s2"),
    "beyond-the-limits": (StepId.TOUCHPOINTS, "s2"),
    "map-gone": (StepId.WELCOME, None),
}
"""What each of the examples is asked; its name says what is strange about it."""


def example(name: str) -> Owner:
    """Return an owner of whom that is stored."""
    found = EXAMPLES[name]
    return back(json.dumps(found["session"]), json.dumps(found["map"]))


def test_every_example_is_expected_somewhere() -> None:
    """A document nobody looks at proves nothing."""
    assert set(EXPECTED) == set(EXAMPLES)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_another_release_stored_is_gone_on_with(name: str) -> None:
    """The first gap or the same question is asked, and the map can be finished with all that was said."""
    owner = example(name)
    before = owner.journey_map

    owner.commands(Command.CANCEL)

    assert (owner.session.step, owner.session.stage, owner.session.side) == (*EXPECTED[name], None)
    assert owner.journey_map == before
    if before is not None:
        finishes(owner)
        assert set(words_of(before)) <= set(words_of(owner.the_map))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_button_that_is_no_longer_offered_brings_the_question_with_those_that_are(name: str) -> None:
    """The screen of another release stands in the chat: whatever is tapped there, the owner can go on."""
    owner = example(name)
    before = owner.journey_map

    owner.does(Chose("a_button_of_another_release", owner.session.revision))

    assert owner.told[-1] in ("toast.other_buttons", f"ask.{owner.session.screen}")
    assert owner.offered
    assert owner.journey_map == before
    assert any(isinstance(reply, Question) for reply in owner.replies)


@pytest.mark.parametrize("name", ["unknown-step", "unknown-side", "stage-gone", "nothing-left-over"])
@pytest.mark.parametrize("answer", [SKIP, BACK, "fill", "erase_yes", "words"])
def test_an_answer_to_a_question_that_is_gone_is_none_to_the_next(name: str, answer: str) -> None:
    """The owner hears that it isn't stored, and sees what is asked now; only then does a tap count."""
    owner = example(name)
    before, revision = owner.journey_map, owner.session.revision

    if answer == "words":
        owner.types("5 juta sebulan")
    else:
        owner.does(Chose(answer, revision))

    assert owner.journey_map == before
    assert owner.told == ("lead.question_gone", f"ask.{EXPECTED[name][0]}")
    assert owner.session.revision == revision + 1


def test_choices_that_are_not_known_count_as_not_said() -> None:
    """A line of business, a framework, a phase, a standing of a later release: the words next to it stay."""
    owner = example("unknown-choices")

    assert owner.session.language is Language.ID
    assert owner.session.shop.business is None
    assert owner.session.shop.name == "Lele Bu Sri"
    assert owner.the_map.shop.business is None
    assert owner.the_map.preset is None
    assert owner.stage(1).phases == (Phase.TERTARIK,)
    assert owner.stage(3).phases == (Phase.KENAL,)
    assert owner.texts(1, Element.PAINS) == ("Kolamnya bau",)
    assert owner.stage(1).pains[0].standing is Standing.GUESS
    assert owner.the_map.plans == ()


def test_more_than_fits_is_read_as_far_as_it_fits() -> None:
    """A release with larger limits may have stored more."""
    owner = example("beyond-the-limits")

    assert len(owner.stage(1).touchpoints) == ENTRIES_PER_CELL
    assert owner.stage(1).touchpoints[0] == Entry("Obrolan tetangga")
    assert len(owner.stage(1).name) <= STAGE_NAME_LENGTH
    assert owner.stage(1).name.endswith("…")


def test_what_a_message_answered_is_forgotten_when_its_question_is_unknown() -> None:
    """Editing that message changes nothing, and the owner hears where to change it."""
    owner = example("unknown-step")
    assert [typing.message_id for typing in owner.session.typings] == [3]

    owner.commands(Command.CANCEL)
    owner.corrects(4, "6 juta")

    assert owner.told[0] == "lead.edit_unknown"


def test_a_finished_map_with_a_new_question_stays_finished() -> None:
    """It is asked about when the map is edited, not before."""
    with OTHERS[2].running():
        owner = Owner.finished()
    before = owner.the_map
    owner.commands(Command.START)
    owner.commands(Command.CANCEL)

    assert owner.session.step is StepId.DONE
    assert owner.the_map == before
    assert owner.the_map.status is Status.FINISHED
    owner.chooses("edit", "finish", "fill")
    owner.stands_at(StepId.FEELINGS, 1)


def test_the_business_of_the_next_map_is_asked_when_it_is_unknown() -> None:
    """The shop's name is there already."""
    owner = example("unknown-choices")

    owner.commands(Command.NEW)

    owner.stands_at(StepId.BUSINESS)
    owner.chooses(Business.KULINER)
    assert owner.the_map.shop.name == "Lele Bu Sri"
