import type { ObjectId } from "@countersign/core";
import type { IsGenuine } from "@countersign/core/internal";
import { expect, it } from "vitest";
import {
  type Changed,
  type Files,
  folderOf,
  HEAD,
  LedgerWorld,
} from "../../packages/core/src/ledger/ledger-world.fixture.ts";
import { NewObjects } from "../../packages/git/src/ledger/new-objects.ts";
import { uniteTrees } from "../../packages/git/src/ledger/unite.ts";

const CHANGE = (world: LedgerWorld): Changed => ({ a: [world.file("1"), world.file("2")] });

/** A ledger with a record, and where that lies. */
function start() {
  const world = new LedgerWorld();
  const id = world.add([CHANGE(world)]);
  const folder = folderOf(CHANGE(world), id, 1);
  return { world, id, folder, record: new Map(world.files) };
}

type Start = ReturnType<typeof start>;

/** The files of a tree that was united. */
async function unite(
  world: LedgerWorld,
  theirs: Files,
  ours: Files,
  { base, isGenuine }: { base?: Files | undefined; isGenuine?: IsGenuine } = {},
): Promise<Files> {
  const objects = new NewObjects(world);
  const trees = { theirs: world.treeOf(theirs), ours: world.treeOf(ours), base: base && world.treeOf(base) };
  return list(objects, await uniteTrees(objects, { ...trees, isGenuine }), "");
}

async function list(objects: NewObjects, tree: ObjectId, prefix: string): Promise<Files> {
  const files: Files = new Map();
  const bytes = Buffer.from(await objects.tree(tree, 1 << 20));
  for (let at = 0; at < bytes.length; ) {
    const nul = bytes.indexOf(0, at);
    const [mode = "", name = ""] = bytes.toString("latin1", at, nul).split(/ (.*)/s);
    const oid = bytes.toString("hex", nul + 1, nul + 21) as ObjectId;
    if (mode !== "40000") files.set(prefix + name, [mode, oid]);
    else for (const [path, entry] of await list(objects, oid, `${prefix}${name}/`)) files.set(path, entry);
    at = nul + 21;
  }
  return files;
}

const sorted = (...all: readonly Files[]): readonly unknown[] =>
  [...new Map(all.flatMap((files) => [...files]))].sort(([a], [b]) => (a < b ? -1 : 1));

const withFile = (files: Files, path: string, entry: readonly [string, ObjectId]): Files =>
  new Map(files).set(path, entry);

it("two ledgers that are united have the records of both, those of the same paths too", async () => {
  const { world, record } = start();
  for (let index = 0; index < 5; index += 1) world.add([{ [`f${index}`]: [undefined, world.file("1")] }]);
  const theirs = new Map(world.files);
  world.restore(record);
  world.add([CHANGE(world)], { head: { ...HEAD, project: "acme/other" } });
  for (let index = 3; index < 9; index += 1) world.add([{ [`f${index}`]: [undefined, world.file("1")] }]);
  expect(sorted(await unite(world, theirs, world.files))).toEqual(sorted(theirs, world.files));
});

it.each<readonly [string, (start: Start) => Files]>([
  [
    "whose files do not give its change",
    ({ world, record, folder }) => withFile(record, `${folder}/after/a`, world.file("3")),
  ],
  ["whose file is damaged", ({ world, record, folder }) => withFile(record, `${folder}/record`, world.file("x"))],
  ["that is a file", ({ world, folder }) => new Map([[folder, world.file("x")]])],
  ["above which a file stands", ({ world, folder }) => new Map([[folder.slice(0, 2), world.file("x")]])],
])("a folder %s gives way to the record, whoever has which", async (_, spoil) => {
  const found = start();
  const { world, record } = found;
  expect(sorted(await unite(world, spoil(found), record))).toEqual(sorted(record));
  expect(sorted(await unite(world, record, spoil(found)))).toEqual(sorted(record));
});

it("of two records that both hold, the one that is there already stays", async () => {
  const { world, record, folder } = start();
  world.restore(new Map());
  world.add([CHANGE(world)], { key: world.eve });
  const twin = new Map(world.files);
  expect(sorted(await unite(world, record, twin))).toEqual(sorted(record));
  expect((await unite(world, twin, record)).get(`${folder}/record`)).toEqual(twin.get(`${folder}/record`));
});

it("a withdrawal is kept, on whichever side it is, and beside a record that gives way", async () => {
  const { world, record, folder, id } = start();
  world.withdraw(folder, id);
  const withdrawn = new Map(world.files);
  expect(sorted(await unite(world, record, withdrawn))).toEqual(sorted(withdrawn));
  expect(sorted(await unite(world, withdrawn, record))).toEqual(sorted(withdrawn));
  const spoilt = withFile(withdrawn, `${folder}/record`, world.file("x"));
  expect(sorted(await unite(world, spoilt, record))).toEqual(sorted(withdrawn));
  const squatted = withFile(record, `${folder}/withdrawn`, world.file("x"));
  expect(sorted(await unite(world, squatted, withdrawn))).toEqual(sorted(withdrawn));
});

it("nobody keeps a place for what a person on the roster signs, whichever side that is on", async () => {
  const { world, record, folder, id } = start();
  const isGenuine: IsGenuine = ({ signature }) => signature.key.text === world.ada.text;
  world.withdraw(folder, id);
  const withdrawn = new Map(world.files);
  world.restore(new Map());
  world.add([CHANGE(world)], { key: world.eve });
  world.withdraw(folder, id, { key: world.eve });
  const squatted = new Map(world.files);
  for (const [theirs, ours] of [
    [squatted, withdrawn],
    [withdrawn, squatted],
  ] as const) {
    expect(sorted(await unite(world, theirs, ours, { isGenuine }))).toEqual(sorted(withdrawn));
  }
  expect(sorted(await unite(world, squatted, record, { isGenuine }))).toEqual(
    sorted(withFile(record, `${folder}/withdrawn`, squatted.get(`${folder}/withdrawn`) ?? world.file("x"))),
  );
});

it("a file that is no record is theirs, unless we alone changed it", async () => {
  const { world, record } = start();
  const path = ".github/workflows/countersign-ledger.yml";
  const [old, mine, yours] = ["old", "mine", "yours"].map((text) => withFile(record, path, world.file(text)));
  const unit = async (theirs: Files | undefined, ours: Files | undefined, base?: Files) =>
    sorted(await unite(world, theirs ?? record, ours ?? record, { base }));
  expect(await unit(yours, mine)).toEqual(sorted(yours ?? record));
  expect(await unit(undefined, mine)).toEqual(sorted(mine ?? record));
  expect(await unit(old, mine, old)).toEqual(sorted(mine ?? record));
  expect(await unit(yours, old, old)).toEqual(sorted(yours ?? record));
  expect(await unit(undefined, old, old)).toEqual(sorted(record));
  expect(await unit(old, undefined, old)).toEqual(sorted(record));
});
