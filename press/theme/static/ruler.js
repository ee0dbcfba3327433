/* Shows the state of a chart that a reader chooses, or that the address names, as #CHART=STATE. Without it all states stand below each other. */
(() => {
  "use strict";
  for (const ruler of document.querySelectorAll(".ruler")) {
    const form = ruler.querySelector("form"), figure = ruler.closest("figure"), states = [...ruler.querySelectorAll("[data-state]")];
    const named = name => states.find(state => state.dataset.state === name);
    const whole = ruler.querySelector(".plot").ariaLabel;
    const show = state => {
      const parts = state.dataset.state.split("_"), drawn = state.querySelector(".copy");
      for (const other of states) other.classList.toggle("on", other === state);
      for (const input of form.elements) if (input.type === "radio") {
        input.checked = parts.includes(input.value);
        const beside = parts.with(input.name.split("-").pop(), input.value).join("_"); // the state that this choice would show
        input.parentElement.classList.toggle("lacks", drawn && !named(beside)?.querySelector(".copy"));
      }
      for (const mark of ruler.querySelectorAll(".plot [class^=kind-]"))
        mark.classList.toggle("out", !mark.classList[0].slice(5).split("_").every(part => part === "due" || parts.includes(part)));
      for (const plot of ruler.querySelectorAll(".plot")) plot.ariaLabel = drawn ? drawn.ariaLabel : whole;
    };
    form.onchange = () => {
      const name = [...new FormData(form).values()].join("_");
      show(named(name));
      history.replaceState(null, "", `#${figure.id}=${name}`);
    };
    const look = () => { // what is asked for by the address: a state, or words in one
      const [, id, name] = decodeURIComponent(location.hash).match(/^#([^=]*)=?(.*)$/) || [];
      const state = id === figure.id ? named(name) : document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("[data-state]");
      if (!state || !ruler.contains(state)) return;
      show(state);
      (id === figure.id ? figure : state).scrollIntoView();
    };
    show(states[0]);
    look();
    addEventListener("hashchange", look);
  }
})();
