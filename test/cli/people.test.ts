import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";

function fileOf({ dev }: PushWorld): string {
  return readFileSync(join(dev.dir, FILE), "utf8");
}

describe("what a senior sends to the lead", () => {
  it("is one line, and puts the key on the roster, once", () => {
    using world = openPushWorld();
    const { dev, scratch } = world;
    mkdirSync(join(scratch.dir, ".ssh"));
    const { line: key } = makeSshKey(scratch, ".ssh/id_ed25519", ["-t", "ed25519"]);
    const env = { HOME: scratch.dir, GIT_COMMITTER_NAME: "Ada Lovelace", GIT_COMMITTER_EMAIL: "ada@acme.example" };
    const sent = countersign(dev, ["keys", "--mine"], { env });
    expect(sent).toMatchObject({ status: 0, stdout: `Ada Lovelace <ada@acme.example> ${key}\n` });
    expect(sent.stderr).toContain("SHA256:");
    const put = countersign(dev, ["people", "add"], { input: sent.stdout });
    expect({ status: put.status, stderr: put.stderr }).toEqual({ status: 0, stderr: "" });
    expect(put.stdout).toContain(/SHA256:\S+/.exec(sent.stderr)?.[0] ?? "-");
    // Nothing else of the file changes.
    const added = fileOf(world);
    expect(added.replace(/ +keys:\n +- ssh-ed25519 .*\n/, "")).toBe(POLICY);
    expect(countersign(dev, ["keys", "--work-tree-policy"]).stdout).toMatch(
      /Ada Lovelace <ada@acme.example>, <ada@home.example>, level senior\n {2}SHA256:\S+ ssh-ed25519: valid\n/,
    );
    expect(countersign(dev, ["people", "add", sent.stdout.trim()]).stdout).toContain("has all of that already");
    expect(fileOf(world)).toBe(added);
  });

  it("may be somebody new, of another level, with a key in a file", () => {
    using world = openPushWorld();
    makeSshKey(world.scratch, "alan", ["-t", "ecdsa"]);
    const who = "Alan Turing <alan@acme.example>";
    const args = ["people", "add", who, "--key", join(world.scratch.dir, "alan.pub"), "--level", "mid"];
    expect(countersign(world.dev, [...args, "--dry-run"]).stdout).toContain(`would put in ${who}, level mid\n`);
    expect(fileOf(world)).toBe(POLICY);
    expect(countersign(world.dev, args).status).toBe(0);
    expect(countersign(world.dev, ["keys", "--work-tree-policy"]).stdout).toContain(`${who}, level mid\n  SHA256:`);
  });

  it("keeps its letters, however it arrives", () => {
    using world = openPushWorld();
    // A pipe hands on 64 KiB at a time, which ends within a letter here.
    const name = `x${"ë".repeat(40_000)}`;
    const { status } = countersign(world.dev, ["people", "add"], {
      input: `${name} <zoe@acme.example>\n`,
      ownProcess: true,
    });
    expect({ status, kept: fileOf(world).includes(name) }).toEqual({ status: 0, kept: true });
  });

  it("never goes through a link", () => {
    using world = openPushWorld();
    const [link, file] = [join(world.dev.dir, FILE), join(world.scratch.dir, "elsewhere.yaml")];
    renameSync(link, file);
    symlinkSync(file, link);
    expectFault(
      countersign(world.dev, ["people", "add", "Zoe <zoe@acme.example>"]),
      "FILE_UNWRITABLE",
      "symbolic link",
    );
    expect(readFileSync(file, "utf8")).toBe(POLICY);
  });

  it("is the key that co-signs are made with, where that is another than git's", () => {
    using world = openPushWorld();
    const { dev, scratch } = world;
    const [own, gits] = ["own", "gits"].map((file) => makeSshKey(scratch, file, ["-t", "ed25519"]));
    dev.git(["config", "user.signingKey", gits?.path ?? ""]);
    expect(countersign(dev, ["keys", "--mine"]).stdout).toContain(gits?.line);
    dev.git(["config", "countersign.signingKey", own?.path ?? ""]);
    expect(countersign(dev, ["keys", "--mine"]).stdout).toContain(own?.line);
  });

  it("goes into an empty roster, and into JSON", () => {
    using world = openPushWorld();
    const empty = "version: 1\npeople: []\nprotect:\n  - branches: [main]\n";
    for (const text of [empty, '{ "version": 1, "protect": [{ "branches": ["main"] }] }\n']) {
      writeFileSync(join(world.dev.dir, FILE), text);
      expect(countersign(world.dev, ["people", "add", "Ada Lovelace <ada@acme.example>"]).status).toBe(0);
      expect(countersign(world.dev, ["keys", "--work-tree-policy"]).stdout).toContain(
        "Ada Lovelace <ada@acme.example>",
      );
    }
    expect(JSON.parse(fileOf(world)).people).toHaveLength(1);
  });

  it.each([
    ["nobody", [], "OPTION_INVALID"],
    ["no address", ["Ada"], "OPTION_INVALID"],
    ["no key", ["Ada <ada@acme.example> ssh-rsa AAAA"], "KEY_UNREADABLE"],
    ["an unknown level", ["Eve <eve@acme.example>", "--level", "boss"], "POLICY_MALFORMED"],
    ["somebody else's key", ["Eve <eve@acme.example>", "--key", "../ada.pub"], "POLICY_MALFORMED"],
  ])("changes nothing where it is %s", (_, args, code) => {
    using world = openPushWorld();
    makeSshKey(world.scratch, "ada", ["-t", "ed25519"]);
    countersign(world.dev, ["people", "add", "Ada Lovelace <ada@acme.example>", "--key", "../ada.pub"]);
    const before = fileOf(world);
    expectFault(countersign(world.dev, ["people", "add", ...args]), code);
    expect(fileOf(world)).toBe(before);
  });
});
