/** The plugin: commands, views and a status bar before the notegen on this computer. */

import { shell } from "electron";
import { FileSystemAdapter, MarkdownView, Notice, Plugin, TAbstractFile, TFile, WorkspaceLeaf } from "obsidian";

import { Backend, PATIENCE } from "./backend";
import { findNotegen, HOW_TO_INSTALL, thisMachine } from "./find";
import { LineModal, Pages, PagesModal } from "./modals";
import { DayResult, Passage, refusedOf } from "./protocol";
import { Replacement, replaceNote } from "./replace";
import { DEFAULTS, NotegenSettings, NotegenSettingTab } from "./settings";
import { ASK, AskView } from "./views/ask";
import { DUE, DueView } from "./views/due";
import { RELATED, RelatedView } from "./views/related";
import { REVIEW, ReviewView, waitingIn } from "./views/review";
import { tell, Work } from "./work";

export default class NotegenPlugin extends Plugin {
    override settings: NotegenSettings = { ...DEFAULTS };
    backend!: Backend;
    work!: Work;

    override async onload(): Promise<void> {
        this.settings = { ...DEFAULTS, ...((await this.loadData()) as Partial<NotegenSettings> | null) };
        this.backend = new Backend(
            () => findNotegen(this.settings.program, this.folder(), thisMachine()),
            () => this.folder(),
            PATIENCE,
            { "vault.process": async (asked: Replacement) => ({ outcome: await replaceNote(this.app, asked) }) },
        );
        const bar = this.addStatusBarItem();
        bar.addClass("mod-clickable");
        bar.setAttribute("role", "status");
        this.work = new Work(this.backend, bar, () => this.saveOpenNotes());
        this.registerDomEvent(bar, "click", () => {
            if (!this.work.stop()) void this.open(REVIEW);
        });
        this.registerView(REVIEW, (leaf) => new ReviewView(leaf, this));
        this.registerView(RELATED, (leaf) => new RelatedView(leaf, this));
        this.registerView(ASK, (leaf) => new AskView(leaf, this));
        this.registerView(DUE, (leaf) => new DueView(leaf, this));
        this.addRibbonIcon("book-open-check", "Make today's log", () => void this.today());
        this.addSettingTab(new NotegenSettingTab(this.app, this));
        this.addCommands();
        this.registerEvent(
            this.app.workspace.on("file-menu", (menu, file) => {
                if (!isPdf(file)) return;
                menu.addItem((item) =>
                    item
                        .setTitle("Make a note of pages…")
                        .setIcon("book-open-check")
                        .onClick(() => this.askForPages(file)),
                );
            }),
        );
        this.app.workspace.onLayoutReady(() => {
            if (this.settings.lookAtStart) void this.countProposals();
        });
    }

    override onunload(): void {
        this.work.stop();
        this.backend.stop();
    }

    async saveSettings(): Promise<void> {
        await this.saveData(this.settings);
    }

    /** What is wrong with a place of notegen that a person has typed; nothing when it will do. */
    complaintAbout(program: string): string | undefined {
        if (!program.trim() || findNotegen(program, this.folder(), thisMachine())) return undefined;
        return "There is no program of that name. Give the whole path.";
    }

    /** Open notegen.toml in the program that the system has for it. */
    async openSettingsFile(): Promise<void> {
        const trouble = await shell.openPath(`${this.folder()}/notegen.toml`);
        if (trouble) new Notice(`The file notegen.toml cannot be opened: ${trouble}`);
    }

    /** Put a quotation with its page link where the cursor is. */
    insertQuote({ text, pdf, pdf_page: pdfPage, page }: Passage): void {
        const view = this.editorView();
        const file = this.app.vault.getFileByPath(pdf);
        if (!view?.file || !file) {
            new Notice("Open the note in an editor first.");
            return;
        }
        const link = this.app.fileManager.generateMarkdownLink(file, view.file.path, `#page=${pdfPage}`, `p. ${page}`);
        view.editor.replaceSelection(`> ${text.replace(/\n/g, "\n> ")} ${link.replace(/^!/, "")}\n`);
    }

    private addCommands(): void {
        this.addCommand({ id: "today", name: "Make today's log", callback: () => void this.today() });
        this.addCommand({
            id: "pages",
            name: "Make a note of these pages",
            checkCallback: (checking) => this.withFile(checking, isPdf, (file) => this.askForPages(file)),
        });
        this.addCommand({ id: "related", name: "Show related notes", callback: () => void this.open(RELATED) });
        this.addCommand({ id: "ask", name: "Ask your books", callback: () => void this.open(ASK) });
        this.addCommand({ id: "due", name: "Show what is due today", callback: () => void this.open(DUE) });
        this.addCommand({ id: "review", name: "Review changes", callback: () => void this.open(REVIEW) });
        this.addCommand({
            id: "refine",
            name: "Refine this note",
            checkCallback: (checking) => this.withFile(checking, isNote, (file) => void this.refine(file)),
        });
        this.addCommand({ id: "quest", name: "Make a quest on this concept", callback: () => this.askForQuest() });
        this.addCommand({
            id: "check",
            name: "Check this note",
            checkCallback: (checking) => this.withFile(checking, isNote, (file) => void this.check(file)),
        });
        this.addCommand({ id: "undo", name: "Undo the last run", callback: () => void this.undo() });
        this.addCommand({
            id: "stop",
            name: "Stop",
            checkCallback: (checking) => this.work.isBusy && (checking || this.work.stop()),
        });
    }

    private withFile(checking: boolean, fits: (file: TAbstractFile | null) => file is TFile, run: (file: TFile) => void): boolean {
        const file = this.app.workspace.getActiveFile();
        if (!fits(file)) return false;
        if (!checking) run(file);
        return true;
    }

    private async today(): Promise<void> {
        await this.made(await this.work.tryTo("day", { offline: this.settings.offline }));
    }

    private askForPages(file: TFile): void {
        const params = (wish: Pages) => ({ ...wish, offline: this.settings.offline });
        new PagesModal(
            this.app,
            file.path,
            (wish) => this.work.ask("draft", { ...params(wish), dry_run: true }),
            (wish) => void this.work.tryTo("draft", params(wish)).then((result) => this.made(result)),
        ).open();
    }

    private async made(result: DayResult | undefined): Promise<void> {
        if (!result) return;
        for (const each of result.failed) {
            new Notice(`${each.pdf ? `${each.pdf}: ` : ""}${each.reason} ${each.next_step}`.trim(), 15_000);
        }
        const fresh = result.notes.filter((each) => each.status !== "unchanged");
        const note = fresh[0] ?? result.notes[0];
        if (note) {
            const count = `${fresh.length} note${fresh.length === 1 ? "" : "s"}`;
            new Notice(fresh.length ? `Made or updated: ${count}.` : "The notes are as they should be.");
            await this.app.workspace.openLinkText(note.path, "", false);
        } else if (!result.failed.length) {
            new Notice("Nothing is left to read. Drop a PDF into the inbox.");
        }
        await this.countProposals();
    }

    private async refine(file: TFile): Promise<void> {
        const result = await this.work.tryTo("refine", { note: file.path });
        const written = typeof result?.written === "string" ? result.written : result?.note;
        if (written) await this.app.workspace.openLinkText(written, "", true);
    }

    private askForQuest(): void {
        const concept = this.app.workspace.getActiveFile();
        const topic = concept && isNote(concept) ? concept.basename : "";
        new LineModal(this.app, "Make a quest", "About", topic, (line) => {
            void this.work.tryTo("quest", { concepts: [line] }).then((result) => {
                const path = result?.path ?? result?.notes?.[0]?.path;
                if (path) void this.app.workspace.openLinkText(path, "", true);
            });
        }).open();
    }

    private async check(file: TFile): Promise<void> {
        const result = await this.work.tryTo("check", { notes: [file.path] });
        if (!result) return;
        const found = Object.values(result.notes).flat().filter((each) => each.severity !== "info");
        const lines = found.slice(0, 8).map((each) => `Line ${each.line}: ${each.message}`);
        new Notice(lines.length ? lines.join("\n") : "This note is fine.", lines.length ? 20_000 : undefined);
    }

    private async undo(): Promise<void> {
        const result = await this.work.tryTo("undo");
        if (!result) return;
        const kept = result.files.filter((each) => each.status === "kept");
        const words = kept.length ? ` Left as they are: ${kept.map((each) => each.path).join(", ")}.` : "";
        new Notice(`Taken back: ${result.run.command}.${words} To have it again, undo once more.`, 10_000);
        await this.countProposals();
    }

    private async countProposals(): Promise<void> {
        try {
            const { proposals } = await this.backend.ask("review.list");
            this.work.setToReview(waitingIn(proposals));
        } catch (error) {
            const refused = refusedOf(error);
            if (refused.kind === "NotFound") new Notice(`notegen was not found. Install it with: ${HOW_TO_INSTALL}`, 15_000);
            else if (refused.kind === "Version") tell(refused);
        }
    }

    private async open(type: string): Promise<void> {
        const { workspace } = this.app;
        const leaf: WorkspaceLeaf | null = workspace.getLeavesOfType(type)[0] ?? workspace.getRightLeaf(false);
        if (!leaf) return;
        await leaf.setViewState({ type, active: true });
        await workspace.revealLeaf(leaf);
    }

    /** What was typed reaches the disk before notegen looks, so that it is never asked to guess. */
    private async saveOpenNotes(): Promise<void> {
        for (const leaf of this.app.workspace.getLeavesOfType("markdown")) {
            if (leaf.view instanceof MarkdownView) await leaf.view.save();
        }
    }

    private editorView(): MarkdownView | undefined {
        const file = this.app.workspace.getActiveFile();
        return this.app.workspace
            .getLeavesOfType("markdown")
            .map((leaf) => leaf.view)
            .filter((view): view is MarkdownView => view instanceof MarkdownView)
            .find((view) => view.file === file);
    }

    private folder(): string {
        const adapter = this.app.vault.adapter;
        return adapter instanceof FileSystemAdapter ? adapter.getBasePath() : "";
    }
}

function isPdf(file: TAbstractFile | null): file is TFile {
    return file instanceof TFile && file.extension.toLowerCase() === "pdf";
}

function isNote(file: TAbstractFile | null): file is TFile {
    return file instanceof TFile && file.extension === "md";
}
