/* Shows the state of a chart that a reader chooses, or that the address names, as #CHART=STATE. Without it all verdicts stand below the first drawing. */
(() => {
  "use strict";
  for (const ruler of document.querySelectorAll(".ruler")) {
    const form = ruler.querySelector("form"), figure = ruler.closest("figure"), states = [...ruler.querySelectorAll("[data-state]")];
    const named = name => states.find(state => state.dataset.state === name);
    const show = state => {
      const { state: name, alt } = state.dataset, kinds = name.split("_");
      for (const other of states) other.classList.toggle("on", other === state);
      for (const input of form.querySelectorAll("input")) input.checked = input.value === name;
      for (const mark of ruler.querySelectorAll(".plot [class^=kind-]")) {
        const hidden = !kinds.includes(mark.classList[0].slice(5));
        mark.classList.toggle("out", hidden);
        mark.setAttribute("display", hidden ? "none" : "inline");
      }
      for (const plot of ruler.querySelectorAll(".plot")) plot.ariaLabel = alt;
    };
    form.onchange = ({ target }) => {
      show(named(target.value));
      history.replaceState(null, "", `#${figure.id}=${target.value}`);
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
