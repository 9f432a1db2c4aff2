"""Messages for WhatsApp: the list, those first that fit the map, and one draft to copy or to open."""

from dataclasses import replace
from functools import partial

from conversations.blocks import BACK, LABEL, PAGE, page_options, to_seasons
from conversations.offers import Shelf
from conversations.replies import Key, Option, Question, Said
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, at
from journey.drafts import MOST_A_MONTH, DraftKind, FilledDraft, Fitting, fill, fitting
from journey.model import JourneyMap
from journey.seasons import Occurrence
from journey.titles import shortened

DRAFTS = "drafts"
"""The button that leads to the drafts."""
DRAFT_PREFIX = "draft."
COPY, OPEN = "copy_draft", "open_whatsapp"
_QUOTED = 80
"""Characters of a complaint that are quoted above a draft."""


def opened(session: Session, journey_map: JourneyMap) -> Outcome:
    """Show the drafts: of one stage when they are asked for there, else of the whole map."""
    stage = session.stage if session.step is StepId.REVIEW_STAGE else None
    return Outcome(at(session, StepId.DRAFTS, stage, returns=session.step), journey_map)


def choose_draft(session: Session, journey_map: JourneyMap, option: str) -> Outcome:
    """Show the draft that was chosen; copying and opening is done by the phone, so words can't do it."""
    if not option.startswith(DRAFT_PREFIX):
        return Outcome(session, journey_map, lead=(Key("lead.tap_draft"),))
    shown = at(session, StepId.DRAFT, session.stage, returns=session.returns)
    return Outcome(replace(shown, pending=option.removeprefix(DRAFT_PREFIX)), journey_map)


def drafts_list(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """List the drafts, and say of those that answer a complaint which one."""
    found = _fitting(shelf, session, journey_map)
    page = min(session.page, (len(found) - 1) // PAGE)
    stage = journey_map.stage(session.stage or "")
    fits = tuple(
        f"{fit.draft.label.say(session.language)} · “{shortened(fit.cause.pain.text, LABEL)}”"
        for fit in found
        if fit.cause is not None
    )
    options = tuple(
        Option(f"{DRAFT_PREFIX}{fit.draft.kind}", Said(fit.draft.label.say(session.language)), alone=True)
        for fit in found[page * PAGE : (page + 1) * PAGE]
    )
    return Question(
        key=Key("ask.drafts", {"fits": fits, "stage": stage.name if stage else ""}),
        revision=session.revision,
        options=(*options, *page_options(page, len(found)), to_seasons()),
        controls=(Option(BACK, Key("button.back")),),
    )


def one_draft(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Show a draft with all that helps to send it well; the text is in the language of the map."""
    kind = DraftKind(session.pending or "")
    fit = next(fit for fit in _fitting(shelf, session, journey_map) if fit.draft.kind is kind)
    filled = fill(fit, shelf.drafts, journey_map.shop, journey_map.language, shelf.knowledge)
    return Question(
        key=_shown(session, fit, filled, journey_map),
        revision=session.revision,
        options=_ways_out(filled),
        controls=(Option(BACK, Key("button.back")),),
    )


def season_draft(
    shelf: Shelf,
    session: Session,
    journey_map: JourneyMap | None,
    kind: DraftKind,
    occurrence: Occurrence,
) -> Question:
    """Show a draft written for a busy season; who has no map open has a shop all the same."""
    shop, language = (
        (journey_map.shop, journey_map.language) if journey_map else (session.shop, session.language)
    )
    fit = Fitting(shelf.drafts.drafts[kind], None)
    season = shelf.seasons.name(occurrence, language)
    filled = fill(fit, shelf.drafts, shop, language, shelf.knowledge, season=season)
    return Question(
        key=Key("ask.season_draft", {"name": shelf.seasons.name(occurrence, session.language)}),
        revision=session.revision,
        options=_ways_out(filled),
        controls=(Option(BACK, Key("button.back")),),
        aside=_shown(session, fit, filled, journey_map),
    )


def _shown(session: Session, fit: Fitting, filled: FilledDraft, journey_map: JourneyMap | None) -> Key:
    """Return the words around a draft: what it is for, what to fill in, when to send it, what to mind."""
    persona = journey_map.persona.name if journey_map else None
    return Key(
        "ask.draft",
        {
            "label": fit.draft.label.say(session.language),
            "pain": shortened(fit.cause.pain.text, _QUOTED) if fit.cause else "",
            "persona": persona.text if persona else "",
            "text": filled.text,
            "fill_in": filled.gaps,
            "when": fit.draft.when.say(session.language),
            "care": fit.draft.care.say(session.language),
            "promotional": fit.draft.promotional,
            "most": MOST_A_MONTH,
            "copied": filled.copied is not None,
        },
    )


def _ways_out(filled: FilledDraft) -> tuple[Option, ...]:
    """Return the buttons that copy the text and open WhatsApp with it, as far as it is short enough."""
    copy = Option(COPY, Key("button.copy_draft"), alone=True, copies=filled.copied)
    opening = Option(OPEN, Key("button.open_whatsapp"), alone=True, url=filled.link)
    return (*((copy,) if filled.copied else ()), *((opening,) if filled.link else ()))


def _fitting(shelf: Shelf, session: Session, journey_map: JourneyMap) -> tuple[Fitting, ...]:
    stage = journey_map.stage(session.stage or "")
    return fitting(shelf.drafts, journey_map, partial(shelf.topics_of, journey_map), stage)
