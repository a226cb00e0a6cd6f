/** The notes that belong to the open one, with reasons, to open or to link. */

import { debounce, MarkdownView, Notice, TFile, WorkspaceLeaf } from "obsidian";

import type NotegenPlugin from "../main";
import { Suggestion } from "../protocol";
import { button, linkTo, Panel } from "./panel";

export const RELATED = "notegen-related";
const SETTLED_MS = 400;

export class RelatedView extends Panel {
    private readonly refreshSoon = debounce(() => void this.refresh(), SETTLED_MS, true);

    constructor(leaf: WorkspaceLeaf, owner: NotegenPlugin) {
        super(leaf, owner, RELATED, "Related notes", "waypoints");
    }

    override async onOpen(): Promise<void> {
        this.registerEvent(this.app.workspace.on("file-open", () => this.refreshSoon()));
        await super.onOpen();
    }

    override async refresh(): Promise<void> {
        const file = this.app.workspace.getActiveFile();
        if (file?.extension !== "md") {
            this.say("Open a note to see what belongs to it.");
            return;
        }
        await this.fill(
            (said) => this.owner.work.ask("related", { note: file.path, top: this.owner.settings.related }, said),
            ({ related }) => this.show(file, related[file.path] ?? Object.values(related)[0] ?? []),
        );
    }

    private show(file: TFile, found: Suggestion[]): void {
        this.body.createEl("p", { text: `To “${file.basename}”`, cls: "notegen-quiet" });
        if (!found.length) {
            this.body.createEl("p", { text: "Nothing of the vault belongs to it." });
            return;
        }
        const list = this.body.createEl("ul", { cls: "notegen-list" });
        for (const each of found) {
            const item = list.createEl("li");
            const head = item.createDiv({ cls: "notegen-card-head" });
            linkTo(head, this.owner, each.path, each.path.replace(/^.*\/|\.md$/g, ""));
            head.createSpan({ text: `${Math.round(each.score * 100)} %`, cls: "notegen-quiet" });
            item.createDiv({ text: each.reason, cls: "notegen-quiet" });
            button(item, "Insert link", () => this.insert(file, each.path)).setAttribute("aria-label", `Insert a link to ${each.path}`);
        }
    }

    private insert(file: TFile, path: string): void {
        const target = this.app.vault.getFileByPath(path);
        const view = this.app.workspace
            .getLeavesOfType("markdown")
            .map((leaf) => leaf.view)
            .find((each) => each instanceof MarkdownView && each.file === file);
        if (!target || !(view instanceof MarkdownView)) {
            new Notice("Open the note in an editor first.");
            return;
        }
        view.editor.replaceSelection(this.app.fileManager.generateMarkdownLink(target, file.path));
    }
}
