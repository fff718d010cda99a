// Words that could be kinder: underlined while one writes, with another to take. Help only; nothing is blocked.
const areas = [...document.querySelectorAll("textarea[data-words]")];
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
