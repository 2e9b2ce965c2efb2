// The search of the frame. Pages and commands are in the page, and links come from the server.
const dialog = document.getElementById("palette");
const form = dialog.querySelector("[data-search]");
const input = dialog.querySelector("input");
const list = dialog.querySelector("[role=listbox]");
const links = dialog.querySelector("[data-links]");
const status = dialog.querySelector("[role=status]");
const pause = 150;
const retryAfter = 5000;
let active, request, timer;
let ids = 0;

const optionsIn = (root) => [...root.querySelectorAll("[role=option]:not([hidden])")];
const entries = optionsIn(list);

const choose = (option) => {
  active?.removeAttribute("aria-selected");
  active = option;
  if (option) {
    option.id ||= `option-${++ids}`;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
  }
  input.setAttribute("aria-activedescendant", option?.id ?? "");
};

// Tells the number of results, or that the search failed.
const tell = (state) => {
  const count = optionsIn(list).length;
  const { failed, none, one, many } = status.dataset;
  status.classList.toggle("error", state === "failed");
  status.textContent = state === "waiting" ? "" : state === "failed" ? failed : count === 0 ? none : count === 1 ? one : many.replace("{0}", count);
};

const show = (html) => {
  links.innerHTML = html;
  for (const part of [...list.querySelectorAll("[role=group]"), list]) {
    part.hidden = optionsIn(part).length === 0;
  }
  input.setAttribute("aria-expanded", !list.hidden);
};

const find = async () => {
  request = new AbortController();
  const { signal } = request;
  try {
    const response = await fetch(`${form.dataset.search}?${new URLSearchParams({ q: input.value })}`, {
      headers: { "HX-Request": "true", "HX-Current-URL": location.href },
      signal,
    });
    const signIn = response.headers.get("HX-Redirect");
    if (signIn) {
      location.href = signIn;
      return;
    }
    if (!response.ok) {
      throw new Error(response.statusText);
    }
    show(await response.text());
    choose(active ?? optionsIn(list)[0]);
    tell("found");
  } catch {
    if (!signal.aborted) {
      show("");
      tell("failed");
      timer = setTimeout(find, retryAfter);
    }
  }
};

// Pages and commands that have all words of the text are shown at once. One request is sent for each pause, and replaces the one before.
const update = () => {
  clearTimeout(timer);
  request?.abort();
  const text = input.value.trim().toLowerCase();
  const words = text.split(/\s+/);
  entries.forEach((entry) => (entry.hidden = !words.every((word) => entry.textContent.toLowerCase().includes(word))));
  show(text ? links.innerHTML : "");
  choose(text ? optionsIn(list).find((option) => entries.includes(option)) : undefined);
  tell("waiting");
  if (text) {
    timer = setTimeout(find, pause);
  }
};

input.addEventListener("input", update);
input.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.isComposing) {
    return;
  }
  if (step) {
    event.preventDefault();
    const options = optionsIn(list);
    const index = options.indexOf(active);
    choose(options.at(index < 0 && step < 0 ? -1 : (index + step) % options.length));
  } else if (event.key === "Enter" && (active || !input.value.trim())) {
    event.preventDefault();
    active?.click();
  }
});
list.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
  if (target.closest("[role=option]") && !ctrlKey && !metaKey && !shiftKey) {
    dialog.close();
  }
});
dialog.addEventListener("close", () => {
  form.reset();
  update();
});
update();
