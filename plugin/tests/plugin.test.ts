/** The plugin in an app of mocks: what it adds, and what it leaves behind. */
import { App } from "obsidian";
import { beforeEach, describe, expect, it } from "vitest";

import manifest from "../../manifest.json";
import NotegenPlugin from "../src/main";
import { words } from "../src/work";

let plugin: NotegenPlugin;
const commands: { id: string; name: string; hotkeys?: unknown }[] = [];

beforeEach(async () => {
    commands.length = 0;
    const app = (App as unknown as { createConfigured__(): App }).createConfigured__();
    plugin = new NotegenPlugin(app, manifest);
    const add = plugin.addCommand.bind(plugin);
    plugin.addCommand = (command) => {
        commands.push(command);
        return add(command);
    };
    await plugin.onload();
});

describe("the plugin", () => {
    it("has a command for each thing that it does, without hotkeys of its own", () => {
        expect(commands.map(({ id }) => id)).toEqual(["today", "pages", "related", "ask", "due", "review", "refine", "quest", "check", "undo", "stop"]);
        expect(commands.every(({ hotkeys, name }) => hotkeys === undefined && !/notegen/i.test(name))).toBe(true);
    });

    it("starts no process by itself", () => {
        expect(plugin.backend.pid).toBeUndefined();
        plugin.onunload();
        expect(plugin.backend.pid).toBeUndefined();
    });

    it("complains about a place where notegen is not", () => {
        expect(plugin.complaintAbout("")).toBeUndefined();
        expect(plugin.complaintAbout("/no/such/notegen")).toMatch("no program");
    });

    it("says where it is in few words", () => {
        expect(words({ done: 12, total: 26, text: "Book.pdf: 12 of 26 pages are read" })).toBe("page 12 of 26");
        expect(words({ done: 0, total: 0, text: "drafting" })).toBe("drafting");
        expect(words({ done: 2, total: 9, text: "checking notes" })).toBe("checking notes (2 of 9)");
    });
});
