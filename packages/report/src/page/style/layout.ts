/** The page as a whole, its numbers and its charts. */
export const LAYOUT = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Cantarell, sans-serif; overflow-wrap: break-word; }
header, main, footer { max-width: 71rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 4rem; }
h1 { font-size: 2.1rem; line-height: 1.2; letter-spacing: -0.02em; font-weight: 650; margin: 0 0 .35rem; }
h2 { font-size: 1.05rem; font-weight: 650; margin: 0; letter-spacing: -0.005em; }
p { margin: 0; }
code { font: .875em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.eyebrow, .note, .legend, footer, summary { color: var(--muted); font-size: .875rem; }
.eyebrow { margin-bottom: .75rem; }
.range { color: var(--muted); }
.lede { font-size: 1.3rem; line-height: 1.5; margin-top: 2rem; max-width: 46rem; text-wrap: pretty; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.75rem 2rem; margin: 2.75rem 0 1rem; padding: 0; }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.figures dd { margin: 0; font-size: 2.9rem; line-height: 1.1; font-weight: 600; letter-spacing: -0.03em; font-variant-numeric: tabular-nums; }
.figures dt { color: var(--muted); font-size: .9rem; margin-top: .3rem; }
.figures .good { color: var(--good); }
.figures .bad { color: var(--bad); }
section { margin-top: 3.5rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); column-gap: 3.5rem; }
.says { margin: .2rem 0 1rem; max-width: 46rem; }
.legend { margin: -.6rem 0 .9rem; }
.key { display: inline-block; width: .7rem; height: .7rem; border-radius: 2px; margin: 0 .25rem 0 .6rem; }
.key:first-child { margin-left: 0; }
.key.ai { background: var(--ai); } .key.rest { background: var(--rest); }
.key.good { background: var(--good); } .key.bad { background: var(--bad); }
.chart text { font-size: 13px; }
.chart.wide { overflow-x: auto; }
.chart.wide svg { min-width: 44rem; }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1.5rem 3.5rem; align-items: start; }
.chart svg { display: block; width: 100%; height: auto; }
.note { margin-top: .75rem; max-width: 46rem; }
details { margin-top: .75rem; }
summary { cursor: pointer; width: fit-content; }
details > .scroll { margin-top: .75rem; }
.gate { border-left: 3px solid var(--rest); padding-left: 1.25rem; }
.gate.open { border-color: var(--bad); }
.gate.sound { border-color: var(--good); }
.gate:not(.open) .says { margin-bottom: 0; }
footer { margin-top: 4.5rem; padding-top: 1.25rem; padding-bottom: 3rem; border-top: 1px solid var(--line); }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--ai); outline-offset: 2px; border-radius: 3px; }
a { color: var(--ai); }
`;
