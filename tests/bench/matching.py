"""The matcher: how long an owner waits for what a complaint is about, at worst."""

from functools import partial

from bot.content import load_content
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
MS_BOUND = 50.0
"""Half of what people notice: the answer takes its way through the network as well."""


def measure() -> list[Figure]:
    """Match each complaint by itself."""
    matcher = load_content().matcher
    spent = [
        seconds
        for complaint in COMPLAINTS
        for seconds in cpu_seconds(partial(matcher.topics_of, complaint), rounds=ROUNDS)
    ]
    return [Figure("matching.topics_p95_ms", 1000 * percentile(spent, 95), "ms", MS_BOUND)]
