// Renders page.hbs for so many seconds and prints microseconds a page. See bench/templates.sh.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, data_file, seconds, out] = process.argv.slice(2);
const Handlebars = createRequire(folder + "/")("handlebars");
const data = JSON.parse(readFileSync(data_file, "utf8"));
const render = Handlebars.compile(readFileSync(new URL("page.hbs", import.meta.url), "utf8"));
writeFileSync(out, render(data));
const spent = (since) => {
    const used = process.cpuUsage(since);
    return used.user + used.system;
};
for (let i = 0; i < 2000; i++) render(data);
const started = process.cpuUsage();
let pages = 0;
while (spent(started) < Number(seconds) * 1e6) {
    for (let i = 0; i < 50; i++) render(data);
    pages += 50;
}
console.log(`Handlebars ${Handlebars.VERSION}: ${(spent(started) / pages).toFixed(1)} us a page`);
