/* Marks on request all that is bound, copies the address of a place, and hands the page to what the device shares with. */
(() => {
  "use strict";
  const { copied, share } = document.currentScript.dataset, root = document.documentElement, key = "proved";
  const said = Object.assign(document.createElement("output"), { className: "said", popover: "manual" }); // a reader hears it
  document.body.append(said);
  let fading;
  const say = text => {
    said.showPopover?.();
    said.textContent = text;
    clearTimeout(fading);
    fading = setTimeout(() => {
      said.textContent = "";
      said.hidePopover?.();
    }, 4e3);
  };
  const byHand = text => { // where no page may write to the clipboard, or only on request
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "unseen" });
    const held = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    held.focus({ preventScroll: true });
    return done;
  };
  const copy = async address => {
    const written = await navigator.clipboard?.writeText(address).then(() => true, () => false);
    say(written || byHand(address) ? `${copied} ${address}` : address);
  };
  const kept = { // what the reader chose; a browser may keep nothing
    get on() { try { return localStorage.getItem(key) === "yes"; } catch { return false; } },
    set on(value) { try { localStorage.setItem(key, value ? "yes" : "no"); } catch { /* for this page alone */ } },
  };
  const prove = document.querySelector(".prove"), send = document.querySelector(".send");
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
  const page = () => document.querySelector("link[rel=canonical]")?.href || location.href.split("#")[0];
  if (send) {
    if (navigator.share) send.textContent = share;
    send.onclick = () => {
      const sent = navigator.share?.({ title: document.title, url: page() }) || Promise.reject(new Error("nothing to share with"));
      sent.catch(error => error.name === "AbortError" || copy(page()));
    };
  }
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a.here");
    if (link && !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) copy(link.href);
  });
  // A number of a title that the text has as well is reached by Tab there.
  const title = ":is(h1, h2, h3, .title)", numbers = [...document.querySelectorAll("main a.number")];
  const read = new Set(numbers.filter(link => !link.closest(title)).map(link => link.hash));
  for (const link of numbers) if (link.closest(title) && read.has(link.hash)) link.tabIndex = -1;
})();
