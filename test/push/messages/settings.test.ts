import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, it } from "vitest";
import {
  ASSISTED,
  type Attempt,
  attempt,
  attemptCommit,
  expectAllowed,
  expectRefused,
  VOUCHED,
} from "../../rig/worlds/attempt.ts";
import { CLAUDE, COSIGN, openPushWorld } from "../../rig/worlds/push-world.ts";

/** Settings that change what git's own commands take for a trailer. */
const SETTINGS = [
  ["core.commentChar", "A"],
  ["core.commentChar", "C"],
  ["core.commentChar", "auto"],
  ["trailer.Assisted-by.key", "Reviewed-by"],
  ["trailer.Co-authored-by.key", "Reviewed-by"],
  ["trailer.x.key", "Co-signed-by"],
  ["trailer.separators", "="],
] as const;

/** Settings that change how git's own commands show commits and changes. */
const DISPLAY = [
  ["i18n.logOutputEncoding", "IBM037"],
  ["log.showSignature", "true"],
  ["core.quotePath", "false"],
  ["core.abbrev", "4"],
  ["color.ui", "always"],
  ["diff.noprefix", "true"],
  ["diff.renames", "copies"],
  ["diff.ignoreSubmodules", "all"],
] as const;

const PLACES = ["global", "local", "command line"] as const;

/** Lines that some of the settings turn into a co-sign, or hide the mark of an agent by. */
const UNSIGNED = `Retry uploads\n\nx: Ada Lovelace <ada@acme.example>\nAssisted-by: Claude:claude-opus-5\n${CLAUDE}\n`;
const SIGNED = `Retry uploads\n\nAssisted-by: Claude:claude-opus-5\n${CLAUDE}\n${COSIGN}\n`;

describe("the user's settings do not change the verdict", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());
  afterEach(() => {
    for (const [key] of [...SETTINGS, ...DISPLAY])
      for (const place of ["--global", "--local"]) world.dev.try(["config", place, "--unset-all", key]);
  });

  function pushWith(place: (typeof PLACES)[number], key: string, value: string, message: string): Attempt {
    world.dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
    const tip = world.dev.commit(message);
    if (place === "command line") return attempt(world, tip, { git: ["-c", `${key}=${value}`] });
    world.dev.git(["config", `--${place}`, key, value]);
    return attempt(world, tip);
  }

  const table = PLACES.flatMap((place) => SETTINGS.map(([key, value]) => [key, value, place] as const));
  it.each(table)("with %s=%s in the %s settings", (key, value, place) => {
    expectRefused(pushWith(place, key, value, UNSIGNED), "COSIGN_MISSING", "claude-code (line 4)");
    expectAllowed(pushWith(place, key, value, SIGNED), "co-signed by ada@acme.example");
  });

  it("with every setting of how things are shown", () => {
    for (const [key, value] of DISPLAY) world.dev.git(["config", "--global", key, value]);
    expectRefused(attemptCommit(world, UNSIGNED), "COSIGN_MISSING", "claude-code (line 4)");
    expectAllowed(attemptCommit(world, SIGNED), "co-signed by ada@acme.example");
  });
});

describe("a mailmap makes nobody a senior", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());
  const mapping = "Ada Lovelace <ada@acme.example> Jim Junior <jim@acme.example>\n";
  const byJim = `${ASSISTED}Co-signed-by: Jim Junior <jim@acme.example>\n`;

  it("when it is pushed with the commit", () => {
    const files = { ".mailmap": mapping, "upload.ts": "retry();\n" };
    expectRefused(attemptCommit(world, byJim, { files }), "COSIGN_LEVEL", "jim@acme.example has level junior");
    expectAllowed(attemptCommit(world, VOUCHED, { files }), "co-signed by ada@acme.example");
  });

  it("when the settings name it", () => {
    const file = join(world.scratch.dir, "mailmap");
    appendFileSync(file, mapping);
    world.dev.git(["config", "mailmap.file", file]);
    expectRefused(attemptCommit(world, byJim), "COSIGN_LEVEL", "jim@acme.example has level junior");
    expectAllowed(
      attemptCommit(world, VOUCHED, { author: "Jim Junior <jim@acme.example>" }),
      "co-signed by ada@acme.example",
    );
    rmSync(file);
  });
});
