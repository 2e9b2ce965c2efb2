// Keyboard shortcuts: data-shortcut has the letter of a link, data-go the letter after G. They can be switched off.
const $ = (selector) => document.querySelector(selector);
const setting = "xqr-shortcuts";
const never = -1e6;
const enabled = () => localStorage.getItem(setting) !== "off";
const types = (element) => element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select");
let goPressed = never;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !enabled() || $("dialog[open]") || types(event.target)) {
    return;
  }
  const letter = CSS.escape(event.key.toLowerCase());
  const link = $(event.timeStamp - goPressed < 1500 ? `[data-go="${letter}"]` : `[data-shortcut="${letter}"]`);
  const search = event.key === "/" ? $("main [type=search]") : null;
  const help = event.key === "?" ? $("#shortcuts") : null;
  goPressed = event.key === "g" && !link ? event.timeStamp : never;
  if (link || search || help) {
    event.preventDefault();
    link?.click();
    search?.focus();
    search?.select();
    help?.showModal();
  }
});

const box = $("[data-shortcuts-on]");
if (box) {
  box.checked = enabled();
  box.addEventListener("change", () => localStorage.setItem(setting, box.checked ? "on" : "off"));
}
