"""The owner's maps on screen: the unfinished first, where each stands, the archive, and one map's menu."""

from collections.abc import Iterable

from conversations.blocks import BACK, LABEL, MAP_PREFIX, PAGE, page_options, plain_question
from conversations.events import MapSummary
from conversations.replies import Key, Option, Parameter, Question
from conversations.session import Session
from conversations.steps import StepId
from journey.model import Status
from journey.titles import shortened

PICK_PREFIX = "pick."
ARCHIVE = "archive"
ALL_MAPS = "maps"
DELETED = "restore"
_MARK = 8
"""Characters that the mark and the number of a map take of a button."""
_STANDING = 10
"""Characters that the mark and the number of the stage take of a button, besides the stage's name."""
_WITHOUT_STAGE = 19
"""Characters that the mark and the word on how far a map is take of a button without a stage."""
_LEAST_OF_TITLE = 10
"""Characters of a title by which a map is still recognised."""
_AT_ONCE = 4
"""Unfinished maps that a greeting offers; more are a list of their own."""
Maps = tuple[MapSummary, ...]


def unfinished(maps: Maps, current: str | None = None) -> Maps:
    """Return the maps that are still worked on, the open one first, then the latest changed."""
    found = (summary for summary in maps if summary.status is Status.OPEN and not summary.archived)
    return tuple(sorted(found, key=lambda summary: summary.id != current))


def at_hand(maps: Maps) -> Maps:
    """Return the maps that aren't archived, the unfinished ones first."""
    kept = (summary for summary in maps if not summary.archived)
    return tuple(sorted(kept, key=lambda summary: summary.status is not Status.OPEN))


def put_away(maps: Maps) -> Maps:
    """Return the archived maps."""
    return tuple(summary for summary in maps if summary.archived)


def picked_of(session: Session, maps: Maps) -> MapSummary | None:
    """Return the map whose menu is open, None when it is gone."""
    return next((summary for summary in maps if summary.id == session.picked), None)


def ask(session: Session, maps: Maps, deleted: int = 0) -> Question:
    """Return the screen about the owner's maps that the session stands at; the list when the map is gone.

    Below the list, ``deleted`` maps can be brought back.
    """
    picked = picked_of(session, maps)
    match session.screen:
        case StepId.UNFINISHED:
            return _unfinished(session, maps)
        case StepId.MAP_MENU if picked is not None:
            return _map_menu(session, picked)
        case StepId.MAP_RENAME if picked is not None:
            return plain_question(session, (), title=picked.title)
        case StepId.ARCHIVE:
            return _list(session, StepId.ARCHIVE, put_away(maps))
        case _:
            away = len(put_away(maps))
            archive = (Option(ARCHIVE, Key("button.archive", {"count": away}), alone=True),) if away else ()
            begin = Option("begin", Key("button.begin_another"), alone=True)
            below = (*archive, *deleted_option(deleted), begin)
            return _list(session, StepId.MAPS, at_hand(maps), below, away=away)


def deleted_option(count: int) -> tuple[Option, ...]:
    """Return the button to the deleted maps that can still be brought back, if there are any."""
    return (Option(DELETED, Key("button.deleted", {"count": count}), alone=True),) if count else ()


def resume_options(maps: Maps, current: str | None) -> tuple[Option, ...]:
    """Return a button to each unfinished map with where it stands; beyond four, the rest is a list away."""
    going_on = unfinished(maps, current)
    if len(going_on) == 1:
        (only,) = going_on
        name = "button.resume_stage" if only.stage else "button.resume"
        return (Option(f"{MAP_PREFIX}{only.id}", Key(name, _speaks_of(only)), alone=True),)
    return (*(_resume(summary) for summary in going_on[:_AT_ONCE]), *_all_maps(len(going_on)))


def page_of(maps: Maps, map_id: str | None) -> int:
    """Return on which page of a list a map is, the first when it isn't there."""
    ids = [summary.id for summary in maps]
    return ids.index(map_id) // PAGE if map_id in ids else 0


def _unfinished(session: Session, maps: Maps) -> Question:
    going_on = unfinished(maps, session.map_id)
    shown = going_on[:_AT_ONCE]
    return Question(
        key=Key("ask.unfinished", {"count": len(going_on)}),
        revision=session.revision,
        options=(*(_resume(summary) for summary in shown), *_all_maps(len(going_on))),
        controls=(Option(BACK, Key("button.back")),),
        lead=_lines(shown),
    )


def _list(
    session: Session, step: StepId, maps: Maps, options: tuple[Option, ...] = (), *, away: int = 0
) -> Question:
    page = min(session.page, max(0, (len(maps) - 1) // PAGE))
    shown = maps[page * PAGE : (page + 1) * PAGE]
    places = range(page * PAGE + 1, page * PAGE + 1 + len(shown))
    numbered = [_speaks_of(summary, place) for summary, place in zip(shown, places, strict=True)]
    buttons = (
        Option(f"{PICK_PREFIX}{summary.id}", Key(f"button.map_{summary.status}", speaks_of), alone=True)
        for summary, speaks_of in zip(shown, numbered, strict=True)
    )
    return Question(
        key=Key(f"ask.{step}", {"count": len(maps), "away": away}),
        revision=session.revision,
        options=(*buttons, *page_options(page, len(maps)), *options),
        controls=(Option(BACK, Key("button.back")),),
        lead=tuple(Key("shelf.line", speaks_of) for speaks_of in numbered),
    )


def _map_menu(session: Session, picked: MapSummary) -> Question:
    name = "button.map_continue" if picked.status is Status.OPEN else "button.map_look"
    go_on = Option(f"{MAP_PREFIX}{picked.id}", Key(name), alone=True)
    filing = "map_unarchive" if picked.archived else "map_archive"
    check = ("map_check",) if picked.status is Status.FINISHED else ()
    sharing = (StepId.SHARE,) if picked.stage_count else ()
    choices = (*check, "map_rename", "map_copy", *sharing, filing, "map_erase")
    asked = plain_question(session, choices, options=(go_on,), title=picked.title)
    return Question(asked.key, asked.revision, asked.options, asked.controls, lead=_lines((picked,)))


def _lines(maps: Iterable[MapSummary]) -> tuple[Key, ...]:
    """Return a line on each map: what it is called, where it stands, and when it was changed last."""
    return tuple(Key("shelf.line", _speaks_of(summary)) for summary in maps)


def _speaks_of(summary: MapSummary, place: int = 0) -> dict[str, Parameter]:
    """Return what is said of a map; with a place when it stands in a numbered list."""
    finished = summary.finished if summary.status is Status.FINISHED else None
    return {
        "title": summary.title,
        "place": place,
        "short": shortened(summary.title, LABEL - _MARK),
        "stage": summary.stage or "",
        "number": summary.stage_number,
        "count": summary.stage_count,
        "complete": summary.complete,
        "changed": summary.changed,
        "ended": summary.status is Status.FINISHED,
        "finished": finished or summary.changed,
    }


def _resume(summary: MapSummary) -> Option:
    room = LABEL - (_STANDING + len(summary.stage) if summary.stage else _WITHOUT_STAGE)
    speaks_of = {**_speaks_of(summary), "short": shortened(summary.title, max(room, _LEAST_OF_TITLE))}
    return Option(f"{MAP_PREFIX}{summary.id}", Key("button.resume_one", speaks_of), alone=True)


def _all_maps(count: int) -> tuple[Option, ...]:
    return (Option(ALL_MAPS, Key("button.all_maps"), alone=True),) if count > _AT_ONCE else ()
