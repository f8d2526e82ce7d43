import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Run, run } from "../rig/process/run.ts";
import { PRE_PUSH_BIN } from "../rig/suite/bins.ts";
import { CLAUDE, openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

describe("what Node compiled of the hook", () => {
  let world: PushWorld;
  let refused: string;
  let installed: string;
  let cache: string;

  beforeAll(() => {
    world = openPushWorld();
    const old = world.dev.oid("HEAD");
    const tip = world.dev.commit(`Retry uploads\n\n${CLAUDE}\n`);
    refused = `refs/heads/main ${tip} refs/heads/main ${old}\n`;
    installed = join(world.scratch.dir, "installed");
    cache = join(installed, "compile-cache");
  });
  afterAll(() => world[Symbol.dispose]());
  beforeEach(() => {
    rmSync(installed, { recursive: true, force: true });
    cpSync(dirname(PRE_PUSH_BIN), installed, {
      recursive: true,
      filter: (path) => !path.includes("compile-cache"),
    });
  });

  function push(input: string, variables: NodeJS.ProcessEnv = {}): Run {
    const { dev, server } = world;
    const env = { ...dev.env, ...variables };
    return run(process.execPath, [join(installed, "pre-push.js"), "origin", server.dir], { cwd: dev.dir, env, input });
  }

  /** The kept files; each is another one once it is written again. */
  const kept = (): Readonly<Record<string, number>> =>
    Object.fromEntries(readdirSync(cache).map((name) => [name, statSync(join(cache, name)).ino]));

  it("is kept by the first start, and taken by the next, which says the same", () => {
    const first = push(refused);
    expect(first.status).toBe(1);
    const files = kept();
    expect(Object.keys(files)).toHaveLength(2);
    expect(push(refused)).toEqual(first);
    expect(kept()).toEqual(files);
  });

  it("is kept again of all files by a start that goes further than those before", () => {
    expect(push("").status).toBe(0);
    const files = kept();
    expect(Object.keys(files)).toHaveLength(1);
    expect(push(refused).status).toBe(1);
    expect(kept()).not.toMatchObject(files);
  });

  it("is not taken for another program of the same length", () => {
    expect(push(refused).stderr).toContain("countersign: refused");
    const main = join(installed, "push-chunks/main.js");
    writeFileSync(main, readFileSync(main, "utf8").replaceAll("refused", "REFUSED"));
    expect(push(refused).stderr).toContain("countersign: REFUSED");
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ["cut off", (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ["changed in its source", (bytes) => withFlippedBit(bytes, 5000)],
    ["changed in its code", (bytes) => withFlippedBit(bytes, bytes.length - 5000)],
    ["empty", () => Buffer.alloc(0)],
  ])("is left alone where its file is %s, and kept again", (_, spoil) => {
    const first = push(refused);
    const whole = kept();
    for (const name of Object.keys(whole)) {
      const path = join(cache, name);
      writeFileSync(path, spoil(readFileSync(path)));
    }
    expect(push(refused)).toEqual(first);
    expect(Object.keys(kept())).toEqual(Object.keys(whole));
    const again = kept();
    push(refused);
    expect(kept()).toEqual(again);
  });

  it("is not kept where Node is asked to keep none", () => {
    const { stderr } = push(refused, { NODE_DISABLE_COMPILE_CACHE: "1" });
    expect(stderr).toContain("countersign: refused");
    expect(readdirSync(installed)).not.toContain("compile-cache");
  });

  it("is not kept, and nothing is said of that, where the folder cannot be made", () => {
    const first = push(refused);
    rmSync(cache, { recursive: true });
    writeFileSync(cache, "");
    expect(push(refused)).toEqual(first);
    expect(readFileSync(cache, "utf8")).toBe("");
  });
});

function withFlippedBit(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  return changed;
}
