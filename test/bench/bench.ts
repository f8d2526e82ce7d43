import { benchCosigns } from "./cosigns.ts";
import { benchLog } from "./log.ts";
import { benchPrePush } from "./pre-push.ts";

benchPrePush();
benchLog();
benchCosigns();
