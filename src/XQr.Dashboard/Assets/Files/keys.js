// Keyboard shortcuts: data-shortcut has the letter of a link, data-go the letter after G, at any time. They can be switched off.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector) => [...document.querySelectorAll(selector)];
const setting = "xqr-shortcuts";
const isMac = /^(Mac|iP)/.test(navigator.platform);
const palette = $("#palette");
const enabled = () => localStorage.getItem(setting) !== "off";
const types = (element) => element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select");
let goes = false;

const search = () => {
  palette.showModal();
  import(palette.dataset.module);
};

// The first link of a row has the focus, so that Enter opens the row.
const rowSelector = "main :is(tbody tr, .list > li)";
const linkSelector = ":is(th, .grow) a";
const focusedRow = () => document.activeElement.closest(rowSelector);
const move = (step) => {
  const rows = $$(rowSelector).filter((row) => $(linkSelector, row));
  const next = rows[Math.max(0, rows.indexOf(focusedRow()) + step)] ?? rows.at(-1);
  next?.querySelector(linkSelector).focus();
};

// Follows a link of the row that has the focus, or of the page, if it is that of a link.
const follow = (end) => {
  const row = focusedRow();
  const [address] = (row ? $(linkSelector, row)?.href ?? "" : location.href).split(/[?#]/);
  if (/\/links\/[\da-f-]{36}$/.test(address)) {
    const link = $(`[href$="${end}"]`, row ?? $(".page-head"));
    link ? link.click() : location.assign(address + end);
  }
};

// Closing menus and dialogs is not done here.
const leave = () => {
  const selected = $$("[data-select]:checked");
  selected.forEach((box) => box.click());
  if (selected.length === 0 && focusedRow()) {
    document.activeElement.blur();
  }
};

const actions = {
  "/"() {
    const field = $("main [type=search]");
    field?.focus();
    field ? field.select() : search();
  },
  "?": () => $("#shortcuts").showModal(),
  j: () => move(1),
  k: () => move(-1),
  e: () => follow("/edit"),
  q: () => follow("#qr"),
  x: () => focusedRow()?.querySelector("[data-select]")?.click(),
  escape: leave,
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !event.key || event.altKey || !enabled()) {
    return;
  }
  const key = event.key.toLowerCase();
  const open = $("dialog[open]");
  if (event.ctrlKey || event.metaKey) {
    if (key === "k" && !event.shiftKey && event.metaKey === isMac && (!open || open === palette)) {
      event.preventDefault();
      open ? palette.close() : search();
    }
    return;
  }
  if (open || types(event.target)) {
    return;
  }
  const letter = CSS.escape(key);
  const link = (goes && $(`[data-go="${letter}"]`)) || $(`[data-shortcut="${letter}"]`);
  const action = link ? () => link.click() : actions[key];
  goes = key === "g";
  if (action) {
    event.preventDefault();
    action();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-palette]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    search();
  }
});

const show = () => (document.documentElement.dataset.shortcuts = enabled() ? "on" : "off");
const box = $("[data-shortcuts-on]");
box.checked = enabled();
box.addEventListener("change", () => {
  localStorage.setItem(setting, box.checked ? "on" : "off");
  show();
});
if (isMac) {
  $$("[data-control]").forEach((hint) => (hint.textContent = "⌘"));
}
show();
