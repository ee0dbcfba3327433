/* Shows of a list what is asked for, and of a drawing the marks of that kind; the address keeps it. Without this script all of the list is there, and no choices. */
(() => {
  "use strict";
  const choices = document.querySelector("[data-items]"), { items, groups, found } = choices.dataset;
  const all = [...document.querySelectorAll(items)], status = choices.querySelector("output");
  const controls = [...choices.elements].filter(each => each.name);
  const names = new Set(controls.map(each => each.name));
  const wanted = () => controls.filter(each => each.matches("select, :checked") && each.value !== "all");
  const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const show = () => { // what the address leads to is always there
    const asked = wanted(), aim = target();
    const out = item => asked.some(({ name, value }) => !item.dataset[name].split(" ").includes(value));
    for (const item of all) item.classList.toggle("out", !item.contains(aim) && out(item));
    for (const mark of document.querySelectorAll("svg [class^=kind-]")) {
      mark.classList.toggle("out", asked.some(({ name, value }) => !mark.matches(`.${name}-${value}`)));
    }
    for (const group of document.querySelectorAll(groups)) {
      group.classList.toggle("out", !group.querySelector(`${items}:not(.out)`));
      if (asked.length) group.open = true; // if it can be folded
    }
    return asked.length;
  };
  const say = () => { status.textContent = found.replace("{shown}", all.filter(item => !item.matches(".out")).length); };
  const keep = () => {
    const address = new URL(location);
    address.hash = "";
    for (const name of names) address.searchParams.delete(name);
    for (const { name, value } of wanted()) address.searchParams.set(name, value);
    try { history.replaceState(null, "", address); } catch { /* of a file, some browsers keep none */ }
  };
  const open = () => { // as browsers do by themselves, but for some that are older
    let folded = target()?.closest("details:not([open])");
    if (!folded) return;
    for (; folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
    target().scrollIntoView();
  };
  for (const [name, value] of new URLSearchParams(location.search)) {
    for (const each of controls) {
      if (each.name !== name) continue;
      if (each.type === "radio") each.checked ||= each.value === value;
      else if ([...each.options].some(option => option.value === value)) each.value = value;
    }
  }
  choices.addEventListener("change", () => { keep(); show(); say(); });
  addEventListener("hashchange", () => { show(); open(); target()?.scrollIntoView(); }); // it may have been out
  if (show()) say();
  open();
})();
