// The page: fetches the state, follows the server's events and shows a column per chat.

import { Column } from "/page/column.js";
import { element } from "/page/drawing.js";

const columns = new Map();
const shown = new Set();
const unread = new Map();
let active = null;
const wide = matchMedia("(min-width: 900px)");
const part = (selector) => document.querySelector(selector);

const sandbox = {
  bot: { name: "", username: "" },
  people: () => [...columns.values()].map((column) => column.chat).filter((chat) => !chat.group),
  enlarge(address, alt) {
    const box = part("dialog.lightbox");
    Object.assign(box.querySelector("img"), { src: address, alt });
    box.showModal();
  },
  async post(address, body) {
    const plain = body instanceof Blob || body === "";
    const type = plain ? (body.type || "application/octet-stream") : "application/json";
    try {
      const response = await fetch(address, { method: "POST", headers: { "Content-Type": type }, body: plain ? body : JSON.stringify(body) });
      const text = await response.text();
      return response.headers.get("Content-Type")?.startsWith("application/json") ? JSON.parse(text) : { error: text };
    } catch {
      return { error: "Ruang coba tidak menjawab." };
    }
  },
};

// Events that arrive while the state is on its way wait for it: the state may be older than they are.
let loading = null;
const early = [];

function load() {
  loading ??= fetchState().finally(() => {
    loading = null;
    for (const event of early.splice(0)) follow(event);
  });
  return loading;
}

async function fetchState() {
  const state = await (await fetch("/sandbox/state")).json();
  sandbox.bot = state.bot;
  showOffset(state.offset_seconds);
  for (const [id, column] of columns) {
    if (!state.chats.some((chat) => chat.id === id)) { column.root.remove(); columns.delete(id); }
  }
  for (const chat of state.chats) {
    const column = columns.get(chat.id);
    if (column) { column.update(chat); continue; }
    const made = new Column(chat, sandbox);
    columns.set(chat.id, made);
    part("main").append(made.root);
    shown.add(chat.id);
    active ??= chat.id;
  }
  if (!columns.has(active)) active = columns.keys().next().value ?? null;
  for (const column of columns.values()) column.updateSpeakers();
  arrange();
}

function showOffset(seconds) {
  const days = Math.round((seconds / 86400) * 10) / 10;
  const text = days === 0 ? "" : `Jam bot ${days > 0 ? "+" : ""}${days} hari`;
  part(".clock").textContent = text;
  for (const output of document.querySelectorAll(".offset")) output.textContent = text || "Jam bot: sekarang";
}

// Wide screens show several chats side by side; narrow ones show the active one.
function arrange() {
  const tabs = [...columns.values()].map(({ chat }) => {
    const on = wide.matches ? shown.has(chat.id) : chat.id === active;
    const count = unread.get(chat.id) ?? 0;
    return element("button", { type: "button", ariaPressed: String(on), data: { chat: String(chat.id) }, onclick: () => choose(chat.id) },
      chat.name, count && !on ? element("span", { className: "badge", ariaLabel: `${count} belum dibaca` }, String(count)) : null);
  });
  const focused = document.activeElement?.closest?.(".tabs button")?.dataset.chat;
  part(".tabs").replaceChildren(...tabs);
  if (focused) part(`.tabs [data-chat="${focused}"]`)?.focus();
  for (const [id, column] of columns) {
    const visible = wide.matches ? shown.has(id) : id === active;
    const appeared = visible && column.root.hidden;
    column.root.hidden = !visible;
    if (visible) unread.delete(id);
    if (appeared) column.scrollToEnd();
  }
}

function choose(id) {
  if (!wide.matches) active = id;
  else if (!shown.delete(id)) shown.add(id);
  unread.delete(id);
  arrange();
}

function follow(event) {
  if (loading) { early.push(event); return; }
  const column = columns.get(event.chat_id);
  switch (event.kind) {
    case "message":
      if (!column) { load(); return; }
      if (!event.message) return;
      if (column.root.hidden && !column.messages.has(event.message.id)) {
        unread.set(event.chat_id, (unread.get(event.chat_id) ?? 0) + 1);
        arrange();
      }
      column.upsert(event.message);
      break;
    case "deleted": column?.remove(event.message_id); break;
    case "action": column?.act(event.action); break;
    case "pressed": column?.markPressed(event.message_id, event.data, true); break;
    case "answered": answered(event, column); break;
    case "clock": showOffset(event.offset_seconds); break;
    default: load();
  }
}

function answered(event, column) {
  column?.markPressed(event.message_id, event.data, false);
  if (event.url) window.open(event.url, "_blank", "noopener");
  if (!event.text) return;
  if (!event.alert) { column?.toast(event.text); return; }
  const box = part("dialog.alert");
  box.querySelector("p").textContent = event.text;
  if (!box.open) box.showModal();
}

async function begin() {
  const stream = new EventSource("/sandbox/events");
  stream.onmessage = (message) => follow(JSON.parse(message.data));
  stream.onerror = () => { part(".offline").hidden = false; };
  stream.onopen = async () => {
    part(".offline").hidden = true;
    await load();
    openStartLink();
  };
  wide.addEventListener("change", arrange);
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
}

// /?start=PAYLOAD (and &person=1002) opens the bot as a t.me link would.
function openStartLink() {
  const asked = new URLSearchParams(location.search);
  if (!asked.has("start")) return;
  history.replaceState(null, "", "/");
  const person = Number(asked.get("person")) || active;
  columns.get(person)?.say(`/start ${asked.get("start")}`.trim());
}

begin();
