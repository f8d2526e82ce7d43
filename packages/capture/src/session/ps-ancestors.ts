import { spawnSync } from "node:child_process";
import { type Ancestor, MOST_ANCESTORS } from "./ancestor.ts";

/** Where macOS and the BSDs keep it: no other program of that name on the PATH is asked. */
const PS = "/bin/ps";
/** Each column by itself, since what follows a `=` is the column's title. */
const COLUMNS = ["-axww", "-o", "pid=", "-o", "ppid=", "-o", "args="];

/** The ancestors as `ps` shows them, in one call. None where it cannot be run. */
export function readByPs(pid: number, program: string = PS): readonly Ancestor[] {
  const { status, stdout } = spawnSync(program, COLUMNS, {
    encoding: "utf8",
    env: { LC_ALL: "C" },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 2000,
    windowsHide: true,
  });
  return status === 0 ? climb(readTable(stdout), pid) : [];
}

interface TableRow {
  readonly parent: number;
  readonly args: readonly string[];
}

function readTable(text: string): ReadonlyMap<number, TableRow> {
  const rows = new Map<number, TableRow>();
  for (const [, pid, parent, line = ""] of text.matchAll(/^ *([0-9]+) +([0-9]+) ?(.*)$/gm)) {
    rows.set(Number(pid), { parent: Number(parent), args: line.split(" ").filter((arg) => arg !== "") });
  }
  return rows;
}

function climb(rows: ReadonlyMap<number, TableRow>, pid: number): readonly Ancestor[] {
  const ancestors: Ancestor[] = [];
  let at = rows.get(pid)?.parent;
  for (let row = rows.get(at ?? 0); row !== undefined && ancestors.length < MOST_ANCESTORS; row = rows.get(at ?? 0)) {
    ancestors.push({ pid: at as number, args: row.args });
    at = row.parent;
  }
  return ancestors;
}
