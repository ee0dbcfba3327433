/* Finds numbers, sources, events and so on from the head of a page. Without it the lists of the navigation are there. */
(() => {
  "use strict";
  const { index, label, hint, count, none, failed, more, close } = document.currentScript.dataset, few = 5;
  const button = document.querySelector("header.site .seek");
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
  let loading, groups, months;
  const load = () => loading ||= new Promise((onload, onerror) => {
    document.head.append(make("script", { src: index, onload, onerror }));
  }).then(() => {
    months = window.found.months;
    groups = window.found.groups.map(([name, list]) => [name, list.map(([address, title, text]) => {
      const anchor = address.includes(":") ? "" : address.split("#")[1] ?? "", folded = [title, text].map(fold);
      return { address, title, text, folded, parts: [...folded, anchor.toLowerCase()].map(words) };
    })]);
  }).catch(() => { loading = null; });
  const worth = (hit, asked, whole) => { // 0 where a word is missing; what begins with it counts less than the word itself
    let sum = 0;
    for (const word of asked) {
      const best = Math.max(...hit.parts.map((part, place) => part.includes(word) ? 8 - 3 * place
        : part.some(each => each.startsWith(word)) ? 5 - 2 * place : 0));
      if (best <= 0) return 0;
      sum += best;
    }
    const near = hit.folded.findIndex(each => each.includes(whole));
    return sum + (near < 0 ? 0 : 6 - 3 * near) - hit.parts[0].length / 100;
  };
  const find = text => {
    const named = (all, year, month) => `${fold(months[month - 1] ?? month)} ${year}`;
    const whole = fold(text.trim()).replace(/\b(\d{4})-(\d\d)\b/g, named);
    const asked = words(whole);
    const found = groups.map(([name, list]) => {
      const known = list.map(hit => [worth(hit, asked, whole), hit]).filter(([value]) => value > 0);
      return [name, known.sort(([one], [other]) => other - one)];
    });
    return asked.length ? found.filter(([, known]) => known.length).sort(([, [[one]]], [, [[other]]]) => other - one) : [];
  };
  const line = ([, { address, title, text }]) => {
    const href = new URL(address, new URL(index, document.baseURI)).href;
    return make("li", {}, make("a", { href }, make("b", { textContent: title }), make("span", { textContent: text })));
  };
  const group = ([name, known]) => {
    const list = make("ul", {}, ...known.slice(0, few).map(line)), rest = known.slice(few).map(line);
    const part = make("section", {}, make("h2", { textContent: name }), list);
    const unfold = event => {
      list.append(...rest);
      event.currentTarget.remove();
      rest[0].firstElementChild.focus();
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
  const open = () => {
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open) dialog.showModal();
    input.select();
    show();
  };
  const links = () => [input, ...hits.querySelectorAll("a, button")];
  input.oninput = show;
  button.onclick = open;
  button.onpointerenter = button.onfocus = load;
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
