import { expect, it } from "vitest";
import { isCountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import { type Changed, type Files, folderOf, HEAD, LedgerWorld } from "./ledger-world.fixture.ts";
import { findRewriting } from "./rewriting.ts";

/** A ledger with a record of two blocks, a record that is taken back, and a workflow. */
function twoRecords() {
  const world = new LedgerWorld();
  const changes: readonly Changed[] = [
    { a: [world.file("1"), world.file("2")] },
    { "b/c": [undefined, world.file("1")], d: [world.file("1"), undefined] },
  ];
  const id = world.add(changes);
  const [first = "", second = ""] = changes.map((changed, index) => folderOf(changed, id, index + 1));
  const back = world.add(changes.slice(0, 1), { head: { ...HEAD, project: "acme/other" } });
  const withdrawn = folderOf(changes[0] ?? {}, back, 1);
  world.withdraw(withdrawn, back);
  world.files.set(".github/workflows/countersign-ledger.yml", world.file("on: push\n"));
  return { world, id, first, second, withdrawn, changes };
}

type Ledger = ReturnType<typeof twoRecords>;

async function rewriting(ledger: Ledger, change: (ledger: Ledger) => void): Promise<string | undefined> {
  const old = ledger.world.commitAll();
  change(ledger);
  return findRewriting(ledger.world, old, ledger.world.commitAll());
}

const under = (files: Files, prefix: string): readonly string[] =>
  [...files.keys()].filter((path) => path.startsWith(prefix));

const drop = (files: Files, prefix: string): void => {
  for (const path of under(files, prefix)) files.delete(path);
};

it.each<readonly [string, (ledger: Ledger) => void, RegExp]>([
  ["takes out a block", ({ world, second }) => drop(world.files, second), /^removes the record .{65}\/.{64}-2$/],
  ["takes out all that begins alike", ({ world, first }) => drop(world.files, first.slice(0, 3)), /^removes/],
  ["takes out everything", ({ world }) => world.files.clear(), /^removes/],
  ["takes out a file before", ({ world, first }) => drop(world.files, `${first}/before`), /^changes the record/],
  [
    "changes a file after",
    ({ world, first }) => world.files.set(`${first}/after/a`, world.file("3")),
    /^changes the record/,
  ],
  [
    "changes a mode",
    ({ world, first }) => world.files.set(`${first}/after/a`, ["100755", world.blobId("2")]),
    /^changes/,
  ],
  [
    "takes out the file of the record",
    ({ world, first }) => drop(world.files, `${first}/record`),
    /^changes the record/,
  ],
  [
    "changes the file of the record",
    ({ world, first }) => world.files.set(`${first}/record`, world.file("x")),
    /^changes/,
  ],
  ["adds a file to a record", ({ world, first }) => world.files.set(`${first}/note`, world.file("x")), /^changes/],
  [
    "puts a file in place of a record",
    ({ world, first }) => {
      drop(world.files, first);
      world.files.set(first, world.file("x"));
    },
    /^removes the record/,
  ],
  [
    "puts a file in place of all that begins alike",
    ({ world, first }) => {
      drop(world.files, first.slice(0, 3));
      world.files.set(first.slice(0, 2), world.file("x"));
    },
    /^removes/,
  ],
  [
    "takes out a withdrawal",
    ({ world, withdrawn }) => drop(world.files, `${withdrawn}/withdrawn`),
    /^removes the withdrawal/,
  ],
  [
    "changes a withdrawal",
    ({ world, withdrawn }) => {
      world.files.set(`${withdrawn}/withdrawn`, world.file("x"));
    },
    /^removes the withdrawal/,
  ],
  [
    "hides a withdrawal behind another file of its name",
    ({ world, withdrawn }) => {
      const inside = under(world.files, `${withdrawn}/`).map((path) => [path.slice(withdrawn.length + 1), path]);
      const kept = new Map(inside.map(([name = "", path = ""]) => [name, world.files.get(path) ?? world.file("x")]));
      const bytes = world.objects.get(world.treeOf(kept))?.bytes ?? new Uint8Array();
      const twice = Buffer.concat([bytes, Buffer.from("100644 withdrawn\0"), Buffer.from(world.blobId("x"), "hex")]);
      drop(world.files, withdrawn);
      world.files.set(withdrawn, ["040000", world.put("tree", twice)]);
    },
    /^removes the withdrawal/,
  ],
  ["takes out a record and its withdrawal", ({ world, withdrawn }) => drop(world.files, withdrawn), /^removes/],
])("a new tip that %s is a rewriting", async (_, change, problem) => {
  expect(await rewriting(twoRecords(), change)).toMatch(problem);
});

it.each<readonly [string, (ledger: Ledger) => void]>([
  ["changes nothing", () => {}],
  ["adds a record", ({ world, changes }) => world.add(changes, { head: { ...HEAD, project: "acme/third" } })],
  ["takes a record back", ({ world, first, id }) => world.withdraw(first, id)],
  ["changes the workflow", ({ world }) => world.files.set(".github/workflows/countersign-ledger.yml", world.file("x"))],
  ["takes the workflow out", ({ world }) => drop(world.files, ".github")],
  [
    "adds what is no record",
    ({ world, first }) => {
      world.files.set("README.md", world.file("x"));
      world.files.set(`${first.slice(0, 3)}${"0".repeat(62)}/note`, world.file("x"));
    },
  ],
])("one that %s is not", async (_, change) => {
  expect(await rewriting(twoRecords(), change)).toBeUndefined();
});

it.each<readonly [string, (ledger: Ledger) => void]>([
  ["whose files do not give its change", ({ world, first }) => world.files.set(`${first}/after/a`, world.file("3"))],
  ["whose file is damaged", ({ world, first }) => world.files.set(`${first}/record`, world.file("x"))],
  [
    "whose signature is not by its key",
    ({ world, first }) => {
      const oid = world.files.get(`${first}/record`)?.[1];
      const text = Buffer.from((oid && world.objects.get(oid)?.bytes) ?? []).toString();
      const other = text.replace("cosigner ada@", "cosigner adx@");
      world.files.set(`${first}/record`, world.file(other));
    },
  ],
  [
    "whose folder is not a tree as git writes it",
    ({ world, first }) => {
      drop(world.files, first);
      world.files.set(first, ["040000", world.put("tree", Buffer.from("100644 a"))]);
    },
  ],
])("a folder %s may be replaced", async (_, spoil) => {
  const ledger = twoRecords();
  const sound = new Map(ledger.world.files);
  spoil(ledger);
  expect(await rewriting(ledger, ({ world }) => world.restore(sound))).toBeUndefined();
});

it("compares large ledgers by what differs alone", async () => {
  const ledger = twoRecords();
  const { world, changes } = ledger;
  for (let index = 0; index < 500; index += 1) world.add([{ [`f${index}`]: [undefined, world.file(`${index}`)] }]);
  const old = world.commitAll();
  world.add(changes.slice(0, 1), { head: { ...HEAD, project: "acme/third" } });
  const tip = world.commitAll();
  world.reads.length = 0;
  expect(await findRewriting(world, old, tip)).toBeUndefined();
  // Both commits, and of both ledgers the root, the folder of two digits and that of the paths.
  expect(world.reads).toHaveLength(8);
});

it("is not known where a part of the old ledger is not here", async () => {
  const { world, first } = twoRecords();
  const old = world.commitAll();
  const folder = first.slice(0, 2);
  const inside = under(world.files, folder).map((path) => [path.slice(3), world.files.get(path)] as const);
  world.objects.delete(world.treeOf(new Map(inside as [string, readonly [string, ObjectId]][])));
  drop(world.files, folder);
  const failure = await findRewriting(world, old, world.commitAll()).catch((error: unknown) => error);
  expect(isCountersignError(failure) && failure.code).toBe("OBJECT_MISSING");
});
