// Small helps on top of pages that work without them.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  document.documentElement.dataset.script = "";

  // "/" opens search from anywhere.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); location.href = search.href; }
  });

  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

  // Go to what is wrong.
  const faults = document.querySelector(".faults");
  if (faults) { faults.tabIndex = -1; faults.focus(); }

  // Said where one looks: beside the button that was pressed, or else at the head of the form.
  const tell = (form, said, button) => {
    let notice = form.querySelector(".notice.kept");
    if (!notice) {
      notice = document.createElement("p");
      notice.className = "notice mind kept";
      notice.setAttribute("role", "status");
    }
    if (button) (button.closest(".actions, .moods") ?? button).before(notice); else form.prepend(notice);
    notice.textContent = said;
  };

  // Without a connection a form stays where it is, with everything that was typed.
  document.addEventListener("submit", (event) => {
    if (navigator.onLine || event.target.method !== "post") return;
    event.preventDefault();
    tell(event.target, words.offline, event.submitter);
  });

  // Where one was when a form was sent, for whoever has to sign in first.
  document.addEventListener("submit", (event) => {
    if (event.target.method === "post") sessionStorage.setItem("place", location.pathname + location.search);
  });
  if (location.pathname === "/sign-in" && new URLSearchParams(location.search).get("why") === "sent") {
    const place = sessionStorage.getItem("place");
    if (place) for (const back of document.querySelectorAll("main [name=back]")) back.value = place;
  }

  // A sign-in is not over without a warning; typing is being there, and what happens in one tab counts in the others.
  const session = document.getElementById("session");
  if (session && words.idle) {
    const idle = words.idle * 1000, latest = Date.now() + words.left * 1000, warned = Math.min(120000, idle / 4);
    const seen = () => Number(localStorage.getItem("seen") ?? 0);
    const here = () => localStorage.setItem("seen", Date.now());
    const stay = () => fetch("/session", { redirect: "manual" }).then((answer) => { if (answer.ok) here(); look(); });
    const look = () => {
      const now = Date.now(), over = Math.min(seen() + idle, latest), isLatest = latest <= seen() + idle;
      if (now >= over) {
        const back = encodeURIComponent(location.pathname + location.search);
        return location.assign(`/sign-in?why=${isLatest ? "latest" : "idle"}&back=${back}`);
      }
      const isSoon = over - now <= warned;
      for (const line of session.querySelectorAll("[data-when]")) {
        line.hidden = (line.dataset.when === "latest") !== isLatest;
      }
      document.getElementById("session-stay").hidden = isLatest;
      if (isSoon && session.hidden) {
        session.hidden = false;
        if (!isLatest && document.activeElement === document.body) document.getElementById("session-stay").focus();
      } else if (!isSoon) session.hidden = true;
    };
    here();
    setInterval(look, 5000);
    document.getElementById("session-stay").addEventListener("click", () => stay().catch(() => {}));
    document.addEventListener("input", () => { if (Date.now() - seen() > idle / 6) stay().catch(() => {}); });
  }

  // A date of which only a part was typed is sent as nothing at all: it is asked for here, at its field.
  document.addEventListener("submit", (event) => {
    const half = [...event.target.elements].find((field) => field.validity?.badInput);
    if (!half || event.defaultPrevented) return;
    event.preventDefault();
    const id = half.id + "-fault";
    let fault = document.getElementById(id);
    if (!fault) {
      fault = document.createElement("p");
      fault.id = id;
      fault.className = "fault";
      fault.setAttribute("role", "alert");
      half.before(fault);
      half.setAttribute("aria-describedby", [half.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
    }
    fault.textContent = words.half;
    half.setAttribute("aria-invalid", "true");
    half.focus();
  });

  // Drafts: what is typed is kept in this browser until the server has it, sealed under a key that can't be taken out,
  // for this person only and for a day.
  const user = document.documentElement.dataset.user;
  const forms = [...document.querySelectorAll("form[data-draft]")];
  if (!user || !window.indexedDB || !window.crypto?.subtle) return;

  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const opened = (() => {
    const request = indexedDB.open("geland", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept");
    return asked(request);
  })();
  const store = async (mode) => (await opened).transaction("kept", mode).objectStore("kept");
  const get = async (name) => asked((await store("readonly")).get(name));
  const put = async (name, value) => asked((await store("readwrite")).put(value, name));
  const drop = async (name) => asked((await store("readwrite")).delete(name));

  const key = (async () => {
    const own = await get("key");
    if (own?.user === user) return own.key;
    await asked((await store("readwrite")).clear());
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await put("key", { user, key: made });
    return made;
  })();

  const fields = (form) => [...form.elements].filter((field) =>
    field.name && !/^(hidden|password|submit|button|file)$/.test(field.type));

  const keep = async (form) => {
    const typed = fields(form).map((field) =>
      [field.name, field.value, /^(radio|checkbox)$/.test(field.type) ? field.checked : null]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(typed));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, plain);
    await put("draft:" + form.dataset.draft, { iv, sealed, at: Date.now() });
  };

  const bring = async (form) => {
    const name = "draft:" + form.dataset.draft;
    const draft = await get(name);
    if (!draft) return;
    if (Date.now() - draft.at > 864e5) return drop(name);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: draft.iv }, await key, draft.sealed);
    let brought = false;
    for (const [field, value, checked] of JSON.parse(new TextDecoder().decode(plain))) {
      const place = fields(form).find((one) => one.name === field && (checked === null || one.value === value));
      if (!place) continue;
      if (checked !== null) { place.checked = checked; continue; }
      if (value && place.value !== value) { place.value = value; brought = true; }
    }
    if (brought) tell(form, form.dataset.back);
  };

  // The server has it: the draft may go.
  const sent = sessionStorage.getItem("sent");
  if (sent && document.querySelector(".notice.good[role=status]")) {
    sessionStorage.removeItem("sent");
    drop("draft:" + sent).catch(() => {});
  }

  for (const form of forms) {
    let waiting;
    if (!faults) key.then(() => bring(form)).catch(() => {});
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(form).catch(() => {}), 300);
    });
    form.addEventListener("submit", () => sessionStorage.setItem("sent", form.dataset.draft));
  }
})();

// On a phone the places one may go scroll sideways; the one where one is stands in sight.
for (const here of document.querySelectorAll("nav [aria-current]")) {
  const [place, row] = [here.getBoundingClientRect(), here.parentElement.getBoundingClientRect()];
  here.parentElement.scrollLeft += place.left - row.left - (row.width - place.width) / 2;
}
