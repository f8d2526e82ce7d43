import type { Decision, ObjectId } from "@countersign/core";
import { noticesOf } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { codesOf } from "../../packages/core/src/judge/push.fixture.ts";
import { FILE, feature, openWorld } from "./files.ts";
import type { Rules, Signing, World } from "./world.ts";

const REASON = "uploads fail for every customer";
const KNOWN = "emergency: { level: principal, reviewWithin: 3d }\n";
const NIGHT: Rules = { rest: KNOWN };

/** An agent's commit on main that says it cannot wait. */
function urgent(w: World, said = `Emergency: ${REASON}`, { by = "bob", at = w.main, path = "c.txt" } = {}): ObjectId {
  return w.commit(at, { [path]: "fixed\n" }, `Fix uploads\n\nAssisted-by: claude:x\n${said}\n`, { by });
}

/** Signs for the ledger as a person does who has read the reason. */
function forReason(emergency = REASON): Signing {
  return { by: "kim", block: (block) => ({ ...block, emergency }) };
}

/** What is said of a push: its violations, else its notices. */
function said(decision: Decision): readonly string[] {
  const notices = decision.updates.flatMap(noticesOf).map(({ code }) => code);
  return [...codesOf(decision), ...notices];
}

type Story = (w: World) => ObjectId | Promise<ObjectId>;
type Told = readonly [what: string, story: Story, rules?: Rules];
type Refused = readonly [what: string, codes: readonly string[], story: Story, rules?: Rules];

function rowsOf(told: readonly Told[]): [string, Story, Rules][] {
  return told.map(([what, story, rules = NIGHT]) => [what, story, rules]);
}

function refusedRowsOf(refused: readonly Refused[]): [string, readonly string[], Story, Rules][] {
  return refused.map(([what, codes, story, rules = NIGHT]) => [what, codes, story, rules]);
}

describe("an emergency lands before its review, with a notice, where a person of its level has signed this very reason", () => {
  it.each(
    rowsOf([
      [
        "in the ledger",
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          return head;
        },
      ],
      ["in the message", (w) => w.trailer(urgent(w), { by: "kim", emergency: REASON })],
      [
        "who may be its author",
        async (w) => {
          const head = urgent(w, undefined, { by: "kim" });
          await w.sign(head, forReason());
          return head;
        },
      ],
      [
        "alone, where two are asked for",
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          return head;
        },
        { rest: KNOWN, cosign: "count: 2" },
      ],
      [
        "for what nobody's level is enough for",
        async (w) => {
          const head = urgent(w);
          await w.sign(head, { ...forReason(), by: "ada" });
          return head;
        },
        { rest: "emergency: { level: senior, reviewWithin: 3d }\n", cosign: "level: principal" },
      ],
      [
        "by a touch, where the work asks for one",
        async (w) => {
          const head = urgent(w);
          await w.sign(head, { ...forReason(), by: "tess" });
          return head;
        },
        { rest: "emergency: { level: senior, reviewWithin: 3d }\n", cosign: "proof: hardware" },
      ],
      [
        "by a signature, where a typed line is enough for the work",
        (w) => w.trailer(urgent(w), { by: "kim", emergency: REASON }),
        { rest: KNOWN, cosign: "proof: declared" },
      ],
      [
        "and squashed by a button, where the trailer stays",
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          const message = `Fix uploads (#1)\n\nAssisted-by: claude:x\nEmergency: ${REASON}\n`;
          return w.button("squash", head, { message });
        },
      ],
      [
        "and several commits squashed to one",
        async (w) => {
          const head = urgent(w, undefined, { at: urgent(w), path: "d.txt" });
          await w.sign(head, forReason());
          const message = `Fix uploads (#1)\n\nAssisted-by: claude:x\nEmergency: ${REASON}\n`;
          return w.button("squash", head, { message });
        },
      ],
      [
        "and rebased onto what landed meanwhile",
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          await w.lands(w.commit(w.main, { "z.txt": "z\n" }, "a person's\n", { by: "carl" }));
          return w.button("rebase", head);
        },
      ],
      [
        "beside an ordinary commit that is co-signed",
        async (w) => {
          const first = feature(w, 1);
          await w.sign(first);
          const head = urgent(w, undefined, { at: first });
          await w.sign(head, { ...forReason(), since: first, what: "each" });
          return head;
        },
      ],
    ]),
  )("%s", async (_, story, rules) => {
    const w = openWorld(rules);
    expect(said(await w.judge(await story(w)))).toEqual(["EMERGENCY_LANDING"]);
  });
});

describe("a pull request in an emergency may be merged by each button", () => {
  it.each<readonly [way: "squash" | "merge" | "rebase", commits: number]>([
    ["squash", 1],
    ["squash", 2],
    ["merge", 2],
    ["rebase", 2],
  ])("%s, of %i commits", async (way, commits) => {
    const w = openWorld(NIGHT);
    let head = urgent(w);
    if (commits > 1) head = urgent(w, undefined, { at: head, path: "d.txt" });
    await w.sign(head, forReason());
    const landed = w.main;
    expect(await w.foresee({ way, head, onto: landed, landed })).toEqual([]);
  });

  it("but not by squash where a commit of it waits for its review", async () => {
    const w = openWorld(NIGHT);
    const head = feature(w, 1, { at: urgent(w) });
    await w.sign(head, { ...forReason(), what: "each" });
    expect(await w.foresee({ way: "squash", head, onto: w.main, landed: w.main })).toContain("COSIGN_MISSING");
  });
});

describe("no notice is given", () => {
  it.each(
    rowsOf([
      [
        "where it was reviewed as any other",
        async (w) => {
          const head = urgent(w);
          await w.sign(head);
          return head;
        },
      ],
      [
        "where it was signed for the emergency and reviewed as well",
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          w.now += 60;
          await w.sign(head);
          return head;
        },
      ],
      [
        "of a person's own work, of which nothing is asked",
        (w) => w.commit(w.main, { "c.txt": "c\n" }, `Fix\n\nEmergency: ${REASON}\n`),
      ],
      [
        "of a co-signed commit that merely talks about an emergency",
        async (w) => {
          const head = w.commit(w.main, { "c.txt": "c\n" }, `Fix\n\nEmergency: ${REASON}\n\nSo much for that.\n`, {
            ai: true,
          });
          await w.sign(head);
          return head;
        },
      ],
      [
        "of a person's exact revert of an agent's work",
        async (w) => {
          const head = feature(w, 1);
          await w.sign(head);
          await w.lands(head);
          return w.commit(w.main, { "a.txt": FILE }, `Revert "ai 0"\n\nIt broke uploads.\n`);
        },
      ],
    ]),
  )("%s", async (_, story, rules) => {
    const w = openWorld(rules);
    expect(said(await w.judge(await story(w)))).toEqual([]);
  });
});

const UNPROVEN = ["COSIGN_MISSING", "EMERGENCY_UNPROVEN"];
const OTHERWISE = ["COSIGN_MISMATCH", "COSIGN_MISSING"];

describe("an emergency changes nothing", () => {
  it.each(
    refusedRowsOf([
      ["that nobody has signed", UNPROVEN, (w) => urgent(w)],
      [
        "where the reason is another by one letter",
        [...OTHERWISE, "EMERGENCY_UNPROVEN"],
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason(`${REASON}s`));
          return head;
        },
      ],
      [
        "where the reason in the message was changed after it was signed there",
        ["COSIGN_MISMATCH", "EMERGENCY_UNPROVEN"],
        async (w) => {
          const signed = await w.trailer(urgent(w), { by: "kim", emergency: REASON });
          const message = w.repository.messageOf(signed).replace("every customer", "one customer");
          return w.repository.add(message, {
            parents: [w.main],
            filesOf: signed,
            author: w.repository.authorOf(signed),
          });
        },
      ],
      [
        "where the content was changed after it was signed",
        [...OTHERWISE, "EMERGENCY_UNPROVEN"],
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          return w.commit(w.main, { "c.txt": "more\n" }, w.repository.messageOf(head));
        },
      ],
      [
        "where the signer is below its level",
        UNPROVEN,
        async (w) => {
          const head = urgent(w);
          await w.sign(head, { ...forReason(), by: "ada" });
          return head;
        },
      ],
      [
        "where it is signed with another person's key",
        UNPROVEN,
        async (w) => {
          const head = urgent(w);
          await w.sign(head, { ...forReason(), key: "carl" });
          return head;
        },
      ],
      [
        "where no key was touched, and the work asks for that",
        UNPROVEN,
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          return head;
        },
        { rest: KNOWN, cosign: "proof: hardware" },
      ],
      [
        "where the signature is too old",
        UNPROVEN,
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          w.now += 2 * 86_400;
          return head;
        },
        { rest: KNOWN, cosign: "maxAge: 1d" },
      ],
      [
        "where it was signed and taken back",
        ["COSIGN_WITHDRAWN", "EMERGENCY_UNPROVEN"],
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          w.withdraw("kim");
          return head;
        },
      ],
      [
        "where the signature says nothing of it, and is the author's",
        ["COSIGN_SELF", "EMERGENCY_UNPROVEN"],
        async (w) => {
          const head = urgent(w, undefined, { by: "kim" });
          await w.sign(head, { by: "kim" });
          return head;
        },
      ],
      [
        "for a commit beside it that does not claim one",
        OTHERWISE,
        async (w) => {
          const head = urgent(w, undefined, { at: feature(w, 1) });
          await w.sign(head, { ...forReason(), what: "each" });
          return head;
        },
      ],
      [
        "once a squash drops the trailer",
        OTHERWISE,
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          return w.button("squash", head, { message: "Fix uploads (#1)\n\nAssisted-by: claude:x\n" });
        },
      ],
      [
        "where it stands in no trailer",
        OTHERWISE,
        async (w) => {
          const head = w.commit(w.main, { "c.txt": "c\n" }, `Fix\n\nEmergency: ${REASON}\n\nSo much for that.\n`, {
            ai: true,
          });
          await w.sign(head, forReason());
          return head;
        },
      ],
      [
        "where a rule denies it",
        ["DENIED_BY_RULE"],
        async (w) => {
          const head = urgent(w, undefined, { path: "infra/y" });
          await w.sign(head, forReason());
          return head;
        },
        { rest: `${KNOWN}rules: [{ name: no, paths: ["infra/**"], deny: Not here. }]\n` },
      ],
      [
        "where the policy knows none",
        [...OTHERWISE, "EMERGENCY_IDLE"],
        async (w) => {
          const head = urgent(w);
          await w.sign(head, forReason());
          return head;
        },
        {},
      ],
      [
        "for a change of the policy",
        ["COSIGN_MISSING", "EMERGENCY_IDLE", "POLICY_CHANGED"],
        async (w) => {
          w.main = w.commit(w.main, { "countersign.config.yaml": w.policyFile }, "policy\n");
          const head = urgent(w, undefined, { path: "countersign.config.yaml" });
          await w.sign(head, forReason());
          return head;
        },
      ],
      [
        "and is no review for those who sign it: two are asked for, and one has reviewed",
        UNPROVEN,
        async (w) => {
          const head = urgent(w);
          await w.sign(head);
          await w.sign(head, { ...forReason(), by: "carl" });
          return head;
        },
        { rest: KNOWN, cosign: "count: 2" },
      ],
      [
        "and proves no dispute",
        ["COSIGN_MISSING", "DISPUTE_UNPROVEN", "EMERGENCY_UNPROVEN"],
        async (w) => {
          const head = urgent(w, `Assisted-by: none (a formatter)\nEmergency: ${REASON}`);
          await w.sign(head, {
            ...forReason(),
            by: "ada",
            block: (block) => ({ ...block, dispute: "a formatter", emergency: REASON }),
          });
          return head;
        },
        { rest: `${KNOWN}disputes: { level: senior }\n` },
      ],
    ]),
  )("%s", async (_, codes, story, rules) => {
    const w = openWorld(rules);
    expect([...new Set(said(await w.judge(await story(w))))].sort()).toEqual(codes);
  });
});
