"""Choices on the screens that are no cell: shop, speed, stages, what was skipped, review, the end."""

from dataclasses import replace

from conversations import asides, checkup, edits, exporting, versions
from conversations.blocks import KEEP, SEASONS, STAGE_PREFIX
from conversations.drafting import DRAFTS, choose_draft, opened
from conversations.events import Occasion
from conversations.moves import onward, resumed, to_cell, to_end
from conversations.replies import Key, MapText
from conversations.requests import SHAPES, Drawing, DrawPicture, KeepAnswer
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, at, beside
from journey import gaps, stages
from journey.knowledge import Knowledge
from journey.limits import STAGES
from journey.model import Business, Cell, Entry, JourneyMap, Speed, Stage, Status
from journey.phases import Phase
from journey.presets import DEFAULT, Preset
from journey.presets import STAGES as PRESET_STAGES
from journey.translation import PHASE_PREFIX


def choose(
    session: Session, journey_map: JourneyMap, option: str, knowledge: Knowledge, occasion: Occasion
) -> Outcome:
    """Follow a button that was offered on the screen."""
    match session.step:
        case _ if option == KEEP:
            return Outcome(onward(session, journey_map), journey_map)
        case _ if option == DRAFTS:
            return opened(session, journey_map)
        case _ if option == SEASONS:
            return Outcome(beside(session, StepId.SEASONS), journey_map)
        case StepId.DRAFTS | StepId.DRAFT:
            return choose_draft(session, journey_map, option)
        case StepId.BUSINESS:
            changed = edits.with_business(journey_map, Business(option))
            return _answered(session, changed, option)
        case StepId.SHOP_NAME:
            facts = knowledge.businesses[journey_map.shop.business or Business.LAINNYA]
            name = facts.shop_name.say(session.language)
            changed = edits.with_line(journey_map, Cell(gaps.SHOP_NAME), Entry(name))
            return _answered(session, changed, name)
        case StepId.SPEED:
            changed = edits.with_speed(journey_map, Speed(option))
            return _answered(session, changed, option)
        case StepId.PRESET | StepId.PRESET_SURE:
            return _preset(session, journey_map, option, knowledge)
        case StepId.STAGES | StepId.STAGE_ADD | StepId.STAGE_EDIT | StepId.STAGE_PHASE | StepId.STAGE_REMOVE:
            return _edit_stages(session, journey_map, option, knowledge)
        case StepId.LEFTOVERS:
            return Outcome(at(session, StepId.REVIEW), edits.accepting_gaps(journey_map))
        case StepId.FINISH_SURE if option == "fill":
            return _fill(session, journey_map)
        case StepId.FINISH_SURE:
            return finish(session, edits.accepting_gaps(journey_map), occasion)
        case StepId.VERSIONS:
            return versions.choose(session, journey_map, option, occasion)
        case StepId.DONE if option == versions.COMPARE:
            return versions.choose(session, journey_map, option, occasion)
        case StepId.REVIEW | StepId.DONE:
            return _review(session, journey_map, option, occasion)
        case StepId.HEALTH | StepId.STANDING:
            return checkup.choose(session, journey_map, option, knowledge, occasion)
        case StepId.SHAPES if option in set(SHAPES):
            return _drawn(session, journey_map, Drawing(option))
        case StepId.SHAPES:
            return Outcome(session, journey_map, notes=(MapText(journey_map),))
        case _:
            return Outcome(session, journey_map)


def finish(session: Session, journey_map: JourneyMap, occasion: Occasion) -> Outcome:
    """Call the map finished, keep it as a version when it says anything new, and ask for its pictures."""
    done = replace(journey_map, status=Status.FINISHED, finished=occasion.now, changed=occasion.now)
    drawn = _drawn(at(session, StepId.DONE), done, Drawing.ALBUM)
    return replace(drawn, requests=(*versions.kept(done, occasion), *drawn.requests))


def add_stages(
    session: Session, journey_map: JourneyMap, names: tuple[str, ...], knowledge: Knowledge
) -> Outcome:
    """Add the stages an owner typed, each read through the phase its name resembles."""
    if len(journey_map.stages) + len(names) > STAGES:
        told = Key("lead.too_many_stages", {"most": STAGES})
        return Outcome(session, journey_map, lead=(told,))
    for name in names:
        journey_map = stages.with_added(journey_map, _own_stage(journey_map, name, knowledge))
    added = journey_map.stages[-len(names) :]
    resembles = tuple(
        f"{stage.name} → {knowledge.phases[stage.phase].name.say(session.language)}" for stage in added
    )
    return Outcome(
        at(session, StepId.STAGES, returns=session.returns),
        journey_map,
        lead=(Key("lead.stages_added", {"resembles": resembles}),),
        requests=(KeepAnswer(StepId.STAGE_ADD, None, names),),
    )


def _own_stage(journey_map: JourneyMap, name: str, knowledge: Knowledge) -> Stage:
    """Return a stage of the owner's own, with the phases of the default stage it resembles."""
    guessed = stages.guess_phase(name, knowledge)
    default = PRESET_STAGES[DEFAULT]
    place = min(len(journey_map.stages), len(default) - 1)
    phases = (guessed,) if guessed else default[place].phases
    return Stage(stages.free_stage_id(journey_map), name, phases)


def _answered(session: Session, journey_map: JourneyMap, value: str) -> Outcome:
    kept = KeepAnswer(session.step, session.stage, (value,))
    return Outcome(onward(session, journey_map), journey_map, requests=(kept,))


def _preset(session: Session, journey_map: JourneyMap, option: str, knowledge: Knowledge) -> Outcome:
    """Take a framework's stages; what was said before moves along, after a question when it would be lost."""
    if option == "keep_it":
        return Outcome(onward(at(session, StepId.PRESET), journey_map), journey_map)
    if option == "own":
        step = StepId.STAGES if journey_map.stages else StepId.STAGE_ADD
        return Outcome(at(session, step, returns=session.returns), journey_map)
    preset = Preset(session.pending or "") if option == "switch" else Preset(option)
    if journey_map.preset == preset:
        return Outcome(onward(session, journey_map), journey_map)
    changed, lost = stages.restaged(
        journey_map, preset, stages.preset_stages(preset, knowledge, session.language)
    )
    if lost and option != "switch":
        return Outcome(replace(at(session, StepId.PRESET_SURE), pending=preset), journey_map)
    kept = KeepAnswer(StepId.PRESET, None, (preset,))
    session = _forgetting(session, {stage.id for stage in journey_map.stages})
    return Outcome(onward(at(session, StepId.PRESET), changed), changed, requests=(kept,))


def _edit_stages(session: Session, journey_map: JourneyMap, option: str, knowledge: Knowledge) -> Outcome:
    """Add, rename, move or remove a stage."""
    returns, stage_id = session.returns, session.stage or ""
    to_list = at(session, StepId.STAGES, returns=returns)
    to_edit = at(session, StepId.STAGE_EDIT, session.stage, returns=returns)
    match session.step, option:
        case StepId.STAGES, "add":
            return Outcome(at(session, StepId.STAGE_ADD, returns=returns), journey_map)
        case StepId.STAGES, "use":
            gap = gaps.first_gap(journey_map)
            if returns is StepId.HEALTH:
                healed = to_cell(session, gap, returns=returns) if gap else at(session, returns)
                return Outcome(healed, journey_map)
            return Outcome(to_cell(session, gap) if gap else to_end(session, journey_map), journey_map)
        case StepId.STAGES, _:
            picked = option.removeprefix(STAGE_PREFIX)
            return Outcome(at(session, StepId.STAGE_EDIT, picked, returns=returns), journey_map)
        case StepId.STAGE_ADD, _:
            phase = Phase(option)
            name = knowledge.phases[phase].name.say(session.language)
            if len(journey_map.stages) >= STAGES:
                return Outcome(to_list, journey_map, toast=Key("toast.too_many_stages", {"most": STAGES}))
            chip = f"{PHASE_PREFIX}{phase}"
            added = Stage(stages.free_stage_id(journey_map), name, (phase,), chip)
            return Outcome(to_list, stages.with_added(journey_map, added))
        case StepId.STAGE_EDIT, "rename" | "phase":
            step = StepId.STAGE_RENAME if option == "rename" else StepId.STAGE_PHASE
            return Outcome(at(session, step, session.stage, returns=returns), journey_map)
        case StepId.STAGE_EDIT, "up" | "down":
            return _shifted(session, journey_map, stage_id, -1 if option == "up" else 1)
        case StepId.STAGE_EDIT, "remove":
            stage = journey_map.stage(stage_id)
            if stage is not None and stages.has_content(stage):
                return Outcome(at(session, StepId.STAGE_REMOVE, session.stage, returns=returns), journey_map)
            return _without_stage(to_list, journey_map, stage_id)
        case StepId.STAGE_REMOVE, "remove_yes":
            return _without_stage(to_list, journey_map, stage_id)
        case StepId.STAGE_PHASE, _ if option in set(Phase):
            found = journey_map.stage(stage_id)
            if found is not None and found.phase != option:
                rest = tuple(phase for phase in found.phases[1:] if phase != option)
                changed = replace(found, phases=(Phase(option), *rest))
                journey_map = replace(journey_map.with_stage(changed), preset=None)
            return Outcome(to_edit, journey_map)
        case _:
            return Outcome(to_edit, journey_map)


def _shifted(session: Session, journey_map: JourneyMap, stage_id: str, by: int) -> Outcome:
    """Move a stage to its neighbour's place, say where it is now, and stay at it: it may go further."""
    changed = stages.moved(journey_map, stage_id, by)
    order = [stage.id for stage in changed.stages]
    told = Key("lead.stage_shifted", {"place": order.index(stage_id) + 1, "count": len(order)})
    return Outcome(session, changed, lead=(told,))


def _without_stage(to_list: Session, journey_map: JourneyMap, stage_id: str) -> Outcome:
    """Remove a stage with all that was said about it, and say which it was."""
    stage = journey_map.stage(stage_id)
    told = Key("lead.stage_removed", {"stage": stage.name if stage else ""})
    changed = stages.without(journey_map, stage_id)
    return Outcome(_forgetting(to_list, {stage_id}), changed, lead=(told,))


def _forgetting(session: Session, gone: set[str]) -> Session:
    """Return the session without the memory of what was typed about stages whose ids others may take."""
    kept = tuple(typing for typing in session.typings if typing.stage not in gone)
    return replace(session, typings=kept)


def _fill(session: Session, journey_map: JourneyMap) -> Outcome:
    left = gaps.leftovers(journey_map)
    return Outcome(to_cell(session, left[0], returns=StepId.LEFTOVERS), journey_map)


def _drawn(session: Session, journey_map: JourneyMap, drawing: Drawing) -> Outcome:
    """Ask for a picture, and say that it takes a moment."""
    wanted = DrawPicture(drawing, journey_map)
    return Outcome(session, journey_map, lead=(Key("lead.drawing"),), requests=(wanted,))


def _review(session: Session, journey_map: JourneyMap, option: str, occasion: Occasion) -> Outcome:
    """Follow a button of the review or of the last screen."""
    match option:
        case "finish" if gaps.leftovers(journey_map):
            return Outcome(at(session, StepId.FINISH_SURE), journey_map)
        case "finish":
            return finish(session, journey_map, occasion)
        case "review_shop" | "review_persona":
            return Outcome(at(session, StepId(option)), journey_map)
        case "stages":
            return Outcome(at(session, StepId.STAGES, returns=StepId.REVIEW), journey_map)
        case "complete":
            full = replace(edits.with_speed(journey_map, Speed.FULL), status=Status.OPEN)
            return Outcome(resumed(session, full), full, lead=(Key("lead.completing"),))
        case "edit":
            return Outcome(at(session, StepId.REVIEW), journey_map)
        case "text":
            return Outcome(session, journey_map, notes=(MapText(journey_map),))
        case "picture":
            return _drawn(session, journey_map, Drawing.AGAIN)
        case exporting.EXPORTS:
            return Outcome(beside(session, StepId.EXPORTS), journey_map)
        case StepId.SHARE:
            return asides.share(session, journey_map, occasion)
        case "shapes" | "health" | "check_in_menu":
            return Outcome(at(session, StepId(option)), journey_map)
        case "begin":
            return asides.begin(session, journey_map, occasion)
        case _:
            stage_id = option.removeprefix(STAGE_PREFIX)
            return Outcome(at(session, StepId.REVIEW_STAGE, stage_id), journey_map)
