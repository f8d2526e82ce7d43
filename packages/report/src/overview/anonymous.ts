import { digestOf, encodeText } from "@countersign/core/internal";
import type { CountedCosign, Overview, Person } from "./overview.ts";

const DAY = 86_400;

/**
 * The same without what names people. They have pseudonyms; addresses, subjects, ids of commits, names of rules, the
 * audit's sentences and the hour of the day are left out. A pseudonym stays the same as long as the branch begins with the
 * same commit, and nobody who does not know that commit can work it out from an address.
 */
export function withoutPeople(overview: Overview): Overview {
  const hide = ({ email }: Person): Person => {
    const digest = digestOf(encodeText(`countersign pseudonym\0${overview.root ?? ""}\0${email}`));
    return { name: `Person ${digest.slice(0, 8)}`, email: "" };
  };
  const hideSigner = <Cosign extends CountedCosign>(cosign: Cosign): Cosign => ({
    ...cosign,
    person: hide(cosign.person),
  });
  const named = new Set(overview.asked.flatMap(({ rules }) => rules || []));
  const rules = new Map([...named].map((name, index) => [name, `rule ${index + 1}`]));
  return {
    ...overview,
    tip: undefined,
    from: undefined,
    root: undefined,
    landings: overview.landings.map((landing) => ({
      ...landing,
      commit: undefined,
      landed: dayOf(landing.landed),
      subject: "",
      author: hide(landing.author),
      wrong: landing.wrong.map(({ code }) => ({ code, what: "" })),
      cosigns: landing.cosigns.map(({ time, ...cosign }) => ({
        ...hideSigner(cosign),
        ...(time !== undefined && { time: dayOf(time) }),
      })),
    })),
    asked: overview.asked.map((asked) => ({ ...asked, rules: rules.get(asked.rules) ?? "" })),
    signed: overview.signed.map(hideSigner),
  };
}

function dayOf(time: number): number {
  return time - (time % DAY);
}
