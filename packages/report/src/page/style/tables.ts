/** Tables, and what the one of all landings is steered with. */
export const TABLES = `
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--muted); font-weight: 500; font-size: .8125rem; white-space: nowrap; }
tbody th { font-weight: 400; }
td { font-variant-numeric: tabular-nums; }
time { white-space: nowrap; }
.numbers { width: auto; min-width: 50%; }
.beside .numbers, .gate .numbers { width: 100%; }
.id { color: var(--muted); white-space: nowrap; font-size: .8em; }
.wrong { list-style: none; margin: 0; padding: 0; }
.wrong { color: var(--muted); }
.wrong code { color: var(--bad); }
.standing { white-space: nowrap; }
.standing::before { content: ""; display: inline-block; width: .5rem; height: .5rem; border-radius: 50%; background: var(--rest); margin-right: .45rem; }
.standing.co-signed::before { background: var(--good); }
.standing.bypassed::before { background: var(--bad); }
.standing.bypassed { color: var(--bad); }
.standing.emergency::before, .standing.warned::before, .standing.undecided::before { background: var(--soft); }
#table { min-width: 50rem; }
#table td:nth-child(2) { width: 45%; overflow-wrap: anywhere; }
.gate table { min-width: 40rem; }
button, input, select { font: inherit; color: inherit; }
thead button { background: none; border: 0; padding: 0; cursor: pointer; font-weight: 500; }
thead button::after { content: "↕"; opacity: .55; margin-left: .3rem; }
[aria-sort="ascending"] button::after { content: "↑"; opacity: 1; }
[aria-sort="descending"] button::after { content: "↓"; opacity: 1; }
[aria-sort] button { color: var(--text); }
.open { background: none; border: 0; padding: 0; text-align: left; cursor: pointer; }
.open:hover, .open[aria-expanded="true"] { color: var(--ai); }
.more td { background: var(--wash); padding: .9rem 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 0; }
dl dt { color: var(--muted); grid-column: 1; }
dl dd { margin: 0; grid-column: 2; }
.figures dt, .figures dd { grid-column: auto; }
.tools { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; margin: 1rem 0 .5rem; }
.tools[hidden], .pages[hidden] { display: none; }
.tools label { color: var(--muted); font-size: .875rem; }
.tools input, .tools select { margin-left: .4rem; padding: .4rem .65rem; border: 1px solid var(--muted); border-radius: 6px; background: var(--card); color: var(--text); }
.tools input { width: min(24rem, 70vw); }
::placeholder { color: var(--muted); opacity: 1; }
.pages { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; margin-top: 1rem; color: var(--muted); font-size: .875rem; }
.pages button { padding: .35rem .8rem; border: 1px solid var(--line); border-radius: 6px; background: var(--card); color: var(--text); cursor: pointer; }
.pages button[aria-disabled="true"] { color: var(--muted); cursor: default; }
`;
