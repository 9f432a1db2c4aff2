// One chat: its log, composer, commands and tools. `sandbox` is how it reaches the server and the rest of the page.

import { albumCaption, day, element, messageNode } from "/page/drawing.js";

const ACTIONS = {
  typing: "mengetik…", upload_photo: "mengirim foto…", upload_document: "mengirim berkas…",
  record_voice: "merekam suara…", upload_voice: "mengirim suara…", choose_sticker: "memilih stiker…",
};
const ACTION_MILLISECONDS = 5000; // Bot API: a chat action lasts five seconds
const TOAST_MILLISECONDS = 3500;
const GROUP = -5001;
const NEAR_END = 120;

export class Column {
  constructor(chat, sandbox) {
    this.sandbox = sandbox;
    this.messages = new Map();
    this.nodes = new Map();
    this.editing = null;
    this.root = document.getElementById("column").content.firstElementChild.cloneNode(true);
    this.root.dataset.chat = chat.id;
    if (!chat.group) this.root.dataset.person = chat.id;
    this.part = (selector) => this.root.querySelector(selector);
    this.log = this.part(".log");
    this.wireComposer();
    this.wireTools();
    this.update(chat);
  }

  get speaker() { return this.chat.group ? Number(this.part("[name=speaker]").value) : this.chat.id; }

  deeds() {
    return {
      botName: this.sandbox.bot.username,
      say: (text) => this.say(text),
      tap: (id, data) => this.tap(id, data),
      enlarge: this.sandbox.enlarge,
      copy: async (text) => {
        try { await navigator.clipboard.writeText(text); this.toast("Disalin"); } catch { this.toast(text); }
      },
      edit: this.chat.group ? null : (message) => this.startEditing(message),
    };
  }

  // Take over the server's view of the chat; drafts stay.
  update(chat) {
    this.chat = chat;
    this.root.setAttribute("aria-label", chat.group ? `Grup ${chat.name}` : `Obrolan ${chat.name}`);
    this.part(".bot-name").textContent = chat.group ? chat.name : this.sandbox.bot.name;
    this.root.classList.toggle("blocked", chat.blocked);
    this.part("textarea").disabled = chat.blocked;
    this.part("textarea").placeholder = chat.blocked ? "Bot diblokir" : "Tulis pesan";
    this.part("[data-deed=block]").textContent = chat.blocked ? "Buka blokir bot" : "Blokir bot";
    this.log.lang = chat.language ?? "id";
    this.part(".tools-toggle").hidden = chat.group;
    this.updateSpeakers();
    this.rest();
    this.drawCommands();
    this.drawReplyKeyboard();
    this.messages.clear();
    this.nodes.clear();
    this.log.replaceChildren();
    if (!chat.messages.length) this.log.append(this.emptyNote());
    for (const message of chat.messages) this.upsert(message);
    for (const { message_id: id, data } of chat.pressed) this.markPressed(id, data, true);
    this.scrollToEnd();
  }

  updateSpeakers() {
    const select = this.part("[name=speaker]");
    this.part(".speaker").hidden = !this.chat.group;
    const chosen = select.value;
    select.replaceChildren(...this.sandbox.people().map((person) => element("option", { value: String(person.id) }, person.name)));
    if (chosen) select.value = chosen;
  }

  upsert(message) {
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
    const old = this.nodes.get(message.id);
    this.messages.set(message.id, message);
    const node = messageNode(message, this.deeds(), { album: Boolean(message.group), named: this.chat.group && message.sender === "owner" });
    this.nodes.set(message.id, node);
    if (old) this.swap(old, node);
    else this.append(message, node);
    if (message.group) this.captionAlbum(message.group);
    if (message.sender === "bot") this.rest();
    if (atEnd || (!old && message.sender === "owner")) this.scrollToEnd();
  }

  // An edited message keeps the keyboard focus on the button in the same place.
  swap(old, node) {
    const focused = [...old.querySelectorAll(".inline")].indexOf(document.activeElement);
    const waiting = new Set([...old.querySelectorAll("[aria-busy=true]")].map((button) => button.dataset.data));
    old.replaceWith(node);
    for (const button of node.querySelectorAll("button.inline")) {
      if (waiting.has(button.dataset.data)) button.setAttribute("aria-busy", "true");
    }
    const buttons = node.querySelectorAll(".inline");
    if (focused >= 0) (buttons[Math.min(focused, buttons.length - 1)] ?? this.log).focus({ preventScroll: true });
  }

  emptyNote() {
    return element("div", { className: "empty" }, "Belum ada pesan.",
      element("button", { type: "button", onclick: () => this.say("/start") }, "Mulai"));
  }

  append(message, node) {
    this.part(".empty")?.remove();
    const today = day(message.date);
    const chips = this.log.querySelectorAll(".day");
    if (chips.item(chips.length - 1)?.textContent !== today) {
      this.log.append(element("div", { className: "day" }, today));
    }
    if (!message.group) {
      this.log.append(node);
      return;
    }
    let album = this.log.querySelector(`[data-group="${CSS.escape(message.group)}"]`);
    if (!album) {
      album = element("div", { className: `album from-${message.sender}`, data: { group: message.group } });
      if (message.document) album.classList.add("documents");
      this.log.append(album);
    }
    album.append(node);
    album.dataset.count = album.querySelectorAll(".message").length;
  }

  captionAlbum(group) {
    const album = this.log.querySelector(`[data-group="${CSS.escape(group)}"]`);
    album.querySelector(".album-text")?.remove();
    const caption = albumCaption([...this.messages.values()].filter((message) => message.group === group), this.deeds());
    if (caption) album.append(caption);
  }

  remove(id) {
    const node = this.nodes.get(id);
    const album = node?.closest(".album");
    node?.remove();
    if (album && !album.querySelector(".message")) album.remove();
    this.nodes.delete(id);
    this.messages.delete(id);
  }

  markPressed(id, data, busy) {
    for (const button of this.nodes.get(id)?.querySelectorAll("button.inline") ?? []) {
      if (button.dataset.data !== data) continue;
      if (busy) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  }

  act(action) {
    this.part(".status").textContent = ACTIONS[action] ?? "sibuk…";
    this.part(".status").classList.add("busy");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), ACTION_MILLISECONDS);
  }

  rest() {
    clearTimeout(this.resting);
    const status = this.part(".status");
    status.classList.remove("busy");
    status.textContent = this.chat.group ? "grup" : `Anda ${this.chat.name} · ${this.chat.language ?? "–"}`;
  }

  toast(text) {
    const node = element("div", { className: "toast" }, text);
    this.part(".toasts").append(node);
    setTimeout(() => node.remove(), TOAST_MILLISECONDS);
  }

  scrollToEnd() { this.log.scrollTop = this.log.scrollHeight; }

  async do(deed, body = {}, person = this.speaker) {
    const answer = await this.sandbox.post(`/sandbox/people/${person}/${deed}`, body);
    if (answer.error) this.toast(answer.error);
    return answer;
  }

  say(text) { return this.do("say", this.chat.group ? { text, chat_id: this.chat.id } : { text }); }

  tap(id, data) {
    this.markPressed(id, data, true);
    return this.do("tap", { message_id: id, data, chat_id: this.chat.id }).then((answer) => {
      if (answer.error) this.markPressed(id, data, false);
    });
  }

  startEditing(message) {
    this.editing = message.id;
    this.part(".editing").hidden = false;
    this.part("textarea").value = message.text;
    this.part("textarea").focus();
  }

  stopEditing() {
    this.editing = null;
    this.part(".editing").hidden = true;
    this.part("textarea").value = "";
  }

  wireComposer() {
    const form = this.part(".composer");
    const field = this.part("textarea");
    const fit = () => { field.style.height = "auto"; field.style.height = `${Math.min(field.scrollHeight, 160)}px`; };
    field.addEventListener("input", fit);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
      if (event.key === "Escape" && this.editing !== null) this.stopEditing();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (!text) return;
      const edited = this.editing;
      this.stopEditing();
      fit();
      await (edited === null ? this.say(text) : this.do("edit", { message_id: edited, text }));
    });
    this.part(".cancel").addEventListener("click", () => this.stopEditing());
    this.part(".menu").addEventListener("click", () => this.toggleCommands(this.part(".commands").hidden));
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.part(".commands").hidden) return;
      this.toggleCommands(false);
      this.part(".menu").focus();
    });
  }

  toggleCommands(open) {
    this.part(".commands").hidden = !open;
    this.part(".menu").setAttribute("aria-expanded", String(open));
    if (open) this.part(".commands button")?.focus();
  }

  drawCommands() {
    const choose = (command) => () => { this.toggleCommands(false); this.part("textarea").focus(); this.say(`/${command}`); };
    const items = this.chat.commands.map(({ command, description }) =>
      element("button", { type: "button", onclick: choose(command) }, element("strong", {}, `/${command}`), element("span", {}, description)));
    this.part(".commands").replaceChildren(...(items.length ? items : [element("p", {}, "Bot belum mendaftarkan perintah.")]));
  }

  drawReplyKeyboard() {
    const place = this.part(".reply-keyboard");
    const rows = this.chat.keyboard?.keyboard ?? [];
    place.hidden = !rows.length;
    place.replaceChildren(...rows.map((row) => element("div", { className: "row" },
      ...row.map((button) => element("button", { type: "button", onclick: () => this.say(button.text) }, button.text)))));
  }

  wireTools() {
    const toggle = this.part(".tools-toggle");
    toggle.addEventListener("click", () => {
      const open = this.part(".tools").hidden;
      this.part(".tools").hidden = !open;
      toggle.setAttribute("aria-expanded", String(open));
    });
    for (const button of this.root.querySelectorAll("[data-deed]")) {
      button.addEventListener("click", () => this.useTool(button.dataset.deed));
    }
    for (const picker of this.root.querySelectorAll("[type=file]")) {
      picker.addEventListener("change", async () => {
        const [file] = picker.files;
        if (file) await this.sendFile(picker.name, file);
        picker.value = "";
      });
    }
    this.onSubmit(".start", (form) => this.say(`/start ${form.payload.value}`.trim()));
    this.onSubmit(".group", (form) => this.do("say", { text: form.text.value, chat_id: GROUP }));
    this.onSubmit(".days", (form) => this.sandbox.post("/sandbox/clock", { days: Number(form.days.value) }));
  }

  onSubmit(selector, deed) {
    this.part(selector).addEventListener("submit", (event) => { event.preventDefault(); deed(event.target.elements); });
  }

  useTool(deed) {
    if (deed === "photo") return this.sendFile("photo", "");
    if (deed === "block") return this.do(this.chat.blocked ? "unblock" : "block");
    return this.do(deed, deed === "forward" ? { text: "Stok kopi arabika datang hari Senin." } : {});
  }

  async sendFile(kind, file) {
    const address = `/sandbox/people/${this.speaker}/${kind}?name=${encodeURIComponent(file.name ?? "")}`;
    const answer = await this.sandbox.post(address, file);
    if (answer.error) this.toast(answer.error);
  }
}
