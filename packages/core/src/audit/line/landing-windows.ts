import { nameEntries } from "../../judge/merged-policy.ts";
import type { PastPolicies, PastTerms } from "../past-policies.ts";
import type { PastLanding } from "./list-landings.ts";

/** Landings in a row, each upon the one before, that the same policy was in force for. */
export interface LandingWindow {
  readonly landings: readonly PastLanding[];
  /** Those of the first. */
  readonly terms: PastTerms;
}

/** So many landings are looked at together. */
const MOST = 500;

/** Whether it is one that every audit of this history looks at, wherever it begins. */
export function isWhole({ landings }: LandingWindow): boolean {
  return landings.length === MOST;
}

/** The same landings, some at a time. */
export async function* inWindows(
  landings: AsyncIterable<PastLanding>,
  policies: PastPolicies,
): AsyncGenerator<LandingWindow> {
  let window: PastLanding[] = [];
  const close = async (first: PastLanding): Promise<LandingWindow> => {
    return { landings: window, terms: await policies.before(first) };
  };
  for await (const landing of landings) {
    const [first] = window;
    const last = window.at(-1);
    if (first && (isNext(first, landing) || landing.at.parent !== last?.at.commit || !isUnderSame(first, landing))) {
      yield await close(first);
      window = [];
    }
    window.push(landing);
  }
  const [first] = window;
  if (first) yield await close(first);
}

/** Windows begin at the same places whatever part is looked at. */
function isNext(one: PastLanding, other: PastLanding): boolean {
  return Math.floor(one.index / MOST) !== Math.floor(other.index / MOST);
}

function isUnderSame(one: PastLanding, other: PastLanding): boolean {
  return nameEntries(one.before) === nameEntries(other.before);
}
