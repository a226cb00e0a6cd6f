/** Notes are replaced here, in the app that has them open, and only where they still are what notegen has read. */

import { createHash } from "crypto";
import { App, MarkdownView, TFile } from "obsidian";

/** It was replaced; it is another version now; the app does not have it as that text. */
export type Outcome = "written" | "changed" | "unknown";

export interface Replacement {
    path: string;
    text: string;
    /** SHA-256 of the bytes that are to be replaced. */
    version: string;
}

class ChangedError extends Error {}

/** Replace a note. What is typed in an open editor and not saved yet counts as a change. */
export async function replaceNote(app: App, { path, text, version }: Replacement): Promise<Outcome> {
    const file = app.vault.getFileByPath(path);
    if (!file) return "unknown";
    try {
        await app.vault.process(file, (now) => {
            const isBehind = editorsOf(app, file).some((view) => view.getViewData() !== now);
            if (versionOf(now) !== version || isBehind) throw new ChangedError(); // so that nothing is written at all
            return text;
        });
        return "written";
    } catch (error) {
        if (error instanceof ChangedError) return "changed";
        throw error;
    }
}

function editorsOf(app: App, file: TFile): MarkdownView[] {
    return app.workspace
        .getLeavesOfType("markdown")
        .map((leaf) => leaf.view)
        .filter((view): view is MarkdownView => view instanceof MarkdownView && view.file === file);
}

function versionOf(text: string): string {
    return createHash("sha256").update(text, "utf8").digest("hex");
}
