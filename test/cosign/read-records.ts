import { createHash } from "node:crypto";
import { type SshKey, sshKeygenAccepts } from "../rig/keys/ssh-keys.ts";
import type { Repo } from "../rig/repository/repo.ts";

/** What a block of a record says. */
export interface RecordBlock {
  readonly cosigner: string;
  /** `BRANCH BASE`. */
  readonly branch: string;
  readonly paths: readonly string[];
  readonly authors: readonly string[];
  readonly agents?: string;
  readonly commits?: string;
  readonly emergency?: string;
}

const RAW = ["diff-tree", "-r", "--raw", "-z", "--no-abbrev", "--no-renames", "--ignore-submodules=none"];

/** The blocks of a ledger's records, by git and ssh-keygen alone: each must be signed by one of the keys, and its files give its digests. */
export function readRecords(repo: Repo, ledger: string, ...keys: readonly SshKey[]): readonly RecordBlock[] {
  const files = repo.git(["ls-tree", "-r", "--name-only", ledger]).split("\n");
  const folders = files.filter((path) => path.endsWith("/record")).map((path) => path.slice(0, -"/record".length));
  const numberOf = (folder: string): number => Number(folder.slice(folder.lastIndexOf("-") + 1));
  return folders
    .sort((a, b) => numberOf(a) - numberOf(b))
    .map((folder) => readBlock(repo, `${ledger}:${folder}`, keys));
}

function readBlock(repo: Repo, folder: string, keys: readonly SshKey[]): RecordBlock {
  const file = repo.git(["cat-file", "blob", `${folder}/record`]);
  const at = file.indexOf("-----BEGIN");
  const [lines, armored] = [file.slice(0, at), `${file.slice(at)}\n`];
  const asked = { namespace: "countersign@v1", message: Buffer.from(lines), armored };
  if (!keys.some(({ line }) => sshKeygenAccepts(repo.scratch, { ...asked, line })))
    throw new Error(`not signed: ${file}`);
  const [head = "", ...blocks] = lines.split(/^(?=change )/m);
  const block = blocks[Number(folder.slice(folder.lastIndexOf("-") + 1)) - 1] ?? "";
  const empty = repo.git(["hash-object", "-t", "tree", "/dev/null"]);
  const [before = empty, after = empty] = ["before", "after"].map((side) => repo.ref(`${folder}/${side}`));
  const raw = repo.try([...RAW, before, after]).stdout;
  const paths = raw.split("\0").filter((field) => field !== "" && !field.startsWith(":"));
  const digest = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;
  const found = { change: valuesOf(block, "change"), paths: valuesOf(block, "paths") };
  const given = { change: [digest(raw)], paths: [digest(paths.map((path) => `${path}\0`).join(""))] };
  if (JSON.stringify(found) !== JSON.stringify(given)) throw new Error(`the files are not those of ${folder}`);
  const [agents] = valuesOf(block, "agents");
  const [commits] = valuesOf(block, "commits");
  const [emergency] = valuesOf(block, "emergency");
  return {
    cosigner: valuesOf(head, "cosigner").join(),
    branch: valuesOf(head, "branch").join(),
    paths,
    authors: valuesOf(block, "author"),
    ...(agents !== undefined && { agents }),
    ...(commits !== undefined && { commits }),
    ...(emergency !== undefined && { emergency }),
  };
}

function valuesOf(text: string, key: string): readonly string[] {
  return text.split("\n").flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []));
}
