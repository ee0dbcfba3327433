/* Tells a chart's values at its marks, which lead where the table's words do. Without it the table does. */
(() => {
  "use strict";
  const { hint, label } = document.currentScript.dataset, gap = 8; // pixels
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const ring = make("div"), tip = make("div", { className: "tip", ariaHidden: true }); // the range says it
  tip.append(make("b"), make("span"));
  let asked, told, again; // the last event and text, and what to place anew
  const close = text => {
    told = text;
    asked = null;
    ring.remove();
    tip.remove();
  };
  const touch = event => event.pointerType === "touch";
  const move = (element, x, y) => { // shifts no layout
    const { left, top } = element.parentNode.getBoundingClientRect();
    element.style.translate = `${x - left}px ${y - top}px`;
  };
  const boxes = (plot, points) => {
    const { a, e, f } = plot.querySelector("svg").getScreenCTM();
    const box = (x, y, width = 0, height = 0) => new DOMRect(x * a + e, y * a + f, width * a, height * a);
    return points[["full", "wide", "narrow"].find(size => plot.matches(`.${size}`))].map(mark => mark && box(...mark));
  };
  const nearest = (plot, points, event) => {
    const far = (from, to, at, band) => Math.max(from - at, 0, at - to) * (band === points.band ? 1e4 : 1);
    const chosen = kind => !plot.querySelector(`.kind-${kind}.out`);
    const distances = boxes(plot, points).map((box, index) => box && points.kinds?.[index]?.some(chosen) !== false
      ? far(box.left, box.right, event.clientX, "x") ** 2 + far(box.top, box.bottom, event.clientY, "y") ** 2 : Infinity);
    return distances.indexOf(Math.min(...distances));
  };
  const show = (plot, points, index, keys, lead) => {
    const box = boxes(plot, points)[index] || plot.getBoundingClientRect(); // not in all sizes
    told = points.texts[index];
    [tip.lastChild.textContent, tip.firstChild.textContent] = told;
    if (tip.parentNode !== plot) plot.append(ring, tip);
    ring.className = `ring${box.width ? " broad" : ""}${lead ? " leads" : ""}`;
    ring.style.width = `${box.width}px`;
    ring.style.height = `${box.height}px`;
    move(ring, box.left, box.top);
    if (keys) ring.scrollIntoView({ block: "nearest" });
    const { left, right, top, bottom } = ring.getBoundingClientRect(), { width, height } = tip.getBoundingClientRect();
    const last = document.documentElement.clientWidth - width - gap;
    let x = (left + right - width) / 2, y = top - height - gap;
    if (points.band === "y" && right + gap < last) [x, y] = [right + gap, (top + bottom - height) / 2];
    else if (y < gap) y = Math.min(bottom, innerHeight - height - 2 * gap) + gap;
    move(tip, Math.max(gap, Math.min(x, last)), y);
  };
  for (const figure of document.querySelectorAll("figure[data-points]")) {
    const plots = [...figure.querySelectorAll(".plot")];
    const range = make("input", {
      type: "range", className: "unseen", max: figure.dataset.last, step: 1, value: 0, ariaLabel: label, ariaValueText: hint,
    });
    range.setAttribute("aria-describedby", figure.getAttribute("aria-labelledby"));
    let loading;
    const load = () => loading ||= new Promise((onload, onerror) => {
      document.head.append(make("script", { src: figure.dataset.points, onload, onerror }));
    }).then(() => window.points[figure.id]).catch(() => { setTimeout(() => { loading = null; }, 5e3); }); // to be asked again
    const read = async (event, find) => {
      asked = event;
      const points = await load();
      if (!points || asked !== event) return;
      const index = find(points), keys = event.target === range;
      const known = points.texts[index] === told && (tip.parentNode || event.type === "pointermove"); // shown or dismissed
      const tables = figure.querySelector("table") ? figure : document; // on the page of a chart it stands below
      const lead = [...tables.querySelectorAll("td a")].find(link => points.texts[index].includes(link.textContent));
      if (known && lead && (event.target === ring && event.type === "click" || event.key === "Enter")) return lead.click();
      if (known && !keys) return touch(event) && close();
      again = () => show(plots.find(plot => plot.clientWidth), points, index, keys, lead);
      again();
      if (keys) range.ariaValueText = told.join(": ");
    };
    const keyed = event => read(event, () => range.value);
    for (const plot of plots) {
      const at = (points, event) => tip.contains(event.target) ? points.texts.indexOf(told) : nearest(plot, points, event);
      const pointed = event => read(event, points => at(points, event));
      plot.after(range);
      plot.onclick = pointed;
      plot.onpointermove = event => event.buttons || pointed(event); // not what is dragged, nor a finger
      plot.onpointerleave = event => touch(event) || (tip.parentNode && range.matches(":focus") ? keyed(event) : close());
    }
    range.onfocus = range.oninput = keyed;
    range.onkeydown = event => { if (/^(Arrow|Enter)/.test(event.key)) keyed(event); }; // at an end as well
    range.onblur = () => close();
  }
  addEventListener("pointerup", event => tip.parentNode?.contains(event.target) || close());
  addEventListener("keydown", event => event.key === "Escape" && close(told));
  addEventListener("resize", () => tip.parentNode && again());
})();
