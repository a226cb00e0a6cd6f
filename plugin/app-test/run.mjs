// Mounts the built plugin in a real Chromium, on a stub of the app, over a real vault folder and a real notegen, and drives
// each command and view. Environment: NOTEGEN_CHROMIUM (else Debian's), NOTEGEN_PROGRAM (else on PATH),
// NOTEGEN_PICTURES (a folder for light and dark pictures; else none).
import { createHash } from "node:crypto";
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { chromium } from "playwright-core";

const here = new URL(".", import.meta.url).pathname;
const root = join(here, "../..");
const program = process.env.NOTEGEN_PROGRAM ?? execFileSync("which", ["notegen"], { encoding: "utf8" }).trim();
const pictures = process.env.NOTEGEN_PICTURES;
const folder = realpathSync(mkdtempSync(join(tmpdir(), "notegen-app-")));
const vault = join(folder, "vault");
const env = { ...process.env, NOTEGEN_STATE: join(folder, "state"), NOTEGEN_MODEL__FETCH: "false" };
const PATIENCE_MS = 60_000;

execFileSync(program, ["init", vault], { env });
copyFileSync(join(root, "vault_example/Inbox/Embeddings and Attention.pdf"), join(vault, "Inbox/Book.pdf"));
writeFileSync(join(vault, "Vector.md"), "# Vector\n\nA vector is a list of numbers.\n");
writeFileSync(join(vault, "Embedding.md"), "# Embedding\n\nAn embedding is a [[Vector]] of a word.\n");
execFileSync(join(dirname(program), "python"), [join(here, "contested.py"), vault], { env, cwd: root });

const children = new Map();
const browser = await chromium.launch({ executablePath: process.env.NOTEGEN_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const faults = [];
page.on("pageerror", (error) => faults.push(error.message));
await page.goto(`file://${here}app.html`);
await page.exposeFunction("nodeSpawn", (id, path, args, cwd) => {
    const child = spawn(path, args, { cwd, env });
    children.set(id, child);
    const tell = (name, data) => page.evaluate(([i, n, d]) => window.childEvent(i, n, d), [id, name, data]).catch(() => {});
    child.stdout.on("data", (data) => tell("stdout", data.toString()));
    child.stderr.on("data", (data) => tell("stderr", data.toString()));
    child.on("error", (error) => tell("error", error.message));
    child.on("close", (code) => tell("close", code));
    child.stdin.on("error", () => {});
    return tell("pid", child.pid);
});
await page.exposeFunction("nodeSend", (id, text) => void children.get(id).stdin.write(text));
await page.exposeFunction("nodeEnd", (id) => void children.get(id).stdin.end());
await page.exposeFunction("nodeKill", (id, signal) => void children.get(id).kill(signal));
await page.exposeFunction("nodeSha256", (text) => createHash("sha256").update(text, "utf8").digest("hex"));
await page.exposeFunction("nodeRead", (path) => readFileSync(join(vault, path), "utf8"));
await page.exposeFunction("nodeWrite", (path, text) => writeFileSync(join(vault, path), text));
await page.exposeFunction("nodeExists", (path) => existsSync(join(vault, path)));
await page.addStyleTag({ path: join(root, "plugin/styles.css") });
await page.addScriptTag({ path: join(here, "app.js") });

const files = (at = "") => readdirSync(join(vault, at), { withFileTypes: true }).flatMap((each) => {
    const path = at ? `${at}/${each.name}` : each.name;
    return each.isDirectory() ? files(path) : [path];
});
const know = () => page.evaluate((paths) => { window.known = new Set(paths); }, files());
const run = (id) => page.evaluate((name) => window.run(name), id);
const status = () => page.textContent("#status");
const until = async (what, message) => {
    for (const end = Date.now() + PATIENCE_MS; ; await new Promise((done) => setTimeout(done, 20))) {
        if (await what()) return;
        assert.ok(Date.now() < end, `${message}; status: ${await status()}; notices: ${await page.evaluate(() => window.notices.join(" | "))}; panel: ${await page.textContent("#right")}`);
    }
};
const panelSays = (text) => until(async () => (await page.textContent("#right")).includes(text), `the panel never said “${text}”`);
const noticed = (text) => until(() => page.evaluate((wanted) => window.notices.some((each) => each.includes(wanted)), text), `no notice said “${text}”`);
const open = async (path) => { await know(); await page.evaluate((name) => window.app.workspace.openFile(new window.TFile(name)), path); };
const look = async (name) => {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    for (const theme of ["light", "dark"]) {
        await page.evaluate((each) => { document.body.className = `theme-${each}`; }, theme);
        await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
    }
};
const isAlive = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };
const figures = {};
const step = async (name, what) => { await what(); process.stdout.write(`ok  ${name}\n`); };

try {
    await page.evaluate(([at, settings]) => { window.program = at; window.pluginData = settings; window.known = new Set(); }, [program, { program }]);
    const source = readFileSync(join(root, "plugin/main.js"), "utf8");
    const manifest = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"));
    await step("loads at once", async () => {
        figures.onload_ms = await page.evaluate(([text, about, at]) => window.startApp(text, about, at), [source, manifest, vault]);
        assert.ok(figures.onload_ms <= 20, `onload took ${figures.onload_ms} ms`);
    });
    await step("tells in the status bar how many proposals wait", () => until(async () => (await status()).includes("2 to review"), "never counted"));
    await step("today's log: progress, then the note is open", async () => {
        const asked = Date.now();
        await page.click("#ribbon button");
        await until(async () => /opening|looking|reading|page \d/.test(await status()), "no progress");
        figures.first_progress_ms = Date.now() - asked;
        await until(async () => /page \d+ of \d+/.test(await status()) || (await page.evaluate(() => window.notices.length > 0)), "no page count");
        await noticed("Made or updated: 1 note");
        await until(() => page.evaluate(() => window.opened.some((each) => each.startsWith("Logs/"))), "the note was not opened");
        await know();
        const made = files("Logs").find((path) => !path.includes("Bread"));
        await open(made);
        await look("log");
    });
    await step("related notes, with reasons; a link goes to the cursor", async () => {
        await open("Embedding.md");
        await run("related");
        await panelSays("To “Embedding”");
        await page.click("text=Insert link");
        assert.match(await page.inputValue(".editor"), /\[\[/);
        await look("related");
    });
    await step("a question to the books", async () => {
        await run("ask");
        await page.fill("#right input", "What is an embedding?");
        await page.keyboard.press("Enter");
        await until(async () => /Answer|Not in your sources/.test(await page.textContent("#right .notegen-body")), "no answer");
        await look("ask");
    });
    await step("what is due: question, source, grade", async () => {
        await run("due");
        await page.click("text=Show the source", { timeout: PATIENCE_MS });
        await look("due");
        await page.keyboard.press("Tab");
        await page.click("text=Good");
        await panelSays("2 of");
    });
    await step("review: accept as edited, reject with the reason", async () => {
        await run("review");
        await panelSays("Bread");
        await look("review");
        const card = page.locator(".notegen-card").first();
        await card.locator("text=Edit").click();
        await card.locator("textarea").fill("Bread is baked as I like it.");
        await card.locator("text=Accept").click();
        await until(async () => (await status()).includes("1 to review"), "it still waits");
        const processed = await page.evaluate(() => window.processed);
        if (!processed.includes("Logs/2026-01-04 Bread.md")) throw new Error(`the note was written past the editor; through it: ${processed}`);
        assert.match(readFileSync(join(vault, "Logs/2026-01-04 Bread.md"), "utf8"), /Bread is baked as I like it\./);
        await page.fill(".notegen-reason", "mine is better");
        await page.click("text=Reject");
        await panelSays("Nothing waits");
    });
    await step("a note of chosen pages, shown before it is made", async () => {
        await open("Inbox/Book.pdf");
        assert.ok(await run("pages"));
        await page.fill(".modal input >> nth=0", "5-6");
        await page.click("text=Show what would be written");
        await until(async () => /\(new\)/.test(await page.textContent(".notegen-preview")), "no preview");
        await look("pages");
        const before = files("Logs").length;
        await page.click(".modal >> text=Make the note");
        await until(() => files("Logs").length === before + 1, "no note came");
        await until(async () => (await status()).includes("idle"), "still busy");
    });
    await step("what was typed is on the disk before notegen looks", async () => {
        await open("Vector.md");
        await page.fill(".editor", "# Vector\n\n[[No such note]] and what I just typed.\n");
        await run("check");
        await noticed("No such note");
        assert.match(readFileSync(join(vault, "Vector.md"), "utf8"), /what I just typed/);
    });
    await step("undo takes the last run back", async () => {
        const before = files("Logs").length;
        await run("undo");
        await noticed("Taken back");
        assert.equal(files("Logs").length, before - 1);
        await until(async () => (await status()).includes("idle"), "still busy");
    });
    await step("stop stops within a second, and nothing is torn", async () => {
        const before = files();
        await page.evaluate(() => void window.plugin.work.tryTo("draft", { pdf: "Inbox/Book.pdf", pages: "7-15", offline: true }));
        await until(async () => /page \d/.test(await status()), "never read a page");
        const asked = Date.now();
        await run("stop");
        await noticed("Stopped.");
        figures.cancel_ms = Date.now() - asked;
        assert.deepEqual(files(), before);
    });
    await step("a backend that is killed is said, and comes again", async () => {
        const pid = await page.evaluate(() => window.plugin.backend.pid);
        const answer = page.evaluate(() => window.plugin.work.tryTo("day", { offline: true }));
        await until(async () => /opening|looking|reading|page/.test(await status()), "never began");
        process.kill(pid, "SIGKILL");
        await answer;
        await noticed("has ended unexpectedly");
        await page.evaluate(() => window.plugin.work.tryTo("check", { notes: ["Vector.md"] }));
        assert.notEqual(await page.evaluate(() => window.plugin.backend.pid), pid);
    });
    await step("settings: declared, checked, validated", async () => {
        await page.evaluate(() => { const el = document.querySelector("#main"); el.replaceChildren(); window.plugin.tab.renderInto(el); });
        await page.click("button:text('Check notegen')");
        await until(async () => /notegen [\d.]+ serves/.test(await page.textContent(".notegen-check")), "no version");
        await look("settings");
        await page.fill("input[aria-label='Place of notegen']", "/no/such/program");
        await page.keyboard.press("Tab");
        await until(async () => (await page.textContent("#main")).includes("There is no program of that name"), "not refused");
    });
    await step("without notegen it says what installs it", async () => {
        await page.evaluate(() => { window.program = ""; window.plugin.settings.program = ""; window.plugin.backend.stop(); });
        await run("review");
        await page.evaluate(() => window.app.workspace.right.view.refresh());
        await panelSays("pipx install notegen");
        await look("missing");
        await page.evaluate((at) => { window.program = at; window.plugin.settings.program = at; }, program);
    });
    await step("each control has a name for screen readers", async () => {
        const nameless = await page.evaluate(() => [...document.querySelectorAll("button, input, textarea")].filter((el) => !(el.textContent.trim() || el.getAttribute("aria-label"))).length);
        assert.equal(nameless, 0);
    });
    await step("unloading leaves no process", async () => {
        await page.evaluate(() => void window.plugin.work.tryTo("draft", { pdf: "Inbox/Book.pdf", pages: "10-15", offline: true }).then((got) => window.notices.push(JSON.stringify(got ?? null))));
        await until(async () => /looking|reading|page/.test(await status()), "never began");
        await page.evaluate(() => window.plugin.unload());
        await until(() => [...children.values()].every(({ pid }) => !isAlive(pid)), "a process is left");
        const left = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n").filter((line) => line.includes(vault) && line.includes("notegen"));
        assert.deepEqual(left, []);
    });
    assert.deepEqual(faults, []);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
    await browser.close();
    for (const each of children.values()) each.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
}
