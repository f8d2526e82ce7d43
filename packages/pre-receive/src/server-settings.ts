import type { ConfiguredRepository } from "@countersign/core";

/** What who administers a server has set in git's configuration there. */
export interface ServerSettings {
  /** `countersign.required`: no policy, no push. */
  readonly required: boolean;
  /** `countersign.adopt`: the commit that may bring the first policy all the same. */
  readonly adopt: string | undefined;
  /** `countersign.floor`: the file of a policy that every push has to meet too. */
  readonly floor: string | undefined;
  /** `countersign.log`: the file that every decision is added to. */
  readonly log: string | undefined;
}

export async function readServerSettings(repository: Pick<ConfiguredRepository, "setting">): Promise<ServerSettings> {
  const required = await repository.setting("countersign.required");
  return {
    // A word that git would not read as on or off must not switch it off.
    required: required !== undefined && !/^(?:false|no|off|0|)$/i.test(required),
    adopt: await repository.setting("countersign.adopt"),
    floor: await repository.setting("countersign.floor"),
    log: await repository.setting("countersign.log"),
  };
}
