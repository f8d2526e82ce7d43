import { expect, it } from "vitest";
import { adviceMessages } from "../../messages/advice.ts";
import { advice, explainAdvice } from "./advice.ts";

it("advice is explained by its code and the message that the code has for its data", () => {
  const data = { rule: "docs" };
  expect(explainAdvice(advice("RULE_IDLE", ["rules", 1], data))).toEqual({
    code: "RULE_IDLE",
    ...adviceMessages.RULE_IDLE(data),
  });
});
