import { describe, expect, it } from "vitest";
import { fingerprint } from "../../ssh/fingerprint.ts";
import { readPublicKey } from "../../ssh/public-key.ts";
import { DEFAULT_REQUIREMENT, type RequirementOverride } from "../requirement.ts";
import { adviceBy, KEYS, NOW } from "./advice-on.fixture.ts";
import { adviseOnPeople } from "./people-advice.ts";

const adviceOn = (lines: string) => adviceBy(adviseOnPeople, lines);

const [KEY, OTHER] = KEYS as [string, string];
const MAIN = "protect: [{ branches: [main] }]\n";
const KEPT = `ledger: countersign/ledger\nwitnesses: [{ name: gate, keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP9tXnjDuxLBpVdXzYHCuLdCEmROGIBYZmzhmw3Mx+Bk"] }]\n`;

const needs = (fields: RequirementOverride = {}) => ({ ...DEFAULT_REQUIREMENT, ...fields });
const people = (...each: readonly string[]) => `people:\n${each.map((fields) => `  - { ${fields} }\n`).join("")}`;
const ada = `name: Ada, emails: [a@x], level: senior, keys: [${KEY}]`;
const grace = `name: Grace, emails: [g@x], level: principal, keys: [${OTHER}]`;

function fingerprintOf(line: string): string {
  const key = readPublicKey(line);
  if (typeof key === "string") throw new Error(key);
  return fingerprint(key);
}

describe("an agent", () => {
  const claude = `name: Claude, emails: [c@x, NoReply@anthropic.com], level: junior, keys: [${KEY}]`;
  const said = { name: "Claude", email: "noreply@anthropic.com", agent: "Claude Code" };

  it.each<[what: string, lines: string, advice: readonly unknown[]]>([
    ["is nobody for the roster", people(claude), [["AGENT_ON_ROSTER", "people[0].emails[1]", said]]],
    ["is none whose address the policy exempts", `${people(claude)}exempt: [noreply@anthropic.com]\n`, []],
    ["is no person who works for its vendor", people(grace.replace("g@x", "grace@anthropic.com")), []],
  ])("%s", (_, lines, expected) => {
    const found = adviceOn(`${lines}${MAIN}cosign: { count: 0 }\n`).filter(([code]) => code === "AGENT_ON_ROSTER");
    expect(found).toEqual(expected);
  });
});

describe("too few people", () => {
  it.each<[what: string, lines: string, advice: readonly unknown[]]>([
    ["are nobody", MAIN, [["TOO_FEW_PEOPLE", "protect[0].cosign", { needs: needs(), able: [] }]]],
    [
      "are two where three are asked for",
      `${people(ada, grace)}${MAIN}cosign: { count: 3 }\n`,
      [["TOO_FEW_PEOPLE", "protect[0].cosign", { needs: needs({ count: 3 }), able: ["Ada", "Grace"] }]],
    ],
    [
      "are two where two are asked for, who have work of their own",
      `${people(ada, grace)}${MAIN}cosign: { count: 2 }\n`,
      [["NOBODY_TO_SPARE", "protect[0].cosign", { needs: needs({ count: 2 }), able: ["Ada", "Grace"] }]],
    ],
    ["are not two where one is asked for", `${people(ada, grace)}${MAIN}`, []],
    ["are not two who may sign their own work", `${people(ada, grace)}${MAIN}cosign: { count: 2, self: true }\n`, []],
    [
      "are nobody for a change of the policy alone, where nothing else needs anybody",
      `${MAIN}cosign: { count: 0 }\npolicyChange: { count: 1 }\n`,
      [["TOO_FEW_PEOPLE", "policyChange", { needs: needs({ count: 1 }), able: [] }]],
    ],
    [
      "are those for a change of the policy that nothing but the branch speaks of",
      `${MAIN}cosign: { count: 0 }\n`,
      [["TOO_FEW_PEOPLE", "protect[0]", { needs: needs({ count: 1 }), able: [] }]],
    ],
    [
      "are those that policyChange asks for",
      `${people(ada, grace)}${MAIN}policyChange: { level: principal }\n`,
      [["NOBODY_TO_SPARE", "policyChange", { needs: needs({ level: "principal" }), able: ["Grace"] }]],
    ],
    [
      "are those of each entry of protect and of each rule that asks for others",
      `${people(ada, grace)}protect:\n  - branches: [main]\n  - { branches: [x], cosign: { count: 4 } }\nrules:\n  - { name: a, deny: x }\n  - { name: b, cosign: { count: 5 } }\n`,
      [
        ["TOO_FEW_PEOPLE", "rules[1].cosign", { needs: needs({ count: 5 }), able: ["Ada", "Grace"] }],
        ["TOO_FEW_PEOPLE", "protect[1].cosign", { needs: needs({ count: 4 }), able: ["Ada", "Grace"] }],
      ],
    ],
    [
      "are named once, however many parts ask for the same",
      `${people(ada, grace)}${MAIN}cosign: { count: 3 }\nrules: [{ name: b, cosign: { maxAge: 1d } }, { name: c, cosign: { count: 3 } }]\n`,
      [["TOO_FEW_PEOPLE", "protect[0].cosign", { needs: needs({ count: 3 }), able: ["Ada", "Grace"] }]],
    ],
  ])("%s", (_, lines, advice) => {
    expect(adviceOn(lines)).toEqual(advice);
  });
});

describe("an emergency", () => {
  const terms = "levels: [junior, senior, principal, boss]\nemergency: { level: boss, reviewWithin: 3d }\n";
  const urgent = needs({ level: "boss", self: true });

  it("needs somebody to sign it, and a ledger for its review", () => {
    expect(adviceOn(`${people(ada, grace)}${MAIN}${terms}`)).toEqual([
      ["EMERGENCIES_NOT_REVIEWED", "emergency", {}],
      ["TOO_FEW_PEOPLE", "emergency", { needs: urgent, able: [] }],
    ]);
    expect(adviceOn(`${people(ada, grace)}${MAIN}${terms}${KEPT}`)).toEqual([
      ["TOO_FEW_PEOPLE", "emergency", { needs: urgent, able: [] }],
    ]);
  });

  it("needs nobody where nothing is asked for that could wait", () => {
    expect(adviceOn(`${people(ada, grace)}${MAIN}${terms}${KEPT}cosign: { count: 0 }\n`)).toEqual([]);
  });

  it("is no matter where the policy has no terms for it", () => {
    expect(adviceOn(`${people(ada, grace)}${MAIN}`)).toEqual([]);
  });
});

describe("somebody without a key", () => {
  const bob = (rest = "", level = "senior") => `name: Bob, emails: [b@x], level: ${level}${rest}`;
  const named = (level = "senior") => [["PERSON_WITHOUT_KEY", "people[2]", { name: "Bob", level }]];

  it.each<[what: string, lines: string, advice: readonly unknown[]]>([
    ["is named where signatures of their level are asked for", `${people(ada, grace, bob())}${MAIN}`, named()],
    [
      "is named though their level is a higher one",
      `${people(ada, grace, bob("", "principal"))}${MAIN}`,
      named("principal"),
    ],
    [
      "is named where another part asks for a higher level",
      `${people(ada, grace, bob())}${MAIN}rules: [{ name: a, cosign: { level: principal, self: true } }]\n`,
      named(),
    ],
    ["is not named below that level", `${people(ada, grace, bob("", "mid"))}${MAIN}`, []],
    ["is not named where a line is enough", `${people(ada, grace, bob())}${MAIN}cosign: { proof: declared }\n`, []],
    [
      "is not named where an approval is enough, and they have a login",
      `${people(`${ada}, github: ada`, grace, bob(", github: bob"))}${MAIN}${KEPT}cosign: { proof: reviewed }\n`,
      [],
    ],
    [
      "is named where an approval is enough, and they have no login",
      `${people(`${ada}, github: ada`, grace, bob())}${MAIN}${KEPT}cosign: { proof: reviewed }\n`,
      named(),
    ],
    [
      "is named with a login where signatures are asked for",
      `${people(ada, grace, bob(", github: bob"))}${MAIN}`,
      named(),
    ],
    [
      "is not named where nobody is asked for but for changes of the policy by others",
      `${people(ada, `${grace}`, bob())}${MAIN}cosign: { count: 0 }\npolicyChange: { level: principal }\n`,
      [["NOBODY_TO_SPARE", "policyChange", { needs: needs({ count: 1, level: "principal" }), able: ["Grace"] }]],
    ],
  ])("%s", (_, lines, advice) => {
    expect(adviceOn(lines)).toEqual(advice);
  });
});

describe("approvals on a forge", () => {
  const reviewed = "cosign: { proof: reviewed }\n";
  const logins = people(`${ada}, github: ada`, `${grace}, gitea: grace`);
  const gate = KEPT.slice(KEPT.indexOf("witnesses"));

  it.each<[what: string, lines: string, advice: readonly unknown[]]>([
    ["are kept by a ledger and a witness", `${logins}${MAIN}${KEPT}${reviewed}`, []],
    [
      "are not kept without either",
      `${logins}${MAIN}${reviewed}`,
      [["REVIEWS_NOT_KEPT", "protect[0].cosign", { lacks: "ledger" }]],
    ],
    [
      "are not kept without a ledger",
      `${logins}${MAIN}${gate}${reviewed}`,
      [["REVIEWS_NOT_KEPT", "protect[0].cosign", { lacks: "ledger" }]],
    ],
    [
      "are not kept without a witness",
      `${logins}${MAIN}ledger: x\n${reviewed}`,
      [["REVIEWS_NOT_KEPT", "protect[0].cosign", { lacks: "witness" }]],
    ],
    ["need not be kept where signatures are asked for", `${logins}${MAIN}`, []],
    [
      "need not be kept where nobody is asked for",
      `${logins}${MAIN}cosign: { count: 0, proof: reviewed }\npolicyChange: { proof: signed }\n`,
      [],
    ],
    [
      "are nobody's that is known, where no one of the level has a login",
      `${people(ada, grace, "name: Bob, emails: [b@x], level: junior, github: bob")}${MAIN}${KEPT}${reviewed}`,
      [["REVIEWERS_UNKNOWN", "protect[0].cosign", { level: "senior" }]],
    ],
    ["are somebody's where one has a login", `${people(`${ada}, github: ada`, grace)}${MAIN}${KEPT}${reviewed}`, []],
    [
      "are nobody's where there is nobody of the level, which is said alone",
      `${people("name: Bob, emails: [b@x], level: junior, github: bob")}${MAIN}${KEPT}${reviewed}`,
      [["TOO_FEW_PEOPLE", "protect[0].cosign", { needs: needs({ proof: "reviewed" }), able: [] }]],
    ],
  ])("%s", (_, lines, advice) => {
    expect(adviceOn(lines)).toEqual(advice);
  });
});

describe("a key", () => {
  const DAY = 24 * 60 * 60;
  const at = (seconds: number) => new Date((NOW + seconds) * 1000).toISOString().replace(".000", "");
  /** What is said of a second key of Ada's that has these times. */
  const adviceOnKey = (times: string) =>
    adviceOn(
      `${people(`name: Ada, emails: [a@x], level: senior, keys: [${KEY}, { key: ${OTHER}, ${times} }]`)}${MAIN}cosign: { self: true }\n`,
    );
  const data = (until: number) => ({ name: "Ada", fingerprint: fingerprintOf(OTHER), until: NOW + until });

  it.each<[what: string, times: string, advice: readonly unknown[]]>([
    ["that ended is named", `validUntil: ${at(-1)}`, [["KEY_EXPIRED", "people[0].keys[1]", data(-1)]]],
    ["that ends now is named", `validUntil: ${at(0)}`, [["KEY_EXPIRED", "people[0].keys[1]", data(0)]]],
    [
      "that ends in a second ends within a day",
      `validUntil: ${at(1)}`,
      [["KEY_EXPIRES_SOON", "people[0].keys[1]", { ...data(1), days: 1 }]],
    ],
    [
      "that ends in a day ends within one",
      `validUntil: ${at(DAY)}`,
      [["KEY_EXPIRES_SOON", "people[0].keys[1]", { ...data(DAY), days: 1 }]],
    ],
    [
      "that ends a second later ends within two",
      `validUntil: ${at(DAY + 1)}`,
      [["KEY_EXPIRES_SOON", "people[0].keys[1]", { ...data(DAY + 1), days: 2 }]],
    ],
    [
      "that ends in 30 days is named",
      `validUntil: ${at(30 * DAY)}`,
      [["KEY_EXPIRES_SOON", "people[0].keys[1]", { ...data(30 * DAY), days: 30 }]],
    ],
    ["that ends a second later is not", `validUntil: ${at(30 * DAY + 1)}`, []],
    ["that is not valid yet is not", `validFrom: ${at(1)}, validUntil: ${at(2)}`, []],
    ["that never ends is not", `validFrom: ${at(-1)}`, []],
  ])("%s", (_, times, advice) => {
    expect(adviceOnKey(times)).toEqual(advice);
  });
});
