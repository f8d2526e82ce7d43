import type { Account, ObjectId, Review } from "@countersign/core";
import { judgeWork, MERGE_WAYS, type MergeWay } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { codesOf } from "../../packages/core/src/judge/push.fixture.ts";
import { edit, feature, openWorld } from "./files.ts";
import { ACCOUNTS, type Rules, type World } from "./world.ts";

const REVIEWED: Rules = { cosign: "proof: reviewed" };
type Name = keyof typeof ACCOUNTS;

/** What the forge tells of a branch, and how it is asked about. */
interface Told {
  readonly reviews: readonly Review[];
  readonly head?: ObjectId;
  readonly makers?: readonly Account[];
  /** Absent, all of them. */
  readonly ways?: readonly MergeWay[] | undefined;
  /** What is to land, where that is not the head itself. */
  readonly tip?: ObjectId;
}

let count = 0;
function review(w: World, by: Name, head: ObjectId, more: Partial<Review> = {}): Review {
  count += 1;
  const reviewer = { login: by, id: ACCOUNTS[by], isBot: false };
  return {
    forge: "github",
    id: `${count}`,
    reviewer,
    state: "approved",
    head,
    submitted: w.now - 3600 + count,
    ...more,
  };
}

async function judge(w: World, head: ObjectId, { reviews, makers, tip = head, ways = MERGE_WAYS, ...told }: Told) {
  const reviewed = [{ head: told.head ?? head, reviews, makers }];
  const range = { from: undefined, to: tip };
  return judgeWork(w.repository, await w.choose(), range, { merge: ways, reviews: reviewed, now: w.now });
}

async function codes(...asked: Parameters<typeof judge>): Promise<readonly string[]> {
  return codesOf(await judge(...asked));
}

describe("an approval on the forge", () => {
  it.each(MERGE_WAYS)("lets a branch land that it approves: %s", async (way) => {
    const w = openWorld(REVIEWED);
    const head = feature(w);
    expect(await codes(w, head, { reviews: [], ways: [way] })).toContain("COSIGN_MISSING");
    const decision = await judge(w, head, { reviews: [review(w, "ada", head)], ways: [way] });
    expect(codesOf(decision)).toEqual([]);
    const [verdict] = decision.updates[0]?.judged ?? [];
    expect(verdict?.requirements[0]?.by).toMatchObject([
      { email: "ada@acme.example", proof: "reviewed", review: { forge: "github", name: "ada" } },
    ]);
    expect(verdict?.cosigns[0]).toMatchObject({ proof: "reviewed", where: { carrier: "review", forge: "github" } });
  });

  it("does as a push of the head as well", async () => {
    const w = openWorld(REVIEWED);
    const head = feature(w);
    expect(await codes(w, head, { reviews: [review(w, "ada", head)], ways: undefined })).toEqual([]);
  });

  it.each(MERGE_WAYS)("vouches for all that a merge brings in, where the policy lets it: %s", async (way) => {
    const w = openWorld({ cosign: "proof: reviewed, coverage: merge" });
    const head = await w.merge(feature(w), feature(w, 1, { path: "b.txt" }));
    expect(await codes(w, head, { reviews: [review(w, "ada", head)], ways: [way] })).toEqual([]);
  });

  it("goes along where main moved on in the same file", async () => {
    const w = openWorld(REVIEWED);
    const head = feature(w);
    w.main = w.commit(w.main, { "a.txt": `// new\n${w.text(w.main, "a.txt")}` });
    expect(await codes(w, head, { reviews: [review(w, "ada", head)] })).toEqual([]);
  });

  it("speaks for what is left of a branch that was squashed and went on", async () => {
    const w = openWorld({ cosign: "proof: reviewed, reapply: never" });
    const first = feature(w, 1);
    w.main = await w.button("squash", first);
    const head = w.commit(first, { "more.txt": "more\n" }, "more\n", { ai: true });
    expect(await codes(w, head, { reviews: [review(w, "ada", head)], ways: ["squash"] })).toEqual([]);
  });

  it("counts with a signature of somebody else", async () => {
    const w = openWorld({ cosign: "count: 2, proof: reviewed" });
    const head = feature(w);
    await w.sign(head, { by: "carl" });
    expect(await codes(w, head, { reviews: [] })).toContain("COSIGN_MISSING");
    expect(await codes(w, head, { reviews: [review(w, "ada", head)] })).toEqual([]);
  });

  it("counts once with a signature of the same person", async () => {
    const w = openWorld({ cosign: "count: 2, proof: reviewed" });
    const head = feature(w);
    await w.sign(head);
    expect(await codes(w, head, { reviews: [review(w, "ada", head)] })).toContain("COSIGN_MISSING");
  });

  it.each(["signed", "hardware"])("never does where the policy asks for proof: %s", async (proof) => {
    const w = openWorld({ cosign: `proof: ${proof}` });
    const head = feature(w);
    expect(new Set(await codes(w, head, { reviews: [review(w, "ada", head)] }))).toEqual(
      new Set(["COSIGN_REVIEWED_ONLY"]),
    );
  });

  it.each<readonly [string, (w: World) => Partial<Review>, string]>([
    ["of the day before yesterday", (w) => ({ submitted: w.now - 3 * 86_400 }), "COSIGN_STALE"],
    ["from tomorrow", (w) => ({ submitted: w.now + 86_400 }), "COSIGN_STALE"],
    ["that was dismissed", () => ({ state: "dismissed" }), "COSIGN_MISMATCH"],
    ["of another commit", (w) => ({ head: w.start }), "COSIGN_MISMATCH"],
    ["by a bot", () => ({ reviewer: { login: "ada", id: ACCOUNTS.ada, isBot: true } }), "COSIGN_MISSING"],
    ["by a junior", () => ({ reviewer: { login: "bob", id: ACCOUNTS.bob, isBot: false } }), "COSIGN_LEVEL"],
    ["by another account of that name", () => ({ reviewer: { login: "ada", id: 99, isBot: false } }), "COSIGN_MISSING"],
  ])("does not count %s", async (_, more, code) => {
    const w = openWorld({ cosign: "proof: reviewed, maxAge: 1d" });
    const head = feature(w, 2, { by: "carl" });
    expect(await codes(w, head, { reviews: [review(w, "ada", head, more(w))] })).toContain(code);
    expect(await codes(w, head, { reviews: [review(w, "ada", head)] })).toEqual([]);
  });

  it("is not what was approved before the branch went on, or was rebased", async () => {
    const w = openWorld(REVIEWED);
    const head = feature(w);
    const approved = review(w, "ada", head);
    const more = w.commit(head, { "b.txt": "evil\n" }, "more\n", { ai: true });
    expect(await codes(w, more, { reviews: [approved] })).toContain("COSIGN_MISMATCH");
    w.main = w.commit(w.main, { "b.txt": "b\n" });
    const rebased = w.pick(w.main, ...w.plain(w.start, head));
    expect(await codes(w, rebased, { reviews: [approved] })).toContain("COSIGN_MISMATCH");
    expect(await codes(w, rebased, { reviews: [approved, review(w, "ada", rebased)] })).toEqual([]);
  });

  it("speaks for nothing but what was approved, whatever else is to land", async () => {
    const w = openWorld(REVIEWED);
    const head = feature(w);
    const more = w.commit(head, { "b.txt": "evil\n" }, "more\n", { ai: true });
    expect(await codes(w, head, { head, reviews: [review(w, "ada", head)], tip: more, ways: ["squash"] })).toContain(
      "COSIGN_MISSING",
    );
    const half = w.plain(w.start, head)[0] ?? head;
    expect(await codes(w, head, { head, reviews: [review(w, "ada", head)], tip: half, ways: undefined })).toContain(
      "COSIGN_INCOMPLETE",
    );
  });

  it("requires a new look once its change was taken out again", async () => {
    const w = openWorld(REVIEWED);
    const head = feature(w);
    const approved = review(w, "ada", head);
    const landed = await w.button("squash", head);
    w.main = w.commit(landed, { "a.txt": w.text(w.start, "a.txt") }, "Take it out\n");
    const again = w.commit(w.main, { "a.txt": w.text(head, "a.txt") }, "again\n", { ai: true });
    expect(await codes(w, head, { head, reviews: [approved], tip: again, ways: undefined })).toContain("COSIGN_SPENT");
  });

  describe("is nobody's own", () => {
    const coAuthor = (who: string) => (w: World) =>
      w.commit(w.main, { "b.txt": "b\n" }, `b\n\nAssisted-by: claude:x\nCo-authored-by: ${who}\n`);

    it.each<readonly [string, (w: World) => ObjectId, readonly Account[]]>([
      ["of the author", (w) => feature(w, 2, { by: "ada" }), []],
      ["of a committer", (w) => w.commit(w.main, { "b.txt": "b\n" }, "b\n", { ai: true, committer: "ada" }), []],
      ["of a co-author", coAuthor("Ada <ada@acme.example>"), []],
      ["of a co-author by the address that the forge gives", coAuthor("A <11+once@users.noreply.github.com>"), []],
      [
        "of the author of a commit before the last",
        (w) => w.commit(feature(w, 1, { by: "ada" }), { "b.txt": "b\n" }, "b\n", { ai: true }),
        [],
      ],
      ["of who opened the request", (w) => feature(w), [{ login: "Ada" }]],
      ["of who opened it under an earlier login", (w) => feature(w), [{ login: "countess", id: 11 }]],
    ])("%s", async (_, grow, makers) => {
      const w = openWorld({ cosign: "proof: reviewed, self: true" });
      const head = grow(w);
      expect(await codes(w, head, { reviews: [review(w, "ada", head)], makers })).toContain("COSIGN_MISMATCH");
      expect(await codes(w, head, { reviews: [review(w, "carl", head)], makers })).toEqual([]);
    });

    it("of who made a merge with changes of its own", async () => {
      const w = openWorld(REVIEWED);
      const other = w.commit(w.main, { "z.txt": "z\n" });
      const head = await w.merge(feature(w), other, { "b.txt": "b\n" }, { by: "ada" });
      const ways = ["merge"] as const;
      expect(await codes(w, head, { reviews: [review(w, "ada", head)], ways })).toContain("COSIGN_MISMATCH");
      expect(await codes(w, head, { reviews: [review(w, "carl", head)], ways })).toEqual([]);
    });

    it("but who only brought the branch up to date made nothing", async () => {
      const w = openWorld(REVIEWED);
      const topic = feature(w);
      w.main = w.commit(w.main, { "z.txt": "z\n" });
      const head = await w.merge(topic, w.main, {}, { by: "ada" });
      expect(await codes(w, head, { reviews: [review(w, "ada", head)] })).toEqual([]);
    });

    it("but a stranger of her login opened the request", async () => {
      const w = openWorld(REVIEWED);
      const head = feature(w);
      expect(await codes(w, head, { reviews: [review(w, "ada", head)], makers: [{ login: "ada", id: 99 }] })).toEqual(
        [],
      );
    });
  });

  it("counts for nothing where the forge does not say who pushed last: that may be who approves", async () => {
    const w = openWorld(REVIEWED);
    const head = feature(w);
    const reviewed = { head, reviews: [review(w, "ada", head)] };
    const judged = async (isPusherUnknown: boolean) => {
      const told = { merge: MERGE_WAYS, reviews: [{ ...reviewed, isPusherUnknown }], now: w.now };
      return codesOf(await judgeWork(w.repository, await w.choose(), { from: undefined, to: head }, told));
    };
    expect(await judged(true)).toContain("COSIGN_MISMATCH");
    expect(await judged(false)).toEqual([]);
  });

  it("of each entry speaks for a queue of several", async () => {
    const w = openWorld(REVIEWED);
    const [one, two] = [feature(w), w.commit(w.main, { "b.txt": "b\n" }, "b\n", { ai: true })];
    const first = await w.land("squash", w.main, one);
    const tip = await w.land("merge", first, two);
    const judgeQueue = async (...heads: readonly ObjectId[]) => {
      const reviews = heads.map((head) => ({ head, reviews: [review(w, "ada", head)] }));
      const decision = await judgeWork(
        w.repository,
        await w.choose(),
        { from: undefined, to: tip },
        { reviews, now: w.now },
      );
      return codesOf(decision);
    };
    expect(await judgeQueue(one, two)).toEqual([]);
    expect(await judgeQueue(one)).toContain("COSIGN_MISSING");
  });

  it("that was refused is told of the entry that it is about, and of no other", async () => {
    const w = openWorld(REVIEWED);
    const [one, two] = [feature(w), w.commit(w.main, { "b.txt": "b\n" }, "b\n", { ai: true })];
    const tip = await w.land("squash", await w.land("squash", w.main, one), two);
    const reviews = [one, two].map((head, at) => ({
      head,
      reviews: at === 0 ? [review(w, "ada", head, { state: "changes-requested" })] : [],
    }));
    const range = { from: undefined, to: tip };
    const decision = await judgeWork(w.repository, await w.choose(), range, { reviews, now: w.now });
    const told = (decision.updates[0]?.judged ?? []).map(({ violations }) => violations.map(({ code }) => code).sort());
    expect(told.sort()).toEqual([["COSIGN_MISMATCH", "COSIGN_MISSING"], ["COSIGN_MISSING"]]);
  });
});

describe("an approval that a witness wrote down", () => {
  /** As the gate writes it. */
  async function witness(
    w: World,
    head: ObjectId,
    { key = "gate", name = "gate", review: id = "7" } = {} as {
      key?: "gate" | "door" | "ada";
      name?: string;
      review?: string;
    },
  ) {
    await w.sign(head, { key, head: { reviewed: { witness: name, forge: "github", review: id, head } } });
  }

  it.each(MERGE_WAYS)("lets the branch land: %s", async (way) => {
    const w = openWorld(REVIEWED);
    const head = feature(w);
    await witness(w, head);
    const landed = await w.button(way, head);
    const decision = await w.judge(landed);
    expect(codesOf(decision)).toEqual([]);
    const by = decision.updates[0]?.judged[0]?.requirements[0]?.by;
    expect(by).toMatchObject([
      { email: "ada@acme.example", proof: "reviewed", review: { forge: "github", name: "ada" } },
    ]);
  });

  it.each(["signed", "hardware"])("never does where the policy asks for proof: %s", async (proof) => {
    const w = openWorld({ cosign: `proof: ${proof}` });
    const head = feature(w);
    await witness(w, head);
    expect(await w.codes(head)).toContain("COSIGN_REVIEWED_ONLY");
  });

  it.each<readonly [string, (w: World, head: ObjectId) => unknown]>([
    ["by a key that is no witness's", (w, head) => witness(w, head, { key: "door" })],
    ["by a person's key, her own included", (w, head) => witness(w, head, { key: "ada" })],
    ["by a witness whom the policy does not have", (w, head) => witness(w, head, { name: "door" })],
    ["without the lines of a witness", (w, head) => w.sign(head, { key: "gate" })],
    [
      "in the name of somebody who is not on the roster",
      (w, head) =>
        w.sign(head, {
          key: "gate",
          head: { cosigner: "eve@acme.example", reviewed: { witness: "gate", forge: "github", review: "7", head } },
        }),
    ],
    [
      "in the name of a junior",
      (w, head) =>
        w.sign(head, {
          by: "bob",
          key: "gate",
          head: { reviewed: { witness: "gate", forge: "github", review: "7", head } },
        }),
    ],
    [
      "of another head, moved into the place of this one",
      async (w, head) => {
        const other = w.commit(w.main, { "b.txt": "b\n" }, "b\n", { ai: true });
        await witness(w, other);
        w.tamper((path) => (path.includes("/after/") ? w.text(head, "a.txt") : undefined));
      },
    ],
    [
      "for another project",
      (w, head) =>
        w.sign(head, {
          key: "gate",
          head: { project: "acme/y", reviewed: { witness: "gate", forge: "github", review: "7", head } },
        }),
    ],
  ])("counts for nothing %s", async (_, write) => {
    const w = openWorld(REVIEWED);
    const head = feature(w, 2, { by: "carl" });
    await write(w, head);
    expect(await w.codes(head)).not.toEqual([]);
    await witness(w, head);
    expect(await w.codes(head)).toEqual([]);
  });

  it("is not of other content that lands under its head's name", async () => {
    const w = openWorld(REVIEWED);
    const head = feature(w);
    await witness(w, head);
    const evil = w.commit(head, { "a.txt": edit(w.text(head, "a.txt"), "    open;\n", "    evil;\n") }, "evil\n", {
      ai: true,
    });
    expect(await w.codes(await w.button("squash", evil))).not.toEqual([]);
  });

  it("counts no more where the forge tells now that the review does not stand", async () => {
    const w = openWorld(REVIEWED);
    const head = feature(w);
    const approved = review(w, "ada", head);
    await witness(w, head, { review: approved.id });
    expect(await codes(w, head, { reviews: [approved] })).toEqual([]);
    expect(await codes(w, head, { reviews: [{ ...approved, state: "dismissed" }] })).toContain("COSIGN_MISSING");
  });

  it("is taken back by its witness or its reviewer, and by nobody else", async () => {
    const head = (w: World) =>
      ({ reviewed: { witness: "gate", forge: "github", review: "7", head: w.pressed?.head ?? w.main } }) as const;
    const told = async (withdraw: (w: World) => void) => {
      const w = openWorld(REVIEWED);
      const topic = feature(w);
      await witness(w, topic);
      const landed = await w.button("squash", topic);
      withdraw(w);
      return w.codes(landed);
    };
    expect(await told((w) => w.withdraw("ada", undefined, { key: "gate", head: head(w) }))).toContain(
      "COSIGN_WITHDRAWN",
    );
    expect(await told((w) => w.withdraw("ada"))).toContain("COSIGN_WITHDRAWN");
    expect(await told((w) => w.withdraw("carl"))).toEqual([]);
    expect(await told((w) => w.withdraw("ada", undefined, { key: "gate" }))).toEqual([]);
    expect(await told((w) => w.withdraw("ada", undefined, { key: "door", head: head(w) }))).toEqual([]);
  });

  it("gives a witness no power over what people signed themselves", async () => {
    const w = openWorld();
    const head = feature(w);
    await w.sign(head);
    w.withdraw("ada", undefined, {
      key: "gate",
      head: { reviewed: { witness: "gate", forge: "github", review: "7", head } },
    });
    expect(await w.codes(head)).toEqual([]);
  });
});
