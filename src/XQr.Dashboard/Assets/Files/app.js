// Behaviour that all pages share. Every page also works without it.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (type, handle, options) => document.addEventListener(type, handle, options);

// Times and numbers in the language and time zone of the browser.
let language = "en";
try {
  [language] = Intl.getCanonicalLocales(navigator.language);
} catch {}
const units = [["year", 31536e6], ["month", 2592e6], ["day", 864e5], ["hour", 36e5], ["minute", 6e4]];
const relative = (date) => {
  const difference = date - Date.now();
  const [unit, size] = units.find(([, length]) => Math.abs(difference) >= length) ?? ["minute", 6e4];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.trunc(difference / size), unit);
};
const number = new Intl.NumberFormat(language);
const localize = (root) => {
  for (const data of $$("data[value]", root)) {
    if (data.childElementCount === 0 && data.value !== "" && isFinite(data.value)) {
      data.textContent = number.format(data.value);
    }
  }
  for (const time of $$("time[datetime]", root)) {
    const date = new Date(time.dateTime);
    if (isNaN(date) || time.title) {
      continue;
    }
    const day = time.dateTime.length === 10;
    const style = { dateStyle: "medium", ...(day ? { timeZone: "UTC" } : { timeStyle: "short" }) };
    const text = new Intl.DateTimeFormat(language, style).format(date);
    const isRelative = "relative" in time.dataset;
    time.title = isRelative ? text : time.textContent.trim();
    time.textContent = isRelative ? relative(date) : text;
  }
};

// Messages for screen readers.
const live = document.createElement("div");
live.className = "visually-hidden";
live.role = "status";
document.body.append(live);

on("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) {
    return;
  }
  const text = button.dataset.copy || $(button.dataset.copyFrom)?.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    (button.closest("dialog") ?? document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.dataset.copied = "";
  live.textContent = $(".done", button)?.textContent.trim() ?? "";
  setTimeout(() => {
    delete button.dataset.copied;
    live.textContent = "";
  }, 2000);
});

// Sharing, where the browser offers it.
for (const button of navigator.share ? $$("[data-share]") : []) {
  button.hidden = false;
  button.onclick = () => navigator.share({ url: button.dataset.share }).catch(() => {});
}

// Menus: one is open at a time, and a menu in a table that scrolls is not cut off.
const menus = () => $$("details.menu[open]");
const closeMenus = (filter) => menus().filter(filter).forEach((menu) => (menu.open = false));
on("toggle", ({ target }) => {
  if (!target.matches?.("details.menu[open]")) {
    return;
  }
  const list = $(".menu-list", target);
  if (target.closest(".table-scroll")) {
    const { bottom, right, top } = target.getBoundingClientRect();
    const below = bottom + list.offsetHeight + 8 < innerHeight;
    Object.assign(list.style, {
      position: "fixed",
      right: `${document.documentElement.clientWidth - right}px`,
      top: below ? `${bottom + 4}px` : `${Math.max(8, top - list.offsetHeight - 4)}px`,
    });
  }
  closeMenus((menu) => menu !== target);
}, true);
on("click", ({ target }) => closeMenus((menu) => !menu.contains(target)));
on("keydown", (event) => {
  if (event.key === "Escape") {
    menus().forEach((menu) => {
      event.preventDefault();
      menu.open = false;
      $("summary", menu).focus();
    });
  }
});
on("scroll", ({ target }) => closeMenus((menu) => menu.closest(".table-scroll") && target.contains(menu)), true);

// Dialogs: data-dialog has the id. A link with it leads to a page that does the same.
on("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    closeMenus(() => true);
    dialog.showModal();
  } else if (event.target.matches("dialog[open]")) {
    event.target.close();
  }
});

// Selection of rows.
const select = () => {
  const rows = $$("[data-select]");
  const count = rows.filter((row) => row.checked).length;
  for (const all of $$("[data-select-all]")) {
    all.checked = count > 0 && count === rows.length;
    all.indeterminate = count > 0 && count < rows.length;
  }
  $$("[data-bulk-bar]").forEach((bar) => (bar.hidden = count === 0));
  $$("[data-selected-count]").forEach((output) => (output.textContent = number.format(count)));
};
let last;
on("click", ({ target, shiftKey }) => {
  if (target.matches("[data-select]")) {
    const rows = $$("[data-select]");
    const [from, to] = [rows.indexOf(last), rows.indexOf(target)].sort((a, b) => a - b);
    if (shiftKey && from >= 0) {
      rows.slice(from, to + 1).forEach((row) => (row.checked = target.checked));
    }
    last = target;
    select();
  }
});
on("change", ({ target }) => {
  if (target.matches("[data-select-all]")) {
    $$("[data-select]").forEach((row) => (row.checked = target.checked));
    select();
  }
});

// A form is sent once, however often its button is pressed.
on("submit", (event) => {
  const form = event.target;
  if (form.method === "post" && !event.defaultPrevented) {
    if (form.dataset.sent) {
      event.preventDefault();
    }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 3000);
  }
});

const start = (root) => {
  localize(root);
  select();
};
on("htmx:load", ({ target }) => start(target));
$$("button[data-dialog]").forEach((button) => (button.hidden = false));
const url = new URL(location);
if (url.searchParams.has("done")) {
  url.searchParams.delete("done");
  history.replaceState(history.state, "", url);
}
start(document);
