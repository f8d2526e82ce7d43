#!/usr/bin/env node
// Whatever ends this process early, a promise that never settles included, ends it as "could not decide".
process.exitCode = 2;

// Alone in its file: what the policy is read with later must not be in the one that is run.
void import("./main.ts").then(({ main }) => main());
