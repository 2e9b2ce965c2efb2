// The page of an outage asks whether its address responds again, and only then shows it, so that nothing changes while a person reads.
const { seconds } = document.querySelector("script[data-seconds]").dataset;
const ask = async () => {
  const { ok } = await fetch(location, { method: "HEAD" }).catch(() => ({ ok: false }));
  if (ok) {
    location.reload();
  } else {
    setTimeout(ask, seconds * 1000);
  }
};
setTimeout(ask, seconds * 1000);
