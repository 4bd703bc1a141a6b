// The page: who is shown, what time it is, and the line on which everything new comes in.
//
// Its words come with `/page/state`. Keys: lang, choose, done, message, send, menu, more, typing, bot, edited, empty,
// start, block, unblock, sticker, voice, photo, file, location, contact, close, busy, offline, newest, chat, alert,
// clock, remove.

import { HOUR, avatar, el, format, setClock, setWords, spoken, word } from "./tools.js";
import { Phone } from "./phone.js";

const FIRST_PHONES = 3;
const $ = (name) => document.querySelector(`[data-${name}]`);

const phones = new Map();
const unread = new Map();
let people = [];
let chosen = [];
let active = null;
let loads = 0;
let world = null;

await load();
listen();
addEventListener("hashchange", () => { if (String(hashIds()) !== String(chosen)) choose(hashIds()); });

// Everything at once; the phones that are there already are brought up to date in place.
async function load() {
  const turn = ++loads;
  let wanted = chosen.length ? chosen : hashIds();
  let state = await ask(wanted);
  if (!wanted.length) {
    wanted = state.people.slice(0, FIRST_PHONES).map((person) => person.user_id);
    state = await ask(wanted);
  }
  if (turn !== loads) return; // A later call knows more.
  world ??= state.world;
  if (world !== state.world) return location.reload(); // Started anew: the numbers of old messages mean others now.
  chosen = wanted;
  setWords(state.words);
  document.documentElement.lang = word("lang");
  people = state.people;
  chosen = chosen.filter((id) => people.some((person) => person.user_id === id));
  showClock(state.clock);
  showClockButtons(state.buttons);
  showPhones();
  for (const id of chosen) phones.get(id).show(state.phones[id]);
  showCastButton();
}

async function ask(ids) {
  return (await fetch(`/page/state?phones=${ids.join(",")}`)).json();
}

function hashIds() {
  return location.hash.slice(1).split(",").map(Number).filter(Boolean);
}

async function choose(ids) {
  chosen = ids;
  ids.forEach((id) => unread.delete(id));
  history.replaceState(null, "", `#${ids.join(",")}`);
  await load();
}

function showPhones() {
  for (const [id, phone] of phones) if (!chosen.includes(id)) { phone.node.remove(); phones.delete(id); }
  for (const id of chosen) {
    if (!phones.has(id)) phones.set(id, new Phone(people.find((person) => person.user_id === id)));
    $("phones").append(phones.get(id).node);
  }
  if (!chosen.includes(active)) active = chosen[0] ?? null;
  showTabs();
}

// On a narrow screen one phone is shown at a time.
function showTabs() {
  const tabs = chosen.map((id) => {
    const person = people.find((one) => one.user_id === id);
    const tab = el("button", { type: "button", role: "tab", "data-tab": id, "aria-selected": String(id === active) }, avatar(id, person.name), person.name);
    if (unread.get(id)) tab.append(el("span", { className: "badge" }, String(unread.get(id))));
    tab.addEventListener("click", () => { active = id; unread.delete(id); showTabs(); phones.get(id).toEnd(); });
    return tab;
  });
  $("tabs").replaceChildren(...tabs);
  phones.forEach((phone, id) => phone.node.classList.toggle("active", id === active));
}

// The line to the sandbox. The browser calls again by itself; what was missed in between is loaded.
function listen() {
  const line = new EventSource("/page/events");
  let lost = false;
  line.onopen = () => { if (lost) load(); lost = false; document.body.classList.remove("offline"); showState(); };
  line.onerror = () => { lost = true; document.body.classList.add("offline"); showState(); };
  line.onmessage = ({ data }) => hear(JSON.parse(data));
  // Between the first state and this line something may have been said.
  line.addEventListener("open", () => load(), { once: true });
}

function hear(event) {
  if (event.kind === "clock") return showClock(event);
  if (event.kind === "reload") return load();
  phones.get(event.chat)?.hear(event);
  const isNews = event.kind === "message" && event.message?.from_bot && !event.message.edited;
  const isSeen = phones.has(event.chat) && (!isNarrow() || event.chat === active);
  if (isNews && !isSeen) {
    unread.set(event.chat, (unread.get(event.chat) ?? 0) + 1);
    showTabs();
    showCastButton();
  }
}

function isNarrow() { return getComputedStyle($("tabs")).display !== "none"; }

function showClock(clock) {
  const now = setClock(clock.now);
  document.body.classList.toggle("busy", clock.busy);
  const day = format(now, { weekday: "short", year: "numeric", month: "short", day: "numeric" });
  $("now").dateTime = clock.now;
  $("now").replaceChildren(el("span", {}, day), el("b", {}, format(now, HOUR)));
  document.querySelectorAll("[data-clock]").forEach((button) => { button.disabled = clock.busy; });
  showState();
}

function showState() {
  const offline = document.body.classList.contains("offline");
  const busy = document.body.classList.contains("busy");
  $("state").textContent = offline ? word("offline") : busy ? word("busy") : "";
}

function showClockButtons(buttons) {
  const bar = $("clock-buttons");
  bar.setAttribute("aria-label", spoken("clock"));
  bar.replaceChildren(...buttons.map(({ id, label }) => {
    const button = el("button", { type: "button", "data-clock": id }, label);
    button.disabled = document.body.classList.contains("busy");
    button.addEventListener("click", () => moveClock(id));
    return button;
  }));
}

async function moveClock(id) {
  const answer = await fetch(`/page/clock/${encodeURIComponent(id)}`, { method: "POST" });
  if (answer.ok) return showClock(await answer.json());
  const why = await answer.text();
  if (why) notice(why);
}

function notice(text) {
  const box = el("p", {}, text);
  $("notices").append(box);
  setTimeout(() => box.remove(), 8000);
}

function showCastButton() {
  const waiting = [...unread].filter(([id]) => !chosen.includes(id)).reduce((sum, [, count]) => sum + count, 0);
  const button = $("cast");
  button.replaceChildren(...chosen.slice(0, 3).map((id) => avatar(id, people.find((one) => one.user_id === id).name)), el("span", {}, word("choose")));
  button.setAttribute("aria-label", spoken("choose"));
  if (waiting) button.append(el("span", { className: "badge" }, String(waiting)));
  button.onclick = openCast;
}

function openCast() {
  $("cast-title").textContent = word("choose");
  $("cast-close").textContent = word("done") || "OK";
  $("cast-list").replaceChildren(...people.map((person) => {
    const box = el("input", { type: "checkbox", checked: chosen.includes(person.user_id), "data-person": person.user_id });
    box.addEventListener("change", () => choose(box.checked ? [...chosen, person.user_id] : chosen.filter((id) => id !== person.user_id)));
    const label = el("label", {}, box, avatar(person.user_id, person.name), el("span", { className: "who" }, el("b", {}, person.name), el("small", {}, person.role)));
    if (unread.get(person.user_id)) label.append(el("span", { className: "badge" }, String(unread.get(person.user_id))));
    return el("li", {}, label);
  }));
  $("cast-dialog").showModal();
}

$("cast-dialog").addEventListener("click", (event) => { if (event.target === $("cast-dialog")) $("cast-dialog").close(); });
