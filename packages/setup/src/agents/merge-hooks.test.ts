import { describe, expect, it } from "vitest";
import { addHooks, mergedState, removeHooks } from "./merge-hooks.ts";
import { flatLists } from "./shapes/hook-shapes.ts";

/** Short entries, so that whole texts can be compared: `countersign mark --agent x` is what they are known by. */
const file = flatLists({
  agent: "x",
  paths: ["f"],
  events: { after: null },
  companions: { version: 1 },
  handler: () => ({ run: "countersign mark --agent x" }),
});

const OURS = '"run": "countersign mark --agent x"';
const add = (text: string | undefined): string => addHooks(text, file, "path", "f");

describe("hooks go into", () => {
  it.each([
    [
      "a file of its own",
      undefined,
      `{\n  "hooks": {\n    "after": [\n      {\n        ${OURS}\n      }\n    ]\n  },\n  "version": 1\n}\n`,
    ],
    [
      "a file with other settings, behind their comments",
      '{\n\t"a": 1 // one\n}\n',
      `{\n\t"a": 1, // one\n\t"hooks": {\n\t\t"after": [\n\t\t\t{\n\t\t\t\t${OURS}\n\t\t\t}\n\t\t]\n\t}\n}\n`,
    ],
    [
      "a list with other hooks",
      '{\n  "hooks": {\n    "after": [\n      { "run": "theirs" }\n    ]\n  }\n}',
      `{\n  "hooks": {\n    "after": [\n      { "run": "theirs" },\n      {\n        ${OURS}\n      }\n    ]\n  }\n}`,
    ],
    ["a file in one line", '{"a":1}', `{"a":1, "hooks": { "after": [ { ${OURS} } ] }}`],
    ["an empty list", '{"hooks":{"after":[]}}', `{"hooks":{"after":[{ ${OURS} }]}}`],
    ["a file with Windows line ends", '{\r\n  "a": 1,\r\n}', expect.not.stringMatching(/[^\r]\n/)],
  ])("%s", (_name, text, expected) => {
    const added = add(text);
    expect(added).toEqual(expected);
    expect(add(added)).toBe(added);
    expect(removeHooks(added, file, "f")).toBe(text);
  });
});

describe("hooks are taken out", () => {
  it.each([
    [
      "and what people put behind them stays",
      `{\n  "hooks": {\n    "after": [\n      {\n        ${OURS}\n      },\n      { "run": "theirs" }\n    ]\n  },\n  "version": 1\n}\n`,
      '{\n  "hooks": {\n    "after": [\n      { "run": "theirs" }\n    ]\n  },\n  "version": 1\n}\n',
    ],
    [
      "and a comment in our list stays, with the list",
      `{\n  "hooks": {\n    "after": [\n      // mind this\n      { ${OURS} }\n    ]\n  }\n}\n`,
      '{\n  "hooks": {\n    "after": [\n      // mind this\n    ]\n  }\n}\n',
    ],
    [
      "and a list and an object with comments at their keys stay, however an editor has laid them out",
      `{\n  "hooks" /* of all */: {\n    "after": // mind this\n    [\n      { ${OURS} }\n    ]\n  }\n}\n`,
      '{\n  "hooks" /* of all */: {\n    "after": // mind this\n    [\n    ]\n  }\n}\n',
    ],
    [
      "and without comments there they go",
      `{\n  "a": 1,\n  "hooks" : {\n    "after"\n:   [\n      { ${OURS} }\n    ]\n  }\n}\n`,
      '{\n  "a": 1\n}\n',
    ],
    [
      "and a comment that takes up its line never swallows what comes behind",
      `{ "a": 1, // one\n "hooks": { "after": [ { ${OURS} } ] } }`,
      '{ "a": 1 // one\n  }',
    ],
    ["wherever people moved them", `{ "hooks": { "before": [ { ${OURS} } ] }, "a": 1 }`, '{ "a": 1 }'],
    ["however often they stand there", `{ "b": [ { ${OURS} }, 2, { ${OURS} } ] }`, '{ "b": [ 2 ] }'],
  ])("%s", (_name, text, expected) => {
    expect(removeHooks(text, file, "f")).toBe(expected);
  });

  it.each([
    ["a text without them", '{ "hooks": { "after": [] } }'],
    ["the hooks of another agent", '{ "hooks": [ { "run": "countersign mark --agent xy" } ] }'],
    ["a text that only tells of them", '{ "note": "countersign mark --agent x" }'],
  ])("and %s stays as it is", (_name, text) => {
    expect(removeHooks(text, file, "f")).toBe(text);
    expect(mergedState(text, file, "path", "f")).toBe("absent");
  });

  it("and a file that people added to stays without them", () => {
    const added = add(undefined).replace('"version": 1', '"version": 1,\n  "theirs": true');
    expect(removeHooks(added, file, "f")).toBe('{\n  "version": 1,\n  "theirs": true\n}\n');
  });
});

it("takes the last of two members with one name, as agents do", () => {
  const text = '{ "hooks": 1, "hooks": {} }';
  expect(add(text)).toBe(`{ "hooks": 1, "hooks": {"after": [ { ${OURS} } ]} }`);
  expect(removeHooks(add(text), file, "f")).toBe(text);
});

it("tells hooks in another form from those that would be written now", () => {
  const added = add(undefined);
  expect(mergedState(added, file, "path", "f")).toBe("installed");
  expect(mergedState(added.replace(OURS, `${OURS}, "timeout": 5`), file, "path", "f")).toBe("installed");
  expect(mergedState(added.replace("--agent x", "--agent x --old"), file, "path", "f")).toBe("outdated");
  expect(mergedState(added.replace('"after"', '"before"'), file, "path", "f")).toBe("outdated");
});
