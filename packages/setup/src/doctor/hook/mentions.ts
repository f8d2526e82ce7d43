/** A program or package of ours; not a folder of that name which a path goes through. */
const OURS = /@countersign\/|countersign(?![\w.-]*[/\\](?!dist[/\\]))/;

/** Whether a hook's script or a configuration runs one of our programs. */
export function mentionsCountersign(text: string): boolean {
  return hasLine(text, OURS);
}

/** The gate's one file, and the action that holds it. */
const GATE = /\bgate\.mjs\b|\bcountersign\/packages\/action@/;

/** Whether a configuration runs the gate on forges. */
export function runsGate(text: string): boolean {
  return hasLine(text, GATE);
}

/** A comment runs nothing. */
function hasLine(text: string, pattern: RegExp): boolean {
  return text.split("\n").some((line) => pattern.test(line) && !/^\s*#(?!!)/.test(line));
}
