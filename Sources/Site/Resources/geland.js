// Small helps on top of pages that work without them.
(() => {
  "use strict";

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

  const tell = (form, words) => {
    let notice = form.querySelector(".notice.kept");
    if (!notice) {
      notice = document.createElement("p");
      notice.className = "notice mind kept";
      notice.setAttribute("role", "status");
      form.prepend(notice);
    }
    notice.textContent = words;
  };

  // Without a connection a form stays where it is, with everything that was typed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (navigator.onLine || !form.dataset.offline) return;
    event.preventDefault();
    tell(form, form.dataset.offline);
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
document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// Words that could be kinder: underlined while one writes, with another to take. Help only; nothing is blocked.
(() => {
  "use strict";
  const areas = [...document.querySelectorAll("textarea[data-words]")];
  if (!areas.length) return;
  const kept = new Set(JSON.parse(sessionStorage.getItem("kept-words") ?? "[]"));
  const made = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text ?? "" });

  const help = (area, list) => {
    const byForm = new Map(list.words.flatMap((word) => word.forms.map((form) => [form.toLowerCase(), word])));
    const forms = [...byForm.keys()].sort((one, other) => other.length - one.length)
      .map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (!forms.length) return;
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.join("|")})(?![\\p{L}\\p{N}])`, "giu");
    const frame = made("div", "words-help");
    const under = made("div", "words-under");
    under.setAttribute("aria-hidden", "true");
    const hints = made("div", "words-hints");
    hints.setAttribute("role", "status");
    area.before(frame);
    frame.append(under, area);
    frame.after(hints);

    const found = () => [...area.value.matchAll(pattern)].filter((one) => !kept.has(byForm.get(one[0].toLowerCase()).word));

    const take = (word) => {
      const text = area.value.replace(pattern, (form) => {
        if (byForm.get(form.toLowerCase()) !== word) return form;
        const isCapital = form[0] !== form[0].toLowerCase();
        return isCapital ? word.instead[0].toUpperCase() + word.instead.slice(1) : word.instead;
      });
      area.focus();
      area.select();
      // As if typed, so that undo brings the old words back.
      if (!document.execCommand("insertText", false, text)) area.value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const keep = (word) => {
      kept.add(word.word);
      sessionStorage.setItem("kept-words", JSON.stringify([...kept]));
      area.focus();
      show();
    };

    const hint = (word) => {
      const line = made("p", "small");
      line.append(list.rather.replace("{word}", word.word).replace("{instead}", word.instead) + " ");
      for (const [label, act] of [[list.take, take], [list.keep, keep]]) {
        const button = made("button", "button quiet", label);
        button.type = "button";
        button.addEventListener("click", () => act(word));
        line.append(button);
      }
      return line;
    };

    let shown = "";
    const show = () => {
      const places = found();
      let from = 0;
      under.replaceChildren();
      for (const place of places) {
        under.append(area.value.slice(from, place.index), made("mark", "", place[0]));
        from = place.index + place[0].length;
      }
      under.append(area.value.slice(from) + "\n");
      under.scrollTop = area.scrollTop;
      const words = [...new Set(places.map((place) => byForm.get(place[0].toLowerCase())))];
      const key = words.map((word) => word.word).join();
      if (key === shown) return;
      shown = key;
      hints.replaceChildren(...words.map(hint));
    };
    area.addEventListener("input", show);
    area.addEventListener("scroll", () => { under.scrollTop = area.scrollTop; });
    show();
  };

  fetch(areas[0].dataset.words).then((answer) => answer.ok ? answer.json() : null)
    .then((list) => { if (list) for (const area of areas) help(area, list); }).catch(() => {});
})();
