import { describe, expect, it } from "vitest";

import { changes } from "../src/diff";

describe("changes", () => {
    it("says what stays, goes and comes", () => {
        const found = changes("a\nb\nc\n", "a\nx\nc\nd").map(({ kind, text }) => `${kind} ${text}`);
        expect(found).toEqual(["same a", "gone b", "come x", "same c", "come d"]);
    });

    it("rebuilds both texts from any two", () => {
        let seed = 7;
        const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
        for (let round = 0; round < 200; round++) {
            const some = () => Array.from({ length: next(9) }, () => "abc"[next(3)]).join("\n");
            const [before, after] = [some(), some()];
            const found = changes(before, after);
            const side = (left: string) => found.filter(({ kind }) => kind !== left).map(({ text }) => text).join("\n");
            expect([side("come"), side("gone")]).toEqual([before, after]);
        }
    });

    it("does not build a table for two huge texts", () => {
        const long = "line\n".repeat(20_000);
        expect(changes(long, long + "end").length).toBe(40_001);
    });
});
