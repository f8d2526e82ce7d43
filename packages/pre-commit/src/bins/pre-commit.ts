#!/usr/bin/env node
import { main } from "../main.ts";
import { warnEarly } from "../pre-commit.ts";

main(warnEarly);
