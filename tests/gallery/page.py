"""The gallery as one page: every picture as wide as on a phone, with the text that stands in for it."""

from collections.abc import Sequence
from html import escape

from tests.gallery.drawing import Hung, Row, Shown

PHONE_WIDTH = 390
_STYLE = f"""
body {{ margin: 24px; font: 15px/1.45 system-ui, sans-serif; color: #1b1f3b; background: #e9ebf3 }}
a {{ color: inherit }}
nav {{ display: flex; flex-wrap: wrap; gap: 12px }}
nav a {{ width: 160px; overflow-wrap: anywhere; font-size: 12px; text-decoration: none }}
nav img {{ width: 160px; height: 200px; display: block; border-radius: 8px;
           object-fit: cover; object-position: top }}
section {{ margin-top: 48px; border-top: 2px solid #c9cee0 }}
h2 {{ overflow-wrap: anywhere }}
h2 small, h3 small, figcaption {{ color: #4a5072; font-weight: normal }}
.rows {{ display: flex; flex-wrap: wrap; column-gap: 24px }}
.rows > div {{ max-width: 100% }}
.row {{ display: flex; gap: 16px; overflow-x: auto; padding-bottom: 12px; align-items: flex-start }}
figure {{ flex: 0 0 {PHONE_WIDTH}px; width: {PHONE_WIDTH}px; margin: 0 }}
figure img {{ width: {PHONE_WIDTH}px; height: auto; display: block; background: #fff }}
figcaption {{ font-size: 12px; margin-top: 6px }}
figcaption p {{ margin: 4px 0; max-height: 8em; overflow: auto; white-space: pre-line }}
"""


def page(hung: Sequence[Hung]) -> str:
    """Return the page; it leads to its pictures by relative addresses and needs nothing else."""
    rows = [row for one in hung for row in one.rows]
    pictures = [picture for row in rows for picture in row.pictures]
    seconds = sum(row.seconds for row in rows)
    size = sum(picture.size for picture in pictures)
    summary = f"{len(hung)} maps, {len(pictures)} pictures, {seconds:.1f} s, {_size(size)}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>Gallery</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Gallery</h1>\n<p>{summary}. Pictures are {PHONE_WIDTH} pixels wide, as on a phone; "
        "a tap opens the whole one.</p>\n"
        f"<nav>\n{''.join(_thumbnail(one) for one in hung)}</nav>\n"
        f"{''.join(_section(one) for one in hung)}</body>\n</html>\n"
    )


def _thumbnail(hung: Hung) -> str:
    return (
        f'<a href="#{hung.name}"><img src="{hung.thumbnail}" alt="" loading="lazy">'
        f"{escape(hung.title)}<br>{escape(hung.about)}</a>\n"
    )


def _section(hung: Hung) -> str:
    return (
        f'<section id="{hung.name}">\n<h2>{escape(hung.title)} '
        f"<small>{hung.name}: {escape(hung.about)}</small></h2>\n"
        f'<div class="rows">\n{"".join(_row(row) for row in hung.rows)}</div>\n</section>\n'
    )


def _row(row: Row) -> str:
    size = _size(sum(picture.size for picture in row.pictures))
    measured = f"{len(row.pictures)} · {row.seconds:.2f} s · {size}"
    theme = "" if row.theme == "light" else f", {row.theme}"
    return (
        f"<div>\n<h3>{row.layout}{theme} <small>{measured}</small></h3>\n"
        f'<div class="row">\n{"".join(_figure(picture) for picture in row.pictures)}</div>\n</div>\n'
    )


def _figure(shown: Shown) -> str:
    return (
        f'<figure><a href="{shown.path}"><img src="{shown.path}" width="{shown.width}" '
        f'height="{shown.height}" alt="" loading="lazy"></a>\n'
        f"<figcaption>{shown.path} · {shown.width}×{shown.height} · {_size(shown.size)}"
        f"<p>{escape(shown.alternative)}</p></figcaption></figure>\n"
    )


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{count / 1000:.0f} kB"
