import { describe, expect, it } from "vitest";
import { attachNote, authorshipLog } from "../rig/agents/records.ts";
import { cosignHead, makeSigner, reword, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { countersign } from "../rig/process/countersign.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

const [ada, grace, jim] = [makeSigner(), makeSigner(), makeSigner()];
const keys = { ada: [ada.line], grace: [grace.line], jim: [jim.line] };
const MAY = "disputes: { level: senior }\n";
const RULES = `rules:
  - { name: infrastructure, paths: ["infra/**"], cosign: { count: 2, level: principal } }
  - { name: no agent in production, paths: ["prod/**"], deny: An agent must not change production. }
`;
const policy = signedPolicy(keys, "proof: signed", MAY + RULES);

const dispute = "the editor added the line";
const DISPUTED = `${ASSISTED}Assisted-by: none (${dispute})\n`;
const BY_ADA = { author: "Ada Lovelace <ada@acme.example>" };
const BY_JIM = { author: "Jim Junior <jim@acme.example>" };
const AS_JIM = { as: "jim@acme.example", dispute };
const AS_GRACE = { as: "grace@acme.example", dispute };

function explain(world: PushWorld): string {
  return countersign(world.dev, ["explain", "HEAD"]).stdout;
}

describe("a wrong mark of AI", () => {
  it("is overridden by the senior who wrote the commit and signs the dispute", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(DISPUTED, BY_ADA);
    const tip = cosignHead(world.dev, ada, { dispute });
    expect(explain(world)).toContain(`dispute   disputed by ada@acme.example (signed): ${dispute}\n`);
    const json = JSON.parse(countersign(world.dev, ["check", "--format", "json"]).stdout);
    expect(json.updates[0].judged[0]).toMatchObject({
      state: "assisted",
      dispute: {
        reason: dispute,
        line: 4,
        level: "senior",
        proven: true,
        by: [{ email: "ada@acme.example", proof: "signed" }],
      },
    });
    expectAllowed(attempt(world, tip), `; disputed by ada@acme.example (signed): ${dispute}`);
  });

  it("is overridden by another senior than the author", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(DISPUTED, BY_JIM);
    expectAllowed(attempt(world, cosignHead(world.dev, grace, AS_GRACE)), "disputed by grace@acme.example (signed)");
  });

  it("may be a recorder's note", () => {
    const more = `${MAY}evidence: { gitAiNotes: true }\n`;
    using world = openPushWorld({ policy: signedPolicy(keys, "proof: signed", more) });
    const reason = "the note is from a formatter";
    world.dev.commit(`Retry uploads\n\nAssisted-by: none: ${reason}\n`, BY_ADA);
    attachNote(world.dev, world.dev.oid("HEAD"), authorshipLog("claude"));
    expectRefused(attempt(world, world.dev.oid("HEAD")), "DISPUTE_UNPROVEN", reason);
    const tip = cosignHead(world.dev, ada, { dispute: reason });
    attachNote(world.dev, tip, authorshipLog("claude"));
    expectAllowed(
      attempt(world, tip),
      "made with claude-code (refs/notes/ai)",
      `disputed by ada@acme.example (signed): ${reason}`,
    );
  });

  it("needs nothing of what AI's work would need there", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(DISPUTED, { ...BY_ADA, files: { "infra/a.tf": "1\n", "prod/b": "1\n" } });
    const refused = attempt(world, world.dev.oid("HEAD"));
    expectRefused(refused, "DENIED_BY_RULE", "2 signed co-signs from people of level principal", "DISPUTE_UNPROVEN");
    expectAllowed(attempt(world, cosignHead(world.dev, ada, { dispute })), "disputed by ada@acme.example");
  });
});

describe("a typed line proves no dispute where typed co-signs count", () => {
  const typed = signedPolicy(keys, "proof: declared", MAY + RULES);

  it("and lifts no denial; the author's signature does", () => {
    using world = openPushWorld({ policy: typed });
    world.dev.commit(`${DISPUTED}Co-signed-by: Ada <ada@acme.example>\n`, { ...BY_ADA, files: { "prod/b": "1\n" } });
    expectRefused(attempt(world, world.dev.oid("HEAD")), "DENIED_BY_RULE", "DISPUTE_UNPROVEN");
    reword(world.dev, DISPUTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada, { dispute })), "disputed by ada@acme.example (signed)");
  });
});

describe("a mark of AI stays", () => {
  it("where the dispute is not signed", () => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(DISPUTED, BY_ADA);
    expectRefused(
      attempt(world, tip),
      "COSIGN_MISSING",
      "DISPUTE_UNPROVEN",
      "a person of level senior or higher who knows",
    );
    expect(explain(world)).toContain(
      `dispute   disputed on line 4, but that is not proven: ${dispute}\n          could be proven by: Ada Lovelace <ada@acme.example>, Grace`,
    );
    const typed = reword(world.dev, `${DISPUTED}Co-signed-by: Ada <ada@acme.example>\n`);
    expectRefused(
      attempt(world, typed),
      "DISPUTE_UNPROVEN",
      "- the co-sign of ada@acme.example on line 5 is declared, not proven",
    );
  });

  it("where a junior signs it", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(DISPUTED, BY_JIM);
    expectRefused(
      attempt(world, cosignHead(world.dev, jim, AS_JIM)),
      "DISPUTE_UNPROVEN",
      "- jim@acme.example has level junior",
    );
  });

  it("where a junior signs in a senior's name", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(DISPUTED, BY_ADA);
    expectRefused(
      attempt(world, cosignHead(world.dev, jim, { dispute })),
      "DISPUTE_UNPROVEN",
      "does not belong to ada@acme.example",
    );
  });

  it("where the policy takes nobody's word", () => {
    using world = openPushWorld({ policy: signedPolicy(keys, "proof: signed", RULES) });
    world.dev.commit(DISPUTED, BY_ADA);
    const refused = attempt(world, cosignHead(world.dev, ada));
    expectRefused(refused, "COSIGN_SELF", "ada@acme.example co-signed their own work, as its author");
    expect(refused.stderr).not.toContain("DISPUTE");
  });

  it.each([
    ["has no reason", "Assisted-by: none"],
    ["is no trailer to git", `\tAssisted-by: none (${dispute})`],
  ])("where the dispute %s", (_, line) => {
    using world = openPushWorld({ policy });
    world.dev.commit(`${ASSISTED}${line}\n`, BY_ADA);
    const refused = attempt(world, cosignHead(world.dev, ada));
    expectRefused(refused, "COSIGN_SELF");
    expect(refused.stderr).not.toContain("DISPUTE");
  });

  it("and takes the usual co-sign, as AI's work", () => {
    using world = openPushWorld({ policy: signedPolicy(keys, "proof: signed", "disputes: { level: principal }\n") });
    world.dev.commit(DISPUTED, BY_JIM);
    const tip = cosignHead(world.dev, ada, { dispute });
    expectAllowed(
      attempt(world, tip),
      "co-signed by ada@acme.example (signed); disputed on line 4, but that is not proven",
    );
  });

  it("is told to be disputable where that is so", () => {
    using world = openPushWorld({ policy });
    expectRefused(
      attempt(world, world.dev.commit(ASSISTED)),
      "COSIGN_MISSING",
      "if the mark is wrong, a person of level senior or higher can dispute it",
    );
  });
});

describe("a signature over AI's work proves no dispute", () => {
  const infra = { files: { "infra/a.tf": "1\n" } };

  it("that is written into the message afterwards", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(ASSISTED, infra);
    const signed = cosignHead(world.dev, ada);
    expectRefused(attempt(world, signed), "COSIGN_LEVEL");
    const message = world.dev.git(["log", "-1", "--format=%B", signed]);
    const tip = reword(world.dev, message.replace("Co-signed-by", `Assisted-by: none (${dispute})\nCo-signed-by`));
    expectRefused(
      attempt(world, tip),
      "DISPUTE_UNPROVEN",
      "- the signature of ada@acme.example does not cover this change",
    );
  });

  it("nor one for another reason", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(DISPUTED, { ...infra, ...BY_ADA });
    const tip = cosignHead(world.dev, ada, { dispute: "it is a typo in a comment" });
    expectRefused(
      attempt(world, tip),
      "DISPUTE_UNPROVEN",
      "- the signature of ada@acme.example does not cover this change",
    );
  });

  it("and one over a dispute vouches for no AI's work", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(DISPUTED, BY_JIM);
    const message = world.dev.git(["log", "-1", "--format=%B", cosignHead(world.dev, grace, AS_GRACE)]);
    const tip = reword(world.dev, message.replace(/Assisted-by: none.*\n/, ""));
    expectRefused(attempt(world, tip), "COSIGN_MISMATCH");
  });
});

it("a merge that a senior co-signed proves no dispute of what it brings in", () => {
  const { dev, ...world } = openPushWorld({
    policy: signedPolicy(keys, "proof: signed, coverage: merge", MAY + RULES),
  });
  using _ = world;
  dev.git(["checkout", "-q", "-b", "side"]);
  dev.commit(DISPUTED, { ...BY_JIM, files: { "prod/b": "1\n" } });
  dev.git(["checkout", "-q", "main"]);
  dev.commit("Meanwhile\n");
  dev.git(["merge", "-q", "-m", "Merge branch 'side'\n", "side"]);
  expectRefused(attempt({ ...world, dev }, cosignHead(dev, ada)), "DENIED_BY_RULE", "DISPUTE_UNPROVEN");
});

it("a dispute lifts nothing of what a changed policy needs", () => {
  using world = openPushWorld({ policy });
  world.dev.commit(DISPUTED, { ...BY_ADA, files: { "countersign.config.yaml": `${policy}# more\n` } });
  expectRefused(attempt(world, cosignHead(world.dev, ada, { dispute })), "POLICY_CHANGED", "COSIGN_SELF");
  expectAllowed(attempt(world, cosignHead(world.dev, grace, AS_GRACE)), "co-signed by ");
});
