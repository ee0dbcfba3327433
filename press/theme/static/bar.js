/* Marks in the bar of a long page which of its parts is read. Without it the bar has the same links. */
(() => {
  "use strict";
  const bar = document.querySelector(".bar"), list = bar.querySelector("ul"), links = [...list.querySelectorAll("a")];
  const parts = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let marked;
  const look = () => {
    const { bottom } = bar.getBoundingClientRect(), line = bottom + innerHeight / 5;
    bar.classList.toggle("cover", parts.some(part => part.closest(".cover")?.getBoundingClientRect().top < bottom)); // as dark as what it lies on
    const place = parts.findLastIndex(part => part.getClientRects().length && part.getBoundingClientRect().top < line);
    if (links[place] === marked) return;
    marked?.removeAttribute("aria-current");
    marked = links[place];
    if (!marked) return;
    marked.setAttribute("aria-current", "location");
    list.scrollLeft = marked.offsetLeft - list.offsetLeft - Math.max(0, (list.clientWidth - marked.offsetWidth) / 2); // a long name from its start
  };
  addEventListener("scroll", look, { passive: true });
  look();
})();
