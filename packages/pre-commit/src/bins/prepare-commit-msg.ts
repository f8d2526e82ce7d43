#!/usr/bin/env node
import { main } from "../main.ts";
import { prepareCommitMessage } from "../prepare-commit-msg.ts";

main(prepareCommitMessage);
