// Pictures of the pages in a folder: node tests/look/shots.mjs FOLDER OUT [PAGE...]. To be looked at.
import { createRequire } from "node:module";
import { mkdirSync, readdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const [folder, out, ...only] = process.argv.slice(2);
const pages = readdirSync(folder)
  .filter((name) => name.endsWith(".html"))
  .map((name) => basename(name, ".html"))
  .filter((name) => only.length === 0 || only.includes(name));
mkdirSync(out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1280]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    for (const name of pages) {
      await page.goto(pathToFileURL(resolve(folder, `${name}.html`)).href);
      await page.screenshot({ path: `${out}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
    await context.close();
  }
}
const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
await page.emulateMedia({ media: "print" });
for (const name of pages) {
  await page.goto(pathToFileURL(resolve(folder, `${name}.html`)).href);
  await page.screenshot({ path: `${out}/${name}-print.png`, fullPage: true });
}
await browser.close();
