import type { Policy } from "@countersign/core";
import { escapeText, type Paint, wrapText } from "@countersign/report";

/** What a person has to know who signs for an emergency. */
export function warnOfEmergency(reason: string, { emergency }: Policy, paint: Paint): readonly string[] {
  const within = describeSpan(emergency?.reviewWithin ?? 0);
  return [
    "",
    paint.bad(`EMERGENCY: ${escapeText(reason, 1000)}`),
    ...wrapText(
      "",
      `With your signature this lands before anyone has reviewed it. It counts for nothing else: the usual co-signs are due within ${within}, and \`countersign audit\` fails from then on. Every gate reports it, and servers log it.`,
    ),
  ];
}

/** A time as a policy has it, in its largest whole unit. */
function describeSpan(seconds: number): string {
  const [unit, name] = (
    [
      [86_400, "day"],
      [3_600, "hour"],
      [60, "minute"],
    ] as const
  ).find(([each]) => seconds % each === 0) ?? [1, "second"];
  const number = seconds / unit;
  return `${number} ${name}${number === 1 ? "" : "s"}`;
}

/** What is put in front of the question. */
export function leadOf({ emergency }: { readonly emergency?: string }): string {
  return emergency === undefined ? "" : "EMERGENCY, without a review. ";
}
