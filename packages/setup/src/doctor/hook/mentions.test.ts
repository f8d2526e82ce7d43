import { expect, it } from "vitest";
import { mentionsCountersign } from "./mentions.ts";

it.each([
  ["a program", 'countersign-pre-push "$@"'],
  ["a program by its path", 'exec "/home/bob/countersign/node_modules/.bin/countersign-pre-push" "$@"'],
  ["the program's command", "npx --no-install countersign check"],
  ["a package", 'node "node_modules/@countersign/pre-push/dist/bin.js" "$@"'],
  ["a file of the package", "node node_modules/countersign/dist/pre-push.js"],
  ["a job in a list", "      run: countersign-pre-push {1} {2}"],
])("sees that a hook runs %s", (_, text) => {
  expect(mentionsCountersign(`#!/bin/sh\n${text}\n`)).toBe(true);
});

it.each([
  ["a comment", "# countersign-pre-push would stand here"],
  ["a folder that a path goes through", '"/home/bob/countersign/node_modules/lefthook/bin/lefthook" run pre-push'],
  ["a folder whose name begins so", "cd /srv/countersign-demo/tools && make check"],
  ["a folder on Windows", "C:\\work\\countersign\\tools\\lefthook.exe run pre-push"],
])("does not take %s for a call", (_, text) => {
  expect(mentionsCountersign(`#!/bin/sh\n${text}\n`)).toBe(false);
});
