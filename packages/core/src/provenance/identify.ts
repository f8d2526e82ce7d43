import { asciiLowerCase } from "../bytes.ts";
import { type AgentIndex, GITHUB_NOREPLY, type KnownAddress } from "./agent-index.ts";
import { nameKey } from "./agent-names.ts";

/** The agent that holds the address, if one does. The name only chooses between agents that share the address. */
export function identify(name: string, email: string, index: AgentIndex): KnownAddress | undefined {
  const address = asciiLowerCase(email);
  const known = index.addresses.get(address);
  const found =
    known === undefined ? (findBot(address, index) ?? findFamily(address, index)) : choose(known, name, index);
  return found !== undefined && index.exempt.has(address) ? undefined : found;
}

function choose(known: readonly KnownAddress[], name: string, index: AgentIndex): KnownAddress | undefined {
  const said = asciiLowerCase(name.trim());
  const eligible = known.filter(({ besideName }) => besideName === undefined || said.startsWith(besideName));
  if (eligible.length < 2) return eligible[0];
  const named = index.names.get(nameKey(said))?.agent;
  return eligible.find(({ agent }) => agent === named) ?? eligible[0];
}

function findBot(address: string, { logins }: AgentIndex): KnownAddress | undefined {
  if (!address.endsWith(GITHUB_NOREPLY)) return undefined;
  const plus = address.indexOf("+");
  const at = address.length - GITHUB_NOREPLY.length - 1;
  if (plus < 1 || address[at] !== "@" || !/^[0-9]+$/.test(address.slice(0, plus))) return undefined;
  return logins.get(address.slice(plus + 1, at));
}

function findFamily(address: string, { families }: AgentIndex): KnownAddress | undefined {
  return families.find(
    ({ before, after }) =>
      address.endsWith(after) &&
      address.startsWith(before) &&
      /^[0-9a-f-]+$/.test(address.slice(before.length, -after.length)),
  );
}

/** An address in a text, and the name that stands before it. */
export interface WrittenAddress {
  readonly name: string;
  readonly email: string;
  /** Where the text goes on behind the address. */
  readonly end: number;
}

const EDGE = /[^A-Za-z0-9._+\-[\]]/;
/** RFC 5321 allows no longer one. */
const LONGEST_ADDRESS = 320;

/**
 * Every address in the text, with or without angle brackets: co-author lines are often typed by hand or
 * by a model, as `Oz [oz-agent@warp.dev](mailto:oz-agent@warp.dev)`.
 */
export function findAddresses(text: string): WrittenAddress[] {
  const found: WrittenAddress[] = [];
  // No address begins in what an earlier one has used, so the text is walked once.
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", Math.max(from, at + 1))) {
    const { start, end, email } = readBracketed(text, from, at) ?? readBare(text, from, at);
    if (email !== "") {
      const name = text
        .slice(from, start)
        .replace(/[<[(]$/, "")
        .replace(/^[>\])},; ]+/, "");
      found.push({ name: name.trimEnd(), email, end });
    }
    from = end;
  }
  return found;
}

interface AddressPlace {
  readonly start: number;
  readonly end: number;
  /** Empty if it is not one. */
  readonly email: string;
}

/** All that stands between angle brackets, where no blank is among it. */
function readBracketed(text: string, from: number, at: number): AddressPlace | undefined {
  let start = at;
  while (start > from && at - start < LONGEST_ADDRESS && !/[<>\s]/.test(text[start - 1] ?? "")) start -= 1;
  if (start === from || text[start - 1] !== "<") return undefined;
  const inside = /^[^<>\s]*(?=>)/.exec(text.slice(start, start + LONGEST_ADDRESS))?.[0];
  if (inside === undefined || !/^[^@]+@[^@]+$/.test(inside)) return undefined;
  return { start, end: start + inside.length + 1, email: inside.replace(/^mailto:/, "") };
}

function readBare(text: string, from: number, at: number): AddressPlace {
  let start = at;
  while (start > from && !EDGE.test(text[start - 1] ?? "")) start -= 1;
  let end = at + 1;
  while (end < text.length && /[A-Za-z0-9.-]/.test(text[end] ?? "")) end += 1;
  const local = text.slice(start, at).replace(/^\[/, "");
  const domain = text.slice(at + 1, end).replace(/\.$/, "");
  return { start, end, email: local === "" || domain === "" ? "" : `${local}@${domain}` };
}
