import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Change,
  changeDigest,
  formatLines,
  type ObjectId,
  pathsDigest,
  type SignedLines,
} from "@countersign/core";
import { digestOf, folderNames, formatSignedFile } from "@countersign/core/internal";
import { mergeLines } from "../../packages/core/src/merge/merge-lines.ts";
import { objectId } from "../../packages/core/src/object/object-digest.ts";
import { makeSigner, NAMESPACE, writeSignature } from "../rig/keys/cosign-commit.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import type { Report } from "./report.ts";

const COMMITS = 1000;
const RECORDS = 10_000;
const TIME = `${new Date().toISOString().slice(0, 19)}Z`;
const ADA = makeSigner();
const ROUNDS = 3;

/** What judging signed co-signs costs beside judging commits without any, and beside asking ssh-keygen once. */
export function benchCosigns(report: Report): void {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  repo.commit("Adopt\n", { files: { "countersign.config.yaml": policy() } });
  const base = repo.oid("main") as ObjectId;
  importLine(repo, "unsigned", "u", () => "");
  importLine(repo, "signed", "s", (index) => trailers(`s${index}`, index, base));
  importLine(repo, "recorded", "r", () => "");
  importLedger(repo, base);
  const check = (branch: string, expected: number) => (probe: NodeJS.ProcessEnv) => {
    const options = { cwd: repo.dir, env: { ...repo.env, ...probe }, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(report.node, [COUNTERSIGN_BIN, "check", `main..${branch}`], options);
    if (status !== expected)
      throw new Error(`${branch}: ${status}\n${stdout.slice(0, 2000)}\n${stderr.slice(0, 2000)}`);
  };
  report.compare(
    `Judging ${COMMITS} assisted commits`,
    { rounds: ROUNDS },
    {
      "check, without co-signs": check("unsigned", 1),
      "check, each with a signed co-sign": check("signed", 0),
      [`check, each in a ledger of ${RECORDS}`]: check("recorded", 0),
      "ssh-keygen -Y verify, one signature": askSshKeygen(scratch, base),
    },
  );
  benchReapplication(report, scratch);
}

/** Re-application beside the line merge of git, which it has to equal. */
function benchReapplication(report: Report, scratch: Scratch): void {
  const rows = Array.from({ length: 2000 }, (_, row) => `  line ${row % 97};\n`);
  const text = (at: number, more: string): string => rows.toSpliced(at, 0, more).join("");
  const files = [text(500, "  main;\n"), rows.join(""), text(1500, "  topic;\n")] as const;
  const names = ["ours", "base", "theirs"];
  for (const [index, name] of names.entries()) writeFileSync(join(scratch.dir, name), files[index] ?? "");
  const [ours, old, theirs] = files.map((file) => Buffer.from(file));
  report.compare(
    "The line merge of a file of 2,000 lines",
    { rounds: ROUNDS },
    {
      "git merge-file": () =>
        void spawnSync("git", ["merge-file", "-p", ...names], { cwd: scratch.dir, env: scratch.env }),
      "re-application": () => void (old && ours && theirs && mergeLines(old, ours, theirs)),
    },
  );
}

function askSshKeygen(scratch: Scratch, base: ObjectId): () => void {
  const message = Buffer.from(formatLines(linesOf("s0", 0, base)));
  writeFileSync(join(scratch.dir, "allowed"), `ada@acme.example ${ADA.line}\n`);
  writeFileSync(join(scratch.dir, "signature"), armor(ADA.sign(NAMESPACE, message)));
  const verify = ["-Y", "verify", "-n", NAMESPACE, "-I", "ada@acme.example", "-f", "allowed", "-s", "signature"];
  return () => void spawnSync("ssh-keygen", verify, { cwd: scratch.dir, env: scratch.env, input: message });
}

function policy(): string {
  const person = `{ name: Ada, emails: [ada@acme.example], level: senior, keys: ["${ADA.line}"] }`;
  return `version: 1\npeople:\n  - ${person}\nledger: countersign/ledger\nprotect:\n  - branches: [main]\n`;
}

const contentsOf = (index: number): string => `${index % 10}\n`;

function importLine(repo: Repo, branch: string, prefix: string, more: (index: number) => string): void {
  const commits: string[] = [];
  for (let index = 0; index < COMMITS; index += 1) {
    const message = `Retry ${index}\n\n${CLAUDE}\n${more(index)}`;
    const from = index === 0 ? `from ${repo.oid("main")}\n` : "";
    commits.push(
      `commit refs/heads/${branch}\nauthor Bob <bob@acme.example> 1700000000 +0000\n` +
        `committer Bob <bob@acme.example> 1700000000 +0000\ndata ${message.length}\n${message}\n${from}` +
        `M 100644 inline ${prefix}${index}\ndata 2\n${contentsOf(index)}\n`,
    );
  }
  repo.git(["fast-import", "--quiet"], { input: commits.join("\n") });
}

/** A record for each commit, and for thousands that are not there. */
function importLedger(repo: Repo, base: ObjectId): void {
  const files: string[] = [];
  const add = (path: string, contents: string): void => {
    files.push(`M 100644 inline ${path}\ndata ${contents.length}\n${contents}\n`);
  };
  for (let index = 0; index < RECORDS; index += 1) {
    const lines = linesOf(`r${index}`, index, base);
    const bytes = formatLines(lines);
    const place = { paths: lines.blocks[0]?.paths ?? "", recordId: digestOf(bytes), blockNumber: 1 };
    const folder = folderNames(place).join("/");
    add(`${folder}/record`, Buffer.from(formatSignedFile(bytes, ADA.sign(NAMESPACE, Buffer.from(bytes)))).toString());
    add(`${folder}/after/r${index}`, contentsOf(index));
  }
  const head = "commit refs/heads/countersign/ledger\ncommitter git <git@x> 1700000000 +0000\ndata 2\nx\n";
  repo.git(["fast-import", "--quiet"], { input: `${head}\n${files.join("")}` });
}

function linesOf(path: string, index: number, base: ObjectId): SignedLines {
  const none = "0".repeat(40) as ObjectId;
  const newOid = objectId("blob", Buffer.from(contentsOf(index)), "sha1");
  const modes = { oldMode: "000000", newMode: "100644", status: "A" } as const;
  const changes: readonly Change[] = [{ path: Buffer.from(path), oldOid: none, newOid, ...modes }];
  const about = { change: changeDigest(changes), paths: pathsDigest(changes), parents: 1, otherParents: [] };
  const branches = [{ ref: "refs/heads/main", base }];
  const head = { project: undefined, branches, cosigner: "ada@acme.example", time: TIME };
  return { head, blocks: [{ ...about, authors: ["bob@acme.example"] }] };
}

function trailers(path: string, index: number, base: ObjectId): string {
  const blob = ADA.sign(NAMESPACE, Buffer.from(formatLines(linesOf(path, index, base))));
  const head = `ada@acme.example ${TIME} ${base} <bob@acme.example>`;
  return `Co-signed-by: Ada <ada@acme.example>\n${writeSignature(head, blob.toString("base64"))}\n`;
}

function armor(blob: Buffer): string {
  const lines = blob.toString("base64").replace(/.{70}/g, "$&\n");
  return `-----BEGIN SSH SIGNATURE-----\n${lines}\n-----END SSH SIGNATURE-----\n`;
}
