#!/usr/bin/env node
// Alone in its file: what reads the policy later must not be in the file that is run.
void import("../main.ts").then(({ main }) => main());
