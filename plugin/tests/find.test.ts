import { describe, expect, it } from "vitest";

import { findNotegen, Machine } from "../src/find";

function machine(programs: string[], more: Partial<Machine> = {}): Machine {
    return { home: "/home/me", isWindows: false, env: { PATH: "/usr/bin:/bin" }, isProgram: (path) => programs.includes(path), ...more };
}

describe("notegen is found", () => {
    it.each([
        ["on the search path", "/usr/bin/notegen"],
        ["where pipx and uv link programs", "/home/me/.local/bin/notegen"],
        ["in pipx's own venv", "/home/me/.local/share/pipx/venvs/notegen/bin/notegen"],
        ["in uv's own venv", "/home/me/.local/share/uv/tools/notegen/bin/notegen"],
        ["in Homebrew on Apple silicon", "/opt/homebrew/bin/notegen"],
        ["in Homebrew on Intel", "/usr/local/bin/notegen"],
        ["in a venv of the vault", "/vault/.venv/bin/notegen"],
    ])("%s", (_, path) => {
        expect(findNotegen("", "/vault", machine([path]))).toBe(path);
    });

    it("where the setting says, and nowhere else then", () => {
        const both = machine(["/opt/mine/notegen", "/usr/bin/notegen", "/home/me/n"]);
        expect(findNotegen("/opt/mine/notegen", "/vault", both)).toBe("/opt/mine/notegen");
        expect(findNotegen("~/n", "/vault", both)).toBe("/home/me/n");
        expect(findNotegen("/opt/gone/notegen", "/vault", both)).toBe("");
        expect(findNotegen("notegen", "/vault", both)).toBe("");
    });

    it("nowhere", () => {
        expect(findNotegen("", "/vault", machine([]))).toBe("");
        expect(findNotegen("", "/vault", machine(["bin/notegen"], { env: { PATH: "bin" } }))).toBe("");
    });
});
