"""What an owner decided is written into the map, changed in place, and taken out again."""

from datetime import UTC, datetime

from journey import plans
from journey.limits import PLANNED_AT_ONCE, PLANS
from journey.model import JourneyMap, Language, Plan, PlanState

NOW = datetime(2026, 3, 2, tzinfo=UTC)
EMPTY = JourneyMap("m", Language.ID, NOW, NOW)
RECEIPT = Plan("Kirim foto resi", PlanState.PLANNED, NOW, "r.resi")
COURIER = Plan("Tambah kurir", PlanState.DONE, NOW, "r.kurir")


def with_plans(*made: Plan) -> JourneyMap:
    journey_map = EMPTY
    for plan in made:
        journey_map = plans.with_plan(journey_map, plan)
    return journey_map


def test_a_changed_decision_keeps_its_place() -> None:
    """The order is that of the first decisions."""
    done = Plan("Kirim foto resi", PlanState.DONE, NOW, "r.resi")

    changed = plans.with_plan(with_plans(RECEIPT, COURIER), done, instead_of=RECEIPT)

    assert changed.plans == (done, COURIER)


def test_a_decision_can_be_forgotten() -> None:
    """Only the one that is meant."""
    assert plans.without_plans(with_plans(RECEIPT, COURIER), [RECEIPT]).plans == (COURIER,)


def test_hands_are_full_with_three_planned() -> None:
    """What is done or declined takes no hand."""
    planned = [Plan(f"Ide {place}", PlanState.PLANNED, NOW) for place in range(PLANNED_AT_ONCE)]

    assert not plans.has_hands_full(with_plans(COURIER, *planned[1:]))
    assert plans.has_hands_full(with_plans(COURIER, *planned))
    assert plans.planned(with_plans(COURIER, *planned)) == tuple(planned)


def test_a_map_is_full_at_its_limit() -> None:
    """One less leaves room."""
    made = [Plan(f"Ide {place}", PlanState.DECLINED, NOW) for place in range(PLANS)]

    assert not plans.is_full(with_plans(*made[1:]))
    assert plans.is_full(with_plans(*made))
