import type { Agent, EmailFamily, TrailerKey } from "../agents/agent.ts";
import { catalogue } from "../agents/catalogue.ts";
import { asciiLowerCase } from "../bytes.ts";
import { collectNames, type KnownNames } from "./agent-names.ts";
import { attributionKeys } from "./message/attribution-keys.ts";
import type { SieveWords } from "./message/sieve.ts";
import { sieveWhenMany } from "./message/sieve-when-many.ts";
import type { AssistanceClass, EvidenceStrength } from "./provenance.ts";

/** An address that the catalogue gives to an agent. */
export interface KnownAddress {
  readonly agent: Agent;
  readonly class: AssistanceClass;
  readonly strength: EvidenceStrength;
  /** The name that must stand before the address, in lower case. */
  readonly besideName?: string;
}

export interface KnownFooter {
  readonly agent: Agent;
  /** In lower case. */
  readonly text: string;
  /** Ends inside a link: the rest of the line does not matter. */
  readonly linked: boolean;
}

/** A text by which something of an agent's begins, in lower case. */
export interface KnownPrefix {
  readonly agent: Agent;
  readonly prefix: string;
}

/** The catalogue and a policy's additions, prepared for looking up. Build it once and use it for every commit. */
export interface AgentIndex {
  readonly addresses: ReadonlyMap<string, readonly KnownAddress[]>;
  /** Logins on GitHub whose id is not known. */
  readonly logins: ReadonlyMap<string, KnownAddress>;
  readonly families: readonly (EmailFamily & KnownAddress)[];
  readonly nameSuffixes: readonly { readonly agent: Agent; readonly suffix: string }[];
  readonly names: KnownNames;
  readonly trailerKeys: ReadonlyMap<string, readonly (TrailerKey & { readonly agent: Agent })[]>;
  /** By their first words. */
  readonly footers: ReadonlyMap<string, readonly KnownFooter[]>;
  readonly sessionLinks: readonly KnownPrefix[];
  readonly branchPrefixes: readonly KnownPrefix[];
  readonly subjectPrefixes: readonly KnownPrefix[];
  readonly exempt: ReadonlySet<string>;
  /** Whether the message is worth reading: false only where there is no mark in it. */
  readonly mayHoldMarks: (message: Uint8Array) => boolean;
}

/** What a policy adds to the catalogue. */
export interface AgentIndexOptions {
  readonly agents?: readonly Agent[];
  /** Addresses that never count, whatever the catalogue says. */
  readonly exempt?: Iterable<string>;
}

/** Where GitHub keeps the addresses of accounts that show none: `<id>+<login>@` this. */
export const GITHUB_NOREPLY = "users.noreply.github.com";

export function buildAgentIndex({ agents = [], exempt = [] }: AgentIndexOptions = {}): AgentIndex {
  const all = [...catalogue, ...agents];
  const addresses = new Map<string, KnownAddress[]>();
  const logins = new Map<string, KnownAddress>();
  const trailerKeys = new Map<string, (TrailerKey & { agent: Agent })[]>();
  const families: (EmailFamily & KnownAddress)[] = [];

  for (const agent of all) {
    const known = { agent, class: agent.class ?? "authored", strength: "strong" } as const;
    for (const email of agent.emails ?? []) append(addresses, asciiLowerCase(email), known);
    for (const email of agent.placeholderEmails ?? []) {
      append(addresses, asciiLowerCase(email), { ...known, strength: "weak" });
    }
    for (const { email, name } of agent.sharedEmails ?? []) {
      append(addresses, asciiLowerCase(email), { ...known, besideName: asciiLowerCase(name) });
    }
    for (const { id, login, class: botClass = known.class } of agent.bots ?? []) {
      const name = asciiLowerCase(login);
      const bot = { ...known, class: botClass };
      if (id === undefined) logins.set(name, bot);
      else append(addresses, `${id}+${name}@${GITHUB_NOREPLY}`, bot);
      // No person can have such a login, so it needs no number before it.
      if (name.endsWith("[bot]")) append(addresses, `${name}@${GITHUB_NOREPLY}`, bot);
    }
    for (const family of agent.emailFamilies ?? []) families.push({ ...family, ...known });
    for (const trailer of agent.trailerKeys ?? []) {
      append(trailerKeys, asciiLowerCase(trailer.key), { ...trailer, agent });
    }
  }

  const prefixes = (pick: (agent: Agent) => readonly string[] | undefined): KnownPrefix[] =>
    all.flatMap((agent) => (pick(agent) ?? []).map((prefix) => ({ agent, prefix: asciiLowerCase(prefix) })));
  const footers = new Map<string, KnownFooter[]>();
  for (const { agent, prefix: text } of prefixes((agent) => agent.footers)) {
    append(footers, firstWord(text), { agent, text, linked: text.includes("](") });
  }
  const sessionLinks = prefixes(({ sessionLinks }) => sessionLinks);
  const subjectPrefixes = prefixes(({ subjectPrefix }) => (subjectPrefix === undefined ? [] : [subjectPrefix]));
  const sieveWords = (): SieveWords => {
    const personKeys = [...attributionKeys].filter(([, { asks }]) => asks === "person").map(([key]) => key);
    const everyFooter = [...footers.values()].flat();
    return {
      addresses: [...addresses.keys(), ...[...logins.keys()].map((login) => `${login}@${GITHUB_NOREPLY}`)],
      domains: families.map(({ after }) => after.slice(after.indexOf("@") + 1)),
      keys: [
        ...trailerKeys.keys(),
        ...[...attributionKeys.keys()].filter((key) => !personKeys.includes(key)),
        ...subjectPrefixes.map(({ prefix }) => firstWord(prefix)),
        // `Generated by:`
        "by",
        // In the log of a squash, where an author may be known by the name alone.
        "author",
      ],
      personKeys,
      hosts: [...everyFooter.map(({ text }) => text), ...sessionLinks.map(({ prefix }) => prefix)].flatMap(hostOf),
      openers: everyFooter.filter(({ text }) => !text.includes("://")).map(({ text }) => firstWord(text)),
    };
  };

  return {
    addresses,
    logins,
    families,
    nameSuffixes: all.flatMap((agent) => (agent.nameSuffix === undefined ? [] : [{ agent, suffix: agent.nameSuffix }])),
    names: collectNames(all),
    trailerKeys,
    footers,
    sessionLinks,
    branchPrefixes: prefixes(({ branchPrefixes }) => branchPrefixes),
    subjectPrefixes,
    exempt: new Set(Array.from(exempt, asciiLowerCase)),
    mayHoldMarks: sieveWhenMany(sieveWords),
  };
}

let prepared: AgentIndex | undefined;

/** The catalogue alone, without a policy's additions. */
export function defaultAgentIndex(): AgentIndex {
  prepared ??= buildAgentIndex();
  return prepared;
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** The first word of a text in lower case. */
export function firstWord(text: string): string {
  return text.slice(0, text.search(/[^a-z-]|$/));
}

function hostOf(text: string): string[] {
  const start = text.indexOf("://");
  if (start < 0) return [];
  const rest = text.slice(start + 3);
  return [rest.slice(0, rest.search(/[/)?]|$/))];
}
