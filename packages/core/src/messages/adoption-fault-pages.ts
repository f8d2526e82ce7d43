import type { adoptionFaultMessages } from "./adoption-faults.ts";
import type { CodePage } from "./message.ts";

type AdoptionFaultCode = keyof typeof adoptionFaultMessages;

/** A page for every way in which a repository is not set up. */
export const adoptionFaultPages: {
  readonly [Code in AdoptionFaultCode]: CodePage<Parameters<(typeof adoptionFaultMessages)[Code]>[0]>;
} = {
  UNATTENDED: {
    means: "The set-up has questions, and nobody is there to answer them.",
    example: { missing: "standard input is no terminal" },
  },
  HOOK_NOT_INSTALLED: {
    means: "The program that a hook is to call is not installed.",
    example: { bin: "countersign-pre-push", folder: "node_modules/.bin" },
  },
  MANAGER_UNFIT: {
    means: "The hook manager that was named cannot be set up in this repository.",
    example: { manager: "husky", reason: "there is no package.json", fix: "take another one: --manager plain" },
  },
  MANAGER_FAILED: {
    means: "A hook manager's own command, which puts the hooks in place, failed.",
    example: { command: "lefthook install", end: "status 1", said: "" },
  },
  FILE_UNFIT: {
    means: "A file has a form in which nothing can be added safely.",
    example: { path: "lefthook.yml", reason: "it holds several documents", wanted: ["pre-push:"] },
  },
  FILE_UNWRITABLE: {
    means:
      "A file of the set-up could not be written, is a link, or lies outside of the repository; all is as it was before.",
    example: { path: ".husky/pre-push", reason: "EACCES: permission denied" },
  },
};
