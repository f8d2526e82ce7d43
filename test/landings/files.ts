import type { ObjectId } from "@countersign/core";
import { type Rules, World } from "./world.ts";

export function fn(name: string, ...body: readonly string[]): string {
  return `fn ${name}() {\n${body.map((line) => `    ${line};\n`).join("")}}\n\n`;
}

export const FILE = fn("load", "open", "read", "close") + fn("save", "open", "write", "close");

export function edit(text: string, old: string, now: string): string {
  if (!text.includes(old)) throw new Error(`there is no ${old}`);
  return text.replace(old, now);
}

/** A line in front of another one, in the body of a function. */
export function before(text: string, line: string, more: string): string {
  return edit(text, `    ${line};\n`, `    ${more};\n    ${line};\n`);
}

/** A world whose main has files with functions. */
export function openWorld(rules: Rules = {}): World {
  return new World({ "a.txt": FILE, "b.txt": FILE, "infra/x": "one\ntwo\nthree\n" }, rules);
}

/** A branch of so many commits by an agent, in one file. */
export function feature(
  w: World,
  n = 2,
  {
    path = "a.txt",
    by = "bob",
    at = w.main,
    ai = true,
  }: { path?: string; by?: string; at?: ObjectId; ai?: boolean } = {},
): ObjectId {
  let tip = at;
  for (let i = 0; i < n; i += 1) {
    tip = w.commit(tip, { [path]: before(w.text(tip, path), "read", `ai_${i}`) }, `ai ${i}\n`, { by, ai });
  }
  return tip;
}

/** A person's commit on main; without more it is two lines below the branch's hunk. */
export function moves(
  w: World,
  path = "a.txt",
  old = "    close;\n}\n\nfn save() {\n",
  now?: string,
): Promise<ObjectId> {
  const text = edit(w.text(w.main, path), old, now ?? old.replace("close;", "close; // moved"));
  return w.lands(w.commit(w.main, { [path]: text }, "a person's\n", { by: "carl" }));
}

/** The same far off in the file. */
export function movesFarOff(w: World): Promise<ObjectId> {
  return moves(w, "a.txt", "    write;\n", "    write; // moved\n");
}
