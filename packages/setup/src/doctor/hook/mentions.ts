/** A program or package of ours; not a folder of that name which a path goes through. */
const OURS = /@countersign\/|countersign(?![\w.-]*[/\\](?!dist[/\\]))/;

/** Whether a hook's script or a configuration runs one of our programs. */
export function mentionsCountersign(text: string): boolean {
  // A comment runs nothing.
  return text.split("\n").some((line) => OURS.test(line) && !/^\s*#(?!!)/.test(line));
}
