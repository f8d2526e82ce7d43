import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { openCosignWorld } from "./cosign-world.ts";
import { readDiff } from "./read-diff.ts";

const HOSTILE = {
  "concealed.sh": "echo fine\n\u001b[8mrm -rf prod\u001b[0m\n",
  "overwritten.sh": "rm -rf prod\r\u001b[2Kecho fine\n",
  "titled.sh": "\u001b]0;pwned\u0007\u009b8m\n",
  "turned.sh": "a\u202eb\u200bc\n",
};

it.each([
  ["with less as git starts it", { GIT_PAGER: "less" }],
  ["without a pager", { GIT_PAGER: "cat" }],
  ["with a pager of the person's own", { GIT_PAGER: "sed -e s/^//" }],
])("the diff that is signed sends nothing of the files to the terminal that it would obey, %s", async (_, pager) => {
  using world = openCosignWorld();
  world.dev.commit(`Deploy\n\n${CLAUDE}\n`, { files: HOSTILE });
  const diff = await readDiff(world, { ...pager, NO_COLOR: "1" });
  for (const obeyed of ["\u001b[8m", "\u001b]0;", "prod\r\u001b[2K", "\u202e", "\u200b", "\u009b"]) {
    expect(diff).not.toContain(obeyed);
  }
  for (const shown of [
    "+\\u{1b}[8mrm -rf prod\\u{1b}[0m",
    "+rm -rf prod\\u{d}\\u{1b}[2Kecho fine",
    "+\\u{1b}]0;pwned\\u{7}\\u{9b}8m",
    "+a\\u{202e}b\\u{200b}c",
  ]) {
    expect(diff).toContain(shown);
  }
});

it("the diff of ordinary work reads as git prints it, in git's two colours", async () => {
  using world = openCosignWorld();
  world.dev.commit("Before\n", { files: { "a.ts": "one\n\ttwo – grüße\n" } });
  world.dev.commit(`Change a\n\n${CLAUDE}\n`, { files: { "a.ts": "one\n\tthree – grüße\n" } });
  const diff = await readDiff(world, { GIT_PAGER: "cat", FORCE_COLOR: "1" });
  expect(diff).toContain("\u001b[32m+\tthree – grüße\u001b[39m");
  expect(diff).toContain("\u001b[31m-\ttwo – grüße");
  expect(diff).toContain("diff --git a/a.ts b/a.ts");
});

it("a pager that is left early leads back to the question", async () => {
  using world = openCosignWorld();
  const lines = Array.from({ length: 50_000 }, (_, line) => `line ${line}`);
  world.dev.commit(`Much\n\n${CLAUDE}\n`, { files: { "much.txt": lines.join("\n") } });
  const pager = join(world.dev.dir, "..", "head.sh");
  writeFileSync(pager, "#!/bin/sh\nexec head -n 3\n", { mode: 0o755 });
  const diff = await readDiff(world, { GIT_PAGER: pager });
  expect(diff).toContain("Bob Builder");
  expect(diff).not.toContain("line 40000");
});
