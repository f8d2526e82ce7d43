import {
  type Block,
  type Change,
  changeDigest,
  type Decision,
  formatLines,
  judgePush,
  type ObjectFormat,
  type ObjectId,
  parseCommit,
  pathsDigest,
  type Repository,
  readPolicy,
  type SignedHead,
  type Violation,
} from "@countersign/core";
import {
  AFTER_FOLDER,
  BEFORE_FOLDER,
  branchRef,
  digestOf,
  explainCommit,
  findOwnChanges,
  folderNames,
  formatSignedFile,
  formatWithdrawal,
  NO_MODE,
  type PolicyChoice,
  readAuthors,
  zeroOid,
} from "@countersign/core/internal";
import { codesOf } from "../../packages/core/src/judge/push.fixture.ts";
import { judgeMerge } from "../../packages/core/src/merge-way/judge-merge.ts";
import { makeSigner, NAMESPACE, type Signer, writeSignature } from "../rig/keys/cosign-commit.ts";
import { makeSecurityKey, SECURITY_KEY_TYPES } from "../rig/keys/software-authenticator.ts";
import type { MadeFile } from "../rig/repository/memory-repository.ts";
import { address, History, type Way } from "./history.ts";
import { mergeFiles } from "./merge-files.ts";

const [TOUCHED, UNTOUCHED] = [makeSecurityKey(SECURITY_KEY_TYPES[0]), makeSecurityKey(SECURITY_KEY_TYPES[0])];
/** Tess has a security key and touches it; Tilda's signs by itself. */
const PEOPLE: Readonly<Record<Name, Signer>> = {
  ada: makeSigner(),
  carl: makeSigner(),
  kim: makeSigner(),
  bob: makeSigner(),
  tess: TOUCHED,
  tilda: { ...UNTOUCHED, sign: (namespace, message) => UNTOUCHED.sign(namespace, message, { flags: 0 }) },
};
type Name = keyof typeof ACCOUNTS;
const LEVELS: Readonly<Partial<Record<Name, string>>> = { kim: "principal", bob: "junior" };
/** Their numbers on GitHub, where each has the login by which we know them. */
export const ACCOUNTS = { ada: 11, carl: 12, kim: 13, bob: 14, tess: 15, tilda: 16 } as const;

/** Who may sign: `gate` is a witness, `door` one whom the policy does not have. */
const KEYS = { ...PEOPLE, gate: makeSigner(), door: makeSigner() };

/** What a policy says beyond its people. */
export interface Rules {
  readonly cosign?: string;
  readonly protect?: string;
  readonly rest?: string;
}

/** The policy's file. */
export function policyOf({ cosign = "", protect = "{ branches: [main, 'release/**'] }", rest = "" }: Rules): string {
  const people = Object.entries(PEOPLE).map(([name, { line }]) => {
    const emails = `emails: [${address(name)}, ${name}@home.example]`;
    const github = `github: { login: ${name}, id: ${ACCOUNTS[name as Name]} }`;
    return `  - { name: ${name}, ${emails}, level: ${LEVELS[name as Name] ?? "senior"}, ${github}, keys: ["${line}"] }\n`;
  });
  const witnesses = `witnesses: [{ name: gate, keys: ["${KEYS.gate.line}"] }]\n`;
  const head = `version: 1\nproject: acme/x\nlevels: [junior, mid, senior, principal]\npeople:\n${people.join("")}`;
  return `${head}${witnesses}ledger: countersign/ledger\nprotect: [${protect}]\ncosign: { ${cosign} }\n${rest}`;
}

/** How a branch is signed, where that is not as Ada signs all of it for main as it stands. */
export interface Signing {
  readonly by?: Name;
  /** Whose key it is signed with, where that is not theirs. */
  readonly key?: keyof typeof KEYS;
  /** Where each branch that it is for stood. */
  readonly branches?: Readonly<Record<string, ObjectId | undefined>>;
  /** What the merge base is taken with. */
  readonly target?: ObjectId;
  /** Where the range begins, in place of the merge base. */
  readonly since?: ObjectId;
  /** Each commit and the whole branch, or one of both; or a merge as its second parent sees it. */
  readonly what?: "branch" | "sum" | "each" | "turned";
  readonly block?: (block: Block) => Block;
  readonly head?: Partial<SignedHead>;
  readonly namespace?: string;
}

/** How a push is judged, where that is not as it stands in memory. */
export interface Asked {
  readonly project?: string;
  readonly repository?: Repository;
  /** Names that stand for branches. */
  readonly aliases?: ReadonlyMap<string, string>;
}

/** How a commit is signed in its message, where that is not as Ada signs it for main. */
interface TrailerSigning {
  readonly by?: Name;
  /** Other parents than it has. */
  readonly parents?: readonly ObjectId[];
  /** What is signed otherwise than the line says. */
  readonly head?: Partial<SignedHead>;
  /** Why the commit cannot wait for its review. */
  readonly emergency?: string;
}

/** A block, and the change that it approves. */
export interface Signed {
  readonly block: Block;
  readonly changes: readonly Change[];
}

/** A forge's button that was pressed over a pull request, and what came of it. */
export interface Pressed {
  readonly way: Way;
  readonly head: ObjectId;
  readonly onto: ObjectId;
  readonly landed: ObjectId;
}

/** A history, a ledger of co-signs and main as it stands. */
export class World extends History {
  readonly #rules: Rules;
  readonly #policies = new Map<string, ReturnType<typeof readPolicy>>();
  /** Where all of it begins. */
  start: ObjectId;
  /** The branch that work lands on, by short name, and where it stands. */
  branch = "main";
  main: ObjectId;
  ledger: ObjectId | undefined;
  /** Seconds since 1970. */
  now = 1_800_000_000;
  /** The last button. */
  pressed: Pressed | undefined;
  /** The branch that is pushed to, and where it stood, where it is not main. */
  asked: { readonly branch: string; readonly old: ObjectId | undefined } | undefined;

  constructor(files: Readonly<Record<string, MadeFile>>, rules: Rules = {}, format: ObjectFormat = "sha1") {
    super(format);
    this.#rules = rules;
    this.start = this.commit(undefined, files, "root\n");
    this.main = this.start;
  }

  /** The policy file by which all of it is judged. */
  get policyFile(): string {
    return policyOf(this.#rules);
  }

  async button(way: Way, head: ObjectId, made: { by?: string; message?: string } = {}): Promise<ObjectId> {
    const landed = await this.land(way, this.main, head, made);
    // Who will press it, and what is typed into the message, cannot be foreseen.
    if (made.message === undefined && made.by === undefined) this.pressed = { way, head, onto: this.main, landed };
    return landed;
  }

  /** What is said of a button before it is pressed. */
  async foresee({ way, head }: Pressed): Promise<readonly string[]> {
    return codesOf(await judgeMerge(this.repository, await this.choose(), head, [way], { now: this.now }));
  }

  /** Where work lands. */
  async choose(): Promise<PolicyChoice> {
    const { destination, policy } = await this.#destination("acme/x");
    if (!policy) throw new Error("there is a policy");
    return { destination, policy, branch: "main", remote: undefined, trial: true };
  }

  /** A step of the story that has to pass. */
  async lands(tip: ObjectId): Promise<ObjectId> {
    const codes = await this.codes(tip);
    if (codes.length > 0) throw new Error(`a step is refused: ${codes.join()}`);
    this.main = tip;
    return tip;
  }

  async codes(tip: ObjectId, asked: Asked = {}): Promise<readonly string[]> {
    return codesOf(await this.judge(tip, asked));
  }

  /** What `explain` says of a commit that is to land on main. */
  async explain(commit: ObjectId): Promise<readonly Violation[]> {
    const policy = await this.#policyOf("acme/x");
    if (!policy) throw new Error("a world has a policy");
    const branches = new Map<string, ObjectId>([["main", this.main]]);
    if (this.ledger) branches.set("countersign/ledger", this.ledger);
    const destination = { branches, defaultBranch: "main", aliases: new Map() };
    const told = { policy, commit, branch: "main", destination, trial: true, now: this.now };
    return (await explainCommit(this.repository, told)).verdict?.violations ?? [];
  }

  async judge(
    tip: ObjectId,
    { project = "acme/x", repository = this.repository, aliases = new Map() }: Asked = {},
  ): Promise<Decision> {
    const { destination: known, policy } = await this.#destination(project);
    const destination = { ...known, aliases };
    const { branch, old } = this.asked ?? { branch: this.branch, old: this.main };
    if (old) destination.branches.set(branch, old);
    const updates = [{ ref: branchRef(branch), old: old ?? zeroOid(this.repository.format), new: tip }];
    return judgePush(repository, { updates, destination, policy, now: this.now, trial: true });
  }

  async #destination(project: string) {
    const policy = await this.#policyOf(project);
    const branches = new Map<string, ObjectId>([[this.branch, this.main]]);
    if (this.ledger) branches.set("countersign/ledger", this.ledger);
    return { policy, destination: { branches, defaultBranch: "main", aliases: new Map() } };
  }

  /** Read once: it stays as it is. */
  #policyOf(project: string): ReturnType<typeof readPolicy> {
    const known = this.#policies.get(project);
    if (known) return known;
    const files = { "countersign.config.yaml": this.policyFile.replace("acme/x", project) };
    const commit = this.repository.add("policy\n", { files });
    const policy = readPolicy(this.repository, { ref: branchRef("main"), commit });
    this.#policies.set(project, policy);
    return policy;
  }

  /** Has somebody sign a branch into the ledger, as `countersign cosign` does; gives what was signed. */
  async sign(head: ObjectId, signing: Signing = {}): Promise<readonly Signed[]> {
    const { by = "ada", key = by, branches = this.#standing, block = (same: Block) => same, head: said } = signing;
    const signed = await this.#blocks(head, signing);
    const lines = { head: { ...this.#head(by, branches), ...said }, blocks: signed.map((each) => block(each.block)) };
    const bytes = formatLines(lines);
    const file = this.#file(bytes, key, signing.namespace);
    const files: Record<string, MadeFile> = {};
    for (const [index, { changes }] of signed.entries()) {
      const place = { paths: pathsDigest(changes), recordId: digestOf(bytes), blockNumber: index + 1 };
      const folder = folderNames(place).join("/");
      files[`${folder}/record`] = file;
      for (const { path, oldMode, oldOid, newMode, newOid } of changes) {
        const name = Buffer.from(path).toString();
        if (oldMode !== NO_MODE) files[`${folder}/${BEFORE_FOLDER}/${name}`] = { mode: oldMode, oid: oldOid };
        if (newMode !== NO_MODE) files[`${folder}/${AFTER_FOLDER}/${name}`] = { mode: newMode, oid: newOid };
      }
    }
    this.write(files);
    return signed;
  }

  /** Has somebody sign a commit in its message, and maybe put it on other parents; gives what it becomes. */
  async trailer(
    commit: ObjectId,
    { by = "ada", parents = this.repository.parentsOf(commit), head = {}, emergency }: TrailerSigning = {},
  ): Promise<ObjectId> {
    const { block } = await this.#block(commit, parents);
    const signed = { ...this.#head(by), ...head };
    const lines = { head: signed, blocks: [{ ...block, agents: [], ...(emergency !== undefined && { emergency }) }] };
    const authors = block.authors.map((author) => `<${author}>`).join(" ");
    const line = `${address(by)} ${signed.time} ${this.main} ${authors}`;
    const signature = writeSignature(
      line,
      KEYS[by].sign(NAMESPACE, Buffer.from(formatLines(lines))).toString("base64"),
    );
    const message = this.repository.messageOf(commit).trimEnd();
    const gap = /\n\n(?:[A-Za-z-]+: .*\n?)+$/.test(message) ? "\n" : "\n\n";
    return this.repository.add(`${message}${gap}Co-signed-by: ${by} <${address(by)}>\n${signature}\n`, {
      parents,
      filesOf: commit,
      author: this.repository.authorOf(commit),
    });
  }

  /** Has somebody take back what stands in these folders of the ledger, or in all of them. */
  withdraw(by: Name, places = this.places(), { key = by, head = {} }: Pick<Signing, "key" | "head"> = {}): void {
    const files: Record<string, MadeFile> = {};
    for (const [folder, recordId] of places) {
      const bytes = formatWithdrawal({ head: { ...this.#head(by), ...head }, recordId });
      files[`${folder}/withdrawn`] = this.#file(bytes, key);
    }
    this.write(files);
  }

  /** The place that a trailer's signature would have in the ledger, so that it can be taken back there. */
  async trailerPlace(signed: ObjectId, by: Name = "ada"): Promise<readonly [folder: string, recordId: string]> {
    const { block, changes } = await this.#block(signed, this.repository.parentsOf(signed));
    const bytes = formatLines({ head: this.#head(by), blocks: [{ ...block, agents: [] }] });
    const recordId = digestOf(bytes);
    return [folderNames({ paths: pathsDigest(changes), recordId, blockNumber: 1 }).join("/"), recordId];
  }

  /** Puts other contents at some paths of the ledger. */
  tamper(change: (path: string) => MadeFile | undefined): void {
    const found = [...this.repository.filesOf(this.ledger).keys()].map((path) => [path, change(path)] as const);
    this.write(Object.fromEntries(found.filter(([, file]) => file !== undefined)) as Record<string, MadeFile>);
  }

  /** The folders of records, each with the record's id. */
  places(isWanted = (_path: string): boolean => true): readonly (readonly [folder: string, recordId: string])[] {
    const paths = [...this.repository.filesOf(this.ledger).keys()].filter(isWanted);
    const records = paths.filter((path) => path.endsWith("/record"));
    return records.map((path) => {
      const folder = path.slice(0, -"/record".length);
      return [folder, (folder.split("/")[2] ?? "").slice(0, 64)];
    });
  }

  /** Puts files into the ledger as they are. */
  write(files: Readonly<Record<string, MadeFile>>): void {
    const parents = this.ledger ? [this.ledger] : [];
    this.ledger = this.repository.add("Co-signs for main\n", { parents, files });
  }

  #file(bytes: Uint8Array, key: keyof typeof KEYS, namespace = NAMESPACE): MadeFile {
    const signature = KEYS[key].sign(namespace, Buffer.from(bytes));
    return Buffer.from(formatSignedFile(bytes, signature)).toString();
  }

  get #standing(): Readonly<Record<string, ObjectId>> {
    return { [this.branch]: this.main };
  }

  #head(by: Name, branches: NonNullable<Signing["branches"]> = this.#standing): SignedHead {
    const signed = Object.entries(branches).map(([name, base]) => ({ ref: branchRef(name), base }));
    const time = new Date(this.now * 1000).toISOString().replace(".000Z", "Z");
    return { project: "acme/x", branches: signed, cosigner: address(by), time };
  }

  async #blocks(head: ObjectId, { target = this.main, since, what = "branch" }: Signing): Promise<readonly Signed[]> {
    const { repository } = this;
    if (what === "turned") return [await this.#block(head, [...repository.parentsOf(head)].reverse())];
    const start = since ?? (await this.base(target, head)) ?? target;
    const commits: Signed[] = [];
    const authors = new Set<string>();
    for (const oid of this.since(target, head).filter((each) => this.since(start, head).includes(each))) {
      const parents = repository.parentsOf(oid);
      const signed = await this.#block(oid, parents);
      if (parents.length > 1 && signed.block.own === changeDigest([])) continue;
      commits.push(signed);
      for (const author of signed.block.authors) authors.add(author);
    }
    if (what === "each") return commits;
    const sums = [await this.#between(start, head)];
    const [base, main] = [repository.filesOf(start), repository.filesOf(target)];
    const landed = since ? undefined : mergeFiles(repository, base, main, repository.filesOf(head));
    if (landed) {
      const files = Object.fromEntries([...main.keys()].map((path): [string, MadeFile] => [path, null]));
      const merged = repository.add("merged\n", {
        parents: [target],
        files: { ...files, ...Object.fromEntries(landed) },
      });
      const sum = await this.#between(target, merged);
      if (sum.length > 0 && sums[0] && changeDigest(sum) !== changeDigest(sums[0])) sums.push(sum);
    }
    const whole = sums.map((changes): Signed => {
      const about = { change: changeDigest(changes), paths: pathsDigest(changes), parents: 1, otherParents: [] };
      return { changes, block: { ...about, authors: [...authors], commits: commits.length, agents: ["claude-code"] } };
    });
    return what === "sum" ? whole : [...commits, ...whole];
  }

  async #block(oid: ObjectId, parents: readonly ObjectId[]): Promise<Signed> {
    const commit = { ...parseCommit(await this.repository.commit(oid)), parents };
    const changes = await this.#between(parents[0], oid);
    const isMerge = parents.length > 1;
    const block = {
      change: changeDigest(changes),
      paths: pathsDigest(changes),
      parents: parents.length,
      otherParents: parents.slice(1),
      ...(isMerge && { own: changeDigest(await findOwnChanges(this.repository, commit)) }),
      authors: authorsOf(commit),
      agents: ["claude-code"],
    };
    return { changes, block };
  }

  async #between(from: ObjectId | undefined, to: ObjectId): Promise<readonly Change[]> {
    const asked = { oid: to, parents: from ? [from] : [] };
    for await (const { changes } of this.repository.changes([asked])) return changes;
    throw new Error("one commit has one answer");
  }
}

/** As they are signed: its author and co-authors, and where all of them are agents, its committer. */
function authorsOf(commit: ReturnType<typeof parseCommit>): readonly string[] {
  const authors = [...readAuthors(commit).keys()];
  return authors.every((email) => email === address("claude")) ? [...authors, commit.committer.email] : authors;
}
