import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatOverview, type Overview } from "@countersign/report";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Scratch } from "../rig/repository/scratch.ts";

/** A page in a browser, and what it did beside being shown. */
export interface OpenPage {
  readonly page: Page;
  /** Lines in the console, errors, dialogs, and requests for anything but the page itself. */
  readonly noticed: string[];
}

export function makePage(overview: Overview): Promise<string> {
  return formatOverview("html", overview, { version: "1.0.0", anonymous: false });
}

let pages = 0;

/** Opens HTML from a file, as a person who got it by mail does, and waits until its script is done. */
export async function openPage(
  browser: Browser,
  scratch: Scratch,
  html: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const file = join(scratch.dir, `page-${pages++}.html`);
  writeFileSync(file, html);
  const page = await (await browser.newContext(options)).newPage();
  const noticed: string[] = [];
  page.on("console", (line) => noticed.push(line.text()));
  page.on("pageerror", ({ message }) => noticed.push(message));
  page.on("dialog", (dialog) => {
    noticed.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== `file://${file}` && request.url() !== "data:,") noticed.push(`request ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  await page.waitForSelector("html[data-ready]");
  return { page, noticed };
}

/** The cells of one column of the table of all landings, as they are shown. */
export function columnOf(page: Page, column: number): Promise<string[]> {
  return page.locator(`#table tbody tr:not(.more) td:nth-child(${column})`).allTextContents();
}
