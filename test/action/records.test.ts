import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEDGER } from "../cosign/clones.ts";
import { cosign } from "../cosign/terminal-session.ts";
import { type GateWorld, openGateWorld } from "./gate-world.ts";
import { commentEvent } from "./payloads.ts";
import { ASSISTED, BY_HAND, CONTEXT, openPull } from "./pulls.ts";
import { recordsIn } from "./records-in.ts";

describe("a record in a comment", () => {
  let world: GateWorld;
  let record = "";
  beforeAll(async () => {
    world = await openGateWorld();
    openPull(world, 1, [ASSISTED, BY_HAND]);
    openPull(world, 2, [ASSISTED]);
    record = recordsIn((await cosign(world.senior, ["1", "--print"])).screen);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const paste = async (number: number, body: string): Promise<string> => {
    const ran = await world.gate("issue_comment", commentEvent(number, body), "records");
    expect(ran.status).toBe(0);
    return ran.stdout;
  };
  const ledger = (): string => {
    const { server } = world;
    return server.ref(LEDGER) === undefined ? "" : server.git(["ls-tree", "-r", "--name-only", LEDGER]);
  };

  it.each([
    [
      "another project",
      (text: string) => text.replace("project acme/payments", "project acme/billing"),
      "is for the project",
    ],
    [
      "another branch",
      (text: string) => text.replace("refs/heads/main", "refs/heads/release"),
      "is for another branch",
    ],
    ["another time than was signed", (text: string) => text.replace(/^time 2/m, "time 3"), "is not signed by a key"],
    ["somebody else's name", (text: string) => text.replace("ada@acme", "grace@acme"), "is not signed by a key"],
  ])("is left out where it is for %s", async (_, change, reason) => {
    const changed = change(record);
    expect(changed).not.toBe(record);
    const said = await paste(1, changed);
    expect(said).toContain("countersign: 0 of 1 records kept in the ledger\n");
    expect(said).toContain(reason);
    expect(ledger()).toBe("");
  });

  it("is left out under a pull request that it is not about", async () => {
    expect(await paste(2, record)).toContain("a record is not about the commits of pull request 2");
    expect(ledger()).toBe("");
  });

  it("counts once, whoever pastes it and however: quoted, hidden, indented, with the line ends of Windows", async () => {
    const quoted = record
      .split("\n")
      .map((line) => `> ${line}`)
      .join("\r\n");
    const hidden = `<!--\n${record.replace(/^/gm, "    ")}\n-->`;
    const others: string[] = [];
    // Somebody else's record comes to the ledger at the same moment, and the first push of ours is refused for it.
    world.github.gitAnswer = (url) => {
      const { server } = world;
      if (!url.includes("git-receive-pack") || others.length > 0) return undefined;
      const blob = server.git(["hash-object", "-w", "--stdin"], { input: "kept\n" });
      const tree = server.git(["mktree"], { input: `100644 blob ${blob}\tOTHER\n` });
      others.push(server.git(["commit-tree", "-m", "Co-signs for main", tree]));
      server.git(["update-ref", LEDGER, others[0] ?? ""]);
      return undefined;
    };
    expect(await paste(1, `${quoted}\n\nas Ada says\n\n${hidden}`)).toBe(
      "countersign: 1 of 1 records kept in the ledger\n",
    );
    world.github.gitAnswer = () => undefined;
    const files = ledger().split("\n");
    expect(files).toContain("OTHER");
    expect(files.filter((path) => path.endsWith("/record"))).toHaveLength(3);
    const tip = world.server.oid(LEDGER);
    await paste(1, record);
    expect(world.server.oid(LEDGER)).toBe(tip);
    await world.dispatch({ branches: "main" });
    expect(world.github.verdictOn(world.github.headOf(1))).toEqual({ [CONTEXT]: "success" });
    expect(world.github.verdictOn(world.github.headOf(2))).toEqual({ [CONTEXT]: "failure" });
  });
});
