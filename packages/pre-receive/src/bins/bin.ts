#!/usr/bin/env node
// Alone in its file: what the policy is read with later must not be in the one that is run.
void import("../main.ts").then(({ main }) => main());
