"""Words that nothing of the knowledge fits: shown as they would be kept, and kept only after a yes."""

from dataclasses import replace
from hashlib import sha256

from conversations.blocks import plain_question
from conversations.events import Occasion
from conversations.replies import Key, Option, Question
from conversations.requests import KeepUnmatched
from conversations.session import Consent, Session, WordsAnswer
from conversations.steps import StepId
from conversations.turns import Outcome
from journey.anonymous import Names, anonymous
from journey.model import JourneyMap
from journey.suggestions import Advice

KEEP, LEAVE = "words_keep", "words_leave"
ASK_AGAIN, STOP = "words_ask_again", "words_stop"
WORDS_VERSION = "2026-11"
"""The version of the question that asks for the words; kept with the owner's yes."""
OFFERED_AT_ONCE = 6
"""So many complaints of full length, all emoji, still fit a message below the list of suggestions."""
REMEMBERED = 200
"""Digests; whoever gave more words may be asked about the first ones once more."""
_DIGEST_LENGTH = 12


def offered(
    session: Session, journey_map: JourneyMap, advice: Advice, names: Names
) -> tuple[KeepUnmatched, ...]:
    """Return what the owner can be asked for: typed complaints without advice, not asked about before.

    None after a no. Words of a chip are ours already.
    """
    answer = session.words or WordsAnswer()
    if answer.refused:
        return ()
    found: dict[str, KeepUnmatched] = {}
    for unanswered in advice.unanswered:
        stage = journey_map.stage(unanswered.stage_id)
        words = anonymous(unanswered.pain, names)
        if stage is None or not words or words in found or _digest(words) in answer.kept:
            continue
        if any(pain.text == unanswered.pain and pain.chip is None for pain in stage.pains):
            business = journey_map.shop.business
            found[words] = KeepUnmatched(words, journey_map.language, stage.phase, business)
    return tuple(found.values())[:OFFERED_AT_ONCE]


def asked(offer: tuple[KeepUnmatched, ...]) -> Key | None:
    """Return the sentence that asks for the words, None when there are none."""
    return Key("ask.keep_words", {"words": tuple(each.words for each in offer)}) if offer else None


def options(offer: tuple[KeepUnmatched, ...]) -> tuple[Option, ...]:
    """Return the buttons that answer it."""
    if not offer:
        return ()
    return Option(KEEP, Key("button.words_keep")), Option(LEAVE, Key("button.words_leave"))


def question(session: Session, offer: tuple[KeepUnmatched, ...]) -> Question:
    """Ask for the words on a screen of their own."""
    asking = plain_question(session, (), options=options(offer))
    return replace(asking, key=asked(offer) or asking.key)


def answered(
    session: Session,
    journey_map: JourneyMap,
    option: str,
    offer: tuple[KeepUnmatched, ...],
    occasion: Occasion,
) -> Outcome:
    """Keep the words that were shown, or never ask again."""
    answer = session.words or WordsAnswer()
    side = None if session.side is StepId.KEEP_WORDS else session.side
    if option == LEAVE:
        refused = replace(answer, refused=True, consent=None)
        left = replace(session, words=refused, side=side)
        return Outcome(left, journey_map, lead=(Key("lead.words_left"),))
    kept = (*answer.kept, *(_digest(each.words) for each in offer))[-REMEMBERED:]
    given = WordsAnswer(consent=Consent(WORDS_VERSION, occasion.now), kept=kept)
    return Outcome(
        replace(session, words=given, side=side),
        journey_map,
        lead=(Key("lead.words_kept"),),
        requests=offer,
    )


def standing(session: Session) -> str:
    """Return what the owner's answer comes to: "kept", "refused", or nothing as long as they gave none."""
    if session.words is None:
        return ""
    return "refused" if session.words.refused else "kept"


def changes_of_mind(session: Session) -> tuple[str, ...]:
    """Return the button that takes the answer back, none where none was given."""
    return {"": (), "kept": (STOP,), "refused": (ASK_AGAIN,)}[standing(session)]


def reconsidered(session: Session, journey_map: JourneyMap | None, option: str) -> Outcome:
    """Ask for words again from now on, or not any more; what was kept has no name to be found by."""
    answer = replace(session.words or WordsAnswer(), refused=option == STOP, consent=None)
    told = "lead.words_stopped" if option == STOP else "lead.words_asked_again"
    return Outcome(replace(session, words=answer, side=None), journey_map, lead=(Key(told),))


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:_DIGEST_LENGTH]
