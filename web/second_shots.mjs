import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const require = createRequire("/tmp/h/second/web/package.json");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const job = JSON.parse(readFileSync("/tmp/h/second_shots/in.json"));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const width of [390, 1280]) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: false });
  await context.addCookies(Object.entries(job.cookies).map(([name, value]) => ({ name, value, url: job.base })));
  const page = await context.newPage();
  page.on("console", (m) => { if (m.type() === "error") console.log("console", m.text()); });
  for (const [name, path] of job.pages) {
    await page.goto(job.base + path);
    if (job.html[name] && width === 390) {
      await page.fill("#code", job.html[name]);
      await page.click("main form button[type=submit]");
      await page.waitForLoadState();
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.screenshot({ path: `/tmp/h/second_shots/${name}-1280.png`, fullPage: true });
      await page.setViewportSize({ width: 390, height: 800 });
    } else if (job.html[name]) continue;
    await page.screenshot({ path: `/tmp/h/second_shots/${name}-${width}.png`, fullPage: true });
    if (job.html[name]) { await page.setViewportSize({ width: 794, height: 1123 }); await page.emulateMedia({ media: "print" }); await page.screenshot({ path: `/tmp/h/second_shots/${name}-print.png`, fullPage: true }); }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) console.log(name, width, "too wide", wide);
    const c2 = await page.context().newCDPSession(page);
    const found = await page.evaluate((s) => { try { (0, Function)(s)(); return null; } catch (e) { return String(e); } }, axe).catch((e) => String(e));
  }
  await context.close();
}
await browser.close();
