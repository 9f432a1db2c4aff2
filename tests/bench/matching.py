"""The matcher: how long an owner waits for what a complaint is about, at worst."""

import statistics
from functools import partial

from bot.content import load_content
from tests.bench.children import output_of_process
from tests.bench.measuring import ROUNDS, Figure, cpu_seconds, percentile

COMPLAINTS = (
    "ongkirnya kemahalan kak",
    "chat dibales besoknya, keburu beli di tempat lain",
    "pas dateng kuenya penyok semua",
    "ukurannya ga sesuai size chart, kekecilan",
    "warna beda jauh sama foto",
    "the parcel took two weeks",
    "bingung cara bayarnya, takut ketipu",
    "kopinya udah dingin pas nyampe, terus sedotannya lupa dikasih, padahal udah ditulis di catatan",
    "asdf qwer zxcv",
    "adminnya jutek banget sumpah, ditanya stok malah disuruh baca deskripsi sendiri",
)
LOADS = 5
MS_BOUND = 5.0
"""A review has some thirty complaints, and all of them are matched before the advice is there."""
LOAD_BOUND = 0.3
"""CPU seconds for import and load, in a process of its own."""
MEMORY_BOUND = 30.0
"""MiB for the same; the bot runs on the smallest rented machine."""


def measure() -> list[Figure]:
    """Match each complaint by itself, and load the matcher in fresh processes."""
    matcher = load_content().matcher
    spent = [
        seconds
        for complaint in COMPLAINTS
        for seconds in cpu_seconds(partial(matcher.topics_of, complaint), rounds=ROUNDS)
    ]
    loaded = [output_of_process("tests.bench.loading").split() for _ in range(LOADS)]
    seconds, taken = (statistics.median(map(float, column)) for column in zip(*loaded, strict=True))
    return [
        Figure("matching.topics_p95_ms", 1000 * percentile(spent, 95), "ms", MS_BOUND),
        Figure("matching.load_seconds", seconds, "s", LOAD_BOUND),
        Figure("matching.load_memory", taken / 2**20, "MiB", MEMORY_BOUND),
    ]
