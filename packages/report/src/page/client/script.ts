import { READ_LANDINGS } from "./read-landings.ts";
import { SHOW_LANDINGS } from "./show-landings.ts";
import { TAKE_OVER } from "./take-over.ts";

/** All that runs in the page. It is text here: nothing of it runs where the page is made, and its digest is what the page lets run. */
export const SCRIPT = `"use strict";{${READ_LANDINGS}${SHOW_LANDINGS}${TAKE_OVER}}`;
