import type { Standing } from "../../overview/overview.ts";

/** What a landing's standing is called, in the order in which one looks for it. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  bypassed: "around the gate",
  emergency: "emergency",
  undecided: "undecided",
  warned: "only warned",
  "co-signed": "co-signed",
  free: "nothing asked",
  unjudged: "no policy",
};
