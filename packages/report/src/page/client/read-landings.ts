/** In the browser: unpacks the landings, and finds those that hold all words of a search. What it shows it sets as text. */
export const READ_LANDINGS = String.raw`
async function readLandings() {
  const packed = atob(document.getElementById("data").textContent);
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const columns = JSON.parse(await new Response(stream).text());
  let day = 0;
  columns.landed = columns.days.map((step) => (day += step));
  return columns;
}

function dayName(day) {
  return new Date(day * 86400000).toISOString().slice(0, 10);
}

function landingAt(columns, index) {
  const [standing, word] = columns.standingWords[columns.standings[index]];
  return {
    index,
    id: columns.ids.slice(index * 12, index * 12 + 12),
    day: dayName(columns.landed[index]),
    subject: columns.subjects[index],
    author: columns.people[columns.authors[index]],
    commits: columns.commits[index],
    assisted: columns.assisted[index],
    agents: columns.agentLists[columns.agents[index]],
    folders: columns.folderLists[columns.folders[index]],
    standing,
    word,
    cosigns: columns.cosigns[index] ?? [],
    wrong: columns.wrong[index] ?? [],
  };
}

/** All the text of each landing in lower case, made when it is first searched for. What many have alike is put together once. */
function searchTexts(columns) {
  const people = columns.people.map((name) => name.toLowerCase());
  const agents = columns.agentLists.map((names) => names.join(" ").toLowerCase());
  const folders = columns.folderLists.map((names) => names.map((name) => name + "/").join(" ").toLowerCase());
  const days = new Map();
  return columns.subjects.map((subject, index) => {
    const day = columns.landed[index];
    if (!days.has(day)) days.set(day, dayName(day));
    const signed = (columns.cosigns[index] ?? []).map(([name]) => name.toLowerCase()).join(" ");
    const codes = (columns.wrong[index] ?? []).map(([code]) => code.toLowerCase()).join(" ");
    return [
      subject.toLowerCase(),
      columns.ids.slice(index * 12, index * 12 + 12),
      days.get(day),
      people[columns.authors[index]],
      agents[columns.agents[index]],
      folders[columns.folders[index]],
      columns.standingWords[columns.standings[index]][1],
      signed,
      codes,
    ].join("\n");
  });
}

const SHOWN = {
  all: ["all landings", () => true],
  assisted: ["AI-assisted", (columns, index) => columns.assisted[index] > 0],
};

const ORDERS = {
  // The newest stands first, also within a day.
  landed: () => (a, b) => b - a,
  landing: byText((columns, index) => columns.subjects[index]),
  author: byText((columns, index) => columns.people[columns.authors[index]]),
  agents: byText((columns, index) => columns.agentLists[columns.agents[index]].join(", ")),
  commits: (columns) => (a, b) => columns.commits[a] - columns.commits[b],
  standing: (columns) => (a, b) => columns.standings[b] - columns.standings[a],
};

/** By rank: a hundred thousand texts are put in order once, and compared as numbers from then on. */
function byText(textOf) {
  return (columns) => {
    const texts = columns.subjects.map((_, index) => textOf(columns, index).toLowerCase());
    const ranks = new Map([...new Set(texts)].sort().map((text, rank) => [text, rank]));
    const places = texts.map((text) => ranks.get(text));
    return (a, b) => places[a] - places[b];
  };
}
`;
