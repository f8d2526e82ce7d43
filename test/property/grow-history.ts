import { changeDigest, formatLines, NAMESPACE, type ObjectId, pathsDigest } from "@countersign/core";
import { findOwnChanges } from "../../packages/core/src/merge/own-changes.ts";
import { makeSigner, type Signer, signedPolicy, writeSignature } from "../rig/keys/cosign-commit.ts";
import { MemoryRepository } from "../rig/repository/memory-repository.ts";

// Histories of every kind that judging tells apart, made in memory from a list of numbers.

export const NOW = Date.parse("2026-11-23T10:00:00Z") / 1000;
const POLICY_FILE = "countersign.config.yaml";
const CLAUDE = "Co-authored-by: Claude <noreply@anthropic.com>";
const DAY = 86_400;

const KEYS = { ada: makeSigner(), grace: makeSigner(), bob: makeSigner(), old: makeSigner() };
type Name = keyof typeof KEYS;
const PEOPLE: readonly Name[] = ["ada", "grace", "bob"];

const EXPIRED = `{ key: ${KEYS.old.line}, validUntil: 2026-01-01T00:00:00Z }`;

function policyOf(cosign: string, rest = ""): string {
  const keys = { ada: [KEYS.ada.line, EXPIRED], grace: [KEYS.grace.line], bob: [KEYS.bob.line] };
  return signedPolicy(keys, cosign, rest);
}

const DENY = 'rules:\n  - { name: no, paths: ["prod/**"], deny: Not here. }\n';
const STRICT = 'rules:\n  - { name: infra, paths: ["infra/**"], cosign: { count: 2 } }\n';

export const POLICIES: readonly string[] = [
  policyOf("proof: signed"),
  policyOf("proof: signed, coverage: merge"),
  policyOf("proof: declared", STRICT),
  policyOf("proof: signed, count: 2, coverage: merge", "disclosure: required\n"),
  policyOf("proof: signed, level: principal", `policyChange: { count: 2 }\n${DENY}`),
  policyOf("proof: signed, self: true, maxAge: 3d", `disputes: { level: senior }\n${DENY}`),
  policyOf("proof: signed, coverage: merge", "disputes: { level: mid }\nmode: warn\n"),
];

/** Numbers that decisions are drawn from, one after the other; after the last one all are 0. */
export class Draws {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  get left(): boolean {
    return this.#at < this.#numbers.length;
  }

  below(limit: number): number {
    const number = this.#numbers[this.#at] ?? 0;
    this.#at += 1;
    return number % limit;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  /** Whether one of so many. */
  once(of: number): boolean {
    return this.below(of) === 1;
  }
}

/** A history, where main stood before, and what would be pushed there. */
export interface GrownHistory {
  readonly repository: MemoryRepository;
  readonly policy: string;
  readonly main: ObjectId;
  readonly tip: ObjectId;
  /** All commits, in the order in which they were made. */
  readonly commits: readonly ObjectId[];
}

/** Grows a history from a list of numbers. */
export async function growHistory(numbers: readonly number[]): Promise<GrownHistory> {
  const draws = new Draws(numbers);
  const repository = new MemoryRepository();
  const policy = draws.pick(POLICIES);
  const root = repository.add("Start\n", { files: { [POLICY_FILE]: policy, "a.txt": "0\n" }, date: NOW - 30 * DAY });
  const grower = new Grower(repository, draws, root);
  const landed = draws.below(6);
  for (let step = 0; step < landed; step += 1) await grower.step();
  const main = grower.tip;
  while (draws.left) await grower.step();
  return { repository, policy, main, tip: grower.tip, commits: grower.commits };
}

class Grower {
  readonly #repository: MemoryRepository;
  readonly #draws: Draws;
  readonly commits: ObjectId[];
  tip: ObjectId;

  constructor(repository: MemoryRepository, draws: Draws, root: ObjectId) {
    this.#repository = repository;
    this.#draws = draws;
    this.commits = [root];
    this.tip = root;
  }

  /** Makes one more commit, or goes on somewhere else. */
  async step(): Promise<void> {
    await this.#draws.pick(this.#steps)();
  }

  readonly #steps: readonly (() => void | Promise<void>)[] = [
    () => this.#commit("Work by hand\n"),
    () => this.#commit(`Work\n\n${CLAUDE}\n`),
    () => this.#commit(`Work\n\n${CLAUDE}\nCo-signed-by: Ada <ada@acme.example>\n`),
    () => this.#cosigned(this.#message(), this.#files()),
    () => this.#cosigned(this.#message(), this.#files()),
    () => this.#cosigned(this.#message(), this.#files()),
    () => this.#takeBack(),
    () => this.#again(),
    () => this.#again(),
    () => this.#merge(),
    () => this.#changePolicy(),
    () => this.#draws.pick(this.#oddities)(),
    () => {
      this.tip = this.#draws.pick(this.commits);
    },
  ];

  readonly #oddities: readonly (() => void)[] = [
    () => this.#commit(`Work\n\n${CLAUDE}\n`, "encoding IBM037\n"),
    () => this.#commit(`Work\n\n${CLAUDE}\n`, "author Eve <eve@evil.example> 1 +0000\n"),
    () => this.#commit(`Work\n\nCo-signed-by: Ada <ada@acme.example>\n\n${CLAUDE}\n`),
    () => this.#commit(`Work\n\n${CLAUDE}\nCo-signed-by: Ada\nCo-signed-by: Eve <eve@evil.example>\n`),
  ];

  #message(): string {
    const disputed = this.#draws.once(5) ? "Assisted-by: none (it was a formatter)\n" : "";
    return `Work\n\n${CLAUDE}\n${disputed}`;
  }

  #files(): Record<string, string> {
    const path = this.#draws.pick(["a.txt", "b.txt", "infra/c.tf", "prod/d.ts"]);
    return { [path]: `${this.#draws.below(3)}\n` };
  }

  #author(): string {
    return this.#draws.pick(["Bob <bob@acme.example>", "Jim <jim@acme.example>", "Ada <ada@home.example>"]);
  }

  #commit(message: string, headers = ""): void {
    const made = { parents: [this.tip], files: this.#files(), author: this.#author(), date: this.#date(), headers };
    this.#keep(this.#repository.add(message, made));
  }

  #date(): number {
    return NOW - this.#draws.below(20) * DAY;
  }

  #keep(oid: ObjectId): void {
    this.commits.push(oid);
    this.tip = oid;
  }

  async #cosigned(
    message: string,
    files: Record<string, string | null>,
    parents: readonly ObjectId[] = [this.tip],
  ): Promise<void> {
    const draws = this.#draws;
    const rest = { parents, files, author: this.#author(), date: this.#date() };
    const bare = this.#repository.add(message, rest);
    let trailers = "";
    for (let more = 0; more <= (draws.once(3) ? 1 : 0); more += 1)
      trailers += await this.#sign(bare, message, rest.author);
    const other = draws.once(12) ? { "e.txt": "slipped in\n" } : {};
    this.#keep(this.#repository.add(`${message}${trailers}`, { ...rest, files: { ...files, ...other } }));
  }

  /** The trailers of a co-sign, now and then of one that does not hold. */
  async #sign(commit: ObjectId, message: string, author: string): Promise<string> {
    const draws = this.#draws;
    const name = draws.once(4) ? draws.pick(PEOPLE) : author.includes("ada@") ? "grace" : "ada";
    const key: Signer = draws.once(10) ? KEYS.old : draws.once(12) ? KEYS.grace : KEYS[name];
    const cosigner = `${name}@acme.example`;
    const parents = this.#repository.parentsOf(commit);
    const seconds = draws.once(12) ? NOW + DAY : NOW - draws.below(draws.once(4) ? 60 : 20) * DAY;
    const time = new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
    const disputed = message.includes("none (it was a formatter)") && !draws.once(3);
    const changes = this.#repository.changesOf(commit);
    const merge = parents.length > 1;
    const own = merge ? await findOwnChanges(this.#repository, { oid: commit, parents }) : [];
    const base = draws.once(8) ? draws.pick(this.commits) : this.commits[0];
    const authors = [/<(.*)>/.exec(author)?.[1] ?? ""];
    const lines = formatLines({
      head: {
        project: "acme/payments",
        branches: [{ ref: draws.once(10) ? "refs/heads/other" : "refs/heads/main", base }],
        cosigner,
        time,
      },
      blocks: [
        {
          change: changeDigest(changes),
          paths: pathsDigest(changes),
          parents: parents.length,
          otherParents: parents.slice(1),
          ...(merge && { own: changeDigest(own) }),
          authors,
          ...(disputed && { dispute: "it was a formatter" }),
        },
      ],
    });
    const blob = key.sign(NAMESPACE, Buffer.from(lines)).toString("base64");
    return `Co-signed-by: ${name} <${cosigner}>\n${writeSignature(`${cosigner} ${time} ${base} <${authors[0]}>`, blob)}\n`;
  }

  /** Goes back to the files of the parent. */
  #takeBack(): void {
    const [parent] = this.#repository.parentsOf(this.tip);
    if (!parent) return;
    const back = { parents: [this.tip], filesOf: parent, date: this.#date() };
    this.#keep(this.#repository.add(this.#draws.once(3) ? `Take it back\n\n${CLAUDE}\n` : "Take it back\n", back));
  }

  /** Makes again what another commit made, in its words; mostly what was just made and is taken back for it. */
  #again(): void {
    const latest = this.#draws.once(3) ? this.#draws.pick(this.commits) : this.tip;
    if (latest === this.tip) this.#takeBack();
    const [, ...others] = this.#repository.parentsOf(latest);
    const files = this.#repository.filesChangedBy(latest);
    const author = this.#repository.authorOf(latest);
    const made = { parents: [this.tip, ...others], files, author, date: this.#date() };
    this.#keep(this.#repository.add(this.#repository.messageOf(latest), made));
  }

  async #merge(): Promise<void> {
    const draws = this.#draws;
    const other = draws.pick(this.commits);
    if (other === this.tip) return;
    const parents = draws.once(2) ? [other, this.tip] : [this.tip, other];
    const message = draws.once(4) ? `Merge\n\n${CLAUDE}\n` : "Merge\n\nReviewed-by: R <r@acme.example>\n";
    if (draws.once(2)) await this.#cosigned(message, { "merged.txt": `${draws.below(3)}\n` }, parents);
    else {
      const filesOf = draws.pick([...parents, this.tip]);
      this.#keep(this.#repository.add(message, { parents, filesOf, date: this.#date() }));
    }
  }

  async #changePolicy(): Promise<void> {
    const draws = this.#draws;
    const files = { [POLICY_FILE]: draws.once(6) ? null : draws.once(6) ? "version: 2\n" : draws.pick(POLICIES) };
    const message = draws.once(2) ? "Change the policy\n\nAssisted-by: none\n" : `Change the policy\n\n${CLAUDE}\n`;
    if (draws.once(2)) await this.#cosigned(message, files);
    else this.#keep(this.#repository.add(message, { parents: [this.tip], files, date: this.#date() }));
  }
}
