"""The ten canonical phases every stage of every framework is read through."""

from enum import StrEnum


class Phase(StrEnum):
    """What a customer is going through, from first hearing of the shop to bringing others along."""

    KENAL = "kenal"
    TERTARIK = "tertarik"
    TIMBANG = "timbang"
    BELI = "beli"
    TERIMA = "terima"
    PAKAI = "pakai"
    LAYANAN = "layanan"
    ULAS = "ulas"
    SETIA = "setia"
    AJAK = "ajak"


AFTER_SALE = frozenset({Phase.TERIMA, Phase.PAKAI, Phase.LAYANAN, Phase.ULAS, Phase.SETIA, Phase.AJAK})
"""Phases after the money changed hands, where a disappointed buyer is the greater risk (seed 001)."""
