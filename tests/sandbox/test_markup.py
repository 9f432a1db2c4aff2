"""Telegram's HTML becomes text and entities, or a complaint in Telegram's words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.entities import Entity, as_html, utf16_length
from sandbox.markup import from_html
from sandbox.refusals import RefusalError


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>😀</b> <i>x</i>", "😀 x", [("bold", 0, 2, None), ("italic", 3, 1, None)]),
        ("<strong>a<em>b</em></strong>", "ab", [("bold", 0, 2, None), ("italic", 1, 1, None)]),
        ('<a href="https://x.id/?a=1&amp;b=2">x</a>', "x", [("text_link", 0, 1, "https://x.id/?a=1&b=2")]),
        ("<a>tanpa tautan</a>", "tanpa tautan", []),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1, None)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1, None)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1, None)]),
        ('<pre><code class="language-python">a</code></pre>', "a", [("pre", 0, 1, "python")]),
        ("<code><b>a</b></code>", "a", [("code", 0, 1, None)]),
        ('<tg-emoji emoji-id="53">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2, "53")]),
        ("&lt;b&gt; &amp;amp; &quot; &#128512; &#x41;", '<b> &amp; " 😀 A', []),
        ("Rp5.000 &copy; & co &#0;", "Rp5.000 &copy; & co &#0;", []),
        (" \n <u>a</u> b\n\n", "a b", [("underline", 0, 1, None)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1, None), ("strikethrough", 1, 1, None)]),
        ("lihat /bantuan https://x.id.", "lihat /bantuan https://x.id.", [
            ("bot_command", 6, 8, None), ("url", 15, 12, None)]),
        ("<i>/a</i>b", "/ab", [("italic", 0, 2, None)]),
        ("<B>a</>", "a", [("bold", 0, 1, None)]),
    ],
)  # fmt: skip
def test_html_is_read(source: str, text: str, entities: list[tuple[str, int, int, str | None]]) -> None:
    """Tags become entities with offsets in UTF-16 units; unknown references stay as they are."""
    formatted = from_html(source)

    assert formatted.text == text
    assert [(each.kind, each.offset, each.length, each.detail) for each in formatted.entities] == entities


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        (
            "é<b><i>a</b></i>",
            'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"',
        ),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_wrong_html_is_refused(source: str, reason: str) -> None:
    """Wrong nesting, unknown tags and loose brackets are 400s that name the place in bytes."""
    with pytest.raises(RefusalError) as caught:
        from_html(source)

    assert caught.value.code == 400
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


@settings(deadline=None)  # a busy machine is no bug
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_utf16_length(text: str) -> None:
    """A length is what UTF-16 needs, two bytes a unit."""
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


@settings(deadline=None)  # a busy machine is no bug
@given(st.text(alphabet="ab <>&/;é😀\nbi\"'=#x1", max_size=40))
def test_any_text_is_read_or_refused(source: str) -> None:
    """No text breaks the reader, and what it accepts reads the same when written out again."""
    try:
        formatted = from_html(source)
    except RefusalError as refusal:
        assert refusal.code == 400
        return

    again = from_html(as_html(formatted))
    assert again.text == formatted.text


def test_entities_are_written_as_html() -> None:
    """What a test prints for a message is Telegram's HTML with everything escaped."""
    formatted = from_html('<b>a&lt;<i>😀</i></b> <a href="https://x.id/?a&amp;b">c</a>')

    assert as_html(formatted) == '<b>a&lt;<i>😀</i></b> <a href="https://x.id/?a&amp;b">c</a>'
    assert Entity("bold", 0, 4) in formatted.entities
