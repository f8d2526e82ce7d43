import type { ObjectId } from "@countersign/core";
import { afterAll, expect, it } from "vitest";
import { feature, openWorld } from "../landings/files.ts";
import { policyOf } from "../landings/world.ts";
import type { MadeFile } from "../rig/repository/memory-repository.ts";
import { storeObjects } from "../rig/repository/store-objects.ts";
import { openReceiveWorld } from "../rig/worlds/receive-world.ts";

const REF = "refs/heads/countersign/ledger";
const push = openReceiveWorld({ policy: policyOf({}) });
afterAll(() => push[Symbol.dispose]());
const { dev, server } = push;

/** A ledger with a record and one that is taken back. */
const w = openWorld();
await w.sign(feature(w));
w.now += 60;
await w.sign(feature(w, 1), { what: "each" });
const [back] = w.places((path) => path.includes("-1/") && !path.includes("-2/"));
w.withdraw("ada", back ? [back] : []);
const old = w.ledger ?? w.start;
storeObjects(w.repository, dev.commonDir);
server.git(["fetch", "-q", dev.dir, `${old}:${REF}`]);
server.git(["symbolic-ref", "refs/heads/alias", REF]);

const files = [...w.repository.filesOf(old).keys()];
const gone = (wanted: RegExp): Readonly<Record<string, MadeFile>> =>
  Object.fromEntries(files.filter((path) => wanted.test(path)).map((path) => [path, null]));

function make(changes: Readonly<Record<string, MadeFile>>, parents: readonly ObjectId[] = [old]): ObjectId {
  const tip = w.repository.add("Co-signs\n", { parents, filesOf: old, files: changes });
  storeObjects(w.repository, dev.commonDir);
  return tip;
}

const unrelated = (): ObjectId => w.repository.add("root\n", { files: { README: "x\n" } });

/** A second file `withdrawn`, which git would not write, behind the first. */
function hidden(): string {
  const [folder = ""] = back ?? [];
  const names = folder.split("/");
  const tree = (at: string): string => dev.git(["rev-parse", at === "" ? `${old}^{tree}` : `${old}:${at}`]);
  const write = (bytes: Buffer): string =>
    dev.git(["hash-object", "-t", "tree", "-w", "--literally", "--stdin"], { input: bytes });
  const raw = (oid: string): Buffer => Buffer.from(w.repository.treeBytes(oid as ObjectId));
  const other = dev.git(["hash-object", "-w", "--stdin"], { input: "x" });
  let oid = write(Buffer.concat([raw(tree(folder)), Buffer.from("100644 withdrawn\0"), Buffer.from(other, "hex")]));
  for (let depth = names.length - 1; depth >= 0; depth -= 1) {
    const above = raw(tree(names.slice(0, depth).join("/")));
    const at = above.indexOf(Buffer.from(`40000 ${names[depth]}\0`)) + 7 + (names[depth] ?? "").length;
    oid = write(Buffer.concat([above.subarray(0, at), Buffer.from(oid, "hex"), above.subarray(at + 20)]));
  }
  return dev.git(["commit-tree", oid, "-p", old, "-m", "Co-signs"]);
}

const tag = (): string =>
  dev.git(["mktag"], { input: `object ${old}\ntype commit\ntag v1\ntagger x <x@x> 1 +0000\n\nx\n` });

it.each<readonly [what: string, refspec: () => string, said: string]>([
  ["takes it away", () => `:${REF}`, "LEDGER_REWRITTEN"],
  ["takes a record out", () => `${make(gone(/-2\//))}:${REF}`, "removes the record"],
  ["takes everything out by force", () => `+${unrelated()}:${REF}`, "LEDGER_REWRITTEN"],
  ["takes a record out by another name of it", () => `${make(gone(/-2\//))}:refs/heads/alias`, "LEDGER_REWRITTEN"],
  ["merges a history without records", () => `${unmerged()}:${REF}`, "LEDGER_REWRITTEN"],
  ["takes a withdrawal out", () => `${make(gone(/withdrawn$/))}:${REF}`, "removes the withdrawal"],
  ["hides a withdrawal", () => `${hidden()}:${REF}`, "removes the withdrawal"],
  ["makes it a tag", () => `${tag()}:${REF}`, "NOT_A_COMMIT"],
])("a push that %s is refused, by hook and server, and it stays", (_, refspec, said) => {
  const asked = refspec();
  storeObjects(w.repository, dev.commonDir);
  const { hook, stderr, refs, status } = push.push("origin", asked);
  expect(stderr.replace(/\s+/g, " ")).toContain(said);
  expect({ hook, status, ledger: refs.get(REF) }).toEqual({
    hook: said === "NOT_A_COMMIT" ? 2 : 1,
    status: 1,
    ledger: old,
  });
  const { status: early, stderr: warned } = dev.try(["push", "--dry-run", "origin", asked]);
  if (!asked.endsWith("alias"))
    expect([early, warned.replace(/\s+/g, " ")]).toEqual([1, expect.stringContaining(said)]);
});

function unmerged(): ObjectId {
  return w.repository.add("Merge\n", { parents: [old, unrelated()], filesOf: unrelated() });
}

it("a push that adds to it gets in, by a merge of another history too", () => {
  const merged = make({ README: "x\n" }, [old, unrelated()]);
  const { hook, refs } = push.push("origin", `${merged}:${REF}`);
  expect({ hook, ledger: refs.get(REF) }).toEqual({ hook: 0, ledger: merged });
});
