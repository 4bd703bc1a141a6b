// One phone: the chat of one person with the bot.

import { DAY, avatar, el, format, icon, post, spoken, word } from "./tools.js";
import { fill, messageItem } from "./message.js";

const ICONS = {
  more: "M12 5v.01M12 12v.01M12 19v.01",
  send: "M4 12 20 5l-5 15-4-6zM11 14l9-9",
  menu: "M5 8h14M5 12h14M5 16h14",
  down: "m6 9 6 6 6-6",
};
const EXTRAS = ["sticker", "voice", "photo", "file", "location", "contact"];

export class Phone {
  constructor(person) {
    this.person = person;
    this.commands = [];
    this.items = new Map();
    this.act = { press: (message, data) => this.press(message, data), say: (text) => this.say(text) };
    this.build();
  }

  // The whole chat at once: at first, and after the line was lost. What came in since that state was read stays.
  show(state) {
    this.commands = state.commands;
    const known = new Set(state.messages.map((message) => message.message_id));
    const newest = Math.max(0, ...known);
    for (const id of [...this.items.keys()]) if (!known.has(id) && id <= newest) this.remove(id);
    state.messages.forEach((message) => this.place(message));
    this.refreshDays();
    this.showKeyboard(state.keyboard);
    this.showBlocked(state.blocked);
    if (this.atEnd) this.toEnd();
    this.list.setAttribute("aria-busy", "false");
  }

  // Something happened in this chat.
  hear(event) {
    if (event.kind === "message" && event.message) {
      this.put(event.message);
      this.showKeyboard(event.keyboard ?? []);
      if (event.message.from_bot) this.showAction(null);
    } else if (event.kind === "deleted") this.remove(event.message_id);
    else if (event.kind === "action") this.showAction(event.action);
    else if (event.kind === "answered") this.answered(event);
    else if (event.kind === "menu") this.commands = event.commands;
    else if (event.kind === "blocked") this.showBlocked(event.blocked);
  }

  put(message) {
    const isNew = !this.items.has(message.message_id);
    this.place(message);
    if (!isNew) return;
    this.refreshDays();
    if (this.atEnd || !message.from_bot) this.toEnd();
  }

  // Draws a message where it belongs; an older state of it than the one on the screen is left aside.
  place(message) {
    const id = message.message_id;
    const old = this.items.get(id);
    if (!old) {
      const item = messageItem(message, this.act);
      const later = [...this.items.keys()].filter((other) => other > id);
      if (later.length) this.items.get(Math.min(...later)).before(item);
      else this.list.append(item);
      this.items.set(id, item);
    } else if (Number(old.dataset.revision) < message.revision) {
      const focused = old.contains(document.activeElement) ? document.activeElement.dataset.button : null;
      fill(old, message, this.act);
      if (focused) old.querySelector(`[data-button="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
    this.empty.hidden = true;
    this.refreshStart();
  }

  remove(id) {
    this.items.get(id)?.remove();
    this.items.delete(id);
    this.refreshDays();
  }

  async say(text) {
    text = text.trim();
    if (!text) return;
    this.input.value = "";
    this.resize();
    this.closePopups();
    await post("/page/say", { user: this.person.user_id, text });
  }

  async press(message, data) {
    const item = this.items.get(message);
    const button = item?.querySelector(`[data-button="${CSS.escape(data)}"]`);
    button?.classList.add("waiting");
    setTimeout(() => button?.classList.remove("waiting"), 8000);
    await post("/page/press", { user: this.person.user_id, message, data });
  }

  answered({ text, show_alert }) {
    this.list.querySelectorAll(".waiting").forEach((button) => button.classList.remove("waiting"));
    if (!text) return;
    if (show_alert) {
      this.alertText.textContent = text;
      this.alert.hidden = false;
      this.alert.querySelector("button").focus();
      return;
    }
    this.toast.textContent = text;
    this.toast.classList.add("shown");
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => this.toast.classList.remove("shown"), 3500);
  }

  showAction(action) {
    clearTimeout(this.actionTimer);
    this.status.textContent = action ? word("typing") : word("bot");
    this.status.classList.toggle("active", Boolean(action));
    if (action) this.actionTimer = setTimeout(() => this.showAction(null), 5000);
  }

  showKeyboard(rows) {
    const keys = rows.map((row) => el("div", { className: "keys-row" }, ...row.map((label) => {
      const key = el("button", { type: "button", className: "key" }, label);
      key.addEventListener("click", () => this.say(label));
      return key;
    })));
    this.keyboard.replaceChildren(...keys);
    this.keyboard.hidden = rows.length === 0;
  }

  showBlocked(blocked) {
    this.blocked = blocked;
    this.refreshStart();
  }

  // Instead of the typing field: a blocked bot must be let in, an empty chat is started.
  refreshStart() {
    const fresh = this.items.size === 0;
    this.form.hidden = this.blocked || fresh;
    this.start.hidden = !this.form.hidden;
    this.start.textContent = this.blocked ? word("unblock") : word("start");
  }

  refreshDays() {
    this.list.querySelectorAll(".day").forEach((day) => day.remove());
    let last = null;
    for (const item of this.list.querySelectorAll("[data-message]")) {
      if (item.dataset.day !== last) {
        last = item.dataset.day;
        item.before(el("li", { className: "day", role: "presentation" }, el("span", {}, this.dayName(item))));
      }
    }
  }

  dayName(item) { // In the language of the person who holds the phone.
    return format(Number(item.dataset.date), DAY, this.person.language);
  }

  isAtEnd() { return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 60; }

  toEnd() {
    this.atEnd = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  // Who reads the newest keeps reading it when a picture arrives, a message grows or the keyboard opens.
  followEnd() {
    this.atEnd = true;
    let last = 0;
    this.scroller.addEventListener("scroll", () => {
      const upwards = this.scroller.scrollTop < last;
      last = this.scroller.scrollTop;
      this.atEnd = this.isAtEnd() || (this.atEnd && !upwards);
      this.jump.hidden = this.atEnd;
    }, { passive: true });
    const grown = new ResizeObserver(() => { if (this.atEnd) this.toEnd(); });
    grown.observe(this.list);
    grown.observe(this.scroller);
  }

  build() {
    const { user_id, name, role } = this.person;
    this.status = el("small", { className: "status" }, word("bot"));
    const more = this.iconButton("more", ICONS.more, "flat");
    const top = el("header", { className: "top" },
      avatar(0, "导", "bot"), el("span", { className: "who" }, el("b", {}, "daoyu 导育"), this.status), more);
    this.list = el("ol", { className: "messages", role: "log", "aria-live": "polite", "aria-busy": "true", "aria-label": `${spoken("chat")} ${name}` });
    this.empty = el("p", { className: "empty" }, word("empty"));
    this.scroller = el("div", { className: "scroller", tabIndex: 0 }, this.empty, this.list);
    this.jump = this.iconButton("close", ICONS.down, "jump");
    this.jump.setAttribute("aria-label", spoken("newest"));
    this.jump.hidden = true;
    this.jump.addEventListener("click", () => this.toEnd());
    this.followEnd();
    this.toast = el("div", { className: "toast", role: "status", "data-toast": "" });
    this.keyboard = el("div", { className: "reply-keyboard", hidden: true });
    this.commandList = el("ul", { className: "popup command-list", hidden: true, role: "listbox", "aria-label": spoken("menu") });
    this.moreList = el("ul", { className: "popup more-list", hidden: true, role: "menu" });
    this.alertText = el("p");
    const ok = el("button", { type: "button", className: "primary" }, word("close") || "OK");
    ok.addEventListener("click", () => { this.alert.hidden = true; this.input.focus(); });
    this.alert = el("div", { className: "alert", role: "alertdialog", "aria-label": spoken("alert"), "data-alert": "", hidden: true },
      el("div", {}, this.alertText, ok));
    this.picker = el("input", { type: "file", hidden: true, tabIndex: -1 });
    this.picker.addEventListener("change", () => this.uploadPicked());
    this.start = el("button", { type: "button", className: "start", "data-start": "" });
    this.start.addEventListener("click", () => this.pressStart());
    this.buildForm();
    const screen = el("div", { className: "screen" }, top, this.moreList, this.scroller, this.jump, this.toast, this.commandList,
      this.form, this.start, this.keyboard, this.alert, this.picker);
    const owner = el("div", { className: "owner" }, avatar(user_id, name), el("b", {}, name), el("span", {}, role));
    this.node = el("section", { className: "phone", "data-phone": user_id, role: "group", "aria-label": `${name}, ${role}` }, owner, screen);
    more.setAttribute("aria-haspopup", "menu");
    more.addEventListener("click", () => this.toggleMore());
    this.node.addEventListener("keydown", (event) => { if (event.key === "Escape") this.closePopups(); });
    document.addEventListener("pointerdown", (event) => { if (!this.node.contains(event.target)) this.closePopups(); });
    this.scroller.addEventListener("pointerdown", () => this.closePopups());
    this.refreshStart();
  }

  buildForm() {
    const menu = el("button", { type: "button", className: "menu-button", "data-menu": "", "aria-haspopup": "listbox" }, icon(ICONS.menu), word("menu"));
    menu.setAttribute("aria-label", spoken("menu"));
    menu.addEventListener("click", () => this.commandList.hidden ? this.openCommands("") : this.closePopups());
    this.input = el("textarea", { rows: 1, placeholder: word("message"), "data-input": "", maxLength: 4096, "aria-label": `${spoken("message")} ${this.person.name}` });
    this.input.addEventListener("input", () => { this.resize(); this.complete(); });
    this.input.addEventListener("keydown", (event) => this.keyInInput(event));
    const send = this.iconButton("send", ICONS.send, "send");
    send.dataset.send = "";
    send.type = "submit";
    this.form = el("form", { className: "write" }, menu, this.input, send);
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.say(this.input.value); this.input.focus(); });
  }

  keyInInput(event) {
    if (event.isComposing) return; // Enter chooses a Chinese word here.
    const options = [...this.commandList.querySelectorAll("button")];
    if (!this.commandList.hidden && options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      options.at(event.key === "ArrowDown" ? 0 : -1).focus();
    } else if (event.key === "Tab" && !this.commandList.hidden && options.length && !event.shiftKey) {
      event.preventDefault();
      this.input.value = `${options[0].dataset.command} `;
      this.closePopups();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.say(this.input.value);
    }
  }

  complete() {
    const typed = this.input.value;
    if (/^\/\w*$/.test(typed)) this.openCommands(typed.slice(1));
    else this.commandList.hidden = true;
  }

  openCommands(prefix) {
    this.moreList.hidden = true;
    const fitting = this.commands.filter(([command]) => command.startsWith(prefix.toLowerCase()));
    this.commandList.replaceChildren(...fitting.map(([command, description]) => {
      const button = el("button", { type: "button", role: "option", "data-command": `/${command}` }, el("b", {}, `/${command}`), el("span", {}, description));
      button.addEventListener("click", () => { this.say(`/${command}`); this.input.focus(); });
      return el("li", { role: "presentation" }, button);
    }));
    this.commandList.hidden = fitting.length === 0;
    this.commandList.onkeydown = (event) => walk(event, this.commandList);
  }

  toggleMore() {
    if (!this.moreList.hidden) return this.closePopups();
    this.commandList.hidden = true;
    const names = [...EXTRAS, this.blocked ? "unblock" : "block"];
    this.moreList.replaceChildren(...names.map((name) => {
      const button = el("button", { type: "button", role: "menuitem", "data-do": name, className: name === "block" ? "danger" : "" }, word(name) || name);
      button.addEventListener("click", () => this.extra(name));
      return el("li", { role: "presentation" }, button);
    }));
    this.moreList.hidden = false;
    this.moreList.onkeydown = (event) => walk(event, this.moreList);
    this.moreList.querySelector("button").focus();
  }

  async extra(name) {
    this.closePopups();
    if (name === "file") return this.picker.click();
    if (name === "photo") return this.upload("photo.png", await drawing(this.person.user_id));
    await post("/page/do", { user: this.person.user_id, what: name });
  }

  async uploadPicked() {
    for (const file of this.picker.files) await this.upload(file.name, file);
    this.picker.value = "";
  }

  async upload(name, blob) {
    const query = new URLSearchParams({ user: this.person.user_id, name });
    await fetch(`/page/upload?${query}`, { method: "POST", headers: { "content-type": "application/octet-stream" }, body: blob });
  }

  pressStart() {
    if (this.blocked) return post("/page/do", { user: this.person.user_id, what: "unblock" });
    return this.say("/start");
  }

  closePopups() {
    this.commandList.hidden = true;
    this.moreList.hidden = true;
  }

  resize() {
    this.input.style.height = "";
    if (this.input.value) this.input.style.height = `${Math.min(this.input.scrollHeight, 120)}px`;
  }

  iconButton(name, path, className) {
    return el("button", { type: "button", className: `icon ${className}`, "aria-label": spoken(name), title: word(name) }, icon(path));
  }
}

// Arrow keys go through a popup.
function walk(event, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...list.querySelectorAll("button")];
  const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
  buttons[next].focus();
}

// A picture to send: soft hills under a sun, tinted by who sends it.
function drawing(seed) {
  const canvas = el("canvas", { width: 480, height: 320 });
  const paint = canvas.getContext("2d");
  const hue = (seed * 47) % 360;
  const sky = paint.createLinearGradient(0, 0, 0, 320);
  sky.addColorStop(0, `hsl(${hue} 70% 78%)`);
  sky.addColorStop(1, `hsl(${hue + 40} 80% 92%)`);
  paint.fillStyle = sky;
  paint.fillRect(0, 0, 480, 320);
  paint.fillStyle = "hsl(45 95% 70%)";
  paint.beginPath();
  paint.arc(360, 90, 42, 0, 7);
  paint.fill();
  [[200, 55], [240, 42], [280, 32]].forEach(([height, light], index) => {
    paint.fillStyle = `hsl(${hue + 100} 30% ${light}%)`;
    paint.beginPath();
    paint.moveTo(0, 320);
    for (let x = 0; x <= 480; x += 8) paint.lineTo(x, height + Math.sin(x / (60 + index * 25) + index * 2) * 22);
    paint.lineTo(480, 320);
    paint.fill();
  });
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
