import { formatShare } from "../text/numbers.ts";
import type { Summary } from "./sum-up.ts";

const LABEL = "AI co-signed";
const COLORS = { good: "#2b7a4b", bad: "#b3261e", none: "#5f6670" } as const;

/** A character of Verdana at 11 pixels is about so wide; the drawn text is fitted to what was reckoned. */
const CHARACTER = 6.8;
const PAD = 12;

/**
 * A badge for a README, in the shape that people know: what is still open, or how much of what had to be co-signed was.
 * Drawn with no font of its own.
 */
export function formatBadge(summary: Summary): string {
  const { message, color } = readBadge(summary);
  const [left, right] = [LABEL, message].map((text) => Math.round(text.length * CHARACTER + PAD)) as [number, number];
  const width = left + right;
  const text = (words: string, from: number, wide: number): string =>
    `<text x="${from + wide / 2}" y="14" textLength="${wide - PAD}" lengthAdjust="spacingAndGlyphs">${words}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${LABEL}: ${message}">
<title>${LABEL}: ${message}</title>
<clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#3c4148"/><rect x="${left}" width="${right}" height="20" fill="${color}"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
${text(LABEL, 0, left)}
${text(message, left, right)}
</g>
</svg>
`;
}

/** Our own words and numbers alone. */
function readBadge({ asked, met, standings }: Summary): { readonly message: string; readonly color: string } {
  const { bypassed, emergency, undecided } = standings;
  if (bypassed > 0) return { message: `${bypassed} around the gate`, color: COLORS.bad };
  if (emergency > 0) return { message: `${emergency} to be reviewed`, color: COLORS.bad };
  if (undecided > 0) return { message: `${undecided} undecided`, color: COLORS.bad };
  if (asked === 0) return { message: "nothing asked", color: COLORS.none };
  const share = formatShare(met, asked).replace(/[<>]/, (mark) => (mark === "<" ? "under " : "over "));
  return { message: share, color: met === asked ? COLORS.good : COLORS.bad };
}
