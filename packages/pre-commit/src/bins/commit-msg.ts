#!/usr/bin/env node
import { checkCommitMessage } from "../commit-msg.ts";
import { runHook } from "../hook.ts";

runHook(checkCommitMessage);
