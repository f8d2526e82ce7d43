import type { DefaultBranchGap } from "../messages/destination.ts";
import type { ConfiguredRepository } from "../repository.ts";
import { remoteRefs } from "./remote.ts";

/** Why the default branch of a remote is not known. `found`: what its branches say; undefined if none was ever fetched. */
export async function findGap(
  repository: ConfiguredRepository,
  remote: string | undefined,
  found: "both" | "neither" | "bare name" | "gone" | undefined,
): Promise<DefaultBranchGap> {
  if (remote === undefined) return "unnamed";
  if (found === "both" || found === "bare name") return found;
  if ((await repository.setting(`remote.${remote}.mirror`)) === "true") return "mirror";
  const refspec = await repository.setting(`remote.${remote}.fetch`);
  if (refspec !== `+refs/heads/*:${remoteRefs(remote)}/*`) return "narrow";
  return found ?? "unfetched";
}
