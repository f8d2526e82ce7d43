import { asciiLowerCase } from "@countersign/core/internal";

/** Someone who made commits. */
export interface RecentAuthor {
  /** As the latest of these commits has it. */
  readonly name: string;
  /** Each as the latest commit from it writes it, the one that was used last before the others. */
  readonly emails: readonly string[];
  readonly commits: number;
}

interface Identity {
  readonly name: string;
  readonly email: string;
  readonly commits: number;
}

/** The identities of one person, as their places in the list, and what they are known by. */
interface Group {
  readonly places: number[];
  readonly marks: string[];
}

/**
 * Puts the identities of one person together, in their order: those with the same address, whatever its case, and those
 * with the same full name, whatever its case, accents and the order of its words.
 */
export function joinIdentities(identities: readonly Identity[]): RecentAuthor[] {
  const groups = new Map<string, Group>();
  for (const [place, identity] of identities.entries()) {
    const marks = marksOf(identity);
    const known = new Set(marks.flatMap((mark) => groups.get(mark) ?? []));
    const group = [...known].reduce(unite, { places: [], marks: [] });
    group.places.push(place);
    group.marks.push(...marks);
    for (const mark of known.size > 1 ? group.marks : marks) groups.set(mark, group);
  }
  return [...new Set(groups.values())].map(({ places }) => {
    return personOf(places.sort((a, b) => a - b).flatMap((place) => identities[place] ?? []));
  });
}

/** Adds the smaller to the larger. */
function unite(a: Group, b: Group): Group {
  const [small, large] = a.places.length < b.places.length ? [a, b] : [b, a];
  large.places.push(...small.places);
  large.marks.push(...small.marks);
  return large;
}

function personOf(identities: readonly Identity[]): RecentAuthor {
  const emails = new Map<string, string>();
  for (const { email } of identities) {
    const key = asciiLowerCase(email);
    if (!emails.has(key)) emails.set(key, email);
  }
  return {
    name: identities[0]?.name ?? "",
    emails: [...emails.values()],
    commits: identities.reduce((sum, { commits }) => sum + commits, 0),
  };
}

function marksOf({ name, email }: Identity): string[] {
  const words = plainWords(name);
  // A name of one word is nobody's full name.
  return [`<${asciiLowerCase(email)}>`, ...(words.length > 1 ? [words.join(" ")] : [])];
}

/** The words of a name without case and accents, sorted. */
function plainWords(name: string): readonly string[] {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort();
}
