import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { run } from "../rig/process/run.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

function makeKey(world: PushWorld, name: string): string {
  return makeSshKey(world.scratch, name, ["-t", "ed25519"]).line;
}

function adopt(world: PushWorld, keys: string, rest = ""): void {
  const policy = POLICY.replace("    level: senior\n", `    level: senior\n    keys:\n${keys}`) + rest;
  writeFileSync(join(world.dev.dir, "countersign.config.yaml"), policy);
}

const LATER = "2100-01-01T00:00:00Z";

it("lists whose keys there are and what each is worth now", () => {
  using world = openPushWorld();
  const [good, old, early, lost] = ["good", "old", "early", "lost"].map((name) => makeKey(world, name));
  adopt(
    world,
    `      - ${good}
      - { key: "${old}", validUntil: 2020-01-01T00:00:00Z }
      - { key: "${early}", validFrom: ${LATER} }
      - ${lost}
`,
    `revoked: ["${lost}"]\n`,
  );
  const { status, stdout } = countersign(world.dev, ["keys", "--work-tree-policy"]);
  expect(status).toBe(0);
  expect(stdout).toContain("Ada Lovelace <ada@acme.example>, <ada@home.example>, level senior\n");
  const states = [...stdout.matchAll(/^ {2}SHA256:\S+ ssh-ed25519: (.*)$/gm)].map(([, state]) => state);
  expect(states).toEqual(["valid", "expired", "not valid yet", "revoked"]);
  expect(stdout).toContain(
    "Bob Builder <bob@acme.example>, level mid\n  no key, so no co-sign of theirs can be proven\n",
  );
  adopt(world, `      - ${good}\n`, "ledger: countersign/ledger\n");
  expect(countersign(world.dev, ["keys", "--work-tree-policy"]).stdout).toContain(
    "no key, so no co-sign of theirs can be proven, or kept in the ledger countersign/ledger\n",
  );
});

it("lists accounts on forges, and witnesses, whose keys ssh-keygen knows for co-signs alone", () => {
  using world = openPushWorld();
  const [ada, gate] = [makeKey(world, "ada"), makeKey(world, "gate")];
  adopt(world, `      - ${ada}\n`, `witnesses: [{ name: gate, keys: ["${gate}"] }]\n`);
  const file = "countersign.config.yaml";
  const policy = readFileSync(join(world.dev.dir, file), "utf8");
  const bob = "emails: [bob@acme.example]\n";
  world.dev.write({ [file]: policy.replace(bob, `${bob}    github: { login: Bob, id: 7 }\n    gitea: bobby\n`) });
  const keys = (...args: string[]) => countersign(world.dev, ["keys", "--work-tree-policy", ...args]).stdout;
  expect(keys()).toContain(
    "level mid\n  no key, so they can only approve on a forge\n  bob on github, number 7\n  bobby on gitea\n",
  );
  expect(keys()).toMatch(/\ngate, a witness of reviews\n {2}SHA256:\S+ ssh-ed25519: valid\n$/);
  const blob = (line: string): string => line.split(" ").slice(0, 2).join(" ");
  expect(keys("--allowed-signers")).toContain(`\ngate namespaces="countersign@v1" ${blob(gate)}\n`);
  expect(keys("--allowed-signers", "--namespace", "git")).not.toContain("gate");
});

it("writes a file by which ssh-keygen knows the roster, in its namespace and its time alone", () => {
  using world = openPushWorld();
  const { dir, env } = world.scratch;
  const key = makeKey(world, "ada");
  adopt(world, `      - { key: "${key}", validFrom: 2020-01-01T00:00:00Z, validUntil: ${LATER} }\n`);
  const { stdout } = countersign(world.dev, ["keys", "--work-tree-policy", "--allowed-signers"]);
  writeFileSync(join(dir, "allowed"), stdout);
  writeFileSync(join(dir, "payload"), "countersign v1\n");
  run("ssh-keygen", ["-q", "-Y", "sign", "-n", "countersign@v1", "-f", "ada", "payload"], { cwd: dir, env });
  const verify = (namespace: string, who: string, ...more: string[]) =>
    run("ssh-keygen", ["-Y", "verify", "-n", namespace, "-I", who, "-f", "allowed", "-s", "payload.sig", ...more], {
      cwd: dir,
      env,
      input: "countersign v1\n",
    }).status;
  expect(verify("countersign@v1", "ada@acme.example")).toBe(0);
  expect(verify("countersign@v1", "ada@home.example")).toBe(0);
  expect(verify("countersign@v1", "bob@acme.example")).not.toBe(0);
  expect(verify("git", "ada@acme.example")).not.toBe(0);
  expect(verify("countersign@v1", "ada@acme.example", "-Overify-time=20190101000000Z")).not.toBe(0);
});

it("leaves revoked keys out of that file", () => {
  using world = openPushWorld();
  const key = makeKey(world, "ada");
  adopt(world, `      - ${key}\n`, `revoked: ["${key}"]\n`);
  expect(countersign(world.dev, ["keys", "--work-tree-policy", "--allowed-signers"]).stdout).toBe("");
});

it("refuses a namespace that would be more than one word in the file", () => {
  using world = openPushWorld();
  expectFault(
    countersign(world.dev, ["keys", "--allowed-signers", "--namespace", 'a",cert-authority']),
    "OPTION_INVALID",
  );
});
