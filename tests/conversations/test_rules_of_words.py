"""The rules of unknown words: honest when nothing fits, kept without names, and only after a yes."""

from dataclasses import replace

import pytest

from conversations import words
from conversations.blocks import BACK
from conversations.commands import Command
from conversations.own_actions import OWN_ACTION
from conversations.replies import AdviceText, Key, Toast
from conversations.requests import KeepUnmatched
from conversations.session import Consent, WordsAnswer, dump_session, load_session
from conversations.steps import StepId
from journey.model import Business, Entry, Language
from journey.phases import Phase
from journey.suggestions import suggest
from tests.content import the_interview, the_knowledge
from tests.conversations.owner import Owner

UNKNOWN = "Bu Zubaidah bilang qwertyuiop, telp 0812-3456-7890"
KEPT = "bu … bilang qwertyuiop, telp …"
OTHER = "zxcvbnm asdfghjkl"


def with_pains(*pains: str, known: bool = False) -> Owner:
    """Return an owner who typed these complaints, beside some that we know or alone."""
    owner = Owner.with_pains(*pains)
    if known:
        first, *_ = owner.the_map.stages
        owner.journey_map = replace(owner.the_map, stages=(first, *Owner.finished().the_map.stages[1:]))
    return owner


def offered(owner: Owner) -> tuple[str, ...]:
    """Return the words that the screen asks for."""
    question = owner.question
    asking = question.aside or question.key
    found = asking.parameters["words"] if asking.name == "ask.keep_words" else ()
    assert isinstance(found, tuple)
    return found


def request(text: str) -> KeepUnmatched:
    return KeepUnmatched(text, Language.ID, Phase.KENAL, Business.KOPI)


def test_nothing_fits_these_complaints() -> None:
    """Else this page would test something else."""
    advice = suggest(
        with_pains(UNKNOWN, OTHER).the_map, the_knowledge(), the_interview().matcher, Language.ID
    )

    assert [found.pain for found in advice.unanswered] == [UNKNOWN, OTHER]


def test_below_the_list_the_owner_is_asked_for_the_words() -> None:
    """Exactly as they would be kept, with *Boleh* and *Nggak usah*; nothing is kept yet."""
    owner = with_pains(UNKNOWN, known=True)

    owner.chooses("tips")

    assert owner.told == ("AdviceText", "ask.tips")
    assert owner.question.aside == Key("ask.keep_words", {"words": (KEPT,)})
    assert owner.offered[-3:] == (words.KEEP, words.LEAVE, BACK)
    assert owner.requests == ()


def test_without_any_tip_the_question_has_a_screen_of_its_own() -> None:
    """The honest advice first; whoever goes back has answered nothing and is asked again next time."""
    owner = with_pains(UNKNOWN)

    owner.chooses("tips")

    assert owner.replies[0] == AdviceText(owner.the_map)
    owner.stands_at(StepId.KEEP_WORDS)
    assert offered(owner) == (KEPT,)
    assert owner.offered == (words.KEEP, words.LEAVE, OWN_ACTION, BACK)
    owner.chooses(BACK)
    owner.stands_at(StepId.DONE)
    assert owner.session.words is None
    owner.chooses("tips")
    assert offered(owner) == (KEPT,)


@pytest.mark.parametrize("known", [True, False])
def test_after_a_yes_the_shown_words_are_kept(known: bool) -> None:
    """With the language, the phase and the line of business; the yes is remembered as the consent is."""
    owner = with_pains(UNKNOWN, OTHER, known=known)
    owner.chooses("tips")
    before = owner.the_map

    owner.chooses(words.KEEP)

    assert owner.requests == (request(KEPT), request(OTHER))
    assert owner.told[0] == "lead.words_kept"
    answer = owner.session.words
    assert answer is not None
    assert (answer.refused, len(answer.kept)) == (False, 2)
    assert answer.consent == Consent(words.WORDS_VERSION, owner.occasion.now)
    assert owner.the_map == before
    owner.stands_at(StepId.TIPS if known else StepId.DONE)
    assert words.KEEP not in owner.offered


def test_nobody_is_asked_twice_for_the_same_words() -> None:
    """New words are asked for anew, in this map or a later one: a yes is for what was shown."""
    owner = with_pains(UNKNOWN)
    owner.chooses("tips", words.KEEP)
    owner.chooses("tips")
    assert owner.told == ("AdviceText", "ask.tips")
    owner.chooses(BACK)

    stage = owner.stage(1)
    more = replace(stage, pains=(*stage.pains, Entry(OTHER)))
    owner.journey_map = replace(owner.the_map, id="later").with_stage(more)
    owner.session = replace(owner.session, map_id="later")
    owner.chooses("tips")

    assert offered(owner) == (OTHER,)
    owner.chooses(words.KEEP)
    assert owner.requests == (request(OTHER),)


@pytest.mark.parametrize("known", [True, False])
def test_a_no_is_final(known: bool) -> None:
    """Nothing is kept, and no later word is asked for; the way to change one's mind is told."""
    owner = with_pains(UNKNOWN, known=known)
    owner.chooses("tips")

    owner.chooses(words.LEAVE)

    assert owner.requests == ()
    assert owner.told[0] == "lead.words_left"
    assert owner.session.words == WordsAnswer(refused=True)
    owner.stands_at(StepId.TIPS if known else StepId.DONE)
    owner.journey_map = with_pains(OTHER, known=known).the_map
    owner.commands(Command.TIPS)
    assert words.KEEP not in owner.offered


def test_privacy_takes_a_no_back() -> None:
    """A button below the text; from then on words are asked for again."""
    owner = with_pains(UNKNOWN)
    owner.chooses("tips", words.LEAVE)

    owner.commands(Command.PRIVACY)
    assert "ask.privacy" in owner.told
    assert owner.question.key.parameters["words"] == "refused"
    assert owner.offered == ("take_out", "erase", words.ASK_AGAIN, BACK)
    owner.chooses(words.ASK_AGAIN)

    assert owner.told == ("lead.words_asked_again", "ask.done")
    owner.chooses("tips")
    assert offered(owner) == (KEPT,)


def test_privacy_takes_a_yes_back() -> None:
    """No word is asked for any more, and what was kept before isn't asked for even after a third change."""
    owner = with_pains(UNKNOWN)
    owner.chooses("tips", words.KEEP)

    owner.commands(Command.PRIVACY)
    assert owner.question.key.parameters["words"] == "kept"
    assert owner.offered == ("take_out", "erase", words.STOP, BACK)
    owner.chooses(words.STOP)

    assert owner.told == ("lead.words_stopped", "ask.done")
    stage = owner.stage(1)
    owner.journey_map = owner.the_map.with_stage(replace(stage, pains=(*stage.pains, Entry(OTHER))))
    owner.chooses("tips")
    owner.stands_at(StepId.TIPS)
    assert words.KEEP not in owner.offered
    owner.commands(Command.PRIVACY)
    owner.chooses(words.ASK_AGAIN, "tips")
    assert offered(owner) == (OTHER,)


def test_privacy_without_an_answer_has_nothing_to_take_back() -> None:
    """The text says that words are asked for."""
    owner = Owner.at_goal()

    owner.commands(Command.PRIVACY)

    assert owner.question.key.parameters["words"] == ""
    assert owner.offered == ("take_out", "erase", BACK)


def test_leaving_the_privacy_screen_changes_nothing() -> None:
    """*Kembali* leads to the question that waited."""
    owner = with_pains(UNKNOWN)
    owner.chooses("tips", words.LEAVE)
    answer = owner.session.words

    owner.commands(Command.PRIVACY)
    owner.chooses(BACK)

    owner.stands_at(StepId.DONE)
    assert owner.session.words == answer


def test_a_double_tap_keeps_words_once() -> None:
    """The second tap is told so."""
    owner = with_pains(UNKNOWN)
    owner.chooses("tips")
    revision = owner.session.revision
    owner.chooses(words.KEEP)

    owner.taps_old(words.KEEP, revision=revision)

    assert owner.requests == ()
    assert owner.replies == (Toast(Key("toast.twice")),)


def test_words_of_chips_are_not_asked_for() -> None:
    """They are ours, whether anything can be done about them or not."""
    owner = with_pains(UNKNOWN)
    first = owner.stage(1)
    tapped = replace(first.pains[0], chip="p.gone")
    owner.journey_map = owner.the_map.with_stage(replace(first, pains=(tapped,)))

    owner.chooses("tips")

    assert owner.told == ("AdviceText", "ask.tips")


def test_where_only_somebody_is_named_nothing_is_asked() -> None:
    """A telephone number alone teaches nothing."""
    owner = with_pains("0812-3456-7890")

    owner.chooses("tips")

    assert owner.told == ("AdviceText", "ask.tips")


def test_the_same_words_in_two_stages_are_shown_once() -> None:
    """Capitals and blanks make no difference."""
    owner = with_pains(OTHER, OTHER.upper(), f"{OTHER}!")

    owner.chooses("tips")

    assert offered(owner) == (OTHER,)


def test_the_answer_is_remembered_after_a_restart() -> None:
    """And a session stored before there was the question is asked."""
    owner = with_pains(UNKNOWN)
    owner.chooses("tips", words.KEEP)

    stored = dump_session(owner.session)

    assert load_session(stored) == owner.session
    older = {key: value for key, value in stored.items() if key != "words"}
    assert load_session(older).words is None


def test_erasing_everything_forgets_the_answer() -> None:
    """A newcomer is asked; what was kept belongs to nobody."""
    owner = with_pains(UNKNOWN)
    owner.chooses("tips", words.KEEP)
    owner.commands(Command.DELETE)

    owner.chooses("erase_all", "erase_yes", "afresh")

    assert owner.session.words is None
