"""The chat page in a real browser, with a small bot behind it."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect
from telegram import Bot, BotCommand, CopyTextButton, InputMediaPhoto, Update
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard

from sandbox.people import sample_picture
from sandbox.server import Sandbox, SandboxServer

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MENU = Keyboard(
    [
        [
            Button("Warung makan", callback_data="shop:food"),
            Button("Toko baju", callback_data="shop:clothes"),
        ],
        [
            Button("Hapus", callback_data="delete", style="danger"),
            Button("Bantuan", url="https://example.org"),
        ],
        [
            Button("Salin", copy_text=CopyTextButton("Halo Kak (nama) 😊\nMakasih ya")),
            Button("Buka", url="https://wa.me/?text=Halo%20Kak"),
        ],
    ]
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not Path(CHROMIUM).exists() and "CI" not in os.environ,
        reason=f"no {CHROMIUM}: apt-get install chromium",
    ),
]


class EchoBot:
    """Answers texts with buttons, presses with an edit in place, /album with pictures and a document."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def run(self) -> None:
        bot = self._bot
        await bot.set_my_commands([BotCommand("start", "Start over"), BotCommand("album", "Pictures")])
        await bot.set_my_commands(
            [BotCommand("start", "Mulai dari awal"), BotCommand("album", "Kirim gambar")], language_code="id"
        )
        offset = 0
        while True:
            for update in await bot.get_updates(offset=offset, timeout=20):
                offset = update.update_id + 1
                await self._answer(update)

    async def _answer(self, update: Update) -> None:
        query, message, person = update.callback_query, update.message, update.effective_user
        if query is not None and query.data is not None:
            await query.answer(f"Tercatat: {query.data}", show_alert=query.data == "delete")
            await query.edit_message_text(f"Anda memilih <b>{query.data}</b>", parse_mode="HTML")
        elif message is not None and message.text == "/album" and person is not None:
            await self._send_album(person.id)
        elif message is not None and person is not None:
            text = f"<b>Halo</b> <i>{person.first_name}</i>! <tg-spoiler>rahasia</tg-spoiler>\n"
            quoted = (message.text_html or "berkas").replace("<", "&lt;")
            text += f"<blockquote>{quoted}</blockquote>Kode <code>a&lt;b</code>, https://example.org"
            await self._bot.send_message(person.id, text, parse_mode="HTML", reply_markup=MENU)

    async def _send_album(self, chat_id: int) -> None:
        await self._bot.send_chat_action(chat_id, "upload_photo")
        picture = sample_picture()
        album = [InputMediaPhoto(picture, caption="Peta pelanggan" if not n else None) for n in range(3)]
        await self._bot.send_media_group(chat_id, album)
        await self._bot.send_document(chat_id, b"%PDF-1.7 peta", filename="peta.pdf", caption="Peta lengkap")


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    async with Sandbox.start(cast=True) as running:
        base, files = running.url + "/bot", running.url + "/file/bot"
        async with Bot(running.token, base_url=base, base_file_url=files) as client:
            serving = asyncio.create_task(EchoBot(client).run())
            await running.wait_for(lambda: len(running.world.commands) == 2)
            yield running
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
    assert running.violations == []


@asynccontextmanager
async def opened(browser: Browser, address: str, width: int) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": width, "height": 844})
    page.set_default_timeout(10_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    await page.goto(address)
    yield page
    await page.close()
    assert troubles == []


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        await running.close()


async def screenshot(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_a_person_chats_at_phone_width(server: SandboxServer, browser: Browser) -> None:
    """Typing, tapping, an edit in place, an album and a document work at 390 px, by keyboard as well."""
    sari = server.people[1001]
    async with opened(browser, server.url, 390) as page:
        chat = page.locator("[data-person='1001']")
        field = chat.locator("form.composer textarea[name=text]")

        await field.fill("warung <b>Bu Sari</b>")
        await field.press("Enter")

        menu = chat.locator(".message.from-bot").last
        await expect(menu.locator("strong")).to_have_text("Halo")
        await expect(menu.locator("blockquote")).to_have_text("warung <b>Bu Sari</b>")
        await screenshot(page, "phone-menu")
        message_id = await menu.get_attribute("data-id")
        await menu.locator("button.inline", has_text="Warung makan").press("Enter")

        edited = chat.locator(f".message[data-id='{message_id}']")
        await expect(edited.locator(".text")).to_have_text("Anda memilih shop:food")
        await expect(edited.locator("button.inline")).to_have_count(0)
        await expect(chat.locator(".toast")).to_have_text("Tercatat: shop:food")
        assert sari.toasts == ["Tercatat: shop:food"]

        await chat.get_by_role("button", name="Perintah").click()
        await expect(chat.locator(".commands")).to_contain_text("Kirim gambar")
        await screenshot(page, "phone-commands")
        await chat.locator(".commands button", has_text="/album").click()

        await expect(chat.locator(".album .message")).to_have_count(3)
        await expect(chat.locator(".album-text")).to_have_text("Peta pelanggan")
        await expect(chat.locator("a.document")).to_have_attribute("download", "peta.pdf")
        await page.wait_for_function("[...document.images].every(i => !i.src || i.naturalWidth > 0)")
        await screenshot(page, "phone-album")
        await chat.locator(".album button.photo").first.click()
        await expect(page.locator("dialog.lightbox img")).to_be_visible()
        await page.keyboard.press("Escape")

        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        await page.reload()
        await expect(chat.locator(".album .message")).to_have_count(3)


async def test_buttons_copy_and_open_without_asking_the_bot(server: SandboxServer, browser: Browser) -> None:
    """A copy button fills the clipboard and says so; an address opens in a tab of its own."""
    async with opened(browser, server.url, 390) as page:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        chat = page.locator("[data-person='1001']")
        await chat.locator("textarea").fill("halo")
        await chat.locator("textarea").press("Enter")

        await chat.locator("button.inline.copy", has_text="Salin").click()

        await expect(chat.locator(".toast")).to_have_text("Disalin")
        copied = await page.evaluate("navigator.clipboard.readText()")
        assert copied == "Halo Kak (nama) 😊\nMakasih ya"
        link = chat.locator("a.inline.outward", has_text="Buka")
        await expect(link).to_have_attribute("href", "https://wa.me/?text=Halo%20Kak")
        await expect(link).to_have_attribute("target", "_blank")
        await expect(link).to_have_attribute("rel", "noopener noreferrer")
        assert server.people[1001].toasts == []
        assert page.url.startswith(server.url)


async def test_three_people_side_by_side(server: SandboxServer, browser: Browser) -> None:
    """On a wide screen everyone has a column; an alert must be closed; the tools do what they say."""
    async with opened(browser, f"{server.url}/?start=peta_7&person=1003", 1400) as page:
        emma, sari = page.locator("[data-person='1003']"), page.locator("[data-person='1001']")
        await expect(emma.locator(".message.from-owner")).to_contain_text("/start peta_7")

        await emma.locator("button.inline", has_text="Hapus").click()
        await expect(page.locator("dialog.alert")).to_contain_text("Tercatat: delete")
        await page.get_by_role("button", name="OK").click()

        await sari.get_by_role("button", name="Alat").click()
        tools = ("Foto contoh", "Stiker", "Pesan suara", "Video", "Teruskan pesan")
        for tool in tools:
            await sari.get_by_role("button", name=tool).click()
        await expect(sari.locator(".message")).to_have_count(2 * len(tools))
        await sari.get_by_role("button", name="Album 3 foto").click()
        await expect(sari.locator(".album .message")).to_have_count(3)
        await sari.get_by_role("button", name="Majukan").click()
        await expect(page.locator(".clock")).to_have_text("Jam bot +1 hari")
        await sari.locator("form.group input").fill("/start halo grup")
        await sari.locator("form.group button").click()
        await expect(page.locator("[data-chat='-5001'] .message.from-owner")).to_contain_text("halo grup")
        await screenshot(page, "wide")
        await sari.get_by_role("button", name="Blokir bot").click()
        await expect(sari.locator("textarea")).to_be_disabled()
        await sari.get_by_role("button", name="Buka blokir bot").click()
        await expect(sari.locator("textarea")).to_be_enabled()

        await page.locator("[data-person='1002'] textarea").fill("salah ketik")
        await page.locator("[data-person='1002'] textarea").press("Enter")
        await page.locator("[data-person='1002'] .from-owner .edit").click()
        await page.locator("[data-person='1002'] textarea").fill("benar")
        await page.locator("[data-person='1002'] textarea").press("Enter")
        await expect(page.locator("[data-person='1002'] .from-owner .text")).to_have_text("benar")
        await screenshot(page, "wide-edited")
