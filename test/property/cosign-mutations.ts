import type { Change, ObjectId } from "@countersign/core";

export const MODES = ["000000", "040000", "100644", "100755", "120000", "160000"];

/** All that a signature is over. */
export interface Signed {
  readonly changes: readonly Change[];
  readonly author: string;
  readonly branch: string;
  readonly project: string;
  readonly time: string;
  readonly cosigner: string;
  readonly parents: readonly ObjectId[];
  /** The id of a commit, or `-`. */
  readonly base: string;
}

export function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** Another character in place of one. */
function replaceAt(text: string, at: number, letters: string): string {
  const index = at % text.length;
  const other = letters[(letters.indexOf(text[index] as string) + 1 + (at % (letters.length - 1))) % letters.length];
  return text.slice(0, index) + other + text.slice(index + 1);
}

const HEX = "0123456789abcdef";
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Changes one record of a commit's change, if it has one, and adds one otherwise. */
function changeRecord(signed: Signed, at: number, edit: (change: Change) => Change): Signed {
  const index = at % Math.max(signed.changes.length, 1);
  const { changes } = signed;
  if (changes.length === 0) {
    const added = { path: Buffer.from("a"), oldMode: "000000", newMode: "100644", status: "A" } as const;
    const ids = { oldOid: "0".repeat(40) as ObjectId, newOid: "1".repeat(40) as ObjectId };
    return { ...signed, changes: [{ ...added, ...ids }] };
  }
  return { ...signed, changes: changes.map((record, i) => (i === index ? edit(record) : record)) };
}

const nextMode = (mode: string, at: number): string =>
  MODES[(MODES.indexOf(mode) + 1 + (at % (MODES.length - 1))) % MODES.length] as string;

/** Ways to change one thing that a signature is over; the number says where. */
export const MUTATIONS: readonly (readonly [string, (signed: Signed, at: number) => Signed])[] = [
  [
    "one byte of a path",
    (signed, at) =>
      changeRecord(signed, at, ({ path, ...record }) => {
        const bytes = Uint8Array.from(path);
        const index = at % bytes.length;
        bytes[index] = (bytes[index] as number) ^ (1 + (at % 255)) || 0x2e;
        return { ...record, path: bytes };
      }),
  ],
  [
    "the end of a path",
    (signed, at) =>
      changeRecord(signed, at, (record) => ({ ...record, path: Buffer.concat([record.path, Buffer.from("x")]) })),
  ],
  [
    "an old mode",
    (signed, at) => changeRecord(signed, at, (record) => ({ ...record, oldMode: nextMode(record.oldMode, at) })),
  ],
  [
    "a new mode",
    (signed, at) => changeRecord(signed, at, (record) => ({ ...record, newMode: nextMode(record.newMode, at) })),
  ],
  [
    "a digit of an old blob's id",
    (signed, at) =>
      changeRecord(signed, at, (record) => ({ ...record, oldOid: replaceAt(record.oldOid, at, HEX) as ObjectId })),
  ],
  [
    "a digit of a new blob's id",
    (signed, at) =>
      changeRecord(signed, at, (record) => ({ ...record, newOid: replaceAt(record.newOid, at, HEX) as ObjectId })),
  ],
  ["a record less or more", (signed) => ({ ...changeRecord(signed, 0, (x) => x), changes: dropOrAdd(signed) })],
  ["a letter of the author's address", (signed, at) => ({ ...signed, author: replaceAt(signed.author, at, LETTERS) })],
  [
    "a letter of the branch",
    (signed, at) => ({ ...signed, branch: `refs/heads/${replaceAt(signed.branch.slice(11), at, LETTERS)}` }),
  ],
  ["the end of the branch", (signed) => ({ ...signed, branch: `${signed.branch}-` })],
  [
    "a letter of the project",
    (signed, at) => ({ ...signed, project: `acme/${replaceAt(signed.project.slice(5), at, LETTERS)}` }),
  ],
  [
    "the base",
    (signed, at) => ({ ...signed, base: signed.base === "-" ? "5".repeat(40) : replaceAt(signed.base, at, HEX) }),
  ],
  ["the time", (signed, at) => ({ ...signed, time: formatTime(Date.parse(signed.time) / 1000 - 1 - (at % 86_000)) })],
  [
    "the co-signer's address",
    (signed) => ({
      ...signed,
      cosigner: signed.cosigner === "ada@acme.example" ? "ada@home.example" : "ada@acme.example",
    }),
  ],
  [
    "a digit of another parent than the first",
    (signed, at) => ({
      ...signed,
      parents:
        signed.parents.length < 2
          ? [...signed.parents, "2".repeat(40) as ObjectId]
          : signed.parents.map((parent, i) =>
              i === 1 + (at % (signed.parents.length - 1)) ? (replaceAt(parent, at, HEX) as ObjectId) : parent,
            ),
    }),
  ],
  [
    "the number of parents",
    (signed) => ({
      ...signed,
      parents: signed.parents.length > 0 ? signed.parents.slice(0, -1) : ["3".repeat(40) as ObjectId],
    }),
  ],
];

function dropOrAdd({ changes }: Signed): readonly Change[] {
  const [first, ...others] = changes;
  return first ? others : changeRecord({ changes } as Signed, 0, (x) => x).changes;
}
