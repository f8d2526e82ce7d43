import { benchPrePush } from "./pre-push.ts";

benchPrePush();
