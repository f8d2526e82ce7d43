import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { runBytes } from "../process/run.ts";
import type { Repo } from "../repository/repo.ts";
import { openScratch, type Scratch } from "../repository/scratch.ts";
import { POLICY } from "../worlds/push-world.ts";
import { ownChangeOf } from "./own-change.ts";
import { makeSshKey, signWithSshKeygen } from "./ssh-keys.ts";
import { sshStrings } from "./ssh-wire.ts";

// Signed co-signs made by git and ssh-keygen alone, so that what countersign computes is held against others' work.

export const NAMESPACE = "countersign@v1";

/** A key, and its signatures without armor. */
export interface Signer {
  /** The line of its `.pub` file. */
  readonly line: string;
  sign(namespace: string, message: Buffer): Buffer;
}

/** A folder of keys that ssh-keygen makes and signs with. */
export interface KeyRing extends Disposable {
  readonly scratch: Scratch;
  /** Makes a key; without arguments an Ed25519 one. */
  make(name: string, ...args: readonly string[]): Signer & { readonly path: string };
}

export function openKeyRing(): KeyRing {
  const scratch = openScratch();
  return {
    scratch,
    make(name, ...args) {
      const { path, line } = makeSshKey(scratch, name, args.length === 0 ? ["-t", "ed25519"] : args);
      return { path, line, sign: (namespace, message) => signWithSshKeygen(scratch, path, { namespace, message }) };
    },
    [Symbol.dispose]: () => scratch[Symbol.dispose](),
  };
}

/** An Ed25519 key of node's own, a thousand times as fast as a process for each signature. */
export function makeSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const point = Buffer.from(publicKey.export({ format: "jwk" }).x as string, "base64url");
  const key = sshStrings("ssh-ed25519", point);
  return {
    line: `ssh-ed25519 ${key.toString("base64")}`,
    sign(namespace, message) {
      const digest = createHash("sha512").update(message).digest();
      const signed = Buffer.concat([Buffer.from("SSHSIG"), sshStrings(namespace, "", "sha512", digest)]);
      const signature = sshStrings("ssh-ed25519", sign(null, signed, privateKey));
      const head = Buffer.concat([Buffer.from("SSHSIG"), Buffer.of(0, 0, 0, 1)]);
      return Buffer.concat([head, sshStrings(key, namespace, "", "sha512", signature)]);
    },
  };
}

type Keys = Readonly<Partial<Record<"ada" | "grace" | "bob" | "jim", readonly string[]>>>;

/** The policy of the push worlds with keys on its roster: each a public key, or the fields of an entry. */
export function signedPolicy(keys: Keys, cosign = "proof: signed", rest = ""): string {
  let policy = POLICY.replace("cosign:\n  proof: declared\n", `cosign: { ${cosign} }\n${rest}`);
  for (const [name, lines] of Object.entries(keys)) {
    const list = lines.map((line) => `      - ${line}\n`).join("");
    policy = policy.replace(new RegExp(`^    emails: \\[${name}@.*\n`, "m"), `$&    keys:\n${list}`);
  }
  return policy;
}

/** What a signature says where that is not what it should say, or not by the world's senior. */
export interface Signing {
  readonly as?: string;
  readonly branch?: string;
  readonly project?: string;
  readonly namespace?: string;
  readonly time?: string;
  /** The reason of a dispute that is signed too. */
  readonly dispute?: string;
  /** Where the branch stood; absent, where the remote's does now. */
  readonly base?: string;
  /** Whose work it is; absent, the author's. */
  readonly authors?: readonly string[];
  /** Changes the lines that are signed. */
  readonly lines?: (lines: string) => string;
}

/** A time in the form that is signed, so many seconds from now. */
export function fromNow(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}

/** What git says of a commit that is signed. */
interface Stated {
  readonly parents: readonly string[];
  readonly base: string;
  readonly authors: readonly string[];
}

function stated(repo: Repo, commit: string, { base, authors, branch = "main" }: Signing): Stated {
  const head = repo.git(["log", "-1", "--encoding=UTF-8", "--format=%P%n%ae", commit]);
  const [parents = "", author = ""] = head.split("\n");
  return {
    parents: parents.split(" ").filter(Boolean),
    base: base ?? baseOf(repo, branch),
    authors: authors ?? [author],
  };
}

/** Where a branch stands on the remote, as far as is known here; `-` where it does not. */
function baseOf(repo: Repo, branch: string): string {
  return repo.ref(`refs/remotes/origin/${branch}`) ?? "-";
}

/** SHA-256 of what git prints for a commit's change. */
function sha256OfChange(repo: Repo, commit: string, parent: string | undefined, form: "--raw" | "--name-only"): string {
  const before = parent ?? repo.git(["hash-object", "-t", "tree", "/dev/null"]);
  const how = ["-r", "-z", "--no-abbrev", "--no-renames", "--no-commit-id", "--ignore-submodules=none"];
  const { stdout } = runBytes("git", ["diff-tree", form, ...how, before, commit], { cwd: repo.dir, env: repo.env });
  return createHash("sha256").update(stdout).digest("hex");
}

/** The lines that a signature of a commit is over. */
export function signedLinesOf(
  repo: Repo,
  commit: string,
  time: string,
  signing: Signing = {},
  { parents, base, authors }: Stated = stated(repo, commit, signing),
): string {
  const { as = "ada@acme.example", branch = "main", project = "acme/payments", lines = (same) => same } = signing;
  const own = (): string =>
    createHash("sha256")
      .update(ownChangeOf(repo, commit, parents))
      .digest("hex");
  return lines(
    [
      "countersign v1",
      `project ${project}`,
      `branch refs/heads/${branch} ${base}`,
      `cosigner ${as.toLowerCase()}`,
      `time ${time}`,
      `change sha256:${sha256OfChange(repo, commit, parents[0], "--raw")}`,
      `paths sha256:${sha256OfChange(repo, commit, parents[0], "--name-only")}`,
      `parents ${[parents.length, ...parents.slice(1)].join(" ")}`,
      ...(parents.length > 1 ? [`own sha256:${own()}`] : []),
      ...authors.map((author) => `author ${author.toLowerCase()}`).sort(),
      ...(signing.dispute === undefined ? [] : [`dispute ${signing.dispute}`]),
      "",
    ].join("\n"),
  );
}

/** What stands before the signature in its trailer. */
export function signatureHead(
  repo: Repo,
  commit: string,
  time: string,
  signing: Signing = {},
  { base, authors }: Stated = stated(repo, commit, signing),
): string {
  const { as = "ada@acme.example" } = signing;
  return `${as} ${time} ${base} ${authors.map((author) => `<${author.toLowerCase()}>`).join(" ")}`;
}

/** A signature's trailer over a commit of the repository. */
export function signatureTrailer(repo: Repo, commit: string, signer: Signer, signing: Signing = {}): string {
  const { namespace = NAMESPACE, time = fromNow(0) } = signing;
  const known = stated(repo, commit, signing);
  const blob = signer.sign(namespace, Buffer.from(signedLinesOf(repo, commit, time, signing, known)));
  return writeSignature(signatureHead(repo, commit, time, signing, known), blob.toString("base64"));
}

/** The trailer, the signature folded at 72 columns. */
export function writeSignature(head: string, base64: string): string {
  return [`Co-signature: ${head.replaceAll(" ", "\n ")}`, ...(base64.match(/.{1,71}/g) ?? [])].join("\n ");
}

/** The line of the claim and the signature over a commit. */
export function cosignTrailers(repo: Repo, commit: string, signer: Signer, signing: Signing = {}): string {
  const { as = "ada@acme.example" } = signing;
  return `Co-signed-by: ${as.split("@")[0]} <${as}>\n${signatureTrailer(repo, commit, signer, signing)}\n`;
}

/** Gives the commit that HEAD is another message; returns the new id. */
export function reword(repo: Repo, message: string): string {
  return repo.commit(message, { files: {}, args: ["--amend"] });
}

/** The message of the commit that HEAD is, as it is stored. */
export function messageOf(repo: Repo, commit = "HEAD"): string {
  return repo.git(["log", "-1", "--encoding=UTF-8", "--format=%B", commit]);
}

/** Puts a signed co-sign under the message of the commit that HEAD is; returns the new id. */
export function cosignHead(repo: Repo, signer: Signer, signing: Signing = {}): string {
  return reword(repo, messageOf(repo) + cosignTrailers(repo, "HEAD", signer, signing));
}
