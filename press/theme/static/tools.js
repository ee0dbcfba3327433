/* Marks on request all that is bound. */
(() => {
  "use strict";
  const root = document.documentElement, key = "proved";
  const kept = { // what the reader chose; a browser may keep nothing
    get on() { try { return localStorage.getItem(key) === "yes"; } catch { return false; } },
    set on(value) { try { localStorage.setItem(key, value ? "yes" : "no"); } catch { /* for this page alone */ } },
  };
  const prove = document.querySelector(".prove");
  const show = on => {
    root.classList.toggle("proved", on);
    prove.ariaPressed = on;
  };
  if (prove) {
    show(kept.on);
    prove.onclick = () => {
      show(prove.ariaPressed !== "true");
      kept.on = prove.ariaPressed === "true";
    };
  }
  // A number of a title that the text has as well is reached by Tab there.
  const title = ":is(h1, h2, h3, .title)", numbers = [...document.querySelectorAll("main a.number")];
  const read = new Set(numbers.filter(link => !link.closest(title)).map(link => link.hash));
  for (const link of numbers) if (link.closest(title) && read.has(link.hash)) link.tabIndex = -1;
})();
