/* Finds numbers, sources, events and so on from the head of a page. Without it the lists of the navigation are there. */
(() => {
  "use strict";
  const { index, label, hint, count, none, failed, more, close } = document.currentScript.dataset, few = 5;
  const BEHIND = { "": 0, 1: 1, 2: 3, 3: 30 }; // how far the ranks of hits stand behind others that fit as well
  const buttons = document.querySelectorAll(".seek"), lost = document.querySelector("main .seek");
  const make = (name, properties = {}, ...parts) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...parts);
    return element;
  };
  const input = make("input", {
    type: "text", role: "searchbox", placeholder: hint, ariaLabel: label, autocomplete: "off", spellcheck: false,
  });
  const status = make("output"), hits = make("div", { className: "hits" });
  const shut = make("button", { type: "button", textContent: close, onclick: () => dialog.close() });
  const dialog = make("dialog", { className: "search", ariaLabel: label }, make("p", {}, input, shut), status, hits);
  // A thousand has a separator or none, a dash is long or short, a letter has an accent or none, c.i.f. is cif.
  const fold = text => text.replace(/(\d)[,\u00a0\u2009\u202f’'](?=\d{3}(?!\d))/g, "$1").normalize("NFKD")
    .replace(/\p{M}/gu, "").replace(/[\u2010-\u2015\u2212]/g, "-").toLowerCase()
    .replace(/(?<!\p{L})(\p{L})\.(?=\p{L}(?!\p{L}))/gu, "$1");
  const words = text => text.match(/[\p{L}\p{N}]+(?:[.,]\p{N}+)*/gu) ?? [];
  let loading, found, groups;
  const load = () => loading ||= new Promise((onload, onerror) => {
    document.head.append(make("script", { src: index, onload, onerror }));
  }).then(() => {
    ({ found } = window);
    const known = new Set(found.groups.flatMap(([, list]) => list.map(([home]) => home)));
    const within = ([home, title]) => Object.entries(found.sought) // what nothing else tells of is told as its page
      .filter(([place]) => place.startsWith(`${home}#`) && !known.has(place)).map(([place, called]) => [place, title, called, "", ""]);
    groups = found.groups.map(([name, list]) => [name, [...list, ...list.flatMap(within)].flatMap(hitsOf)]);
  }).catch(() => { loading = null; });
  const hitsOf = ([home, title, text, rank, values]) => { // one, and of a chart one for each value that it shows
    const hit = (address, text, rank, called, ...told) => {
      const folded = [`· ${called} ·`, ...told].map(fold);
      return { home, address, title, text, rank, folded, whole: folded.join(" "), parts: folded.map(words) };
    };
    const anchor = home.includes(":") ? "" : home.split("#")[1] ?? "", each = values ? values.split(" · ") : [];
    const own = hit(home, text, rank, `${title} · ${found.sought[home] ?? ""}`, text, anchor);
    return [own, ...each.map(value => hit(`${home}#figures`, value, "2", value, title, text))];
  };
  // What a word may be in a text: the one or the many of it, or of a word that means the same.
  const forms = word => {
    const own = [word, ...found.endings.filter(end => word.endsWith(end)).map(end => word.slice(0, -end.length))];
    const same = [...own, ...found.alike.filter(all => all.some(each => own.includes(each))).flat()];
    return [word, same, new Set(same.flatMap(each => [each, ...found.endings.map(end => each + end)]))];
  };
  const worth = (hit, asked, whole) => { // 0 where a word is missing; what begins with it counts less than the word itself
    let sum = 0;
    for (const [word, same, all] of asked) {
      if (!same.some(each => hit.whole.includes(each))) return 0; // so much faster
      const nearest = Math.max(...hit.parts.map((part, place) => part.some(each => all.has(each)) ? 8 - 3 * place
        : part.some(each => each.startsWith(word)) ? 5 - 2 * place : 0));
      if (nearest <= 0) return 0;
      sum += nearest;
    }
    const near = hit.folded.findIndex(each => whole.some(one => each.includes(one))), [title] = hit.folded;
    const bonus = whole.some(one => title.includes(`· ${one} ·`)) ? 9 : near < 0 ? 0 : 6 - 3 * near;
    return sum / asked.length + bonus - hit.parts[0].length / 100 - BEHIND[hit.rank];
  };
  const byWorth = ([one], [other]) => other - one;
  const find = text => {
    const named = (all, year, month) => `${fold(found.months[month - 1] ?? month)} ${year}`;
    const told = fold(text.trim()).replace(/\b(\d{4})-(\d\d)\b/g, named), all = words(told);
    const large = all.filter(word => !found.small.includes(word)), some = large.length ? large : all;
    const asked = some.map(forms), whole = [told, all.join(" "), some.join(" ")];
    const known = groups.map(([name, list]) => {
      const homes = new Set(), fits = list.map(hit => [worth(hit, asked, whole), hit]).filter(([value]) => value);
      return [name, fits.sort(byWorth).filter(([, { home }]) => !homes.has(home) && homes.add(home))];
    });
    return asked.length ? known.filter(([, fits]) => fits.length).sort(([, [one]], [, [other]]) => byWorth(one, other)) : [];
  };
  const line = ([, { address, title, text }]) => {
    const { href } = new URL(address, new URL(index, document.baseURI));
    return make("li", {}, make("a", { href }, make("b", { textContent: title }), make("span", { textContent: text })));
  };
  const group = ([name, known]) => {
    const list = make("ul", {}, ...known.slice(0, few).map(line)), rest = known.slice(few);
    const part = make("section", {}, make("h2", { textContent: name }), list);
    const unfold = event => {
      list.append(...rest.map(line));
      event.currentTarget.remove();
      list.children[few].firstElementChild.focus();
    };
    const textContent = more.replace("{count}", rest.length);
    if (rest.length) part.append(make("button", { type: "button", textContent, onclick: unfold }));
    return part;
  };
  const show = async () => {
    await load();
    if (!groups) return status.textContent = failed;
    const found = find(input.value), sum = found.reduce((all, [, known]) => all + known.length, 0);
    hits.replaceChildren(...found.map(group));
    hits.scrollTop = 0;
    status.textContent = sum ? count.replace("{count}", sum) : input.value.trim() ? none : "";
  };
  // On the page for wrong addresses: those words of the address that lead somewhere together.
  const meant = () => words(fold(new URLSearchParams(`at=${location.pathname.split("/").filter(Boolean).pop()}`).get("at")))
    .reduce((some, word) => find(`${some} ${word}`).length ? `${some} ${word}`.trim() : some, "");
  const open = async () => {
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open) dialog.showModal();
    input.select();
    if (lost) await load();
    if (lost && groups && !input.value) Object.assign(input, { value: meant() }).select();
    show();
  };
  const links = () => [input, ...hits.querySelectorAll("a, button")];
  input.oninput = show;
  for (const button of buttons) Object.assign(button, { onclick: open, onpointerenter: load, onfocus: load });
  hits.onclick = event => { if (event.target.closest("a")) dialog.close(); };
  dialog.onclick = event => { if (event.target === dialog) dialog.close(); }; // beside it
  dialog.onkeydown = event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = links(), place = all.indexOf(document.activeElement);
    if (step && place >= 0) {
      event.preventDefault();
      all[Math.min(Math.max(place + step, 0), all.length - 1)].focus();
    } else if (event.key === "Enter" && event.target === input) all[1]?.click();
  };
  addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input:not([type=radio], [type=range]), select, textarea, dialog")) return;
    event.preventDefault();
    open();
  });
})();
