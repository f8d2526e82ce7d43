import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CosignWorld, openCosignWorld } from "../cosign/cosign-world.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { addMany } from "../rig/repository/add-many.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { writeFakeGit } from "../rig/worlds/pre-push-hook.ts";

/** Ada's clone, in which listing commits never ends where PATH begins so. */
let world: CosignWorld;
let hanging: string;
beforeAll(() => {
  world = openCosignWorld();
  addMany(world.ada);
  world.dev.commit(ASSISTED);
  world.ada.git(["config", "countersign.timeout", "1"]);
  const script = `for argument; do if [ "$argument" = rev-list ]; then exec sleep 10000; fi; done\nexec "$REAL" "$@"`;
  const folder = writeFakeGit(world.scratch, script);
  hanging = `${folder}:${world.ada.env["PATH"]}`;
});
afterAll(() => world[Symbol.dispose]());

const COMMANDS = [
  ["check", "main"],
  ["explain", "HEAD"],
  ["simulate"],
  ["policy", "diff", "HEAD~1..HEAD"],
  ["cosign", "--dry-run"],
];

describe("every command that judges comes to an end", () => {
  it.each(COMMANDS.map((args) => [args.join(" "), args] as const))("%s", (_, args) => {
    const result = countersign(world.ada, args, { env: { PATH: hanging } });
    expectFault(result, "TIMED_OUT", "took longer than 1 s", "git config countersign.timeout 10");
  });

  it("as it does where nothing hangs", () => {
    world.ada.git(["config", "countersign.timeout", "600"]);
    const outcomes = COMMANDS.map((args) => [args[0], countersign(world.ada, args).status]);
    expect(outcomes).toEqual([
      ["check", 1],
      ["explain", 1],
      ["simulate", 0],
      ["policy", 0],
      ["cosign", 0],
    ]);
  });
});
