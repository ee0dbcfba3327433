/* Pins the drawings of a chart that tells itself in steps, and fades the one into the next. Without it they follow each other. */
(() => {
  "use strict";
  const groups = [...document.querySelectorAll(".steps")];
  const look = event => {
    for (const group of groups) {
      group.classList.toggle("fading", !!event); // what is seen at first does not fade in
      const steps = [...group.children], read = .9 * innerHeight; // a text that has come so far up is being read
      const last = steps.findLastIndex(step => step.lastElementChild.getBoundingClientRect().top < read);
      steps.forEach((step, index) => step.classList.toggle("on", index === Math.max(last, 0)));
    }
  };
  for (const group of groups) {
    group.classList.add("pinned");
    for (const [index, step] of [...group.children].entries()) {
      step.firstElementChild.style.gridRow = `1 / ${group.children.length + 1}`;
      step.lastElementChild.style.gridRow = index + 1;
    }
  }
  addEventListener("scroll", look, { passive: true });
  addEventListener("resize", look);
  look();
})();
