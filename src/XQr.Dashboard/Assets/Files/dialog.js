// On wide screens the forms of links open in a dialog over the page, at their own addresses.
const forms = /\/links\/(new|[^/]+\/(edit|delete))$/;
const dialog = document.createElement("dialog");
dialog.className = "dialog form-dialog";
dialog.setAttribute("aria-labelledby", "dialog-title");
const $ = (selector) => dialog.querySelector(selector);
const content = () => `${new URLSearchParams(new FormData($("form")))}`;
const fetchPart = (url, init) => fetch(url, { ...init, headers: { "HX-Request": "true" } }).catch(() => null);
let shown;

const show = (html, focus) => {
  htmx.swap(dialog, html, { swapStyle: "innerHTML" });
  $("h1").id = "dialog-title";
  if (!dialog.open) {
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    document.body.append(dialog);
    dialog.showModal();
  }
  ($("[autofocus]") ?? (focus && $(focus)) ?? $(".field :is(input, select, textarea), [data-close]")).focus();
};

const open = async (url, isNew) => {
  const opening = (shown = { path: url.pathname, title: shown?.title ?? document.title });
  const response = await fetchPart(url);
  const html = response?.ok && (await response.text());
  if (shown !== opening) {
    return;
  }
  if (!html) {
    // The page leads to the sign-in, or says what is wrong.
    location.assign(url);
    return;
  }
  if (isNew) {
    history.replaceState({ htmx: true }, "");
    history.pushState({ htmx: true, isDialog: true }, "", url);
  }
  show(html);
  shown.content = content();
};

const close = () => {
  const { path, title, next } = shown;
  shown = undefined;
  dialog.close();
  document.title = title;
  if (next) {
    // A person who changes a link of a list stays in the list, with its filter.
    const here = new URL(location);
    const stays = next.pathname === here.pathname || (path.endsWith("/edit") && document.querySelector("#results"));
    here.searchParams.set("done", next.searchParams.get("done"));
    location[stays ? "replace" : "assign"](stays ? here : next);
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (link && innerWidth >= 900 && forms.test(link.pathname) && !link.hash
    && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    const isNew = link.pathname !== location.pathname;
    if (isNew !== Boolean(shown)) {
      event.preventDefault();
      open(new URL(link.href), isNew);
    }
  }
});

const leave = (event) => {
  event.preventDefault();
  event.stopPropagation();
  history.back();
};
dialog.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (event.target === dialog || event.target.closest("[data-close]")) {
    leave(event);
  } else if (link) {
    event.preventDefault();
    document.getElementById(link.getAttribute("href").slice(1)).focus();
  }
});
dialog.addEventListener("cancel", leave);
// Browsers do not let a page refuse the second of two Escapes.
dialog.addEventListener("close", (event) => shown && leave(event));

dialog.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (form.dataset.state !== "native") {
    event.preventDefault();
  }
  if (form.dataset.state) {
    return;
  }
  form.dataset.state = "sending";
  const body = new URLSearchParams(new FormData(form, submitter));
  const response = await fetchPart(form.getAttribute("action"), { method: "POST", body });
  const html = response && (await response.text());
  if (!shown) {
    return;
  }
  if (response?.status === 204) {
    shown.next = new URL(response.headers.get("HX-Redirect"), location);
    history.back();
  } else if (!response || response.status === 401 || response.headers.has("HX-Refresh")) {
    // The browser itself shows the sign-in with the form, or the error.
    form.dataset.state = "native";
    form.requestSubmit(submitter);
  } else {
    show(html, submitter?.value && `[value="${submitter.value}"]`);
  }
});

// Back closes the dialog, and forward opens it again. htmx would load the whole page.
addEventListener("popstate", (event) => {
  if (shown?.content) {
    event.stopImmediatePropagation();
    if (location.pathname !== shown.path) {
      if (shown.next || content() === shown.content || confirm($("[data-discard]").dataset.discard)) {
        close();
      } else {
        history.forward();
        dialog.open || dialog.showModal();
      }
    }
  } else if (event.state?.isDialog) {
    event.stopImmediatePropagation();
    open(new URL(location), false);
  }
}, true);
