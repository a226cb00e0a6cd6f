/** Notes that notegen replaces while somebody types in them. */
import { createHash } from "crypto";
import { App, MarkdownView, TFile } from "obsidian";
import { beforeEach, describe, expect, it } from "vitest";

import { replaceNote } from "../src/replace";

const PATH = "Logs/Day.md";
const versionOf = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

let app: App;
let file: TFile;
let editor: Editor;

/** A note open in an editor as in the app: it saves what is typed a while later, and shows what comes from elsewhere. */
class Editor {
    typed: string;
    private saved: string;

    constructor(text: string) {
        this.typed = this.saved = text;
    }

    async save(): Promise<void> {
        if (this.typed === this.saved) return;
        this.saved = this.typed;
        await app.vault.modify(file, this.typed);
    }

    show(text: string): void {
        if (this.typed === this.saved) this.typed = text;
        this.saved = text;
    }
}

beforeEach(async () => {
    app = (App as unknown as { createConfigured__(): App }).createConfigured__();
    await app.vault.createFolder("Logs");
    file = await app.vault.create(PATH, "Begin.");
    editor = new Editor("Begin.");
    const view = Object.create(MarkdownView.prototype) as MarkdownView;
    Object.defineProperties(view, { file: { value: file }, getViewData: { value: () => editor.typed } });
    app.workspace.getLeavesOfType = () => [{ view }] as never;
});

async function replace(text: string, version: string) {
    const outcome = await replaceNote(app, { path: PATH, text, version });
    if (outcome === "written") editor.show(text);
    return outcome;
}

describe("replacing a note", () => {
    it("puts the text there when nobody changed it", async () => {
        expect(await replace("New.", versionOf("Begin."))).toBe("written");
        expect(await app.vault.read(file)).toBe("New.");
    });

    it("leaves another version alone", async () => {
        await app.vault.modify(file, "Mine.");
        expect(await replace("New.", versionOf("Begin."))).toBe("changed");
        expect(await app.vault.read(file)).toBe("Mine.");
    });

    it("leaves a note alone in which something is typed and not yet saved", async () => {
        editor.typed += " And more";
        expect(await replace("New.", versionOf("Begin."))).toBe("changed");
        expect(await app.vault.read(file)).toBe("Begin.");
    });

    it("does not know a note that is not there", async () => {
        expect(await replaceNote(app, { path: "Gone.md", text: "", version: "" })).toBe("unknown");
    });

    it("loses no byte of a thousand interleavings of typing, saving and replacing", async () => {
        let seed = 20261128;
        const chance = (below: number) => ((seed = (seed * 1103515245 + 12345) % 2147483648) >> 8) % below; // as in C's rand()
        let typed = 0;
        let written = 0;
        let refused = 0;
        for (let turn = 0; turn < 1000; turn++) {
            const read = await app.vault.read(file);
            const before = chance(3) ? (editor.typed += ` t${typed++};`) && chance(2) : 0;
            if (before) await editor.save();
            const applying = replace(`${read} g${written};`, versionOf(read));
            if (!chance(3)) await editor.save();
            if ((await applying) === "written") written++;
            else refused++;
            if (chance(2)) await editor.save();
        }
        await editor.save();
        const text = await app.vault.read(file);
        const words = text.split(" ");
        expect(words.filter((word) => word.startsWith("t"))).toEqual(Array.from({ length: typed }, (_, n) => `t${n};`));
        expect(words.filter((word) => word.startsWith("g"))).toEqual(Array.from({ length: written }, (_, n) => `g${n};`));
        expect([typed, written, refused].filter((count) => count < 200)).toEqual([]);
    });
});
