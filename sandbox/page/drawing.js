// Messages as DOM nodes. Texts become text nodes only: nothing a person or the bot wrote is read as HTML.

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};
const BLOCKS = new Set(["PRE", "BLOCKQUOTE"]);
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;

export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "data") Object.assign(node.dataset, value);
    else if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Offsets count UTF-16 units, as JavaScript's strings do. An entity that crosses its parent's end is cut there.
export function richText(text, entities, deeds) {
  const waiting = entities.filter((entity) => entity.length > 0);
  const build = (start, end) => {
    const fragment = document.createDocumentFragment();
    let at = start;
    while (waiting.length && waiting[0].offset < end) {
      const entity = waiting.shift();
      const from = Math.max(entity.offset, at);
      const to = Math.min(entity.offset + entity.length, end);
      if (to <= from) continue;
      fragment.append(text.slice(at, from));
      const node = wrapper(entity, text.slice(from, to), deeds);
      node.append(build(from, to));
      fragment.append(node);
      // A block ends its line by itself: the line break after it would leave a gap.
      at = BLOCKS.has(node.tagName) && text[to] === "\n" && to < end ? to + 1 : to;
    }
    fragment.append(text.slice(at, end));
    return fragment;
  };
  return build(0, text.length);
}

function wrapper(entity, text, deeds) {
  switch (entity.type) {
    case "url":
      return link(text, deeds);
    case "text_link":
      return link(entity.url, deeds);
    case "bot_command":
      return element("button", { type: "button", className: "command", onclick: () => deeds.say(text) });
    case "spoiler":
      return opener(element("span", { className: "spoiler", title: "Ketuk untuk melihat" }));
    case "expandable_blockquote":
      return opener(element("blockquote", { className: "expandable" }));
    default:
      return element(TAGS[entity.type] ?? "span", { className: entity.type });
  }
}

function opener(node) {
  const open = () => { node.classList.add("open"); node.removeAttribute("role"); node.removeAttribute("tabindex"); };
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.addEventListener("click", open, { once: true });
  node.addEventListener("keydown", (event) => { if (event.key === "Enter") open(); });
  return node;
}

function link(address, deeds) {
  if (!SAFE_LINK.test(address)) return element("span");
  const node = element("a", { href: address, target: "_blank", rel: "noopener noreferrer" });
  const payload = startPayload(address, deeds.botName);
  if (payload !== null) {
    node.addEventListener("click", (event) => { event.preventDefault(); deeds.say(`/start ${payload}`.trim()); });
  }
  return node;
}

function startPayload(address, botName) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || url.hostname !== "t.me" || url.pathname !== `/${botName}`) return null;
  return url.searchParams.get("start") ?? "";
}

const fileAddress = (file) => `/sandbox/files/${encodeURIComponent(file.id)}`;

function photo(message, deeds) {
  const { photo: file } = message;
  const alt = message.text ? `Foto: ${message.text}` : "Foto";
  const image = element("img", { src: fileAddress(file), alt, width: file.width, height: file.height, loading: "lazy" });
  return element("button", { type: "button", className: "photo", onclick: () => deeds.enlarge(fileAddress(file), alt) }, image);
}

function documentLink(file) {
  return element("a", { className: "document", href: fileAddress(file), download: file.name },
    element("span", { className: "file-icon", ariaHidden: "true" }, "↓"),
    element("span", { className: "file-name" }, file.name, element("small", {}, size(file.size))));
}

function size(bytes) {
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.max(1, Math.round(kilobytes))} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

function inlineButton(button, message, deeds) {
  const className = `inline ${button.style ?? ""}`.trim();
  if (button.url && SAFE_LINK.test(button.url)) {
    const node = link(button.url, deeds);
    node.className = `${className} outward`;
    node.append(button.text);
    return node;
  }
  const press = () => (button.copy ? deeds.copy(button.copy) : deeds.tap(message.id, button.data));
  const node = element("button", { type: "button", className, onclick: press }, button.text);
  if (button.data) node.dataset.data = button.data;
  if (button.copy) node.classList.add("copy");
  return node;
}

export function time(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
}

export function day(seconds) {
  return new Date(seconds * 1000).toLocaleDateString("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

// `album` messages leave their caption to the album, so that the pictures stay a grid.
export function messageNode(message, deeds, { album = false, named = false } = {}) {
  const bubble = element("div", { className: "bubble" });
  if (named) bubble.append(element("strong", { className: "name" }, message.name));
  if (message.forwarded) bubble.append(element("span", { className: "forwarded" }, `Diteruskan dari ${message.forwarded}`));
  if (message.photo) bubble.append(photo(message, deeds));
  if (message.document) bubble.append(documentLink(message.document));
  if (message.sticker) bubble.append(element("span", { className: "sticker" }, message.sticker));
  if (message.video) bubble.append(element("span", { className: "voice" }, `▶ Video ${message.video} dtk`));
  if (message.audio) bubble.append(element("span", { className: "voice" }, `♪ ${message.audio} dtk`));
  if (message.voice) bubble.append(element("span", { className: "voice" }, `▶ ▁▃▅▂▆▃▁▅ ${message.voice} dtk`));
  if (message.text && !(album && message.photo)) {
    bubble.append(element("div", { className: "text" }, richText(message.text, message.entities, deeds)));
  }
  bubble.append(meta(message, deeds));
  const node = element("article", { className: `message from-${message.sender}`, data: { id: String(message.id) } }, bubble);
  if (message.photo) node.classList.add("has-photo");
  if (message.sticker) node.classList.add("has-sticker");
  if (message.buttons.length) {
    const rows = message.buttons.map((row) =>
      element("div", { className: "row" }, ...row.map((button) => inlineButton(button, message, deeds))));
    node.append(element("div", { className: "keyboard" }, ...rows));
  }
  return node;
}

function meta(message, deeds) {
  const note = element("span", { className: "meta" });
  if (message.sender === "owner" && message.text && !message.forwarded && deeds.edit) {
    note.append(element("button", { type: "button", className: "edit", ariaLabel: "Ubah pesan", title: "Ubah pesan", onclick: () => deeds.edit(message) }, "✎"));
  }
  if (message.edited) note.append(element("span", {}, "diubah "));
  note.append(element("time", { dateTime: new Date(message.date * 1000).toISOString() }, time(message.date)));
  return note;
}

export function albumCaption(messages, deeds) {
  const told = messages.filter((message) => message.photo && message.text);
  if (told.length !== 1) return null;
  return element("div", { className: "album-text" }, richText(told[0].text, told[0].entities, deeds));
}
