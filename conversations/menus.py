"""The screens that lead somewhere: welcome, list of maps, stage editor, what was skipped, review, the end."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from conversations.blocks import (
    BACK,
    CELL_PREFIX,
    LABEL,
    PAGE,
    STAGE_PREFIX,
    answer_text,
    page_options,
    plain_question,
    progress_of,
    shown,
)
from conversations.checkin_screens import (
    checkin_menu,
    news_question,
    pain_question,
    score_question,
    where_question,
)
from conversations.checkup import standing_menu
from conversations.collection import ALL_MAPS, deleted_option, resume_options, unfinished
from conversations.drafting import DRAFTS, drafts_list, one_draft
from conversations.entries import cell_menu, drop_menu, edit_menu, entry_menu, move_menu, score_menu
from conversations.events import MapSummary
from conversations.exporting import EXPORTS
from conversations.followups import ask_back, offered_idea, which_meaning
from conversations.offers import Shelf
from conversations.replies import Key, Option, Question
from conversations.requests import SHAPES
from conversations.session import Session
from conversations.steps import StepId
from journey import gaps
from journey.limits import STAGES
from journey.model import Cell, Element, JourneyMap, PersonaField, Speed, Stage
from journey.plans import planned
from journey.titles import shortened, title_of


def welcome(session: Session, journey_map: JourneyMap | None, maps: tuple[MapSummary, ...]) -> Question:
    """Greet; someone with unfinished maps is offered to go on with them first."""
    resuming = resume_options(maps, session.map_id)
    going_on = len(unfinished(maps))
    listed = any(option.id == ALL_MAPS for option in resuming) or not maps
    options = (
        *resuming,
        Option("begin", Key("button.begin_another" if resuming else "button.begin"), alone=True),
        *(() if listed else (Option(ALL_MAPS, Key("button.all_maps"), alone=True),)),
        Option("example", Key("button.see_example")),
        Option("explain", Key("button.explain")),
    )
    return Question(
        key=Key("ask.welcome", {"known": session.consent is not None, "count": going_on}),
        revision=session.revision,
        options=options,
    )


def erase_menu(session: Session, journey_map: JourneyMap | None, deleted: int) -> Question:
    """Ask what to delete, the way out first; a map is named. What was deleted can be brought back."""
    one = () if journey_map is None else (_erase_option(journey_map),)
    keep, everything = (
        Option(choice, Key(f"button.{choice}"), alone=True) for choice in ("keep_it", "erase_all")
    )
    options = (keep, *one, everything, *deleted_option(deleted))
    return plain_question(session, (), options=options, back=False)


def map_name(journey_map: JourneyMap) -> str:
    """Return what a map is called on a button."""
    return shortened(title_of(journey_map, untitled="…"), LABEL - 10)


def _erase_option(journey_map: JourneyMap) -> Option:
    return Option("erase_map", Key("button.erase_map", {"title": map_name(journey_map)}), alone=True)


def _begin_another() -> Option:
    return Option("begin", Key("button.begin_another"), alone=True)


def _stages(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    options = [
        Option(f"{STAGE_PREFIX}{stage.id}", shown(f"{place}. {stage.name}"))
        for place, stage in enumerate(journey_map.stages, start=1)
    ]
    if len(journey_map.stages) < STAGES:
        options.append(Option("add", Key("button.add_stage"), alone=True))
    if journey_map.stages:
        options.append(
            Option("use", Key("button.use_stages", {"count": len(journey_map.stages)}), alone=True)
        )
    names = tuple(stage.name for stage in journey_map.stages)
    return plain_question(session, (), options=tuple(options), stages=names, most=STAGES)


def _stage_edit(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    stage = journey_map.stage(session.stage or "")
    place = journey_map.stages.index(stage) if stage else 0
    last = len(journey_map.stages) - 1
    choices = [
        "rename",
        *(["up"] if place > 0 else []),
        *(["down"] if place < last else []),
        "phase",
        *(["remove"] if last > 0 else []),
    ]
    phase = shelf.knowledge.phases[stage.phase].name.say(session.language) if stage else ""
    return plain_question(session, choices, stage=stage.name if stage else "", phase=phase)


def _stage_rename(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    stage = journey_map.stage(session.stage or "")
    return plain_question(session, (), stage=stage.name if stage else "")


def _stage_remove(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    stage = journey_map.stage(session.stage or "")
    return plain_question(session, ("keep_it", "remove_yes"), back=False, stage=stage.name if stage else "")


def _leftovers(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    left = gaps.leftovers(journey_map)
    page = min(session.page, max(0, (len(left) - 1) // PAGE))
    options = [
        cell_option(shelf, session, journey_map, cell) for cell in left[page * PAGE : (page + 1) * PAGE]
    ]
    return Question(
        key=Key("ask.leftovers", {"count": len(left)}),
        revision=session.revision,
        options=(
            *options,
            *page_options(page, len(left)),
            Option("enough", Key("button.enough"), alone=True),
        ),
        controls=(Option(BACK, Key("button.back")),),
    )


def _review(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    stages = [
        Option(f"{STAGE_PREFIX}{stage.id}", shown(f"{place}. {stage.name}"))
        for place, stage in enumerate(journey_map.stages, start=1)
    ]
    complete = [Option("complete", Key("button.complete"), alone=True)]
    return Question(
        key=Key("ask.review", {"gaps": len(gaps.leftovers(journey_map))}),
        revision=session.revision,
        options=(
            Option("finish", Key("button.finish"), alone=True),
            Option("review_shop", Key("button.review_shop")),
            Option("review_persona", Key("button.review_persona")),
            *stages,
            Option("stages", Key("button.edit_stages"), alone=True),
            Option("health", Key("button.health"), alone=True),
            *(complete if journey_map.speed is Speed.QUICK else ()),
            Option(DRAFTS, Key("button.drafts"), alone=True),
            Option(EXPORTS, Key("button.exports"), alone=True),
        ),
        controls=(Option(BACK, Key("button.back")),),
        map_text=journey_map,
    )


def _review_shop(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    cells = (Cell(gaps.BUSINESS), Cell(gaps.SHOP_NAME), Cell(gaps.GOAL), Cell(StepId.TITLE))
    return _lines(shelf, session, journey_map, cells)


def _review_persona(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    return _lines(
        shelf, session, journey_map, tuple(Cell(gaps.persona_step(field)) for field in PersonaField)
    )


def _review_stage(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    cells = tuple(Cell(element, session.stage) for element in Element)
    stage = journey_map.stage(session.stage or "")
    asked = _lines(shelf, session, journey_map, cells, stage=stage)
    return replace(asked, options=(*asked.options, Option(DRAFTS, Key("button.drafts"), alone=True)))


def _lines(
    shelf: Shelf, session: Session, journey_map: JourneyMap, cells: Iterable[Cell], stage: Stage | None = None
) -> Question:
    """List the lines of a part of the map, each a button to its question."""
    return Question(
        key=Key(f"ask.{session.screen}", {"stage": stage.name if stage else ""}),
        revision=session.revision,
        options=tuple(cell_option(shelf, session, journey_map, cell) for cell in cells),
        controls=(Option(BACK, Key("button.back")),),
        progress=progress_of(journey_map, stage),
    )


def cell_option(shelf: Shelf, session: Session, journey_map: JourneyMap, cell: Cell) -> Option:
    """Return the button that leads to a question of the map: what it asks and what was answered."""
    stage = journey_map.stage(cell.stage or "")
    named = session.step is StepId.LEFTOVERS
    speaks_of = {
        "prefix": f"{stage.name} · " if stage and named else "",
        "answer": answer_text(shelf, journey_map, cell, session.language),
    }
    suffix = f".{cell.stage}" if cell.stage else ""
    return Option(f"{CELL_PREFIX}{cell.step}{suffix}", Key(f"line.{cell.step}", speaks_of), alone=True)


def _finish_sure(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    left = gaps.leftovers(journey_map)
    return plain_question(session, ("fill", "anyway"), count=len(left))


def _done(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    quick = journey_map.speed is Speed.QUICK
    completing = ("complete",) if quick else ()
    choices = (
        *(StepId.SHARE, "text", "picture", "shapes", EXPORTS),
        *(DRAFTS, "health", "check_in_menu", "edit", *completing),
    )
    in_hand = len(planned(journey_map))
    name = Key("button.tips_planned", {"count": in_hand}) if in_hand else Key("button.tips")
    tips = (Option("tips", name, alone=True),)
    asked = plain_question(session, choices, options=tips, back=False, quick=quick)
    # So many that short ones share a row; what comes first on the screen is what most owners want next.
    paired = (replace(option, alone=option.id == "tips") for option in asked.options)
    return replace(asked, options=(*paired, _begin_another()))


def _shapes(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    return plain_question(session, (*SHAPES, "text"))


def _scores(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    stage = journey_map.stage(session.stage or "")
    options = tuple(Option(f"score.{score}", Key(f"score.{score}"), alone=True) for score in (5, 4, 3, 2, 1))
    return Question(
        key=Key("ask.feeling_score", {"feeling": session.pending or ""}),
        revision=session.revision,
        options=options,
        controls=(Option(BACK, Key("button.back")),),
        progress=progress_of(journey_map, stage),
    )


Menu = Callable[[Shelf, Session, JourneyMap], Question]
MENUS: Mapping[StepId, Menu] = MappingProxyType(
    {
        StepId.STAGES: _stages,
        StepId.STAGE_EDIT: _stage_edit,
        StepId.STAGE_RENAME: _stage_rename,
        StepId.STAGE_REMOVE: _stage_remove,
        StepId.LEFTOVERS: _leftovers,
        StepId.REVIEW: _review,
        StepId.REVIEW_SHOP: _review_shop,
        StepId.REVIEW_PERSONA: _review_persona,
        StepId.REVIEW_STAGE: _review_stage,
        StepId.REVIEW_CELL: cell_menu,
        StepId.ENTRY: entry_menu,
        StepId.ENTRY_EDIT: edit_menu,
        StepId.ENTRY_SCORE: score_menu,
        StepId.ENTRY_MOVE: move_menu,
        StepId.EVIDENCE_DROP: drop_menu,
        StepId.FINISH_SURE: _finish_sure,
        StepId.DONE: _done,
        StepId.SHAPES: _shapes,
        StepId.STANDING: standing_menu,
        StepId.CHECK_IN_MENU: checkin_menu,
        StepId.CHECK_IN: score_question,
        StepId.CHECK_IN_NEWS: news_question,
        StepId.CHECK_IN_WHERE: where_question,
        StepId.CHECK_IN_PAIN: pain_question,
        StepId.DRAFTS: drafts_list,
        StepId.DRAFT: one_draft,
        StepId.FEELING_SCORE: _scores,
        StepId.ASK_BACK: ask_back,
        StepId.MEANING: which_meaning,
        StepId.IDEA: offered_idea,
    }
)
"""The screens that need nothing but the session, the map and the knowledge."""
