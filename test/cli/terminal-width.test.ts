import { expect, it } from "vitest";
import { TerminalSession } from "../cosign/terminal-session.ts";
import { countersign } from "../rig/process/countersign.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { openPushWorld } from "../rig/worlds/push-world.ts";

const COLUMNS = 80;

it.each([
  ["a refusal", ["check"], 1],
  ["what went wrong", ["check", "no-such-revision-anywhere-in-this-repository"], 2],
  ["the page of a code", ["explain", "COSIGN_MISSING"], 0],
  ["the verdict on a commit", ["explain", "HEAD"], 1],
  ["the table of agents", ["agents", "list"], 0],
] as const)("on a terminal %s breaks between words, and programs read each line whole", async (_, args, status) => {
  using world = openPushWorld();
  const { dev } = world;
  dev.commit(ASSISTED);
  const piped = countersign(dev, args);
  expect(piped.status).toBe(status);
  const whole = piped.stdout + piped.stderr;
  expect(Math.max(...whole.split("\n").map((line) => line.length))).toBeGreaterThan(COLUMNS);
  const { screen } = await new TerminalSession(dev, args, { columns: COLUMNS }).ended;
  // A word that is longer than a line, such as an id beside a path, has one of its own.
  const tooLong = screen.split("\n").filter((line) => line.length > COLUMNS && / \S+ /.test(line));
  expect(tooLong).toEqual([]);
  const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);
  expect(words(screen)).toEqual(words(whole));
});
