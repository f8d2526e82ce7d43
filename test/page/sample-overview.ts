import { parseObjectId } from "@countersign/core";
import type { Overview } from "@countersign/report";

type Landing = Overview["landings"][number];
type Person = Landing["author"];
type SignedCommit = Overview["signed"][number];

const DAY = 86_400;
const MADE = Date.parse("2026-11-29T12:00:00Z") / 1000;

const AGENTS = ["claude-code", "copilot", "cursor", "codex", "kiro"];
const FOLDERS = ["packages", "services", "infra", "docs", ".", "test", "deploy", "tools", "web", "proto", "scripts"];
const VERBS = ["Retry", "Speed up", "Remove", "Rename", "Test", "Document", "Cache", "Guard", "Split", "Fix"];
const THINGS = [
  "uploads",
  "the payment webhook",
  "invoice numbers",
  "the login page",
  "metrics",
  "the job queue",
  "old flags",
  "timeouts",
];
const PEOPLE: readonly Person[] = ["Bob Builder", "Jim Hopper", "Mia Wallace", "Noor Aziz", "Li Wei"].map(personOf);
const SENIORS: readonly Person[] = ["Ada Lovelace", "Grace Hopper", "Barbara Liskov"].map(personOf);

function personOf(name: string): Person {
  return { name, email: `${name.toLowerCase().replace(" ", ".")}@acme.example` };
}

/** Numbers from 0 to 1, the same ones each time. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Sample {
  readonly landings: number;
  readonly days: number;
  /** In place of our own subjects, names, folders and agents. */
  readonly texts?: readonly string[];
}

/** The half year of a team that takes up agents, and lets a few landings come around the gate. */
export function sampleOverview({ landings: count, days, texts }: Sample): Overview {
  const random = randoms(11);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() ** 1.6 * items.length)] as Item;
  let turn = 0;
  const say = (own: string): string => (texts ? (texts[turn++ % texts.length] ?? own) : own);
  const landings: Landing[] = [];
  const signed: SignedCommit[] = [];
  const asked: Overview["asked"][number][] = [];
  for (let index = 0; index < count; index += 1) {
    const gone = index / count;
    const landed = Math.floor(MADE - DAY * days * (1 - gone) + random() * 3600);
    const id = Array.from({ length: 5 }, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, "0"),
    ).join("");
    const isAssisted = random() < 0.12 + gone * 0.5;
    const isJudged = gone > 0.15;
    const isBypassed = isAssisted && isJudged && random() < Math.min(0.02, 20 / count);
    const commits = 1 + Math.floor(random() ** 3 * 9);
    const rules = random() < 0.2 ? "infrastructure" : random() < 0.1 ? "blast radius" : "";
    const needs =
      rules === "infrastructure"
        ? "2 co-signs from people of level principal or higher"
        : "a co-sign from a person of level senior or higher";
    const wait = Math.floor(120 + random() ** 4 * 4 * DAY);
    const senior = pick(SENIORS);
    const cosigned = isAssisted && isJudged && !isBypassed;
    if (isAssisted && isJudged) asked.push({ rules, needs, met: !isBypassed });
    if (cosigned) {
      const lines = Math.floor(4 + random() ** 5 * 1800);
      signed.push({
        person: senior,
        proof: "signed",
        time: landed - 600,
        committed: landed - 600 - wait,
        size: { files: 1 + (lines >> 6), lines },
      });
    }
    landings.push({
      commit: parseObjectId(id),
      landed,
      subject: say(`${pick(VERBS)} ${pick(THINGS)} (#${index + 1})`),
      author: texts ? { ...pick(PEOPLE), name: say("") } : pick(PEOPLE),
      commits,
      assisted: isAssisted ? 1 + Math.floor(random() * commits) : 0,
      agents: isAssisted ? [say(pick(AGENTS))] : [],
      folders: [...new Set([say(pick(FOLDERS)), say(pick(FOLDERS))])],
      standing: !isJudged ? "unjudged" : isBypassed ? "bypassed" : cosigned ? "co-signed" : "free",
      wrong: isBypassed
        ? [{ code: "COSIGN_MISSING", what: say("the commit is AI-assisted, and nobody has co-signed it") }]
        : [],
      cosigns: cosigned
        ? [{ person: texts ? { ...senior, name: say("") } : senior, proof: "signed", time: landed - 600 }]
        : [],
    });
  }
  const ends = {
    tip: landings.at(-1)?.commit,
    from: parseObjectId("1f".repeat(20)),
    root: parseObjectId("2e".repeat(20)),
  };
  return { branch: say("main"), ...ends, made: MADE, landings, asked, signed };
}
