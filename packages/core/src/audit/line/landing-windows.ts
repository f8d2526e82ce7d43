import { nameEntries } from "../../judge/merged-policy.ts";
import type { PastPolicies, PastTerms } from "../past-policies.ts";
import type { PastLanding } from "./past-landing.ts";

/** Landings in a row, each upon the one before, that the same policy was in force for. */
export interface LandingWindow {
  readonly landings: readonly PastLanding[];
  /** Those of the first. */
  readonly terms: PastTerms;
}

/** How many landings are looked at together. */
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
    if (first && last && (isNext(first, landing) || !continues(last, landing))) {
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

/** Whether a landing came right upon another one, and under the same policy. */
function continues(one: PastLanding, other: PastLanding): boolean {
  if (other.at.parent !== one.at.commit) return false;
  return one.before === other.before || nameEntries(one.before) === nameEntries(other.before);
}

/** How many windows are read by one walk of git: starting it costs more than what it reads of a window. */
const TOGETHER = 5;

/** The same windows, those together that lie in a row under the same policy. */
export async function* inStretches(windows: AsyncIterable<LandingWindow>): AsyncGenerator<readonly LandingWindow[]> {
  let stretch: LandingWindow[] = [];
  for await (const window of windows) {
    const [last, first] = [stretch.at(-1)?.landings.at(-1), window.landings[0]];
    if (stretch.length === TOGETHER || (last && first && !continues(last, first))) {
      yield stretch;
      stretch = [];
    }
    stretch.push(window);
  }
  if (stretch.length > 0) yield stretch;
}
