import { benchCommitHooks } from "./commit-hooks.ts";
import { benchCosigns } from "./cosigns.ts";
import { benchHookedGit } from "./hooked-git.ts";
import { benchLog } from "./log.ts";
import { benchPrePush } from "./pre-push.ts";

benchPrePush();
benchCommitHooks();
benchHookedGit();
benchLog();
benchCosigns();
