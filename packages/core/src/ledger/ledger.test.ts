import { describe, expect, it } from "vitest";
import { pathsDigest } from "../cosign/digest.ts";
import { NAMESPACE, type SignedHead } from "../cosign/lines.ts";
import { isCountersignError } from "../error.ts";
import { SigningKey } from "../ssh/signing-key.fixture.ts";
import { verifySignature } from "../ssh/verify-signature.ts";
import { blockOf } from "./blocks.fixture.ts";
import { Ledger, type Verify } from "./ledger.ts";
import { type Changed, changesOf, folderOf, HEAD, LedgerWorld } from "./ledger-world.fixture.ts";

interface Known {
  readonly person: object;
}

const ADA = { person: { name: "Ada" } };

/** The world's ledger as it is now, of which Ada's signatures alone verify. */
function open(world: LedgerWorld, verify: Verify<Known> = byAda(world)): Ledger<Known> {
  return new Ledger(world, world.commitAll(), verify);
}

function byAda(world: LedgerWorld): Verify<Known> {
  return ({ signature, bytes }) =>
    signature.key.text === world.ada.text && verifySignature(signature, NAMESPACE, bytes).valid ? ADA : undefined;
}

const pathsOf = (changed: Changed): string => pathsDigest(changesOf(changed));

async function found(world: LedgerWorld, changed: Changed): Promise<number> {
  return (await open(world).recordsOf(pathsOf(changed))).length;
}

/** A ledger with one record of one change. */
function simpleWorld() {
  const world = new LedgerWorld();
  const changed: Changed = { "src/a.ts": [world.file("one\n"), world.file("two\n")] };
  const recordId = world.add([changed]);
  return { world, changed, recordId, folder: folderOf(changed, recordId, 1) };
}

describe("the records of some paths", () => {
  it("say what was signed, by whom, and what was approved from which files to which", async () => {
    const { world, changed, recordId } = simpleWorld();
    const [record, ...others] = await open(world).recordsOf(pathsOf(changed));
    expect(others).toEqual([]);
    expect(record).toMatchObject({ recordId, blockNumber: 1, verified: ADA });
    expect(record?.lines).toEqual({ head: HEAD, blocks: [blockOf(changesOf(changed))] });
    expect(record?.signature.key.text).toBe(world.ada.text);
    expect(record?.changes.map((change) => ({ ...change, path: Buffer.from(change.path) }))).toEqual(
      changesOf(changed),
    );
  });

  it.each<readonly [string, (world: LedgerWorld) => Changed]>([
    ["that add a file", (world) => ({ a: [undefined, world.file("1")] })],
    ["that delete one", (world) => ({ a: [world.file("1"), undefined] })],
    [
      "that change a mode, a link and a submodule",
      (world) => ({
        "bin/run": [
          ["100644", world.blobId("1")],
          ["100755", world.blobId("1")],
        ],
        link: [
          ["120000", world.blobId("a")],
          ["120000", world.blobId("b")],
        ],
        "vendor/lib": [
          ["160000", world.blobId("x")],
          ["160000", world.blobId("y")],
        ],
      }),
    ],
    [
      "that make a folder of a file",
      (world) => ({ a: [world.file("1"), undefined], "a/b": [undefined, world.file("1")] }),
    ],
    [
      "with bytes that are not UTF-8, line feeds and quotes in their names",
      (world) => ({
        "\xff\xfe/\n": [world.file("1"), world.file("2")],
        "\xff\xff/\n": [undefined, world.file("2")],
        'a"\\\tb': [world.file("1"), undefined],
        "a.b": [world.file("1"), world.file("2")],
        "a/b": [world.file("1"), world.file("2")],
        a0b: [world.file("1"), world.file("2")],
      }),
    ],
    ["without any", () => ({})],
  ])("are found for changes %s", async (_, make) => {
    const world = new LedgerWorld();
    const changed = make(world);
    world.add([changed]);
    const [record] = await open(world).recordsOf(pathsOf(changed));
    expect(record?.changes.map(({ path, ...rest }) => ({ path: Buffer.from(path), ...rest }))).toEqual(
      changesOf(changed),
    );
  });

  it("have an empty tree for a side without files, where another tool wrote one", async () => {
    const world = new LedgerWorld();
    const changed: Changed = { a: [undefined, world.file("1")] };
    const folder = folderOf(changed, world.add([changed]), 1);
    world.files.set(`${folder}/before`, ["040000", world.treeOf(new Map())]);
    expect(await found(world, changed)).toBe(1);
  });

  it("are verified once, however many blocks there are", async () => {
    const world = new LedgerWorld();
    const changes = Array.from(
      { length: 40 },
      (_, index): Changed => ({ [`f${index}`]: [undefined, world.file("1")] }),
    );
    world.add(changes);
    let verified = 0;
    const ledger = open(world, (statement) => {
      verified += 1;
      return byAda(world)(statement);
    });
    for (const changed of changes) expect(await ledger.recordsOf(pathsOf(changed))).toHaveLength(1);
    expect(verified).toBe(1);
  });

  it("are read without the rest of the ledger", async () => {
    const { world, changed } = simpleWorld();
    const alone = world.commitAll();
    await new Ledger(world, alone, byAda(world)).recordsOf(pathsOf(changed));
    const few = world.reads.length;
    for (let index = 0; index < 300; index += 1) world.add([{ [`f${index}`]: [undefined, world.file(`${index}`)] }]);
    const tip = world.commitAll();
    world.reads.length = 0;
    expect(await new Ledger(world, tip, byAda(world)).recordsOf(pathsOf(changed))).toHaveLength(1);
    expect(world.reads).toHaveLength(few);
  });

  it("are all of one signer up to a thousand, and those of others besides", async () => {
    const world = new LedgerWorld();
    const changed: Changed = { a: [undefined, world.file("1")] };
    const carl = new SigningKey();
    for (let index = 0; index < 1001; index += 1) {
      const project = `acme/${index}`;
      world.add([changed, changed], { head: { ...HEAD, project } });
      world.add([changed], { head: { ...HEAD, project }, key: world.eve });
    }
    world.add([changed], { key: carl });
    const CARL = { person: {} };
    const ledger = open(world, (statement) =>
      statement.signature.key.text === carl.text ? CARL : byAda(world)(statement),
    );
    const records = await ledger.recordsOf(pathsOf(changed));
    // Each of Ada's has two blocks.
    expect(records.filter(({ verified }) => verified === ADA)).toHaveLength(2000);
    expect(records.filter(({ verified }) => verified === CARL)).toHaveLength(1);
  });

  it("cannot be told where a part is not here", async () => {
    for (const kind of ["record", "before", "after", "the folder", "the root"]) {
      const { world, changed, folder } = simpleWorld();
      const tip = world.commitAll();
      const root = world.treeOf(world.files);
      const [record] = [world.files.get(`${folder}/record`)?.[1]];
      const inside = (prefix: string) => {
        const files = [...world.files].filter(([path]) => path.startsWith(prefix));
        return world.treeOf(new Map(files.map(([path, entry]) => [path.slice(prefix.length), entry])));
      };
      const lost = { record, before: inside(`${folder}/before/`), after: inside(`${folder}/after/`) };
      const others = { "the folder": inside(`${folder.slice(0, 2)}/`), "the root": root };
      world.objects.delete({ ...lost, ...others }[kind] as never);
      const ledger = new Ledger(world, tip, byAda(world));
      const failure = await ledger.recordsOf(pathsOf(changed)).catch((error: unknown) => error);
      expect(isCountersignError(failure) && failure.code, kind).toBe("OBJECT_MISSING");
    }
  });
});

describe("what is not a record counts for nothing, and hides none beside it", () => {
  type World = ReturnType<typeof simpleWorld>;
  const tampered = (bytes: Uint8Array, at: number): Uint8Array =>
    bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
  const withRecord = ({ world, folder }: World, change: (bytes: Uint8Array) => Uint8Array): void => {
    const oid = world.files.get(`${folder}/record`)?.[1];
    const bytes = (oid && world.objects.get(oid)?.bytes) ?? new Uint8Array();
    world.files.set(`${folder}/record`, ["100644", world.put("blob", change(bytes))]);
  };
  const moved = ({ world, folder }: World, to: string): void => {
    for (const [path, entry] of [...world.files]) {
      world.files.delete(path);
      world.files.set(path.replace(folder, to), entry);
    }
  };

  it.each<readonly [string, (found: World) => void]>([
    ["another byte in its lines", (found) => withRecord(found, (bytes) => tampered(bytes, 20))],
    ["another byte in its signature", (found) => withRecord(found, (bytes) => tampered(bytes, bytes.length - 60))],
    [
      "its armor in other columns",
      (found) =>
        withRecord(found, (bytes) =>
          Buffer.from(
            Buffer.from(bytes)
              .toString()
              .replace(/^(U1.{68})\n(.)/m, "$1$2\n"),
          ),
        ),
    ],
    [
      "CRLF",
      (found) => withRecord(found, (bytes) => Buffer.from(Buffer.from(bytes).toString().replaceAll("\n", "\r\n"))),
    ],
    ["something behind it", (found) => withRecord(found, (bytes) => Buffer.concat([bytes, Buffer.from("\n")]))],
    ["no signature", (found) => withRecord(found, (bytes) => bytes.subarray(0, 300))],
    ["four megabytes", (found) => withRecord(found, (bytes) => Buffer.concat([Buffer.alloc(4 << 20), bytes]))],
    ["no file", ({ world, folder }) => world.files.delete(`${folder}/record`)],
    [
      "a link in place of the file",
      ({ world, folder }) => {
        const oid = world.files.get(`${folder}/record`)?.[1];
        if (oid) world.files.set(`${folder}/record`, ["120000", oid]);
      },
    ],
    ["the number of a block that it has not", (found) => moved(found, found.folder.replace(/1$/, "2"))],
    ["a number with a zero in front", (found) => moved(found, found.folder.replace(/1$/, "01"))],
    [
      "another record's id",
      (found) =>
        moved(
          found,
          found.folder.replace(/[0-9a-f]-1$/, (end) => (end === "0-1" ? "1-1" : "0-1")),
        ),
    ],
    ["another file after", ({ world, folder }) => world.files.set(`${folder}/after/src/a.ts`, world.file("evil\n"))],
    [
      "another mode after",
      ({ world, folder }) => world.files.set(`${folder}/after/src/a.ts`, ["100755", world.blobId("two\n")]),
    ],
    ["another file before", ({ world, folder }) => world.files.set(`${folder}/before/src/a.ts`, world.file("evil\n"))],
    ["no before", ({ world, folder }) => world.files.delete(`${folder}/before/src/a.ts`)],
    ["a path more", ({ world, folder }) => world.files.set(`${folder}/after/src/b.ts`, world.file("evil\n"))],
    [
      "a file in place of a side",
      ({ world, folder }) => {
        world.files.delete(`${folder}/after/src/a.ts`);
        world.files.set(`${folder}/after`, world.file("two\n"));
      },
    ],
    [
      "a side that is not a tree as git writes it",
      ({ world, folder }) => {
        world.files.delete(`${folder}/after/src/a.ts`);
        world.files.set(`${folder}/after`, ["040000", world.put("tree", Buffer.from("100644 a"))]);
      },
    ],
    [
      "a side that goes on and on",
      ({ world, folder }) => {
        world.files.delete(`${folder}/after/src/a.ts`);
        let tree = world.treeOf(new Map([["a", world.file("1")]]));
        for (let depth = 0; depth < 60; depth += 1)
          tree = world.treeOf(
            new Map([
              ["a", ["040000", tree]],
              ["b", ["040000", tree]],
            ]),
          );
        world.files.set(`${folder}/after`, ["040000", tree]);
      },
    ],
    [
      "a side that goes deeper and deeper",
      ({ world, folder }) => {
        world.files.delete(`${folder}/after/src/a.ts`);
        let tree = world.treeOf(new Map());
        for (let depth = 0; depth < 3000; depth += 1) tree = world.treeOf(new Map([["a", ["040000", tree]]]));
        world.files.set(`${folder}/after`, ["040000", tree]);
      },
    ],
  ])("with %s", async (_, change) => {
    const simple = simpleWorld();
    const { world, changed } = simple;
    expect(await found(world, changed)).toBe(1);
    change(simple);
    expect(await found(world, changed)).toBe(0);
    world.add([changed], { head: { ...HEAD, project: "acme/other" } });
    expect(await found(world, changed)).toBe(1);
  });

  it("by a key of somebody else", async () => {
    const world = new LedgerWorld();
    const changed: Changed = { a: [undefined, world.file("1")] };
    world.add([changed], { key: world.eve });
    expect(await found(world, changed)).toBe(0);
    world.add([changed]);
    expect(await found(world, changed)).toBe(1);
  });

  it("in a folder of other paths", async () => {
    const { world, changed, folder } = simpleWorld();
    const other: Changed = { "src/b.ts": changed["src/a.ts"] ?? [undefined, undefined] };
    moved({ world, folder } as World, folder.replace(/^.{65}/, folderOf(other, "", 1).slice(0, 65)));
    expect(await found(world, other)).toBe(0);
    world.add([other]);
    expect(await found(world, other)).toBe(1);
  });

  it("where files stand in place of folders, and workflows beside them", async () => {
    const { world, changed, folder } = simpleWorld();
    world.files.set(".github/workflows/countersign-ledger.yml", world.file("on: push\n"));
    world.files.set(`${folder.slice(0, 2)}/${"0".repeat(62)}`, world.file("x"));
    world.files.set(`${folder.slice(0, 65)}/note`, world.file("x"));
    expect(await found(world, changed)).toBe(1);
    expect(await open(world).recordsOf(`${folder.slice(0, 2)}${"0".repeat(62)}`)).toEqual([]);
  });
});

describe("a ledger in full", () => {
  it("gives each block of each record, and nothing else that it holds", async () => {
    const world = new LedgerWorld();
    const changes = Array.from({ length: 5 }, (_, index): Changed => ({ [`f${index}`]: [undefined, world.file("1")] }));
    const first = world.add(changes);
    const second = world.add(changes.slice(0, 1), { head: { ...HEAD, project: "acme/other" } });
    world.add(changes, { head: { ...HEAD, project: "acme/third" }, key: world.eve });
    world.files.set("README.md", world.file("x"));
    world.files.set("ab/README.md", world.file("x"));
    const all: string[] = [];
    for await (const { recordId, blockNumber } of open(world).records()) all.push(`${recordId} ${blockNumber}`);
    expect(all.sort()).toEqual([...[1, 2, 3, 4, 5].map((number) => `${first} ${number}`), `${second} 1`].sort());
  });
});

describe("a withdrawal", () => {
  const twoBlocks = () => {
    const world = new LedgerWorld();
    const changes: readonly Changed[] = [{ a: [undefined, world.file("1")] }, { b: [undefined, world.file("1")] }];
    const recordId = world.add(changes);
    const lines = { head: HEAD, blocks: changes.map(changesOf).map(blockOf) };
    const folders = changes.map((changed, index) => folderOf(changed, recordId, index + 1));
    return { world, recordId, lines, folders };
  };

  it("holds for the whole record in any one of its folders", async () => {
    for (const which of [0, 1]) {
      const { world, recordId, lines, folders } = twoBlocks();
      expect(await open(world).isWithdrawn(recordId, lines)).toBe(false);
      world.withdraw(folders[which] ?? "", recordId);
      expect(await open(world).isWithdrawn(recordId, lines)).toBe(true);
    }
  });

  it("holds for lines that are in no record, as those of a trailer", async () => {
    const { world, recordId, lines, folders } = twoBlocks();
    world.files.clear();
    world.withdraw(folders[0] ?? "", recordId);
    expect(await open(world).isWithdrawn(recordId, lines)).toBe(true);
    expect(await open(world).recordsOf(lines.blocks[0]?.paths ?? "")).toEqual([]);
  });

  it.each<readonly [string, { readonly head?: SignedHead; readonly key?: SigningKey }, string | undefined]>([
    ["by a key of somebody else", { key: new SigningKey() }, undefined],
    ["of another project", { head: { ...HEAD, project: "acme/other" } }, undefined],
    ["by another co-signer", { head: { ...HEAD, cosigner: "carl@acme.example" } }, undefined],
    ["of another record", {}, "0".repeat(64)],
  ])("does not hold %s", async (_, options, other) => {
    const { world, recordId, lines, folders } = twoBlocks();
    world.withdraw(folders[0] ?? "", other ?? recordId, options);
    expect(await open(world).isWithdrawn(recordId, lines)).toBe(false);
    world.withdraw(folders[1] ?? "", recordId);
    expect(await open(world).isWithdrawn(recordId, lines)).toBe(true);
  });

  it("is nothing where the file is damaged, large or a link", async () => {
    const { world, recordId, lines, folders } = twoBlocks();
    const file = `${folders[0]}/withdrawn`;
    world.withdraw(folders[0] ?? "", recordId);
    const oid = world.files.get(file)?.[1] ?? world.blobId("");
    const bytes = Buffer.from(world.objects.get(oid)?.bytes ?? []);
    for (const entry of [
      ["120000", oid],
      ["100644", world.put("blob", Buffer.concat([bytes, Buffer.from("\n")]))],
      ["100644", world.put("blob", Buffer.concat([Buffer.alloc(4 << 20), bytes]))],
      ["040000", world.treeOf(new Map())],
    ] as const) {
      world.files.set(file, entry);
      expect(await open(world).isWithdrawn(recordId, lines)).toBe(false);
    }
  });
});
