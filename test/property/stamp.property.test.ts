import { detectProvenance, type ObjectId, parseTrailers } from "@countersign/core";
import { encodeText, formatStamp } from "@countersign/core/internal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../packages/core/src/agents/catalogue.ts";

const ADA = { name: "Ada Lovelace", email: "ada@acme.example" };

function readBack(value: string): { state: string; agents: readonly string[]; models: readonly unknown[] } {
  const message = encodeText(`Mend the door\n\nIt squeaked.\n\nAssisted-by: ${value}\n`);
  const oid = "0".repeat(40) as ObjectId;
  const commit = { oid, tree: undefined, parents: [], author: ADA, committer: ADA, message };
  const { state, agents, evidence } = detectProvenance(commit);
  return { state, agents, models: evidence.map(({ model }) => model) };
}

const anyModel = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.stringMatching(/^[\w .,:;()[\]<>@/"'`*|\\~+-]{1,60}$/),
  fc.constantFrom("none", "no", "false", "auto", "Claude via Crush", "gpt-5 on Codex", "noreply@openai.com"),
  fc.constantFrom(...catalogue.map(({ name }) => name)),
);

describe("what is stamped is read back as strong evidence for that very agent", () => {
  it.each(catalogue.map(({ id }) => [id]))("%s, without a model", (agent) => {
    expect(readBack(formatStamp({ agent }))).toEqual({ state: "assisted", agents: [agent], models: [undefined] });
  });

  it("whatever the model is called", () => {
    fc.assert(
      fc.property(fc.constantFrom(...catalogue), anyModel, ({ id }, model) => {
        const value = formatStamp({ agent: id, model });
        const kept = value.includes(":") ? value.slice(value.indexOf(":") + 1) : undefined;
        expect(readBack(value)).toEqual({ state: "assisted", agents: [id], models: [kept] });
      }),
      { numRuns: 2000 },
    );
  });

  it("and is one trailer to git's rule", () => {
    fc.assert(
      fc.property(fc.constantFrom(...catalogue), anyModel, ({ id }, model) => {
        const value = formatStamp({ agent: id, model });
        const trailers = parseTrailers(encodeText(`Mend the door\n\nAssisted-by: ${value}\n`));
        expect(trailers).toHaveLength(1);
        expect(value).toMatch(/^[ -~]{1,120}$/);
      }),
    );
  });
});
