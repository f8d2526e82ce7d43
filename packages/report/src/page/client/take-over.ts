/** In the browser: takes over the table, which is there without a script too. */
export const TAKE_OVER = String.raw`
const PAGE = 50;

async function takeOver() {
  const table = document.getElementById("table");
  if (!table) return;
  const columns = await readLandings();
  const every = columns.subjects.map((_, index) => index);
  const [body] = table.tBodies;
  const found = document.getElementById("found");
  const pages = document.querySelector(".pages");
  const search = document.getElementById("search");
  const show = document.getElementById("show");
  const state = { order: "landed", descending: true, page: 0, shown: every };
  const comparers = new Map();
  let texts;

  function choose() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length > 0) texts ??= searchTexts(columns);
    const isShown = SHOWN[show.value][1];
    const chosen = every.filter((index) => isShown(columns, index) && words.every((word) => texts[index].includes(word)));
    if (!comparers.has(state.order)) comparers.set(state.order, ORDERS[state.order](columns));
    const compare = comparers.get(state.order);
    const isInOrder = state.order === "landed" && state.descending;
    state.shown = isInOrder ? chosen : chosen.sort((a, b) => (state.descending ? compare(b, a) : compare(a, b)) || a - b);
    state.page = 0;
    draw();
  }

  function draw() {
    const count = state.shown.length;
    const first = state.page * PAGE;
    const rows = state.shown.slice(first, first + PAGE);
    body.replaceChildren(...rows.flatMap((index) => rowsOf(landingAt(columns, index))));
    const all = every.length.toLocaleString("en") + (every.length === 1 ? " landing" : " landings");
    const some = count === every.length ? all : count.toLocaleString("en") + " of " + all;
    const here = count > PAGE ? ", " + (first + 1).toLocaleString("en") + "–" + (first + rows.length).toLocaleString("en") + " shown" : "";
    found.textContent = some + here;
    drawPages(Math.ceil(count / PAGE));
  }

  const steps = [
    ["First", () => 0],
    ["Previous", () => state.page - 1],
    ["Next", () => state.page + 1],
    ["Last", (last) => last],
  ].map(([name, target]) => {
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      state.page = target(Math.ceil(state.shown.length / PAGE) - 1);
      draw();
    });
    return { button, target };
  });
  const where = element("span");
  pages.append(steps[0].button, steps[1].button, where, steps[2].button, steps[3].button);

  function drawPages(count) {
    pages.hidden = count < 2;
    where.textContent = "page " + (state.page + 1).toLocaleString("en") + " of " + count.toLocaleString("en");
    for (const { button, target } of steps) {
      const to = target(count - 1);
      // Disabled in name alone: a button that is taken away takes the focus with it.
      button.setAttribute("aria-disabled", String(to === state.page || to < 0 || to >= count));
    }
  }
  pages.addEventListener("click", (event) => {
    if (event.target.getAttribute?.("aria-disabled") === "true") event.stopPropagation();
  }, true);

  for (const head of table.tHead.rows[0].cells) {
    const key = head.dataset.key;
    const button = element("button", { type: "button" }, ...head.childNodes);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      state.descending = state.order === key ? !state.descending : key === "landed" || key === "commits" || key === "standing";
      state.order = key;
      markOrder();
      choose();
    });
  }
  function markOrder() {
    for (const head of table.tHead.rows[0].cells) {
      if (head.dataset.key !== state.order) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", state.descending ? "descending" : "ascending");
    }
  }

  const standings = new Set(columns.standings);
  columns.standingWords.forEach(([, word], place) => {
    if (standings.has(place)) SHOWN[place] = [word, (all, index) => all.standings[index] === place];
  });
  for (const name of ["all", "assisted", ...Object.keys(SHOWN).filter((each) => /^\d/.test(each))]) {
    show.append(element("option", { value: name }, SHOWN[name][0]));
  }
  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(choose, 120);
  });
  show.addEventListener("change", choose);
  const tools = document.querySelector(".tools");
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.hidden = false;
  markOrder();
  choose();
}

const closed = () => document.querySelectorAll("details:not([open])");
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...closed()];
  for (const each of opened) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of opened) each.open = false;
});
takeOver().then(() => document.documentElement.setAttribute("data-ready", String(Math.round(performance.now()))));
`;
