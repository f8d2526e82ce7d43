import { spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { COUNTERSIGN_BIN } from "../rig/bins.ts";
import { CLAUDE } from "../rig/push-world.ts";
import { initRepo, type Repo } from "../rig/repo.ts";
import { openScratch } from "../rig/scratch.ts";
import { compare } from "./compare.ts";

const COMMITS = 1000;
const TIME = `${new Date().toISOString().slice(0, 19)}Z`;

/** What judging signed co-signs costs beside judging commits without any, and beside asking ssh-keygen once. */
export function benchCosigns(): void {
  using scratch = openScratch();
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const key = wire("ssh-ed25519", publicKey.export({ format: "der", type: "spki" }).subarray(-32));
  const repo = initRepo(scratch, "repo");
  repo.commit("Adopt\n", { files: { "countersign.config.yaml": policy(key) } });
  importLine(repo, "unsigned", () => "");
  importLine(repo, "signed", (index) => cosign(index, key, privateKey));
  writeFileSync(join(scratch.dir, "allowed"), `ada@acme.example ssh-ed25519 ${key.toString("base64")}\n`);
  writeFileSync(join(scratch.dir, "signature"), armor(sshsig(payload("0"), key, privateKey)));
  const check = (branch: string) => () =>
    void spawnSync(process.execPath, [COUNTERSIGN_BIN, "check", `main..${branch}`], { cwd: repo.dir, env: repo.env });
  const verify = ["-Y", "verify", "-n", "countersign@v1", "-I", "ada@acme.example", "-f", "allowed", "-s", "signature"];
  compare(`${COMMITS} assisted commits`, 5, {
    "check, without co-signs": check("unsigned"),
    "check, each with a signed co-sign": check("signed"),
    "ssh-keygen -Y verify, one signature": () =>
      void spawnSync("ssh-keygen", verify, { cwd: scratch.dir, env: scratch.env, input: payload("0") }),
  });
}

function policy(key: Buffer): string {
  const person = `{ name: Ada, emails: [ada@acme.example], level: senior, keys: ["ssh-ed25519 ${key.toString("base64")}"] }`;
  return `version: 1\npeople:\n  - ${person}\nprotect:\n  - branches: [main]\n`;
}

function importLine(repo: Repo, branch: string, trailers: (index: number) => string): void {
  const commits: string[] = [];
  for (let index = 0; index < COMMITS; index += 1) {
    const message = `Retry ${index}\n\n${CLAUDE}\n${trailers(index)}`;
    const from = index === 0 ? `from ${repo.oid("main")}\n` : "";
    commits.push(
      `commit refs/heads/${branch}\nauthor Bob <bob@acme.example> 1700000000 +0000\n` +
        `committer Bob <bob@acme.example> 1700000000 +0000\ndata ${message.length}\n${message}\n${from}` +
        `M 100644 inline f${index}\ndata 2\n${index % 10}\n`,
    );
  }
  repo.git(["fast-import", "--quiet"], { input: commits.join("\n") });
}

function cosign(index: number, key: Buffer, privateKey: KeyObject): string {
  const blob = createHash("sha1")
    .update(`blob 2\0${index % 10}\n`)
    .digest("hex");
  const record = `:000000 100644 ${"0".repeat(40)} ${blob} A\0f${index}\0`;
  const signature = sshsig(payload(createHash("sha256").update(record).digest("hex")), key, privateKey);
  const folded = signature.toString("base64").replace(/.{70}/g, "$&\n ");
  return `Co-signed-by: Ada <ada@acme.example>\nCo-signature: ada@acme.example ${TIME}\n ${folded}\n`;
}

function payload(change: string): string {
  return `countersign v1\nproject -\nbranch refs/heads/main\nchange sha256:${change}\nparents 1\nauthor bob@acme.example\ncosigner ada@acme.example\ntime ${TIME}\n`;
}

/** A signature as `ssh-keygen -Y sign` makes it. */
function sshsig(message: string, key: Buffer, privateKey: KeyObject): Buffer {
  const head = [Buffer.from("countersign@v1"), Buffer.alloc(0), Buffer.from("sha512")];
  const digest = createHash("sha512").update(message).digest();
  const signed = sign(null, Buffer.concat([Buffer.from("SSHSIG"), wire(...head, digest)]), privateKey);
  const version = Buffer.from([0, 0, 0, 1]);
  return Buffer.concat([Buffer.from("SSHSIG"), version, wire(key, ...head, wire("ssh-ed25519", signed))]);
}

function wire(...fields: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(
    fields.flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(field));
      return [length, Buffer.from(field as Buffer)];
    }),
  );
}

function armor(blob: Buffer): string {
  const lines = blob.toString("base64").replace(/.{70}/g, "$&\n");
  return `-----BEGIN SSH SIGNATURE-----\n${lines}\n-----END SSH SIGNATURE-----\n`;
}
