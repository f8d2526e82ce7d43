import type { ObjectFormat, ObjectId } from "@countersign/core";
import fc from "fast-check";
import { fn } from "./files.ts";
import { type Signed, World } from "./world.ts";

const WORDS = ["check", "open", "read"];
const KINDS = [
  "squash",
  "rebase",
  "merge",
  "half",
  "byte",
  "mode",
  "more",
  "less",
  "moved",
  "doubled",
  "swapped",
  "evil",
  "again",
] as const;

const edit = fc.record({
  path: fc.constantFrom("a.txt", "a.txt", "b.txt"),
  at: fc.nat(20),
  how: fc.constantFrom("insert", "insert", "delete", "change"),
  word: fc.constantFrom(...WORDS),
});
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

export const landings = fc.record({
  format: fc.constantFrom<ObjectFormat>("sha1", "sha256"),
  bodies: fc.array(fc.array(fc.nat(WORDS.length - 1), { minLength: 3, maxLength: 5 }), { minLength: 2, maxLength: 3 }),
  commits: fc.oneof(fc.tuple(edit), fc.tuple(edit, edit)),
  main: fc.array(fc.record({ edit, by: fc.constantFrom("edit", "swap", "rename") }), { maxLength: 2 }),
  isLate: fc.boolean(),
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(20),
});
export type Landing = typeof landings extends fc.Arbitrary<infer Value> ? Value : never;

/** A branch that was signed, and what is to land of it. */
export interface Grown {
  readonly w: World;
  readonly tip: ObjectId;
  readonly signed: readonly Signed[];
}

/** Undefined where it does not merge, or comes to nothing. */
export async function growLanding({
  format,
  bodies,
  commits,
  main,
  isLate,
  kind,
  at,
}: Landing): Promise<Grown | undefined> {
  const text = bodies.map((body, index) => fn(`f${index}`, ...body.map((word) => WORDS[word] ?? ""))).join("");
  const w = new World({ "a.txt": text, "b.txt": text }, {}, format);
  let head = w.main;
  for (const [index, each] of commits.entries())
    head = work(w, head, each, index === 0 ? each.word : `ai_${index}`, true);
  const move = (): void => {
    let files = {};
    for (const [index, { edit: each, by }] of main.entries()) {
      const old = (files as Record<string, string>)[each.path] ?? w.text(w.main, each.path);
      files = {
        ...files,
        [each.path]: by === "edit" ? edited(old, each, `person_${index}`) : reordered(old, by === "rename"),
      };
    }
    if (main.length > 0) w.main = w.commit(w.main, files, "a person's\n", { by: "carl" });
  };
  if (isLate) move();
  const signed = await w.sign(head);
  if (signed.some(({ changes }) => changes.length === 0)) return undefined;
  if (!isLate) move();
  try {
    const tip = await landed(w, head, kind, at);
    return tip && { w, tip, signed };
  } catch {
    return undefined;
  }
}

async function landed(w: World, head: ObjectId, kind: Landing["kind"], at: number): Promise<ObjectId | undefined> {
  if (kind === "rebase" || kind === "merge") return w.button(kind, head);
  if (kind === "half") return w.pick(w.main, ...w.plain(w.start, head).slice(0, 1));
  const squashed = await w.button("squash", head);
  if (kind === "squash") return squashed;
  if (kind === "again") {
    if ((await w.codes(squashed)).length > 0) return undefined;
    w.main = w.revert(squashed, squashed);
    return w.button("squash", w.pick(w.start, ...w.plain(w.start, head)));
  }
  const text = w.text(squashed, "a.txt");
  const rows = text.split("\n");
  const row = at % rows.length;
  if (kind === "evil") return w.merge(w.main, head, { "a.txt": rows.toSpliced(row, 1).join("\n") }, { ai: true });
  const files = {
    byte: { "a.txt": `${text} ` },
    mode: { "a.txt": ["100755", text] },
    more: { "c.txt": "more\n" },
    less: { "a.txt": w.text(w.main, "a.txt") },
    moved: {
      "a.txt": rows
        .toSpliced(row, 1)
        .toSpliced((at * 7) % rows.length, 0, rows[row] ?? "")
        .join("\n"),
    },
    doubled: { "a.txt": rows.toSpliced(row, 0, rows[row] ?? "").join("\n") },
    swapped: { "a.txt": w.text(squashed, "b.txt"), "b.txt": text },
  } as const;
  const changed = { "a.txt": text, "b.txt": w.text(squashed, "b.txt"), ...files[kind] };
  return w.commit(w.main, changed, "squash\n", { ai: true });
}

function work(w: World, at: ObjectId, each: Edit, word: string, ai: boolean): ObjectId {
  return w.commit(at, { [each.path]: edited(w.text(at, each.path), each, word) }, "work\n", { ai });
}

function edited(text: string, { at, how }: Edit, word: string): string {
  const rows = text.split("\n");
  const body = [...rows.keys()].filter((row) => rows[row]?.startsWith("    "));
  const row = body[at % body.length] ?? 0;
  if (how === "insert") return rows.toSpliced(row, 0, `    ${word};`).join("\n");
  if (how === "delete") return rows.toSpliced(row, 1).join("\n");
  return rows.with(row, `${rows[row]} ${word}`).join("\n");
}

/** The first two functions the other way round, maybe under new names. */
function reordered(text: string, rename: boolean): string {
  const [first = "", second = "", ...rest] = text.split(/(?=^fn )/m);
  const name = (part: string): string => (rename ? part.replace(/^fn (\w+)/, "fn $1_now") : part);
  return [name(second), name(first), ...rest].join("");
}
