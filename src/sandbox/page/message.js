// One message as Telegram draws it. Its HTML comes from the sandbox's own sanitiser.

import { DAY, HOUR, bytes, el, format, icon, word } from "./tools.js";

const MEDIA = { sticker: "👍", voice: "▶ ▁▃▅▂▇▅▃▁▂▅▃ 0:03", location: "📍 31.2304, 121.4737", contact: "👤" };
const LINK = "M7 17 17 7M9 7h8v8";

/** A list item for the chat; `act` gets presses: `press(data, button)` and `say(text)`. */
export function messageItem(message, act) {
  const item = el("li", { "data-message": message.message_id, "data-revision": message.revision });
  fill(item, message, act);
  return item;
}

/** Draws the message anew inside its item, so that nothing around it moves. */
export function fill(item, message, act) {
  item.className = message.from_bot ? "row in" : "row out";
  item.classList.toggle("naked", message.medium === "sticker");
  item.dataset.revision = message.revision;
  item.dataset.day = format(message.date, DAY, "en");
  item.dataset.date = message.date;
  item.replaceChildren(bubble(message, act), ...keys(message, act));
}

function bubble(message, act) {
  const content = el("div", { className: "bubble" });
  if (message.photo) {
    const source = `/page/file/${encodeURIComponent(message.photo.id)}`;
    const picture = el("img", { src: source, alt: message.text || message.photo.name, loading: "lazy" });
    content.append(el("a", { href: source, target: "_blank", className: "photo" }, picture));
  }
  if (message.document) content.append(fileLink(message.document));
  if (message.medium) content.append(el("div", { className: `medium ${message.medium}` }, MEDIA[message.medium]));
  if (message.html) {
    const text = el("div", { className: "text" });
    text.innerHTML = message.html;
    text.querySelectorAll("blockquote, pre").forEach(endLine);
    // The code of an invitation is sent along and, as in Telegram, not shown.
    if (!message.from_bot && /^\/start \S+$/.test(message.text)) text.replaceChildren(text.firstChild);
    text.querySelectorAll("tg-spoiler").forEach(hideUntilPressed);
    text.addEventListener("click", (event) => follow(event, act));
    content.append(text);
  }
  const meta = el("span", { className: "meta" });
  if (message.silent) meta.append(el("span", { className: "silent", "aria-hidden": "true" }, "🔕"));
  if (message.edited) meta.append(el("span", { className: "edited" }, word("edited")));
  meta.append(el("time", {}, format(message.date, HOUR, "en")));
  if (!message.from_bot) meta.append(el("span", { className: "ticks", "aria-hidden": "true" }, "✓✓"));
  content.append(meta);
  return content;
}

function fileLink(file) {
  const source = `/page/file/${encodeURIComponent(file.id)}`;
  const about = el("span", { className: "about" }, el("b", {}, file.name), el("small", {}, bytes(file.size)));
  const sheet = el("span", { className: "sheet" }, icon("M12 4v11m-5-5 5 5 5-5M5 20h14"));
  return el("a", { href: source, download: file.name, className: "document" }, sheet, about);
}

function keys(message, act) {
  if (!message.buttons.length) return [];
  const rows = message.buttons.map((row) => el("div", { className: "keys-row" }, ...row.map((button) => key(button, message, act))));
  return [el("div", { className: "keys" }, ...rows)];
}

function key(button, message, act) {
  if (button.url) {
    const link = el("a", { className: "key", href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.label);
    link.append(icon(LINK));
    link.addEventListener("click", (event) => follow(event, act));
    return link;
  }
  const node = el("button", { type: "button", className: "key", "data-button": button.data }, button.label);
  node.addEventListener("click", () => act.press(message.message_id, button.data));
  return node;
}

/** A block ends its line by itself: the line break after it would make an empty one. */
function endLine(block) {
  const after = block.nextSibling;
  if (after?.nodeType === Node.TEXT_NODE) after.data = after.data.replace(/^\n/, "");
}

/** Commands are said; a link to this very bot with a code starts it; other links go their way. */
function follow(event, act) {
  const link = event.target.closest("a");
  if (!link) return;
  const start = /^https:\/\/t\.me\/daoyu_sandbox_bot\?start=([\w-]{1,64})$/.exec(link.href);
  const said = link.dataset.say ?? (start && `/start ${start[1]}`);
  if (!said) return;
  event.preventDefault();
  act.say(said);
}

function hideUntilPressed(spoiler) {
  spoiler.tabIndex = 0;
  spoiler.setAttribute("role", "button");
  const show = () => spoiler.classList.add("shown");
  spoiler.addEventListener("click", show);
  spoiler.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") show(); });
}
