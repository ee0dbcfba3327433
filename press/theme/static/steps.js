/* Has the drawing of a chart in steps come as far as the text that is read. Without it the drawing is whole. */
(() => {
  "use strict";
  const groups = [...document.querySelectorAll(".steps")];
  const whole = group => group.querySelector(".whole");
  const look = event => {
    for (const group of groups) {
      const texts = [...group.children].map(step => step.lastElementChild.firstElementChild), { bottom } = whole(group).getBoundingClientRect();
      const beside = texts[0].getBoundingClientRect().right <= whole(group).getBoundingClientRect().left;
      const under = beside ? 0 : Math.max(0, bottom), line = under + .6 * (innerHeight - under); // what has come so far up is read
      const asked = group.contains(document.activeElement) && document.activeElement.type === "range"; // its values are all told
      const last = asked ? texts.length - 1 : texts.findLastIndex(text => text.getBoundingClientRect().top < line);
      group.classList.toggle("fading", !!event); // what is seen at first does not fade in
      group.style.setProperty("--head", `${group.previousElementSibling.offsetHeight}px`); // the title, which stays above the drawing
      group.style.setProperty("--dock", `${whole(group).offsetHeight}px`); // below it stand the words, where they are not beside it
      whole(group).style.setProperty("--now", Math.max(last, 0) + 1);
    }
  };
  addEventListener("scroll", look, { passive: true });
  addEventListener("resize", look);
  addEventListener("focusin", look);
  look();
})();
