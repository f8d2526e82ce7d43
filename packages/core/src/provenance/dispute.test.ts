import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import { findDispute } from "./dispute.ts";

const MAY = { disputes: { level: "senior" } };

function find(lines: string, policy: Parameters<typeof findDispute>[0] = MAY): string | undefined {
  const message = encodeText(`Retry uploads\n\nCo-authored-by: Claude <noreply@anthropic.com>\n${lines}\n`);
  const dispute = findDispute(policy, { message } as Commit);
  return dispute && `${dispute.line}: ${dispute.reason}`;
}

it.each([
  ["in brackets", "Assisted-by: none (the note is from a formatter)", "4: the note is from a formatter"],
  ["behind a colon", "Assisted-by: none: I typed it", "4: I typed it"],
  ["behind a hyphen", "Assisted-by: None - I typed it", "4: I typed it"],
  ["behind a dash", "assisted-BY: no \u2014 I typed it", "4: I typed it"],
  ["on two lines", "Assisted-by: none (I typed it,\n  all of it)", "4: I typed it, all of it"],
  ["below a plain denial", "Assisted-by: none\nAssisted-by: none (I typed it)", "5: I typed it"],
  ["with brackets in it", "Assisted-by: none (I (and Ada) typed it).", "4: I (and Ada) typed it"],
])("a dispute has its reason %s", (_, lines, found) => {
  expect(find(lines)).toBe(found);
});

it.each([
  ["without a reason", "Assisted-by: none"],
  ["with an empty one", "Assisted-by: none ()"],
  ["with a mere dash", "Assisted-by: none - -"],
  ["with an agent in its place", "Assisted-by: Claude (none of it by hand)"],
  ["under another key", "Generated-by: none (I typed it)"],
  ["that git takes for no trailer", "  Assisted-by: none (I typed it)"],
  ["above the trailers", "Assisted-by: none (I typed it)\n\nSigned-off-by: Bob <bob@acme.example>"],
  ["that hides characters", "Assisted-by: none (I typed\u202e it)"],
  ["that is too long to be read", `Assisted-by: none (${"very ".repeat(300)})`],
])("there is no dispute %s", (_, lines) => {
  expect(find(lines)).toBeUndefined();
});

it("there is none that is not UTF-8", () => {
  const message = Buffer.concat([
    encodeText("x\n\nAssisted-by: none (I t\u00fcped"),
    Buffer.from([0xff]),
    encodeText(")\n"),
  ]);
  expect(findDispute(MAY, { message } as unknown as Commit)).toBeUndefined();
});

it("there is none where the policy takes nobody's word", () => {
  expect(find("Assisted-by: none (I typed it)", { disputes: undefined })).toBeUndefined();
});
