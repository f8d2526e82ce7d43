import { describe, expect, it } from "vitest";
import { attachNote, authorshipLog, recordersPolicy } from "../../rig/agents/records.ts";
import { countersign } from "../../rig/process/countersign.ts";
import { attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { pushTo } from "../../rig/worlds/pre-push-hook.ts";
import { openPushWorld } from "../../rig/worlds/push-world.ts";

const policy = recordersPolicy("gitAiNotes");
const ELSEWHERE = "refs/notes/elsewhere";

/** Settings by which `git log` and `git notes` look for notes in another place. */
const SETTINGS: readonly (readonly [
  string,
  { env?: NodeJS.ProcessEnv; config?: readonly (readonly [string, string])[] },
])[] = [
  ["GIT_NOTES_REF", { env: { GIT_NOTES_REF: ELSEWHERE } }],
  ["GIT_NOTES_REF, empty", { env: { GIT_NOTES_REF: "" } }],
  ["GIT_NOTES_DISPLAY_REF", { env: { GIT_NOTES_DISPLAY_REF: "refs/notes/*" } }],
  ["core.notesRef", { config: [["core.notesRef", ELSEWHERE]] }],
  ["notes.displayRef", { config: [["notes.displayRef", ELSEWHERE]] }],
  [
    "notes.rewriteRef",
    {
      config: [
        ["notes.rewriteRef", ELSEWHERE],
        ["notes.rewriteMode", "overwrite"],
      ],
    },
  ],
];

describe.each(SETTINGS)("with %s set", (_, { env = {}, config = [] }) => {
  it("a note in its place is still found", () => {
    using world = openPushWorld({ policy });
    for (const [key, value] of config) world.dev.git(["config", key, value]);
    const tip = world.dev.commit("Retry uploads\n");
    attachNote(world.dev, tip, authorshipLog("claude"));
    attachNote(world.dev, tip, authorshipLog("nobody"), { ref: ELSEWHERE });
    expectRefused(pushTo(world, ["origin", "main"], { env }), "COSIGN_MISSING", "(refs/notes/ai)");
    expect(countersign(world.dev, ["check"], { env }).status).toBe(1);
  });

  it("a note elsewhere is still none", () => {
    using world = openPushWorld({ policy });
    for (const [key, value] of config) world.dev.git(["config", key, value]);
    attachNote(world.dev, world.dev.commit("Retry uploads\n"), authorshipLog("claude"), { ref: ELSEWHERE });
    expectAllowed(pushTo(world, ["origin", "main"], { env }));
    expect(countersign(world.dev, ["check"], { env }).status).toBe(0);
  });
});

it("a notes ref that holds no commit is passed over", () => {
  using world = openPushWorld({ policy });
  const tip = world.dev.commit("Retry uploads\n");
  for (const what of ["HEAD^{tree}", "HEAD:README.md"]) {
    world.dev.git(["update-ref", "refs/notes/ai", world.dev.oid(what)]);
    expect(countersign(world.dev, ["check"]).status).toBe(0);
  }
  expectAllowed(attempt(world, tip));
});
