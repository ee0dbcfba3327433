/* Pins the drawings of a chart that tells itself in steps, and fades the one into the next. Without it they follow each other. */
(() => {
  "use strict";
  const groups = [...document.querySelectorAll(".steps")], line = 29, around = 48; // pixels
  const lines = text => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return Math.min(range.getBoundingClientRect().height, 3 * line); // a longer text may pass by
  };
  const pin = group => { // where the window has room below a drawing for what is read
    const high = ({ firstElementChild, lastElementChild }) => firstElementChild.offsetHeight + lines(lastElementChild) + around;
    group.classList.toggle("pinned", Math.max(...[...group.children].map(high)) <= document.documentElement.clientHeight);
  };
  const look = event => {
    for (const group of groups) {
      group.classList.toggle("fading", !!event); // what is seen at first does not fade in
      const steps = [...group.children], read = .8 * innerHeight; // a text that has come so far up is being read
      const last = steps.findLastIndex(step => step.lastElementChild.getBoundingClientRect().top < read);
      steps.forEach((step, index) => step.classList.toggle("on", index === Math.max(last, 0)));
    }
  };
  for (const group of groups) {
    pin(group);
    for (const [index, step] of [...group.children].entries()) {
      step.firstElementChild.style.gridRow = `1 / ${group.children.length + 1}`;
      step.lastElementChild.style.gridRow = index + 1;
    }
  }
  addEventListener("scroll", look, { passive: true });
  addEventListener("resize", event => {
    groups.forEach(pin);
    look(event);
  });
  look();
})();
