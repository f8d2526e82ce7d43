import { expect, it } from "vitest";
import { type GitCommand, readGitCommand } from "./git-command.ts";

const PLAIN: GitCommand = {
  name: "commit",
  amends: false,
  allowsEmptyMessage: false,
  cleanup: undefined,
  status: undefined,
  reuses: undefined,
  template: undefined,
};

it.each<[args: string, expected: Partial<GitCommand>]>([
  ["commit -m text", {}],
  ["commit --amend", { amends: true }],
  ["commit --ame -m text", { amends: true }],
  ["-c user.name=x -C /somewhere --no-pager commit --amend", { amends: true }],
  ["--git-dir=/x commit -am text --amend", { amends: true }],
  ["commit -m --amend", {}],
  ["commit -am --amend", {}],
  ["commit -m--amend", {}],
  ["commit --message --amend", {}],
  ["commit --fixup --amend", {}],
  ["commit -F --amend", {}],
  ["commit -- --amend", {}],
  ["commit --author --amend --allow-empty", {}],
  ["commit --allow-empty-message -m text", { allowsEmptyMessage: true }],
  ["commit --allow-empty", {}],
  ["commit --cleanup=verbatim", { cleanup: "verbatim" }],
  ["commit --cleanup scissors -v", { cleanup: "scissors" }],
  ["commit --clean=strip", { cleanup: "strip" }],
  ["commit --no-status", { status: false }],
  ["commit --no-stat --status", { status: true }],
  ["commit -m --no-status", {}],
  ["commit -C HEAD~1", { reuses: "HEAD~1" }],
  ["commit -cHEAD~1", { reuses: "HEAD~1" }],
  ["commit --reuse-message=topic --amend", { reuses: "topic", amends: true }],
  ["commit --reedit-message topic", { reuses: "topic" }],
  ["commit -vt template", { template: "template" }],
  ["commit --template=template", { template: "template" }],
  ["merge --continue", {}],
  ["merge --no-ff topic", { name: "merge" }],
  ["rebase -i --autosquash HEAD~3", { name: "rebase" }],
  ["", { name: undefined }],
])("reads `git %s`", (args, expected) => {
  expect(readGitCommand(args.split(" ").filter((word) => word !== ""))).toEqual({ ...PLAIN, ...expected });
});
