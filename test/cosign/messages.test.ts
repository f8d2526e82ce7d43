import { describe, expect, it } from "vitest";
import type { Repo } from "../rig/repository/repo.ts";
import { attempt, expectAllowed } from "../rig/worlds/attempt.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { ADA, assist, openCosignWorld } from "./cosign-world.ts";
import { expectCosigned } from "./oracle.ts";
import { cosign } from "./terminal-session.ts";

const COSIGN = `Co-signed-by: ${ADA}`;

/** The message's bytes with the signature's letters taken out. */
function withoutSignature(repo: Repo): string {
  const { stdout } = repo.try(["cat-file", "commit", "HEAD"]);
  const message = stdout.slice(stdout.indexOf("\n\n") + 2);
  return message.replace(/^Co-signature: ada@acme\.example \S+\n(?: \S.*\n)+/m, "<signature>\n");
}

describe("a message keeps every byte and takes the trailers", () => {
  it.each<[what: string, message: string, after: string]>([
    ["at the end of its block", `T\n\n${CLAUDE}\n`, `T\n\n${CLAUDE}\n${COSIGN}\n<signature>\n`],
    ["in a new block", `T\n\n${CLAUDE}\n\nprose\n`, `T\n\n${CLAUDE}\n\nprose\n\n${COSIGN}\n<signature>\n`],
    ["behind a last line without an end", `T\n\n${CLAUDE}`, `T\n\n${CLAUDE}\n${COSIGN}\n<signature>\n`],
    [
      "behind prose without an end",
      `T ${CLAUDE}\n\n${CLAUDE}\n\nx`,
      `T ${CLAUDE}\n\n${CLAUDE}\n\nx\n\n${COSIGN}\n<signature>\n`,
    ],
    ["above blank lines at its end", `T\n\n${CLAUDE}\n\n\n`, `T\n\n${CLAUDE}\n${COSIGN}\n<signature>\n\n\n`],
    ["above comments at its end", `T\n\n${CLAUDE}\n\n# note\n`, `T\n\n${CLAUDE}\n${COSIGN}\n<signature>\n\n# note\n`],
    [
      "in a message with CRLF",
      `T\r\n\r\nbody\r\n\r\n${CLAUDE}\r\n`,
      `T\r\n\r\nbody\r\n\r\n${CLAUDE}\r\n${COSIGN}\n<signature>\n`,
    ],
    [
      "beside prose where git allows it",
      `T\n\nprose here\nSigned-off-by: B <b@x>\n${CLAUDE}\n`,
      `T\n\nprose here\nSigned-off-by: B <b@x>\n${CLAUDE}\n${COSIGN}\n<signature>\n`,
    ],
    [
      "without a second line for the same co-sign",
      `T\n\n${CLAUDE}\nco-SIGNED-by:   ${ADA}\nX: y\n`,
      `T\n\n${CLAUDE}\nco-SIGNED-by:   ${ADA}\nX: y\n<signature>\n`,
    ],
    [
      "beside another person's co-sign",
      `T\n\n${CLAUDE}\nCo-signed-by: Grace <grace@acme.example>\n`,
      `T\n\n${CLAUDE}\nCo-signed-by: Grace <grace@acme.example>\n${COSIGN}\n<signature>\n`,
    ],
    [
      "behind the note of a cherry-pick",
      `T\n\n${CLAUDE}\n(cherry picked from commit ${"0".repeat(40)})\n`,
      `T\n\n${CLAUDE}\n(cherry picked from commit ${"0".repeat(40)})\n${COSIGN}\n<signature>\n`,
    ],
    [
      "above an old list of conflicts",
      `T\n\n${CLAUDE}\n\nConflicts:\n\ta.txt\n`,
      `T\n\n${CLAUDE}\n${COSIGN}\n<signature>\n\nConflicts:\n\ta.txt\n`,
    ],
  ])("%s", async (_, message, after) => {
    using world = openCosignWorld();
    world.dev.commit(message);
    const { status, screen } = await cosign(world.ada);
    expect(screen).not.toContain("why:");
    expect(status).toBe(0);
    expect(withoutSignature(world.dev)).toBe(after);
    expectCosigned(world.dev, "HEAD", world.key);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "(signed)");
  });
});

describe("a folded signature of an RSA key of 4096 bits is read again after", () => {
  it.each<[what: string, travel: (repo: Repo) => void]>([
    ["amending", (repo) => repo.git(["commit", "-q", "--no-verify", "--amend", "--no-edit"])],
    [
      "rewording",
      (repo) => {
        const message = repo.git(["log", "-1", "--format=%B"]).replace("Retry", "Repeat");
        repo.git(["commit", "-q", "--no-verify", "--amend", "-F", "-"], { input: message });
      },
    ],
    [
      "a rebase",
      (repo) => {
        repo.git(["switch", "-q", "-c", "base", "HEAD^"]);
        repo.commit("Unrelated\n");
        repo.git(["rebase", "-q", "base", "main"]);
      },
    ],
    [
      "a cherry-pick",
      (repo) => {
        const oid = repo.oid("HEAD");
        repo.git(["reset", "-q", "--hard", "HEAD^"]);
        repo.commit("Unrelated\n");
        repo.git(["cherry-pick", oid]);
      },
    ],
    [
      "mail",
      (repo) => {
        const mail = repo.git(["format-patch", "-1", "--stdout"]);
        repo.git(["reset", "-q", "--hard", "HEAD^"]);
        repo.git(["am", "-q"], { input: `${mail}\n` });
      },
    ],
    [
      "another person's trailers",
      (repo) =>
        repo.git(["commit", "-q", "--no-verify", "--amend", "--no-edit", "-s", "--trailer", "Reviewed-by: X <x@x>"]),
    ],
  ])("%s", async (_, travel) => {
    using world = openCosignWorld({ key: ["-t", "rsa", "-b", "4096"] });
    assist(world);
    expect((await cosign(world.ada)).status).toBe(0);
    const before = world.dev.oid("HEAD");
    travel(world.dev);
    expect(world.dev.oid("HEAD")).not.toBe(before);
    expectCosigned(world.dev, "HEAD", world.key);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "(signed)");
  });
});
