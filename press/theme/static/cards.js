/* A click on a dotted line opens beside the sentence what the line leads to. Without this script the link leads there. */
(() => {
  "use strict";
  const { cards, close, label, opens } = document.currentScript.dataset, addresses = cards.split(" ");
  const marked = "a.number, a.term", gap = 8, enough = 320, least = 200, most = 460; // pixels
  if (!HTMLElement.prototype.showPopover) return;
  const card = document.createElement("div");
  card.className = "card";
  card.popover = "auto";
  card.role = "dialog";
  document.body.append(Object.assign(document.createElement("p"), { id: "opens", hidden: true, textContent: opens }));
  for (const link of document.querySelectorAll(marked)) {
    link.ariaHasPopup = "dialog";
    if (link.matches(".number")) link.setAttribute("aria-describedby", "opens");
  }
  const loading = {}; // by address
  let origin, pressed, asked; // the link that the card belongs to; that it belonged to when a pointer went down; clicked last
  const load = link => { // the script that holds its card is told by the letters of its anchor
    const sum = [...key(link)].reduce((all, letter) => all + letter.codePointAt(0), 0);
    const address = addresses[sum % addresses.length];
    return loading[address] ||= new Promise((loaded, failed) => {
      const script = document.createElement("script");
      Object.assign(script, { src: address, onload: loaded, onerror: failed });
      document.head.append(script);
      if (!card.isConnected) document.body.append(card);
    });
  };
  const shown = () => card.matches(":popover-open");
  const key = link => decodeURIComponent(link.hash.slice(1));
  const target = event => event.target.closest?.(marked);
  const fill = link => {
    card.innerHTML = window.cards[key(link)]; // made by the build of this site, from the receipts of the page of all numbers
    for (const each of card.querySelectorAll("[id]")) each.removeAttribute("id");
    for (const each of card.querySelectorAll("[href]")) {
      each.href = new URL(each.getAttribute("href"), link.href);
      if (each.pathname === link.pathname && each.hash) each.classList.add("number");
    }
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: close, onclick: () => card.hidePopover() });
    card.prepend(button);
    const heading = card.querySelector("h3");
    heading.tabIndex = -1; // a screen reader that comes here reads the name of the card, then on from its heading
    card.setAttribute("aria-label", link.matches(".number") ? label : heading.textContent);
    return heading;
  };
  const place = () => { // below the last line of the link, or above its first; of one in a picture, outside of that
    const lines = (origin.closest(".hero") || origin).getClientRects(), first = lines[0], last = lines[lines.length - 1];
    const below = innerHeight - last.bottom, under = below > enough || below > first.top;
    const room = Math.max(least, (under ? below : first.top) - 2 * gap);
    card.style.maxHeight = `${Math.min(room, .8 * innerHeight, most)}px`;
    const { width, height } = card.getBoundingClientRect();
    const left = Math.min((under ? last : first).left, document.documentElement.clientWidth - width - gap);
    const top = Math.max(gap - scrollY, under ? last.bottom + gap : first.top - height - gap);
    card.style.left = `${Math.max(gap, left) + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
    return Math.min(top - gap, 0) || Math.max(top + height + gap - innerHeight, 0); // what is out of sight
  };
  const open = link => {
    if (!Object.hasOwn(window.cards, key(link))) return location.assign(link.href);
    if (!card.contains(link)) { // else one card takes the place of another, and the sentence stays the same
      if (shown()) card.hidePopover();
      origin = link;
      origin.focus({ preventScroll: true }); // where the browser puts the focus back
    }
    const heading = fill(link);
    if (!shown()) card.showPopover({ source: origin });
    const hidden = place();
    card.scrollTop = 0;
    heading.focus({ preventScroll: true });
    if (hidden) scrollBy(0, hidden);
  };
  const hint = event => target(event) && load(target(event)).catch(() => {});
  document.addEventListener("pointerover", hint, { passive: true });
  document.addEventListener("focusin", event => {
    hint(event);
    if (shown() && !card.contains(event.target)) card.hidePopover(); // it would hide what has the focus
  });
  document.addEventListener("pointerdown", () => { pressed = shown() ? origin : null; }, { capture: true, passive: true });
  document.addEventListener("click", event => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = target(event), within = event.target.closest?.(".card a");
    if (link) {
      event.preventDefault();
      if (event.detail && link === pressed) return; // the press has closed its card
      asked = link;
      load(link).then(() => asked === link && open(link)).catch(() => asked === link && location.assign(link.href));
    } else if (within?.href.split("#")[0] === location.href.split("#")[0]) card.hidePopover();
  });
  card.addEventListener("toggle", event => event.target !== card && place(), { capture: true }); // something was unfolded
  addEventListener("resize", () => shown() && place());
})();
