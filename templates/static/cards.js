/* A click on a dotted line opens beside the sentence what the line leads to. Without this script the link leads there. */
(() => {
  "use strict";
  const { cards: address, close } = document.currentScript.dataset;
  const marked = "a.number, a.term";
  if (!HTMLElement.prototype.showPopover) return;
  const card = document.createElement("div");
  card.className = "card";
  card.popover = "auto";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  let loading;
  const load = () => loading ||= new Promise((loaded, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: address, onload: loaded, onerror: failed });
    document.head.append(script);
  });
  const open = link => {
    const html = window.cards[decodeURIComponent(link.hash.slice(1))];
    if (!html) return location.assign(link.href);
    card.innerHTML = html; // made by the build of this site, from the same receipts as the page of all numbers
    for (const each of card.querySelectorAll("[id]")) each.removeAttribute("id");
    for (const each of card.querySelectorAll("[href]")) each.href = new URL(each.getAttribute("href"), link.href);
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: close, onclick: () => card.hidePopover() });
    card.prepend(button);
    card.setAttribute("aria-label", card.querySelector("h3").textContent);
    if (!card.isConnected) document.body.append(card);
    card.showPopover({ source: link });
    const { left, top, bottom } = link.getClientRects()[0], below = innerHeight - bottom, gap = 8;
    const under = below > 320 || below > top; // pixels
    card.style.maxHeight = `${Math.max(200, (under ? below : top) - 2 * gap)}px`;
    const { width, height } = card.getBoundingClientRect();
    const furthest = document.documentElement.clientWidth - width - gap;
    card.style.left = `${Math.max(gap, Math.min(left, furthest)) + scrollX}px`;
    card.style.top = `${(under ? bottom + gap : top - height - gap) + scrollY}px`;
    card.scrollTop = 0;
    card.focus({ preventScroll: true });
  };
  const target = event => event.target.closest?.(marked);
  for (const hint of ["pointerover", "focusin"]) {
    document.addEventListener(hint, event => target(event) && load().catch(() => {}), { passive: true });
  }
  document.addEventListener("click", event => {
    const link = target(event);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    load().then(() => open(link)).catch(() => location.assign(link.href));
  });
})();
