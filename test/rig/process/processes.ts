import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** Waits until this process has ended, however long that takes. */
export async function processEnd(pid: number): Promise<void> {
  while (runningGroup(String(pid)) !== undefined) await setTimeout(10);
}

/** Waits until no process of this group is left. */
export async function groupEnd(group: number): Promise<void> {
  while (readdirSync("/proc").some((pid) => runningGroup(pid) === group)) await setTimeout(10);
}

/** The group of a process that runs. One that only waits for its parent to ask after it does not. */
function runningGroup(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" || state === "X" ? undefined : Number(group);
  } catch {
    return undefined;
  }
}
