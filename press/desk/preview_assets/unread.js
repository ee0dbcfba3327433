// Marks what nobody has read beside its data: the words where they stand, a drawing by its alternative text, and a list.
(async () => {
  const found = await (await fetch('/-/unread.json')).json();
  const letters = [];  // of the page: each with its node and place; spaces count for nothing
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest('script, style')) continue;
    [...node.data].reduce((at, letter) => {
      if (letter.trim()) letters.push([letter, node, at]);
      return at + letter.length;
    }, 0);
  }
  const page = letters.map(([letter]) => letter).join('');
  const described = [...document.querySelectorAll('[alt], [aria-label]')];
  const here = [], marks = new Highlight();
  for (const { words, place, why, doubts } of found) {
    const wanted = words.replace(/\s+/g, '');
    const start = page.indexOf(wanted);
    const drawing = described.find((each) => (each.alt ?? each.ariaLabel) === words);
    if (start < 0 && !drawing) continue;
    here.push([drawing ?? letters[start][1].parentElement, words, place, why, doubts]);
    if (drawing) drawing.dataset.unread = '';
    for (let at = start; at >= 0; at = page.indexOf(wanted, at + 1)) {
      const range = new Range();
      range.setStart(...letters[at].slice(1));
      const [last, node, place] = letters[at + wanted.length - 1];
      range.setEnd(node, place + last.length);
      marks.add(range);
    }
  }
  if (!here.length) return;
  CSS.highlights.set('unread', marks);
  const style = new CSSStyleSheet();
  style.replaceSync(`
    ::highlight(unread) { background: #ffd54f; color: #1b1a17; }
    [data-unread] { outline: 3px dashed #b26a00; }
    #unread { position: fixed; inset: auto 1rem 1rem auto; z-index: 9; max-width: 24rem; max-height: 60vh; overflow: auto;
      padding: .4rem .8rem; background: #ffd54f; color: #1b1a17; font: .875rem/1.4 system-ui, sans-serif; }
    #unread button { font: inherit; text-align: start; color: inherit; background: none; border: 0; padding: .3rem 0; cursor: pointer; }
    @media print { #unread { display: none; } }`);
  document.adoptedStyleSheets.push(style);
  const list = document.createElement('details');
  list.id = 'unread';
  list.append(Object.assign(document.createElement('summary'), { textContent: `${here.length} unread here` }));
  for (const [element, words, place, why, doubts] of here) {
    const button = Object.assign(document.createElement('button'), { type: 'button', title: why });
    button.textContent = `${place} ${words}`;
    if (doubts) button.append(Object.assign(document.createElement('em'), { textContent: ` In doubt: ${doubts}` }));
    button.addEventListener('click', () => element.scrollIntoView({ block: 'center' }));
    list.append(button);
  }
  document.body.append(list);
})();
