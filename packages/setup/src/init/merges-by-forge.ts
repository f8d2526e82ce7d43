import { existsSync } from "node:fs";
import { join } from "node:path";
import { findRemoteAddress } from "@countersign/git/internal";
import type { Surroundings } from "../surroundings.ts";
import type { InitOptions } from "./choices.ts";

/** What a project has that is on a forge. */
const FORGE_FILES = [".github", ".gitlab-ci.yml", ".gitlab", ".gitea", ".forgejo", "bitbucket-pipelines.yml"];

const FORGE_HOST = /(?:^|\.)(?:github|gitlab|gitea|forgejo|bitbucket|codeberg)\./i;

/** Whether a forge's button seems to be what merges here. */
export async function mergesByForge(
  { repository, root }: Surroundings,
  { ci }: Pick<InitOptions, "ci">,
): Promise<boolean> {
  if (ci !== undefined || FORGE_FILES.some((name) => existsSync(join(root, name)))) return true;
  return FORGE_HOST.test((await findRemoteAddress(repository.context))?.host ?? "");
}
