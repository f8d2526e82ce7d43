/**
 * The filters by which GitHub starts a workflow for all branches that patterns of a policy match. GitHub's patterns are others
 * than git's: what it has no word for is left open, since a run too many finds nothing to judge, and one too few misses what
 * landed.
 */
export function filtersFor(patterns: readonly string[]): readonly string[] {
  return [...new Set(patterns.map((pattern) => (/[[\]]/.test(pattern) ? "**" : pattern.replace(PART, spell))))];
}

const PART = /\\(.)|\*+|[?+!]/gsu;

function spell(part: string, escaped: string | undefined): string {
  if (escaped !== undefined) return /[*?+!\\]/.test(escaped) ? `\\${escaped}` : escaped;
  if (part.startsWith("*")) return part.length > 1 ? "**" : "*";
  return part === "?" ? "*" : `\\${part}`;
}

/** Whether GitHub starts a workflow with such filters for a branch: the last one that fits decides. */
export function passesFilters(filters: readonly string[], branch: string): boolean {
  let passes = false;
  for (const filter of filters) {
    const negates = filter.startsWith("!");
    if (toExpression(negates ? filter.slice(1) : filter)?.test(branch)) passes = !negates;
  }
  return passes;
}

/** A file of the repository may hold anything, and each of these multiplies the ways to try. */
const MOST_WILDCARDS = 4;

/** Undefined for one that is malformed, or that nobody would write. */
function toExpression(filter: string): RegExp | undefined {
  if ((filter.match(/\*+|[?+]/g)?.length ?? 0) > MOST_WILDCARDS) return undefined;
  const source = filter.replace(/\\(.)|\*\*\/|\*\*|\*|[.^$|(){}\\]/gsu, (part, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\u{${escaped.codePointAt(0)?.toString(16)}}`;
    // No folder, or some.
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    return part === "*" ? "[^/]*" : `\\${part}`;
  });
  try {
    return new RegExp(`^${source}$`, "su");
  } catch {
    return undefined;
  }
}
