/** Small dialogs: which pages, which question. */

import { App, Modal, Setting } from "obsidian";

import { DayResult, refusedOf } from "./protocol";

/** What would become of a file, by the status that notegen gives it. */
const WOULD_BE: Record<string, string> = { written: "new", updated: "changed", kept: "left as it is" };

export interface Pages {
    pdf: string;
    pages: string;
    section: string;
}

/** Asks for the pages of a PDF; can show first what would be written. */
export class PagesModal extends Modal {
    private readonly wish: Pages;

    constructor(
        app: App,
        pdf: string,
        private readonly preview: (wish: Pages) => Promise<DayResult>,
        private readonly make: (wish: Pages) => void,
    ) {
        super(app);
        this.wish = { pdf, pages: "", section: "" };
    }

    override onOpen(): void {
        this.setTitle("Make a note of these pages");
        this.contentEl.createEl("p", { text: this.wish.pdf, cls: "notegen-source" });
        new Setting(this.contentEl)
            .setName("Pages")
            .setDesc("As printed in the book, like 25-36. Empty: what comes next in it.")
            .addText((text) => {
                text.setPlaceholder("25-36").onChange((value) => (this.wish.pages = value.trim()));
                text.inputEl.setAttribute("aria-label", "Pages");
                text.inputEl.addEventListener("keydown", (event) => {
                    if (event.key === "Enter" && !event.isComposing) this.done();
                });
                window.setTimeout(() => text.inputEl.focus());
            });
        new Setting(this.contentEl)
            .setName("Section")
            .setDesc("Or a section of the outline.")
            .addText((text) => {
                text.onChange((value) => (this.wish.section = value.trim()));
                text.inputEl.setAttribute("aria-label", "Section");
            });
        const shown = this.contentEl.createDiv({ cls: "notegen-preview", attr: { role: "status" } });
        new Setting(this.contentEl)
            .addButton((button) => button.setButtonText("Show what would be written").onClick(() => void this.show(shown)))
            .addButton((button) => button.setButtonText("Make the note").setCta().onClick(() => this.done()));
    }

    override onClose(): void {
        this.contentEl.empty();
    }

    private done(): void {
        this.close();
        this.make(this.wish);
    }

    private async show(el: HTMLElement): Promise<void> {
        el.setText("Looking …");
        try {
            const result = await this.preview(this.wish);
            el.empty();
            for (const note of result.notes) {
                for (const each of [note, ...note.concepts, ...note.attachments]) {
                    const word = WOULD_BE[each.status];
                    if (word) el.createDiv({ text: `${each.path} (${word})` });
                }
            }
            for (const each of result.failed) el.createDiv({ text: `${each.reason} ${each.next_step}` });
            if (!el.hasChildNodes()) el.setText("Nothing would be written.");
        } catch (error) {
            el.setText(refusedOf(error).message);
        }
    }
}

/** Asks for one line of text. */
export class LineModal extends Modal {
    constructor(
        app: App,
        private readonly heading: string,
        private readonly label: string,
        private readonly initial: string,
        private readonly done: (line: string) => void,
    ) {
        super(app);
    }

    override onOpen(): void {
        this.setTitle(this.heading);
        let line = this.initial;
        const finish = () => {
            if (!line.trim()) return;
            this.close();
            this.done(line.trim());
        };
        new Setting(this.contentEl).setName(this.label).addText((text) => {
            text.setValue(line).onChange((value) => (line = value));
            text.inputEl.setAttribute("aria-label", this.label);
            text.inputEl.addEventListener("keydown", (event) => {
                if (event.key === "Enter" && !event.isComposing) finish();
            });
            window.setTimeout(() => text.inputEl.focus());
        });
        new Setting(this.contentEl).addButton((button) => button.setButtonText("Go").setCta().onClick(finish));
    }

    override onClose(): void {
        this.contentEl.empty();
    }
}
