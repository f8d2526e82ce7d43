import { expect, it } from "vitest";
import { editJson } from "./edit-json.ts";
import type { JsonPath } from "./json-insert.ts";
import type { Json } from "./json-source.ts";

const HOOK = ["scripts", "prepare"];

it.each<[what: string, before: string, place: JsonPath, value: Json, after: string]>([
  ["an empty object", "{}", HOOK, "x", '{\n  "scripts": {\n    "prepare": "x"\n  }\n}'],
  ["an object with a comment alone", "{ // keep\n}", ["a"], 1, '{\n  "a": 1 // keep\n}'],
  ["an empty object on a line", "{}\n", HOOK, "x", '{\n  "scripts": {\n    "prepare": "x"\n  }\n}\n'],
  ["an object", '{\n  "a": [1, 2]\n}\n', ["b"], [3], '{\n  "a": [1, 2],\n  "b": [\n    3\n  ]\n}\n'],
  [
    "an object with tabs",
    '{\n\t"scripts": {\n\t\t"a": "b"\n\t}\n}',
    HOOK,
    "x",
    '{\n\t"scripts": {\n\t\t"a": "b",\n\t\t"prepare": "x"\n\t}\n}',
  ],
  ["an object in one line", '{ "scripts": { "a": "b" } }', HOOK, "x", '{ "scripts": { "a": "b", "prepare": "x" } }'],
  [
    "an empty object within",
    '{\n    "scripts": {}\n}',
    HOOK,
    "x",
    '{\n    "scripts": {\n        "prepare": "x"\n    }\n}',
  ],
  ["a value in its place", '{"scripts":{"prepare":"old", "b":1}}', HOOK, "x", '{"scripts":{"prepare":"x", "b":1}}'],
  ["a list", '{ "l": ["a"] }', ["l", 1], "b", '{ "l": ["a", "b"] }'],
  ["a list of lines", '{\n  "l": [\n    "a"\n  ]\n}', ["l", 1], "b", '{\n  "l": [\n    "a",\n    "b"\n  ]\n}'],
  ["other line ends", '{\r\n  "a": 1\r\n}\r\n', ["b"], 2, '{\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n'],
  ["several marks at the start", '\uFEFF\uFEFF{"a":1}', ["b"], 2, '\uFEFF\uFEFF{"a":1, "b": 2}'],
  ["a mark at the start", '\uFEFF{"a":1}', ["b"], 2, '\uFEFF{"a":1, "b": 2}'],
  [
    "comments and a comma at the end",
    '{\n  // keep\n  "a": 1, // too\n}',
    ["b"],
    2,
    '{\n  // keep\n  "a": 1, // too\n  "b": 2,\n}',
  ],
])("adds to %s and leaves the rest", (_, before, place, value, after) => {
  expect(editJson("x.json", before, place, value)).toBe(after);
});

it.each([
  ["no JSON", "{", HOOK],
  ["nothing", "", HOOK],
  ["text where an object belongs", '{"scripts":"no"}', HOOK],
  ["an object where a list belongs", '{"l":{}}', ["l", 0]],
])("leaves %s alone", (_, before, place) => {
  expect(() => editJson("x.json", before, place, "x")).toThrow(/^x\.json cannot be extended/);
});
