#!/usr/bin/env node
import { runHook } from "../hook.ts";
import { warnEarly } from "../pre-commit.ts";

runHook(warnEarly);
