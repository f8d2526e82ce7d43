/**
 * The class behind `cosmiconfig()`. That function, whatever its options say, first looks in the current folder for a
 * configuration of its own and runs it if it is a script (`.config/config.js`): code of the tree that is to be judged.
 * The class looks for nothing but what it is given. The version is pinned, as the class is not part of the public API.
 */
declare module "cosmiconfig/dist/Explorer.js" {
  import type { CosmiconfigResult, Loader } from "cosmiconfig";

  export class Explorer {
    constructor(options: {
      readonly moduleName: string;
      readonly searchPlaces: readonly string[];
      readonly loaders: Readonly<Record<string, Loader>>;
      readonly transform: (result: CosmiconfigResult) => CosmiconfigResult;
      readonly cache: boolean;
      readonly ignoreEmptySearchPlaces: boolean;
      readonly searchStrategy: "none";
      readonly metaConfigFilePath: null;
      readonly mergeImportArrays: boolean;
    });
    search(from: string): Promise<CosmiconfigResult>;
  }
}
