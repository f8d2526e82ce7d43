#!/usr/bin/env node
import { runHook } from "../hook.ts";
import { prepareCommitMessage } from "../prepare-commit-msg.ts";

runHook(prepareCommitMessage);
