#!/usr/bin/env node
// Alone in its file: what loads the commands later must not be in the file that is run.
void import("./main.ts").then(({ main }) => main());
