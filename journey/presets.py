"""The stage frameworks an owner can start from: the five articles' and our own for small shops."""

from dataclasses import dataclass
from enum import StrEnum

from journey.phases import Phase


class Preset(StrEnum):
    """A framework of stages; the value is stored and never respelled."""

    UMKM = "umkm"
    SEED_000 = "seed000"
    SEED_001 = "seed001"
    SEED_002 = "seed002"
    SEED_003 = "seed003"
    SEED_004 = "seed004"


@dataclass(frozen=True, slots=True)
class PresetStage:
    """A stage of a framework: its id and its phases, canonical first; its name is in the knowledge base."""

    id: str
    phases: tuple[Phase, ...]


def _stage(preset: Preset, slug: str, *phases: Phase) -> PresetStage:
    return PresetStage(f"{preset}.{slug}", phases)


_KENAL, _TERTARIK, _TIMBANG, _BELI, _TERIMA, _PAKAI, _LAYANAN, _ULAS, _SETIA, _AJAK = Phase

STAGES: dict[Preset, tuple[PresetStage, ...]] = {
    Preset.UMKM: (
        _stage(Preset.UMKM, "kenal", _KENAL, _TERTARIK),
        _stage(Preset.UMKM, "timbang", _TIMBANG),
        _stage(Preset.UMKM, "beli", _BELI),
        _stage(Preset.UMKM, "terima", _TERIMA),
        _stage(Preset.UMKM, "pakai", _PAKAI, _LAYANAN),
        _stage(Preset.UMKM, "setia", _SETIA, _ULAS, _AJAK),
    ),
    Preset.SEED_000: (
        _stage(Preset.SEED_000, "awareness", _KENAL),
        _stage(Preset.SEED_000, "interest", _TERTARIK),
        _stage(Preset.SEED_000, "consideration", _TIMBANG),
        _stage(Preset.SEED_000, "transaksi", _BELI, _TERIMA),
        _stage(Preset.SEED_000, "review", _ULAS, _PAKAI, _LAYANAN, _SETIA),
    ),
    Preset.SEED_001: (
        _stage(Preset.SEED_001, "aware", _KENAL, _TERTARIK),
        _stage(Preset.SEED_001, "consider", _TIMBANG),
        _stage(Preset.SEED_001, "decide", _BELI),
        _stage(Preset.SEED_001, "evaluation", _PAKAI, _TERIMA, _LAYANAN, _ULAS),
        _stage(Preset.SEED_001, "advocate", _AJAK, _SETIA),
    ),
    Preset.SEED_002: (
        _stage(Preset.SEED_002, "awareness", _KENAL, _TERTARIK),
        _stage(Preset.SEED_002, "consideration", _TIMBANG),
        _stage(Preset.SEED_002, "acquisition", _BELI, _TERIMA),
        _stage(Preset.SEED_002, "service", _LAYANAN, _PAKAI),
        _stage(Preset.SEED_002, "loyalty", _SETIA),
        _stage(Preset.SEED_002, "advocacy", _AJAK, _ULAS),
    ),
    Preset.SEED_003: (
        _stage(Preset.SEED_003, "kesadaran", _KENAL, _TERTARIK),
        _stage(Preset.SEED_003, "pertimbangan", _TIMBANG),
        _stage(Preset.SEED_003, "keputusan", _BELI),
        _stage(Preset.SEED_003, "pengalaman", _TERIMA, _PAKAI, _LAYANAN),
        _stage(Preset.SEED_003, "loyalitas", _SETIA, _ULAS, _AJAK),
    ),
    Preset.SEED_004: (
        _stage(Preset.SEED_004, "awareness", _KENAL, _TERTARIK),
        _stage(Preset.SEED_004, "consideration", _TIMBANG),
        _stage(Preset.SEED_004, "decision", _BELI),
        _stage(Preset.SEED_004, "retention", _SETIA, _TERIMA, _PAKAI, _LAYANAN),
        _stage(Preset.SEED_004, "advocacy", _AJAK, _ULAS),
    ),
}
"""Exactly the frameworks' stages. Seed 001 announces six phases and lists five; five are kept.
Seed 002 lost its headings; the names follow from its paragraphs."""

DEFAULT = Preset.UMKM
