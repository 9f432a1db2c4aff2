"""A shop of every line of business, whose owner has gone through the whole interview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from conversations.offers import OWN
from conversations.steps import StepId
from journey.model import Business, Entry, JourneyMap, Language, Speed, Standing
from journey.presets import Preset
from tests.conversations.owner import Owner

_COUNTS = (2, 1, 3, 1, 2)
"""How many ready answers an owner takes, question after question."""


@dataclass(frozen=True, slots=True)
class Trade:
    """A shop and how its owner answers.

    ``persona`` is the place of the type of customer among those of the trade, ``age`` and ``tenure`` that
    of the general answers. ``feelings`` has one or two for each stage. ``said`` are answers that the owner
    types, by stage and step, counted from 1; ``heard`` are complaints customers said themselves, by stage.
    """

    business: Business
    shop: str
    speed: Speed
    preset: Preset
    feelings: Sequence[str]
    persona: int = 0
    age: int = 2
    tenure: int = 1
    goal: int = 0
    language: Language = Language.ID
    said: Mapping[tuple[int, StepId], str] = field(default_factory=dict)
    heard: Mapping[int, Standing] = field(default_factory=dict)


TRADES = (
    Trade(
        Business.KULINER,
        "Warung Nasi Bu Sri",
        Speed.QUICK,
        Preset.UMKM,
        ("tertarik", "bingung", "khawatir", "kesal", "puas", "senang"),
        said={(4, StepId.PAINS): "Kuahnya tumpah sampai nasinya lembek"},
        heard={4: Standing.CUSTOMER},
    ),
    Trade(
        Business.KEMASAN,
        "Keripik Tempe Mbak Yuni",
        Speed.FULL,
        Preset.SEED_004,
        ("penasaran", "bingung khawatir", "tertarik", "puas", "senang"),
        goal=2,
        heard={2: Standing.EVIDENCE, 4: Standing.CUSTOMER},
    ),
    Trade(
        Business.KUE,
        "Dapur Kue Bu Ratna",
        Speed.QUICK,
        Preset.SEED_001,
        ("tertarik", "bingung", "khawatir", "senang", "puas"),
        persona=1,
        said={(2, StepId.TOUCHPOINTS): "Foto kue di status WA\nKatalog WhatsApp\nContoh kue di arisan"},
    ),
    Trade(
        Business.KOPI,
        "Kedai Kopi Senja",
        Speed.QUICK,
        Preset.SEED_000,
        ("penasaran", "tertarik", "biasa", "kesal", "puas"),
        age=1,
        goal=2,
        heard={4: Standing.CUSTOMER},
    ),
    Trade(
        Business.FASHION,
        "Kinar Hijab & Gamis",
        Speed.FULL,
        Preset.UMKM,
        ("tertarik", "bingung khawatir", "khawatir", "kesal", "puas", "senang"),
        said={
            (2, StepId.THOUGHTS): "Kalau kekecilan bisa tukar nggak ya? Takut ribet.",
            (4, StepId.PAINS): "Warnanya lebih gelap dari foto, dikira salah kirim",
        },
        heard={2: Standing.CUSTOMER, 4: Standing.EVIDENCE},
    ),
    Trade(
        Business.KECANTIKAN,
        "Glow Rumahan by Dina",
        Speed.FULL,
        Preset.SEED_001,
        ("penasaran", "khawatir", "bingung", "kesal khawatir", "senang"),
        age=1,
        tenure=0,
        goal=1,
        heard={4: Standing.CUSTOMER},
    ),
    Trade(
        Business.KERAJINAN,
        "Wayan Rattan Weaving",
        Speed.FULL,
        Preset.SEED_003,
        ("tertarik", "penasaran khawatir", "khawatir", "senang", "puas"),
        persona=1,
        goal=1,
        language=Language.EN,
        said={(4, StepId.PAINS): "One basket arrived dented and nobody answered for two days"},
        heard={4: Standing.EVIDENCE},
    ),
    Trade(
        Business.JASA,
        "Laundry Kiloan Bu Endah",
        Speed.QUICK,
        Preset.UMKM,
        ("biasa", "khawatir", "bingung", "kesal", "puas", "senang"),
        age=1,
        tenure=2,
        said={(4, StepId.PAINS): "Janjinya besok sore, ternyata baru jadi lusa"},
        heard={4: Standing.CUSTOMER},
    ),
    Trade(
        Business.WARUNG,
        "Warung Bu Tini",
        Speed.FULL,
        Preset.UMKM,
        ("biasa", "bingung", "kesal", "khawatir", "kesal", "puas"),
        age=3,
        tenure=2,
        heard={3: Standing.CUSTOMER, 5: Standing.EVIDENCE},
    ),
    Trade(
        Business.ELEKTRONIK,
        "Rizky Cell & Servis HP",
        Speed.FULL,
        Preset.SEED_002,
        ("tertarik", "khawatir bingung", "khawatir", "kesal", "puas", "senang"),
        age=1,
        goal=3,
        heard={4: Standing.CUSTOMER},
    ),
    Trade(
        Business.LAINNYA,
        "Pelangi Mainan & Alat Tulis",
        Speed.QUICK,
        Preset.UMKM,
        ("tertarik", "bingung", "biasa", "puas", "kesal", "puas"),
        language=Language.EN,
    ),
)


def filled(trade: Trade) -> JourneyMap:
    """Return the finished map of a shop, made by answering every question of the interview."""
    owner = Owner.at_business(trade.language)
    owner.chooses(trade.business)
    owner.types(trade.shop)
    owner.chooses(trade.speed)
    while owner.session.screen is not StepId.REVIEW:
        _answer(owner, trade)
    owner.chooses("finish")
    return _heard(replace(owner.the_map, id=f"trade-{trade.business}"), trade)


def _answer(owner: Owner, trade: Trade) -> None:
    """Answer the question that is due."""
    screen = owner.session.screen
    stage = owner.session.stage
    number = next((n for n, one in enumerate(owner.the_map.stages, 1) if one.id == stage), 0)
    chips = [option for option in owner.offered if not option.startswith(("!", OWN))]
    match screen:
        case StepId.GOAL:
            _take(owner, chips[trade.goal : trade.goal + 1])
        case StepId.PRESET:
            owner.chooses(trade.preset)
        case StepId.PERSONA_AGE:
            _take(owner, chips[trade.age : trade.age + 1])
        case StepId.PERSONA_TENURE:
            _take(owner, chips[trade.tenure : trade.tenure + 1])
        case StepId.FEELINGS:
            _take(owner, [f"f.{name}" for name in trade.feelings[number - 1].split()])
        case _ if number == 0:
            _take(owner, chips[trade.persona : trade.persona + 1])
        case _:
            quick = trade.speed is Speed.QUICK
            count = 1 if quick else _COUNTS[(number + len(screen)) % len(_COUNTS)]
            words = trade.said.get((number, screen))
            if words:
                owner.types(words)
            if (owner.session.screen, owner.session.stage) == (screen, stage):
                _take(owner, [chip for chip in chips if chip in owner.offered][: count - bool(words)])


def _take(owner: Owner, chips: Sequence[str]) -> None:
    """Tap chips, and go on."""
    before = owner.session.cell
    if len(chips) > 1 and "!several" in owner.offered:
        owner.chooses("!several")
    for chip in chips:
        owner.chooses(chip)
    if owner.session.cell == before and "!done" in owner.offered:
        owner.chooses("!done")


def _heard(journey_map: JourneyMap, trade: Trade) -> JourneyMap:
    """Return the map in which the last complaint of some stages is more than a guess."""
    for number, standing in trade.heard.items():
        stage = journey_map.stages[number - 1]
        *others, last = stage.pains
        heard: tuple[Entry, ...] = (*others, replace(last, standing=standing))
        journey_map = journey_map.with_stage(replace(stage, pains=heard))
    return journey_map
