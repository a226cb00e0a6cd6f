import { describe, expect, it } from "vitest";

import { Connection } from "../src/connection";
import { Progress, RefusedError } from "../src/protocol";

function line(data: object): string {
    return JSON.stringify({ jsonrpc: "2.0", ...data }) + "\n";
}

describe("a connection", () => {
    it("puts pieces together, and looks through colours and garbage", async () => {
        const sent: string[] = [];
        const connection = new Connection((text) => sent.push(text));
        const heard: Progress[] = [];
        const [id, answer] = connection.ask("day", { date: "2026-03-01" }, (progress) => heard.push(progress));
        expect(JSON.parse(sent[0] ?? "")).toEqual({ jsonrpc: "2.0", id, method: "day", params: { date: "2026-03-01" } });
        const whole = "Welcome!\n\u001b[32m" + line({ method: "progress", params: { id, done: 1, total: 4, text: "reading" } }) + "\u001b[0m" + line({ id, result: { ok: 1 } });
        for (const char of whole) connection.receive(char);
        await expect(answer).resolves.toEqual({ ok: 1 });
        expect(heard).toEqual([{ id, done: 1, total: 4, text: "reading" }]);
        expect(connection.garbage).toBe("Welcome!");
        expect(connection.isIdle).toBe(true);
    });

    it("gives an error its reason and next step", async () => {
        const connection = new Connection(() => {});
        const [id, answer] = connection.ask("check", {}, () => {});
        connection.receive(line({ id, error: { code: -32602, message: "No.", data: { reason: "No note.", next_step: "Name one.", kind: "UsageError" } } }));
        await expect(answer).rejects.toMatchObject({ reason: "No note.", nextStep: "Name one.", kind: "UsageError" });
    });

    it("tells all that wait when it ends, and hears answers to nobody without harm", async () => {
        const connection = new Connection(() => {});
        const [, answer] = connection.ask("day", {}, () => {});
        connection.receive(line({ id: 99, result: {} }) + "null\n[]\n3\n" + line({ method: "progress" }));
        connection.end(new RefusedError("It has ended.", "Again."));
        await expect(answer).rejects.toThrow("It has ended.");
    });

    it("cancels only what is open", () => {
        const sent: string[] = [];
        const connection = new Connection((text) => sent.push(text));
        const [id, answer] = connection.ask("day", {}, () => {});
        answer.catch(() => {});
        connection.cancel(id);
        connection.cancel(id + 1);
        expect(sent.slice(1).map((each) => JSON.parse(each) as object)).toEqual([{ jsonrpc: "2.0", method: "cancel", params: { id } }]);
    });

    it("answers what the other side asks, and says so when it cannot", async () => {
        const sent: string[] = [];
        const answers = { double: ({ of }: { of: number }) => Promise.resolve({ is: 2 * of }) };
        const connection = new Connection((text) => sent.push(text), answers);
        connection.receive(line({ id: "a", method: "double", params: { of: 4 } }) + line({ id: "b", method: "halve" }));
        await expect.poll(() => sent.length).toBe(2);
        const said = sent.map((each) => JSON.parse(each) as { id: string; result?: object; error?: object });
        expect(said.find(({ id }) => id === "a")?.result).toEqual({ is: 8 });
        expect(said.find(({ id }) => id === "b")?.error).toMatchObject({ message: "Error: There is no method halve." });
    });
});
