// Words that could be kinder: underlined while one writes, with why. Another is offered only where it fits: beside words
// that leave a noun by itself, and never in a name or a quotation. Help only; nothing is blocked.
const areas = [...document.querySelectorAll("textarea[data-words]")];
const kept = new Set(JSON.parse(sessionStorage.getItem("kept-words") ?? "[]"));
const made = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text ?? "" });

// Where somebody else's words stand.
const quoted = (text) => [...text.matchAll(/[“„«][^”»]*[”»]|"[^"\n]*"|(?<![\p{L}\p{N}])['‘][^'’\n]*['’](?![\p{L}\p{N}])/gu)]
  .map((one) => [one.index, one.index + one[0].length]);

// Every word of the list in a text, with what may take its place there; nothing when it must stay.
const places = (text, list) => {
  // A form of two languages is that of the page's.
  const own = ({ word }) => word.language === document.documentElement.lang;
  const byForm = new Map([...list.words.filter((one) => !own(one)), ...list.words.filter(own)]
    .flatMap(({ word, why }) => word.forms.map((form) => [form.toLowerCase(), { ...word, why }])));
  const forms = [...byForm.keys()].sort((one, other) => other.length - one.length)
    .map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!forms.length) return [];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?<![\\p{L}\\p{N}][-'’])(?:${forms.join("|")})(?![\\p{L}\\p{N}])(?![-'’][\\p{L}\\p{N}])`, "giu");
  const quotes = quoted(text);
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [form, from, to] = [match[0], match.index, match.index + match[0].length];
    if (quotes.some(([start, end]) => from >= start && to <= end)) return [];
    const word = byForm.get(form.toLowerCase());
    const [, before, gap] = text.slice(0, from).match(/([\p{L}\p{N}'’-]*)([^\p{L}\p{N}]*)$/u);
    const [, space, after] = text.slice(to).match(/^([^\p{L}\p{N}]*)([\p{L}\p{N}'’-]*)/u);
    const isFirst = !before || /[.!?:;\n]/.test(gap);
    const isCapital = form[0] !== form[0].toLowerCase();
    // Names of places and organisations.
    if (isCapital && (!isFirst || form === form.toUpperCase() || (space === " " && /^\p{Lu}/u.test(after)))) return [];
    const [left, right] = [isFirst || gap !== " " ? "" : before.toLowerCase(), space === " " ? after.toLowerCase() : ""];
    if (word.notAfter.includes(left)) return [];
    const { before: mayPrecede, after: mayFollow } = list.beside[word.language];
    const fits = (!left || mayPrecede.includes(left)) && (!right || mayFollow.includes(right)) && !word.notBefore.includes(right);
    const offer = fits ? word.offers.find((one) => one.form === form.toLowerCase()) : undefined;
    const instead = offer && (isCapital ? offer.instead[0].toUpperCase() + offer.instead.slice(1) : offer.instead);
    return [{ from, to, form, word, instead }];
  });
};

const help = (area, list) => {
  const frame = made("div", "words-help");
  const under = made("div", "words-under");
  under.setAttribute("aria-hidden", "true");
  const hints = made("div", "words-hints");
  hints.setAttribute("role", "status");
  area.before(frame);
  frame.append(under, area);
  frame.after(hints);

  const found = () => places(area.value, list).filter((place) => !kept.has(place.word.word));

  const take = (word) => {
    let [text, from] = ["", 0];
    for (const place of found()) {
      if (place.word.word !== word.word || !place.instead) continue;
      text += area.value.slice(from, place.from) + place.instead;
      from = place.to;
    }
    text += area.value.slice(from);
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

  const hint = (word, offers) => {
    const line = made("p", "small");
    line.append(list.mark.replace("{word}", word.word).replace("{why}", word.why) + " ");
    const acts = offers.length ? [[list.take.replace("{instead}", offers.join(", ")), take]] : [];
    for (const [label, act] of [...acts, [list.keep, keep]]) {
      const button = made("button", "button quiet", label);
      button.type = "button";
      button.addEventListener("click", () => act(word));
      line.append(button);
    }
    return line;
  };

  let shown = "";
  const show = () => {
    const all = found();
    let from = 0;
    under.replaceChildren();
    for (const place of all) {
      under.append(area.value.slice(from, place.from), made("mark", "", place.form));
      from = place.to;
    }
    under.append(area.value.slice(from) + "\n");
    under.scrollTop = area.scrollTop;
    const words = [...new Map(all.map((place) => [place.word.word, place.word])).values()].map((word) => {
      const offers = all.filter((place) => place.word.word === word.word && place.instead);
      return [word, [...new Set(offers.map((place) => place.instead.toLowerCase()))]];
    });
    const key = JSON.stringify(words.map(([word, offers]) => [word.word, offers]));
    if (key === shown) return;
    shown = key;
    hints.replaceChildren(...words.map(([word, offers]) => hint(word, offers)));
  };
  area.addEventListener("input", show);
  area.addEventListener("scroll", () => { under.scrollTop = area.scrollTop; });
  show();
};

fetch(areas[0].dataset.words).then((answer) => answer.ok ? answer.json() : null)
  .then((list) => { if (list) for (const area of areas) help(area, list); }).catch(() => {});
