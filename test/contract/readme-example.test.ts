import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { ASSISTED } from "../rig/attempt.ts";
import { ROOT } from "../rig/bins.ts";
import { cosignHead, fromNow, makeSigner, signedPolicy } from "../rig/cosign-commit.ts";
import { openPushWorld, type PushWorld } from "../rig/push-world.ts";
import { run } from "../rig/run.ts";

const README = readFileSync(join(ROOT, "packages/isomorphic/README.md"), "utf8");
const [, example = "", shown = ""] = /```ts\n(.*?)```\n\n```\n(.*?)```/s.exec(README) ?? [];
const ada = makeSigner();

/** Runs the README's example in the repository, by the packages as they were built here. */
function runExample({ scratch, dev }: PushWorld): string {
  const built = example.replace(/"@countersign\/(\w+)"/g, (_, name) =>
    JSON.stringify(pathToFileURL(join(ROOT, "packages", name, "dist/index.js")).href),
  );
  const file = join(scratch.dir, "example.mjs");
  writeFileSync(file, built);
  const { status, stdout, stderr } = run(process.execPath, [file], { cwd: dev.dir, env: dev.env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

it("the example of the README judges as it says", () => {
  using world = openPushWorld();
  world.dev.commit(ASSISTED);
  const mask = (text: string): string => text.replace(/\b[0-9a-f]{12}\b/g, "<id>");
  expect(mask(runExample(world))).toContain(mask(shown.replace(/ +…\n$/, "")));
});

it("the example of the README takes a new signature, and none that is too old", () => {
  using world = openPushWorld({ policy: signedPolicy({ ada: [ada.line] }) });
  const { dev } = world;
  dev.commit(ASSISTED);
  cosignHead(dev, ada, { time: fromNow(-300 * 86_400) });
  expect(runExample(world)).toContain("COSIGN_STALE");
  dev.commit(ASSISTED, { files: {}, args: ["--amend"] });
  cosignHead(dev, ada);
  expect(runExample(world)).toContain("allowed refs/heads/main");
});
