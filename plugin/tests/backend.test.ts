/** The backend against programs that go wrong in every way that a real one can. */
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { Backend } from "../src/backend";

const HELLO = `{ protocol: 1, version: "0.1.0", vault: "v", methods: ["day", "status"], writes: [] }`;
const PATIENCE = { hello: 3000, silence: 300, sign: 600, end: 300 };
const started: Backend[] = [];

/** A program that does `behaviour` for each request, which it knows as `ask`. */
function program(behaviour: string): Backend {
    const folder = mkdtempSync(join(tmpdir(), "notegen-"));
    const path = join(folder, "notegen.cjs");
    const text = `#!${process.execPath}
const say = (data) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...data }) + "\\n");
let rest = "";
process.stdin.on("data", (data) => {
    const lines = (rest + data).split("\\n");
    rest = lines.pop();
    for (const ask of lines.map((line) => JSON.parse(line))) { ${behaviour} }
});`;
    writeFileSync(path, text);
    chmodSync(path, 0o755);
    const backend = new Backend(() => path, () => folder, PATIENCE);
    started.push(backend);
    return backend;
}

const greets = `if (ask.method === "hello") { say({ id: ask.id, result: ${HELLO} }); continue; }`;

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch {
        return false;
    }
}

async function gone(pid: number): Promise<boolean> {
    for (let wait = 0; wait < 100 && isAlive(pid); wait++) await new Promise((done) => window.setTimeout(done, 30));
    return !isAlive(pid);
}

afterEach(() => {
    for (const each of started.splice(0)) each.stop();
});

describe("the backend", () => {
    it("greets once, and passes answers and progress on", async () => {
        const backend = program(`${greets}
            say({ method: "progress", params: { id: ask.id, done: 1, total: 2, text: "half" } });
            say({ id: ask.id, result: { notes: [] } });`);
        const heard: string[] = [];
        const result = await backend.ask("day", {}, { onProgress: ({ text }) => heard.push(text) });
        expect([result, heard]).toEqual([{ notes: [] }, ["half"]]);
    });

    it("says what installs notegen where there is none", async () => {
        const backend = new Backend(() => "", () => "/");
        await expect(backend.ask("day")).rejects.toMatchObject({ kind: "NotFound", nextStep: expect.stringContaining("pipx install") as string });
    });

    it("looks again after it was not found", async () => {
        let place = "";
        const good = program(greets);
        const backend = new Backend(() => place, () => "/", PATIENCE);
        started.push(backend);
        await expect(backend.hello()).rejects.toMatchObject({ kind: "NotFound" });
        place = (good as unknown as { program: () => string }).program();
        await expect(backend.hello()).resolves.toMatchObject({ protocol: 1 });
    });

    it("says what updates an old one, and leaves no process", async () => {
        const backend = program(`say({ id: ask.id, result: { ...${HELLO}, protocol: 0, version: "0.0.9" } });`);
        await expect(backend.ask("day")).rejects.toMatchObject({ kind: "Version", nextStep: expect.stringContaining("pipx upgrade") as string });
        expect(backend.pid).toBeUndefined();
    });

    it("says that a method is missing", async () => {
        await expect(program(greets).ask("quest")).rejects.toThrow("cannot do “quest”");
    });

    it("tells why one that crashed did, and starts it again", async () => {
        const backend = program(`${greets} process.stderr.write("out of memory"); process.exit(3);`);
        await expect(backend.ask("day")).rejects.toThrow(/ended unexpectedly \(exit status 3\).*out of memory/);
        await expect(backend.hello()).resolves.toMatchObject({ protocol: 1 });
    });

    it("gives up on one that prints garbage only", async () => {
        const backend = program(`process.stdout.write("Traceback: no module\\n"); process.exit(1);`);
        await expect(backend.ask("day")).rejects.toThrow("Traceback: no module");
    });

    it("gives up on one that never greets", async () => {
        await expect(program("").ask("day")).rejects.toThrow("does not answer");
    });

    it("ends one that hangs, and says so", async () => {
        const backend = program(`${greets} while (true) {}`);
        const answer = backend.ask("day");
        answer.catch(() => {});
        await backend.hello();
        const pid = backend.pid ?? 0;
        await expect(answer).rejects.toThrow("hangs");
        expect(await gone(pid)).toBe(true);
    });

    it("lets one work in silence as long as it lives", async () => {
        const backend = program(`${greets} setTimeout(() => say({ id: ask.id, result: { notes: [1] } }), 1500);`);
        await expect(backend.ask("day")).resolves.toEqual({ notes: [1] });
    });

    it("passes a stop on", async () => {
        const backend = program(`${greets} if (ask.method === "cancel") say({ id: ask.params.id, error: { message: "c", data: { reason: "Cancelled.", kind: "CancelledError" } } });`);
        const control = new AbortController();
        const answer = backend.ask("day", {}, { signal: control.signal });
        await backend.hello();
        window.setTimeout(() => control.abort(), 50);
        await expect(answer).rejects.toMatchObject({ isCancelled: true });
    });

    it("leaves no process when it stops, even of one that does not listen", async () => {
        const backend = program(`${greets} process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);`);
        const answer = backend.ask("day");
        answer.catch(() => {});
        await backend.hello();
        await new Promise((done) => window.setTimeout(done, 100));
        const pid = backend.pid ?? 0;
        backend.stop();
        await expect(answer).rejects.toThrow("was stopped");
        expect(await gone(pid)).toBe(true);
    });
});
