// Times two swear filters of npm on posts: node bench/screen_words.mjs PLAIN_JSON MODULES
// MODULES is a folder in which obscenity and bad-words are installed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [plain, modules] = process.argv.slice(2);
const require = createRequire(path.resolve(modules, "package.json"));
const posts = JSON.parse(readFileSync(plain, "utf8"));

function time(name, check) {
  for (const post of posts) check(post);
  const times = posts.map((post) => {
    const start = process.hrtime.bigint();
    check(post);
    return Number(process.hrtime.bigint() - start) / 1000;
  }).sort((a, b) => a - b);
  const at = (share) => times[Math.floor((times.length - 1) * share)].toFixed(1);
  console.log(`${name}: median ${at(0.5)} us, 99 % under ${at(0.99)} us`);
}

const { RegExpMatcher, englishDataset, englishRecommendedTransformers } = require("obscenity");
const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
time("obscenity", (post) => matcher.hasMatch(post));

const { Filter } = await import(pathToFileURL(require.resolve("bad-words")).href);
const filter = new Filter();
time("bad-words", (post) => filter.isProfane(post));
