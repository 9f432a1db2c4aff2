"""Maps that pictures are tested with: the worked example, an unfinished one, the fullest, and random ones."""

import random
from dataclasses import replace
from datetime import UTC, datetime

from journey.model import Entry, Feeling, JourneyMap, Language, Persona, Shop, Stage, Standing
from journey.phases import Phase

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def entries(*texts: str) -> tuple[Entry, ...]:
    return tuple(Entry(text) for text in texts)


def coffee() -> JourneyMap:
    """Seed 003's table: buying coffee online, five stages; the persona is ours."""
    stages = (
        Stage(
            "1",
            "Kesadaran",
            (Phase.KENAL,),
            actions=entries("Melihat iklan kopi di Instagram"),
            thoughts=entries("Kopi ini terlihat menarik."),
            feelings=(Feeling("Tertarik", 4),),
            touchpoints=entries("Iklan Instagram"),
            pains=entries("Tidak tahu banyak tentang produk"),
            opportunities=entries("Meningkatkan informasi produk di iklan"),
        ),
        Stage(
            "2",
            "Pertimbangan",
            (Phase.TIMBANG,),
            actions=entries("Mencari informasi di website toko kopi"),
            thoughts=entries("Apa saja varian kopi yang mereka tawarkan?"),
            feelings=(Feeling("Ingin tahu", 3),),
            touchpoints=entries("Website", "Deskripsi Produk"),
            pains=(
                Entry("Informasi produk kurang detail", standing=Standing.CUSTOMER),
                Entry("Navigasi sulit", standing=Standing.EVIDENCE),
            ),
            opportunities=entries(
                "Menyajikan informasi produk yang lengkap dan mudah diakses", "Desain website user-friendly"
            ),
        ),
        Stage(
            "3",
            "Keputusan",
            (Phase.BELI,),
            actions=entries("Memilih dan menambahkan kopi ke keranjang"),
            thoughts=entries("Apakah proses pembayarannya aman?"),
            feelings=(Feeling("Sedikit khawatir", 2),),
            touchpoints=entries("Halaman Produk", "Keranjang Belanja"),
            pains=entries("Kekhawatiran tentang keamanan pembayaran"),
            opportunities=entries(
                "Menampilkan logo keamanan pembayaran", "Menyediakan berbagai opsi pembayaran"
            ),
        ),
        Stage(
            "4",
            "Pengalaman",
            (Phase.TERIMA,),
            actions=entries("Menerima dan mencoba kopi"),
            thoughts=entries("Apakah rasanya sesuai dengan ekspektasi?"),
            feelings=(Feeling("Antusias", 5), Feeling("Cemas", 2)),
            touchpoints=entries("Produk", "Kemasan"),
            pains=entries("Pengiriman lama", "Kemasan kurang menarik"),
            opportunities=entries("Mempercepat pengiriman", "Meningkatkan kualitas kemasan"),
        ),
        Stage(
            "5",
            "Loyalitas",
            (Phase.SETIA,),
            actions=entries("Merekomendasikan kopi ke teman"),
            thoughts=entries("Saya suka kopi ini, teman saya juga pasti suka."),
            feelings=(Feeling("Puas", 4, chip="f.puas"),),
            touchpoints=entries("Produk", "Interaksi Sosial"),
            pains=entries("Tidak ada insentif untuk mereferensikan"),
            opportunities=entries(
                "Membuat program referral untuk mendorong loyalitas dan promosi dari mulut ke mulut"
            ),
        ),
    )
    return JourneyMap(
        "coffee",
        Language.ID,
        NOW,
        NOW,
        title="Pembelian Kopi Online",
        shop=Shop(name="Toko Kopi Online"),
        goal=Entry("Lebih banyak yang beli lagi"),
        persona=Persona(
            name=Entry("Pembeli kopi online"),
            who=Entry("Pelanggan baru, menemukan toko lewat Instagram"),
            goal=Entry("Kopi yang sesuai selera, dibeli dengan mudah dan aman"),
        ),
        stages=stages,
    )


def unfinished() -> JourneyMap:
    """A quick map of six stages after the second one."""
    filled = {
        "1": Stage(
            "1",
            "Kenal",
            (Phase.KENAL,),
            feelings=(Feeling("Tertarik", 4, chip="f.tertarik"),),
            touchpoints=entries("Status WhatsApp teman"),
            pains=entries("Foto produknya gelap, nggak kelihatan isinya"),
        ),
        "2": Stage(
            "2",
            "Timbang",
            (Phase.TIMBANG,),
            feelings=(Feeling("Bingung", 2, chip="f.bingung"),),
            touchpoints=entries("Chat WhatsApp"),
            pains=entries("Harga nggak ditulis, harus tanya dulu"),
        ),
    }
    names = ("Kenal", "Timbang", "Beli", "Terima", "Pakai", "Setia & ajak")
    stages = tuple(
        filled.get(str(number), Stage(str(number), name, (Phase.BELI,)))
        for number, name in enumerate(names, 1)
    )
    return JourneyMap(
        "unfinished",
        Language.ID,
        NOW,
        NOW,
        title="Ibu muda · Warung Bu Tini",
        shop=Shop(name="Warung Bu Tini"),
        persona=Persona(name=Entry("Ibu muda di komplek"), age=Entry("25–34 tahun")),
        stages=stages,
    )


def fullest() -> JourneyMap:
    """Eight stages in which every text is as long as it may be."""

    def full(start: str, length: int) -> str:
        words = "mempertanggungjawabkan keseluruhan proses pembelian 🛒 secara komprehensif kepada pembeli "
        return (f"{start} " + words * 4)[:length].strip()

    def cell(name: str) -> tuple[Entry, ...]:
        standings = tuple(Standing)
        return tuple(Entry(full(f"{name} {n}", 280), standing=standings[n % 3]) for n in range(6))

    stages = tuple(
        Stage(
            str(number),
            full(f"Tahap {number}", 40),
            (Phase.BELI,),
            actions=cell("Aksi"),
            thoughts=cell("Kata"),
            feelings=(
                Feeling(full("Senang", 40), 5 - number % 3),
                Feeling(full("Cemas", 40), 1 + number % 2),
            ),
            touchpoints=cell("Tempat"),
            pains=cell("Keluhan"),
            opportunities=cell("Ide"),
        )
        for number in range(1, 9)
    )
    long = Entry(full("Orang", 200))
    persona = Persona(Entry(full("Ibu", 60)), long, long, long, long, long, long, long, long)
    return JourneyMap(
        "fullest",
        Language.ID,
        NOW,
        NOW,
        title=full("Peta", 40),
        shop=Shop(name=full("Toko", 60)),
        goal=long,
        persona=persona,
        stages=stages,
    )


_WORDS = [
    "kopi",
    "pelanggan",
    "pembelian",
    "mempertanggungjawabkan",
    "produk",
    "website",
    "aplikasi",
    "ramah",
    "cepat",
    "murah",
    "50%",
    "“aman”",
    "di",
    "ke",
    "&",
    "24/7",
    "https://toko.id/a/b/c?utm_source=telegram",
    "Kesangatpanjangannamatahapanini",
    "promo☕",
    "👍🏽",
    "👨\u200d👩\u200d👧\u200d👦",
    "🇮🇩",
    "علي",
    "السلام",
    "产品",
    "这个产品适合我吗？",
    "ꦏꦶꦭꦤ꧀",
    "user-friendly",
    "mereferensikan",
    "WWWWWWWWWWWWWWWWWWWW",
    "$5_{x}^2$",
    "<b>x</b>",
    "\\frac",
    "ราคาไม่แพง",
    "हिन्दी",
    "﷽",
    "a\u202eb\x07c",
    "é́́́́́́́",
    "꧁",
]


def scrambled(seed: int) -> JourneyMap:
    """A legal map of random words in many scripts, the same for the same seed."""
    chance = random.Random(seed)
    long = chance.random() < 0.15

    def text(length: int, most: int = 14) -> str:
        if long and chance.random() < 0.4:
            most = 60
        if chance.random() < 0.03:
            return chance.choice("Wi产علي👍ﷺ") * length
        words = " ".join(chance.choice(_WORDS) for _ in range(chance.randint(1, most)))
        return words[:length].strip() or "x"

    def entry(length: int) -> Entry:
        return Entry(text(length), standing=chance.choice(tuple(Standing)))

    def cell() -> tuple[Entry, ...]:
        return tuple(
            entry(280) for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 6) if not long else (1, 3, 6)))
        )

    def maybe(length: int) -> Entry | None:
        return entry(length) if chance.random() < 0.7 else None

    stages = tuple(
        Stage(
            str(number),
            text(40, 3),
            (Phase.BELI,),
            actions=cell(),
            thoughts=cell(),
            feelings=tuple(
                Feeling(
                    text(40, 3), chance.randint(1, 5), chance.choice((None, "f.kesal", "f.puas", "f.bingung"))
                )
                for _ in range(chance.choice((0, 1, 1, 1, 2)))
            ),
            touchpoints=cell(),
            pains=cell(),
            opportunities=cell(),
        )
        for number in range(chance.randint(1, 8))
    )
    persona = Persona(maybe(60), maybe(200), maybe(200), maybe(200), maybe(200), maybe(200), None, None, None)
    return replace(
        coffee(),
        id=f"scrambled-{seed}",
        title=text(40, 6),
        shop=Shop(name=text(60, 6) if chance.random() < 0.7 else None),
        goal=maybe(200),
        persona=persona,
        stages=stages,
    )
