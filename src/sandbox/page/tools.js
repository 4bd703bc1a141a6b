// Small helpers: elements, words, requests, time. The words come from the house (`/page/state`); the English ones
// here are only for screen readers while a word is missing there.

const SPOKEN = {
  choose: "Choose people", done: "Done", message: "Message", send: "Send", menu: "Menu", more: "More", busy: "Busy",
  start: "Start", chat: "Chat", alert: "Message from the bot", close: "Close", remove: "Remove", clock: "Clock",
};

let words = {};

export function setWords(given) { words = given ?? {}; }

/** A word of the page, empty when the house has none. */
export function word(key) { return words[key] ?? ""; }

/** A word for those who listen: never empty. */
export function spoken(key) { return words[key] || SPOKEN[key] || key; }

/** An element with properties, attributes (`data-…`, `aria-…`) and children. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name in node && !name.includes("-")) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A round picture with the first character of a name, its colour from the id as Telegram does it. */
export function avatar(id, name, kind = "") {
  const letter = [...(name || "?")][0];
  return el("span", { className: `avatar hue-${Math.abs(id) % 7} ${kind}`, "aria-hidden": "true" }, letter);
}

export async function post(path, body) {
  return fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

let offset = 0;

/** Reads the school's time and keeps its distance from UTC for the times of messages. */
export function setClock(rfc3339) {
  const zone = /([+-])(\d\d):(\d\d)$/.exec(rfc3339);
  offset = zone ? (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) * 60 : 0;
  return Date.parse(rfc3339) / 1000;
}

/** Formats Unix seconds in the school's zone. */
export function format(seconds, options, language) {
  let formatter;
  try {
    formatter = new Intl.DateTimeFormat(language || word("lang") || undefined, { ...options, timeZone: "UTC" });
  } catch {
    formatter = new Intl.DateTimeFormat(undefined, { ...options, timeZone: "UTC" });
  }
  return formatter.format(new Date((seconds + offset) * 1000));
}

export const HOUR = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
export const DAY = { month: "long", day: "numeric", weekday: "short" };

export function bytes(size) {
  if (size < 1024) return `${size} B`;
  if (size < 1024 * 1024) return `${(size / 1024).toFixed(1)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}

/** A line icon of 24 by 24. */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
