import { expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { openPushWorld } from "../rig/worlds/push-world.ts";
import { CASES } from "./cases.ts";
import { codesIn, DOORS } from "./door.ts";

// The same work at every door: one verdict.

/** With a damaged policy there is nothing to explain by. */
const UNDECIDED = ["POLICY_MALFORMED"];

/** What is said of work that lands. */
const NOTICES = ["EMERGENCY_LANDING"];

it.each(CASES)("every door says the same of $what", async ({ policy, make, codes }) => {
  using world = openPushWorld({ policy });
  const commit = await make(world);
  const arrival = { world, old: world.server.oid("refs/heads/main"), tip: world.dev.oid("HEAD") };
  const undecided = codes.some((code) => UNDECIDED.includes(code));
  const refused = codes.some((code) => !NOTICES.includes(code));
  const expected = { status: undecided ? 2 : refused ? 1 : 0, codes };
  const answers: Record<string, unknown> = {};
  for (const door of DOORS) answers[door.name] = await door.ask(arrival);
  expect(answers).toEqual(Object.fromEntries(DOORS.map(({ name }) => [name, expected])));
  if (undecided) return;
  // And of the commit that it is about, of which there may be more to say: what comes near is looked for in all of the ledger.
  const { status, stdout } = countersign(world.dev, ["explain", commit]);
  const said = codesIn(stdout).filter((code) => code !== "COSIGN_MISMATCH" || codes.includes(code));
  expect({ status, codes: said }).toEqual(expected);
});
