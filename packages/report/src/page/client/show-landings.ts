/** In the browser: a landing as a row, and all that is known of it as another one below. */
export const SHOW_LANDINGS = `
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function rowsOf(landing) {
  const { index, id, day, subject, author, agents, commits, standing, word } = landing;
  const named = subject || commits + (commits === 1 ? " commit" : " commits");
  const opener = element("button", { type: "button", className: "open" }, named);
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", "more-" + index);
  const row = element(
    "tr",
    {},
    element("td", {}, element("time", {}, day)),
    element("td", {}, opener, id ? " " : "", id ? element("code", { className: "id" }, id) : ""),
    element("td", {}, author),
    element("td", {}, agents.join(", ") || "–"),
    element("td", {}, commits.toLocaleString("en")),
    element("td", {}, element("span", { className: "standing " + standing }, word)),
  );
  const below = element("tr", { id: "more-" + index, className: "more", hidden: true });
  opener.addEventListener("click", () => {
    if (below.childElementCount === 0) below.append(element("td", { colSpan: 6 }, describe(landing)));
    below.hidden = !below.hidden;
    opener.setAttribute("aria-expanded", String(!below.hidden));
  });
  return [row, below];
}

function describe({ id, day, commits, assisted, agents, folders, cosigns, wrong, word }) {
  const list = element("dl");
  const tell = (term, ...values) => {
    if (values.length > 0) list.append(element("dt", {}, term), ...values.map((value) => element("dd", {}, value)));
  };
  const ai = assisted === 0 ? "none of them AI-assisted" : assisted.toLocaleString("en") + " of them AI-assisted";
  tell("brought", commits.toLocaleString("en") + (commits === 1 ? " commit, " : " commits, ") + ai + ", on " + day);
  tell("made with", ...agents);
  tell("changed", ...(folders.length > 0 ? [folders.map((folder) => (folder === "." ? "files of the root" : folder)).join(", ")] : []));
  tell("co-signed by", ...cosigns.map(([name, proof, time]) => name + " (" + [proof, time].filter(Boolean).join(", ") + ")"));
  for (const [code, what] of wrong) tell(code, what || word);
  tell("look at it", ...(id ? [element("code", {}, "git show " + id)] : []));
  return list;
}
`;
