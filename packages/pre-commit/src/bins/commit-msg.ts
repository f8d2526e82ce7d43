#!/usr/bin/env node
import { checkCommitMessage } from "../commit-msg.ts";
import { main } from "../main.ts";

main(checkCommitMessage);
