import { decodeStrictly, equalBytes } from "../bytes.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Forge } from "../policy/accounts.ts";
import {
  type Block,
  findLinesDefect,
  formatLines,
  NOTHING,
  type ReviewedOnForge,
  type SignedBranch,
  type SignedHead,
  type SignedLines,
} from "./lines.ts";

/** More changes than this no signature approves. */
export const BLOCK_LIMIT = 10_000;

/** The lines that a signature is over; undefined if they are not exactly what `formatLines` writes. */
export function parseLines(bytes: Uint8Array): SignedLines | undefined {
  const lines = new LineReader(decodeStrictly(bytes) ?? "");
  const head = readHead(lines);
  if (!head) return undefined;
  const blocks: Block[] = [];
  while (!lines.done && blocks.length < BLOCK_LIMIT) {
    const block = readBlock(lines);
    if (!block) return undefined;
    blocks.push(block);
  }
  const read = { head, blocks };
  // Another order, a number written otherwise or a line too many shows here.
  if (findLinesDefect(read) !== undefined || !equalBytes(formatLines(read), bytes)) return undefined;
  return read;
}

/** The lines that every signature begins with, whether or not `formatLines` would write them so. */
export function readHead(lines: LineReader): SignedHead | undefined {
  if (lines.take("countersign") !== "v1") return undefined;
  const project = lines.take("project");
  const branches = lines.takeAll("branch").map(readBranch);
  const cosigner = lines.take("cosigner");
  const time = lines.take("time");
  if (cosigner === undefined || time === undefined) return undefined;
  const reviewed = readReview(lines);
  return { project: project === NOTHING ? undefined : project, branches, cosigner, time, reviewed };
}

function readReview(lines: LineReader): ReviewedOnForge | undefined {
  const witness = lines.take("witness");
  const [forge = "", review = "", head = ""] = lines.take("review")?.split(" ") ?? [];
  if (witness === undefined) return undefined;
  return {
    witness: witness === NOTHING ? undefined : witness,
    forge: forge as Forge,
    review,
    head: head as ObjectId,
  };
}

function readBranch(value: string): SignedBranch {
  const [ref = "", base = ""] = value.split(" ");
  return { ref, base: base === NOTHING ? undefined : (base as ObjectId) };
}

function readBlock(lines: LineReader): Block | undefined {
  const change = lines.takeDigest("change");
  const paths = lines.takeDigest("paths");
  const parents = lines.take("parents")?.split(" ");
  if (change === undefined || paths === undefined || parents === undefined) return undefined;
  const own = lines.takeDigest("own");
  const authors = lines.takeAll("author");
  const commits = lines.take("commits");
  return {
    change,
    paths,
    parents: Number(parents[0]),
    otherParents: parents.slice(1) as ObjectId[],
    own,
    authors,
    commits: commits === undefined ? undefined : Number(commits),
    agents: lines.take("agents")?.split(" "),
    dispute: lines.take("dispute"),
    emergency: lines.take("emergency"),
  };
}

/** Lines of a key and a value, taken one by one. */
export class LineReader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.split("\n");
  }

  /** Whether nothing is left but the end of the last line. */
  get done(): boolean {
    return this.#at >= this.#lines.length - 1;
  }

  /** The value of the next line, if it has this key. */
  take(key: string): string | undefined {
    return this.#takeBehind(`${key} `);
  }

  takeAll(key: string): readonly string[] {
    const values: string[] = [];
    for (let value = this.take(key); value !== undefined; value = this.take(key)) values.push(value);
    return values;
  }

  takeDigest(key: string): string | undefined {
    return this.#takeBehind(`${key} sha256:`);
  }

  #takeBehind(start: string): string | undefined {
    const line = this.#lines[this.#at];
    if (!line?.startsWith(start)) return undefined;
    this.#at += 1;
    return line.slice(start.length);
  }
}
