import type { ObjectId } from "@countersign/core";
import { before, edit, feature, fn } from "../landings/files.ts";
import type { World } from "../landings/world.ts";
import type { Story } from "./doors.ts";
import { type Attack, tryAttacks } from "./try-attacks.ts";

type Signing = Parameters<World["sign"]>[1];
type Land = (w: World, head: ObjectId) => ObjectId | Promise<ObjectId>;

const squash: Land = (w, head) => w.button("squash", head);

/** A branch by Bob's agent that somebody signs, landed in some way. */
const signed =
  (signing: (w: World, head: ObjectId) => Signing, land: Land = squash): Story =>
  async (w) => {
    const head = feature(w);
    await w.sign(head, signing(w, head));
    return land(w, head);
  };

const landed = (land: Land): Story => signed(() => ({}), land);

/** What is signed, put in as one commit together with more. */
const along = (files: (w: World, text: string) => Parameters<World["commit"]>[1]): Story =>
  landed((w, head) => w.commit(w.main, files(w, w.text(head, "a.txt")), "squash\n", { ai: true }));

/** A commit by Bob's agent that is signed alone, then made again. */
const amended =
  (again: (w: World, tip: ObjectId) => ObjectId | Promise<ObjectId>): Story =>
  async (w) => {
    const tip = feature(w, 1);
    await w.sign(tip, { what: "each" });
    return again(w, tip);
  };

/** As `git commit --amend` makes it. */
function amend(w: World, tip: ObjectId, files: Parameters<World["commit"]>[1], by = "bob", more = ""): ObjectId {
  const all = { "a.txt": w.text(tip, "a.txt"), ...files };
  return w.commit(w.repository.parentsOf(tip), all, `again${more}\n`, { by, ai: true });
}

const BODY = ["open", "read", "write"];
const twoAlike = (last: string): string => fn("pay", ...BODY) + fn("test", ...BODY) + last;

/** A branch takes a line out of one of two alike functions; main does something to the file first. */
const inOneOfTwo =
  (
    main: (last: string) => string,
    landing: (w: World, head: ObjectId, last: string) => ObjectId | Promise<ObjectId>,
  ): Story =>
  async (w) => {
    const last = w.text(w.main, "b.txt");
    w.start = w.commit(undefined, { "a.txt": twoAlike(last) }, "root\n");
    w.main = w.start;
    const head = w.commit(w.main, { "a.txt": edit(twoAlike(last), "    write;\n", "") }, "ai\n", { ai: true });
    await w.sign(head);
    await w.lands(w.commit(w.main, { "a.txt": main(last) }, "a person's\n", { by: "carl" }));
    return landing(w, head, last);
  };

/** What landed is reverted by a person. */
async function revert(w: World): Promise<ObjectId> {
  return w.lands(w.revert(w.main, w.main));
}

/** Signed once in each carrier: lands by one, is taken back or not, and comes by the other. */
const byBoth =
  (first: "ledger" | "trailer", isReverted: boolean): Story =>
  async (w) => {
    const tip = feature(w, 1);
    const other = await w.trailer(tip);
    await w.sign(tip, { what: "each" });
    const unsigned = w.pick(w.commit(w.start, {}, "empty\n"), tip);
    const [one, two] = first === "ledger" ? [tip, other] : [other, unsigned];
    if (!isReverted) return first === "ledger" ? other : tip;
    await w.lands(one);
    await revert(w);
    return w.merge(w.main, two);
  };

const people =
  (by: (w: World, head: ObjectId) => Promise<ObjectId>): Story =>
  (w) =>
    by(w, feature(w));

/** A branch in which Ada made one commit, under one of her addresses or under another person's. */
const adasPart =
  (by: string): Story =>
  async (w) => {
    const head = w.commit(feature(w, 1), { "d.txt": "by hand\n" }, "by hand\n", { by });
    await w.sign(head);
    return w.button("squash", head);
  };

const missing: Pick<Attack, "codes"> = { codes: "COSIGN_MISSING" };
const mismatch: Pick<Attack, "codes"> = { codes: "COSIGN_MISMATCH COSIGN_MISSING" };

tryAttacks({
  "a record for another branch": {
    attack: signed((w) => ({ branches: { "t/other": w.main } })),
    ...mismatch,
    twin: signed((w) => ({ branches: { "t/other": w.main, [w.branch]: w.main } })),
  },
  "a record for the default branch, which stood there too": {
    attack: signed((w) => ({ branches: { main: w.main } })),
    ...mismatch,
  },
  "a record for a ref of that name outside of the branches": {
    attack: signed((w) => ({ head: { branches: [{ ref: `refs/tags/${w.branch}`, base: w.main }] } })),
    ...mismatch,
  },
  "a record for another project": {
    attack: signed(() => ({ head: { project: "acme/y" } })),
    ...mismatch,
    twin: signed(() => ({ head: { project: "acme/x" } })),
  },
  "a record for no project": { attack: signed(() => ({ head: { project: undefined } })), ...mismatch },
  "a record for the project in capitals": { attack: signed(() => ({ head: { project: "ACME/X" } })), ...mismatch },
  "a record whose base the branch never had": {
    attack: signed((w, head) => ({ branches: { [w.branch]: head } })),
    codes: "COSIGN_MISMATCH",
    twin: async (w) => {
      await w.lands(w.commit(w.main, { "c.txt": "a person's\n" }));
      return signed((same) => ({ branches: { [same.branch]: same.start } }))(w);
    },
  },
  "a record from before the branch was there": {
    attack: signed((w) => ({ branches: { [w.branch]: undefined } })),
    codes: "COSIGN_MISMATCH",
  },
  "a record for work that its signer lands under her own name": {
    attack: landed((w, head) => w.button("squash", head, { by: "ada", message: "Title\n\nAssisted-by: claude:x\n" })),
    codes: "COSIGN_SELF",
    twin: landed((w, head) => w.button("squash", head, { by: "carl", message: "Title\n\nAssisted-by: claude:x\n" })),
  },
  "a record by one of the squashed authors": { attack: adasPart("ada"), codes: "COSIGN_SELF", twin: adasPart("carl") },
  "a record by one of the squashed authors under her other address": {
    attack: async (w) => {
      const made = "by hand\n\nCo-authored-by: A. L. <ADA@home.example>\n";
      const head = w.commit(feature(w, 1), { "d.txt": "by hand\n" }, made);
      await w.sign(head);
      return w.button("squash", head);
    },
    codes: "COSIGN_SELF",
  },
  "a record under a pattern that fits its signer": {
    attack: signed(() => ({ by: "carl", head: { cosigner: "*@acme.example" } })),
    ...missing,
    twin: signed(() => ({ by: "carl", head: { cosigner: "CARL@home.example" } })),
  },
  "a record by a junior under a senior's name": {
    attack: signed(() => ({ by: "bob", head: { cosigner: "ada@acme.example" } })),
    ...missing,
  },
  "a record by a junior": { attack: signed(() => ({ by: "bob" })), codes: "COSIGN_LEVEL" },
  "two records by one person, where two people are asked for": {
    on: "c",
    attack: people(async (w, head) => {
      await w.sign(head);
      await w.sign(head, { head: { cosigner: "ada@home.example" } });
      return w.button("squash", head);
    }),
    ...missing,
    twin: people(async (w, head) => {
      await w.sign(head);
      await w.sign(head, { by: "carl" });
      return w.button("squash", head);
    }),
  },
  "a record and a trailer of one person, where two people are asked for": {
    on: "c",
    attack: async (w) => {
      const tip = feature(w, 1);
      await w.sign(tip, { what: "each" });
      return w.trailer(tip);
    },
    ...missing,
    twin: async (w) => {
      const tip = feature(w, 1);
      await w.sign(tip, { what: "each", by: "carl" });
      return w.trailer(tip);
    },
  },
  "a record of one person for a weaker branch too": {
    on: "c",
    attack: signed((w) => ({ branches: { "t/other": w.main, [w.branch]: w.main } })),
    ...missing,
  },
  "a record by a key in software, where a touch is asked for": {
    on: "h",
    attack: signed(() => ({})),
    codes: "COSIGN_NO_TOUCH",
    twin: signed(() => ({ by: "tess" })),
  },
  "a record by a security key that nobody touched": {
    on: "h",
    attack: signed(() => ({ by: "tilda" })),
    codes: "COSIGN_NO_TOUCH",
  },
  "one file more in the squash": {
    attack: along((_, text) => ({ "a.txt": text, "c.txt": "more\n" })),
    ...missing,
    twin: along((_, text) => ({ "a.txt": text })),
  },
  "one file more in the squash, which is empty": {
    attack: along((_, text) => ({ "a.txt": text, "c.txt": "" })),
    ...missing,
  },
  "a submodule more in the squash": {
    attack: along((w, text) => ({ "a.txt": text, sub: { mode: "160000", oid: w.start } })),
    ...missing,
  },
  "a byte more in the squash": { attack: along((_, text) => ({ "a.txt": `${text} ` })), ...mismatch },
  "the bit that lets it run, in the squash": {
    attack: along((_, text) => ({ "a.txt": ["100755", text] })),
    ...mismatch,
  },
  "the other of two alike functions, which main swapped": {
    attack: inOneOfTwo(
      (last) => fn("test", ...BODY) + fn("pay", ...BODY) + last,
      (w, _, last) => {
        const less = fn("test", ...BODY) + fn("pay", ...BODY.slice(0, 2)) + last;
        return w.commit(w.main, { "a.txt": edit(less, "", "") }, "squash\n", { ai: true });
      },
    ),
    ...missing,
    twin: inOneOfTwo(
      (last) => `${twoAlike(last)}more\n`,
      (w, head) => w.button("squash", head),
    ),
  },
  "the other of two alike functions, which main swapped and renamed": {
    attack: inOneOfTwo(
      (last) => fn("test_all", ...BODY) + fn("pay_now", ...BODY) + last,
      (w, head) => w.button("squash", head),
    ),
    ...missing,
  },
  "the other of two alike functions, where main put a third in front": {
    attack: inOneOfTwo(
      (last) => fn("log", ...BODY) + twoAlike(last),
      (w, _, last) => {
        const less = fn("log", ...BODY.slice(0, 2)) + twoAlike(last);
        return w.commit(w.main, { "a.txt": less }, "squash\n", { ai: true });
      },
    ),
    ...missing,
  },
  "the ledger's co-sign, then the trailer's, of what was reverted": {
    attack: byBoth("ledger", true),
    codes: "COSIGN_SPENT",
    twin: byBoth("ledger", false),
  },
  "the trailer's co-sign, then the ledger's, of what was reverted": {
    attack: byBoth("trailer", true),
    codes: "COSIGN_SPENT",
    twin: byBoth("trailer", false),
  },
  "what a branch tried and undid itself, squashed again after a revert": {
    attack: async (w) => {
      const one = feature(w, 1);
      const undone = w.commit(one, { "a.txt": w.text(w.start, "a.txt") }, "undone\n", { ai: true });
      const head = w.commit(undone, { "a.txt": w.text(one, "a.txt") }, "again\n", { ai: true });
      await w.sign(head);
      await w.lands(await w.button("squash", head));
      await revert(w);
      return w.button("squash", w.pick(w.commit(w.start, {}, "empty\n"), ...w.plain(w.start, head)));
    },
    codes: "COSIGN_SPENT",
  },
  "another order of lines that was reverted": {
    attack: async (w) => {
      const text = edit(w.text(w.start, "a.txt"), "    open;\n    read;\n", "    read;\n    open;\n");
      const head = w.commit(w.main, { "a.txt": text }, "ai\n", { ai: true });
      await w.sign(head);
      await w.lands(await w.button("squash", head));
      await revert(w);
      return w.pick(w.main, head);
    },
    codes: "COSIGN_SPENT",
  },
  "a half of what was signed as a whole": {
    attack: landed((w, head) => w.plain(w.start, head)[0] ?? head),
    codes: "COSIGN_INCOMPLETE",
    twin: landed((_, head) => head),
  },
  "a content that is amended": {
    attack: amended((w, tip) => amend(w, tip, { "a.txt": `${w.text(tip, "a.txt")}more\n` })),
    ...mismatch,
    twin: amended((w, tip) => amend(w, tip, {}, "carl", " and again")),
  },
  "a path that is amended": {
    attack: amended((w, tip) => amend(w, tip, { "a.txt": w.text(w.start, "a.txt"), "b.txt": w.text(tip, "a.txt") })),
    ...missing,
  },
  "a rebase in which the line was edited": {
    attack: amended(async (w, tip) => {
      await w.lands(w.commit(w.main, { "c.txt": "a person's\n" }, "a person's\n", { by: "carl" }));
      return w.commit(w.main, { "a.txt": edit(w.text(tip, "a.txt"), "ai_0", "ai_1") }, "ai\n", { ai: true });
    }),
    ...mismatch,
    twin: amended(async (w, tip) => {
      const moved = edit(w.text(w.main, "a.txt"), "    write;\n", "    write; // moved\n");
      await w.lands(w.commit(w.main, { "a.txt": moved }, "a person's\n", { by: "carl" }));
      return w.pick(w.main, tip);
    }),
  },
  "an agent's revert by the co-sign of what it reverts": {
    attack: amended(async (w, tip) => {
      await w.lands(tip);
      return w.commit(w.main, { "a.txt": w.text(w.start, "a.txt") }, "Revert\n", { ai: true });
    }),
    ...missing,
    twin: async (w) => {
      await w.lands(await amended((_, tip) => tip)(w));
      const back = w.commit(w.main, { "a.txt": w.text(w.start, "a.txt") }, "Revert\n", { ai: true });
      await w.sign(back);
      return back;
    },
  },
  "an empty commit by another one's co-sign": {
    attack: amended((w) => w.commit(w.main, {}, "empty\n", { ai: true })),
    ...mismatch,
    twin: async (w) => {
      const tip = w.commit(w.main, {}, "empty\n", { ai: true });
      await w.sign(tip, { what: "each" });
      return tip;
    },
  },
  "an orphan that is merged": {
    attack: (w) => w.merge(w.main, w.commit(undefined, { [w.branch]: "orphan\n" }, "root\n", { ai: true })),
    ...missing,
    twin: async (w) => {
      const root = w.commit(undefined, { [w.branch]: "orphan\n" }, "root\n", { ai: true });
      await w.sign(root, { what: "each", branches: { [w.branch]: w.main } });
      return w.merge(w.main, root);
    },
  },
  "a record in the tree of what lands": {
    attack: async (w) => {
      const { ledger } = w;
      const tip = feature(w, 1);
      await w.sign(tip, { what: "each" });
      const files = Object.fromEntries(w.repository.filesOf(w.ledger));
      w.ledger = ledger;
      return w.commit(tip, files, "a person's\n", { by: "carl" });
    },
    ...missing,
  },
  "a co-sign in the message of a later commit": {
    attack: async (w) => {
      const tip = feature(w, 1);
      const [, said = ""] = w.repository.messageOf(await w.trailer(tip)).split(/(?=Co-signed-by)/);
      return w.commit(tip, {}, `Approve\n\n${said}`, { by: "carl" });
    },
    ...missing,
    twin: async (w) => w.trailer(feature(w, 1)),
  },
  "a merge on an old commit, which brings the reverted work in": {
    on: "m",
    attack: async (w) => {
      const head = feature(w, 1);
      await w.sign(head, { what: "sum" });
      await w.lands(await w.button("squash", head));
      const back = await revert(w);
      await w.lands(w.commit(w.main, { "c.txt": "more\n" }, "a person's\n", { by: "carl" }));
      const again = w.commit(back, { "a.txt": w.text(head, "a.txt") }, "ai\n", { ai: true });
      return w.merge(w.main, await w.merge(w.start, again));
    },
    codes: "COSIGN_SPENT",
    twin: async (w) => {
      const head = feature(w);
      await w.sign(head, { what: "sum" });
      await w.lands(w.commit(w.main, { "c.txt": "more\n" }, "a person's\n", { by: "carl" }));
      return w.merge(w.main, head);
    },
  },
  "a record that was withdrawn": {
    attack: people(async (w, head) => {
      const known = new Set(w.repository.filesOf(w.ledger).keys());
      await w.sign(head);
      w.withdraw(
        "ada",
        w.places((path) => !known.has(path)),
      );
      return w.button("squash", head);
    }),
    codes: "COSIGN_WITHDRAWN",
    twin: people(async (w, head) => {
      const known = new Set(w.repository.filesOf(w.ledger).keys());
      await w.sign(head);
      w.withdraw(
        "carl",
        w.places((path) => !known.has(path)),
      );
      return w.button("squash", head);
    }),
  },
  "a line that main edits between": {
    attack: landed(async (w, head) => {
      const text = before(w.text(w.main, "a.txt"), "read", "person");
      await w.lands(w.commit(w.main, { "a.txt": text }, "a person's\n", { by: "carl" }));
      const both = before(w.text(head, "a.txt"), "read", "person");
      return w.commit(w.main, { "a.txt": both }, "squash\n", { ai: true });
    }),
    ...missing,
  },
});
