// Reports in a real browser. Arguments: the folder of playwright-core, the zonetext program, a folder to write into.
// Each check that fails is printed; the exit status is 1 if any did.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , playwright, program, work] = process.argv;
const { chromium } = createRequire(resolve(playwright) + "/")("playwright-core");
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const SEEDS = ["captions-and-disclaimer", "markdown-headings", "mirror-with-byte-slips", "mirror-with-pinyin", "portal-tail"];

let failures = 0;
let checks = 0;
const check = (holds, what) => {
  checks += 1;
  if (!holds) { failures += 1; console.log(`FAILED: ${what}`); }
};

// A report that is written, and watched while it is open: it may say, ask and fetch nothing.
const run = (...args) => execFileSync(program, ["explain", "-q", ...args]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
const open = async (file, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
  const page = await context.newPage();
  const name = `${file.split("/").slice(-2).join("/")}${options.colorScheme ? ` (${options.colorScheme})` : ""}`;
  const address = pathToFileURL(resolve(file)).href;
  let watched = true;
  page.on("console", (message) => watched && check(false, `${name}: console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => check(false, `${name}: ${error.message}`));
  page.on("dialog", (dialog) => { check(false, `${name}: dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => check(request.url().startsWith("file:"), `${name}: asks for ${request.url()}`));
  page.on("popup", () => check(false, `${name}: opens a window`));
  await page.goto(address);
  return { page, name, close: () => context.close(), hush: () => { watched = false; } };
};

// Contrast of all text against what lies behind it (WCAG 2.2, 1.4.3).
const faint = (page) => page.evaluate(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] > 0.99) return color;
    }
    return [255, 255, 255, 1];
  };
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, .skip, :disabled") || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(rgba(style.color)), light(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    if (ratio < least) found.set(`${element.tagName}.${element.className}`, ratio.toFixed(2));
  }
  return [...found].map(([what, ratio]) => `${what} ${ratio}`);
});

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });

// The seed pages: nothing is said, asked or fetched; all text can be read in both schemes.
const seeds = SEEDS.map((seed) => `fixtures/pages/${seed}/input.txt`);
run("--html", join(work, "seeds/"), ...seeds);
const report = (seed) => join(work, `seeds/pages/fixtures/pages/${seed}/input.txt.html`);
for (const seed of SEEDS) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, name, close } = await open(report(seed), { colorScheme });
    for (const summary of await page.locator("details.edge > summary, details.about > summary").all()) await summary.click();
    const pale = await faint(page);
    check(pale.length === 0, `${name}: too faint: ${pale.join(", ")}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    check(!wide, `${name}: wider than the window`);
    await close();
  }
  const { page, name, close } = await open(report(seed), { viewport: { width: 360, height: 740 } });
  check(!(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)), `${name}: wider than a phone`);
  await close();
}

// Filters, with the script and without it.
for (const javaScriptEnabled of [true, false]) {
  const { page, name, close } = await open(report("mirror-with-byte-slips"), { javaScriptEnabled });
  const how = `${name}, script ${javaScriptEnabled ? "on" : "off"}`;
  const shown = (selector) => page.locator(selector).filter({ visible: true }).count();
  check((await page.locator("main .row .now p").first().boundingBox()).y < 720, `${how}: the first screen shows text`);
  check((await shown(".row.drop")) === 0, `${how}: what stood around the text is folded`);
  for (const summary of await page.locator("details.edge > summary").all()) await summary.click();
  check((await shown(".row.drop")) > 0, `${how}: dropped blocks are shown`);
  check((await shown("#changes tbody tr.s2")) === 3, `${how}: three repairs are listed`);
  check((await shown("#next")) === (javaScriptEnabled ? 1 : 0), `${how}: buttons are there if they do something`);
  await page.getByRole("checkbox", { name: /^extract/ }).first().uncheck();
  check((await shown(".row.drop")) === 0, `${how}: without extract no dropped block is shown`);
  check((await shown("#changes tbody tr.s1")) === 0, `${how}: nor listed`);
  check((await shown("#changes tbody tr.s2")) === 3, `${how}: repairs still are`);
  await page.getByRole("checkbox", { name: /^extract/ }).first().check();
  const color = () => page.locator("main mark.s2 ins").first().evaluate((ins) => getComputedStyle(ins).backgroundColor);
  const marked = await color();
  await page.locator(".rules summary").click();
  await page.getByRole("checkbox", { name: /byte-slip/ }).uncheck();
  check((await color()) !== marked, `${how}: an edit of a rule that is off looks like other text`);
  check((await shown("#changes tbody tr.s2")) === 0, `${how}: and is not listed`);
  await page.getByRole("checkbox", { name: /byte-slip/ }).check();
  check((await color()) === marked, `${how}: and comes back`);
  check((await shown("main mark del")) === 0, `${how}: what stood before waits for a choice`);
  await page.getByRole("radio", { name: "before and after" }).check();
  check((await shown("main mark del")) === 3, `${how}: and is shown then`);
  await page.getByRole("radio", { name: "plain" }).check();
  check((await color()) !== marked, `${how}: plain text has no marks`);
  if (javaScriptEnabled) {
    await page.getByRole("button", { name: "Show tag-litter only" }).click();
    check((await shown(".row.drop .d")) === 3, `${how}: one rule alone`);
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("button", { name: "Show none" }).click();
    check((await shown("#changes tbody tr")) === 0, `${how}: none`);
  }
  await close();
}

// The keyboard reaches everything that does something, and shows where it is.
{
  const { page, name, close } = await open(report("mirror-with-byte-slips"));
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter((e) => e.checkVisibility());
    all.forEach((element, at) => { element.dataset.test = at; });
    return all.length;
  });
  const reached = new Set();
  const hidden = new Set();
  for (let step = 0; step < wanted + 10; step++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const now = document.activeElement;
      const style = getComputedStyle(now);
      const seen = now === document.body || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
      return { test: now.dataset.test, seen, what: now.outerHTML.slice(0, 80) };
    });
    if (at.test !== undefined) reached.add(at.test);
    if (!at.seen) hidden.add(at.what);
  }
  // Of a group of radio buttons only one is a stop; the arrows reach the others.
  check(reached.size >= wanted - 2, `${name}: Tab reaches ${reached.size} of ${wanted}`);
  check(hidden.size === 0, `${name}: no visible focus on ${[...hidden].join(" ")}`);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("n");
  check((await page.locator(".here").count()) === 1, `${name}: n goes to a change`);
  check(/^1 of \d+ · extract/.test(await page.locator("#detail").innerText()), `${name}: and tells what it is`);
  await page.keyboard.press("p");
  check(/^(\d+) of \1 · /.test(await page.locator("#detail").innerText()), `${name}: p goes back, round the end`);
  const unnamed = await page.evaluate(() => [...document.querySelectorAll("button, input")]
    .filter((e) => !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).length);
  check(unnamed === 0, `${name}: ${unnamed} buttons or boxes without a name`);
  await page.locator("#changes a").last().click();
  check((await page.locator(".here").count()) === 1 && (await page.locator(".here").isVisible()), `${name}: the list leads to its places`);
  await close();
}

// The index: sorting, and links that lead to reports.
{
  const { page, name, close } = await open(join(work, "seeds/index.html"));
  const column = (number) => page.locator(`table.pages tbody tr td:nth-child(${number})`).allInnerTexts();
  const numbers = async (number) => (await column(number)).map((text) => parseFloat(text.replace(/\s/g, "")));
  check((await column(1)).length === SEEDS.length, `${name}: a line for each page`);
  const sure = await numbers(5);
  check(sure.every((v, at) => at === 0 || sure[at - 1] <= v), `${name}: the least sure first: ${sure}`);
  const rising = (list) => list.every((v, at) => at === 0 || list[at - 1] <= v);
  await page.getByRole("button", { name: "Repairs" }).click();
  check(rising(await numbers(8)), `${name}: repairs upwards`);
  await page.getByRole("button", { name: "Repairs" }).click();
  check(rising((await numbers(8)).reverse()), `${name}: repairs downwards`);
  check((await page.locator("th[aria-sort=descending]").innerText()).includes("Repairs"), `${name}: says by what it is sorted`);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const pale = await faint(page);
    check(pale.length === 0, `${name} (${colorScheme}): too faint: ${pale.join(", ")}`);
  }
  await page.locator("table.pages a").first().click();
  check((await page.locator("main .row").count()) > 3, `${name}: a link leads to a report`);
  await close();
}

// Pages whose text is markup do nothing, wherever one clicks and points.
for (const file of ["hostile.html", "hostile.txt"]) {
  const target = join(work, `${file}.report.html`);
  run("--html", target, "--input", file.split(".")[1].replace("txt", "text"), `fixtures/report/${file}`);
  const { page, name, close, hush } = await open(target);
  const before = page.url();
  for (const place of await page.locator("main p, td, li, h1, .d, mark").all()) {
    if (await place.isVisible()) { await place.hover({ force: true }); await place.click({ force: true, position: { x: 3, y: 3 } }); }
  }
  check(page.url().split("#")[0] === before, `${name}: stays where it is`);
  check(!(await page.title()).includes("owned"), `${name}: keeps its title`);
  const strange = await page.evaluate(() => document.querySelectorAll("img, iframe, object, embed, form, link, base, [onload], [onerror], [onclick], [onmouseover]").length);
  check(strange === 0, `${name}: ${strange} elements that no report has`);
  check((await page.evaluate(() => document.scripts.length)) === 1, `${name}: one script, its own`);
  hush();
  const ran = await page.evaluate(() => new Promise((done) => {
    window.test = () => { window.ran = true; };
    const script = document.createElement("script");
    script.textContent = "window.test()";
    document.body.append(script);
    setTimeout(() => done(window.ran === true), 50);
  }));
  check(!ran, `${name}: the policy refuses another script`);
  await close();
}

// Two megabytes, converted: opens, walks and filters.
{
  const text = "专利权无效宣告请求人应当在指定期限内答复专利复审委员会发出的转送文件通知书。今天天气很好，我们去公园散步，发现头发很干燥。";
  const body = Array.from({ length: 11000 }, (_, n) => `<p>第${n}条 ${text}${n % 50 ? "" : "產(chǎn)業(yè)集群是經(jīng)濟(jì)高質(zhì)量發(fā)展的強(qiáng)引擎。"}</p>`).join("\n");
  writeFileSync(join(work, "large.html"), `<meta charset=utf-8><title>两兆字节的页面</title><article>${body}</article>`);
  run("--to", "tw", "--html", join(work, "large.report.html"), join(work, "large.html"));
  const start = Date.now();
  const { page, name, close } = await open(join(work, "large.report.html"));
  console.log(`two megabytes: open after ${Date.now() - start} ms`);
  check((await page.locator("main .row").count()) > 10000, `${name}: all blocks are there`);
  await page.getByRole("checkbox", { name: /^script/ }).first().uncheck();
  await page.getByRole("button", { name: "Next →" }).click();
  check(/^\d+ of \d+ · repair: pinyin/.test(await page.locator("#detail").innerText()), `${name}: Next passes over what is off`);
  await close();
}

await browser.close();
console.log(`${checks} checks in a browser, ${failures} failed`);
process.exit(failures ? 1 : 0);
