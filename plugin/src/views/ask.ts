/** A question to the books of the vault: their own words, with the page. */

import { WorkspaceLeaf } from "obsidian";

import type NotegenPlugin from "../main";
import { AskResult, Passage } from "../protocol";
import { button, linkTo, Panel } from "./panel";

export const ASK = "notegen-ask";
const NEAREST = 3;

export class AskView extends Panel {
    private question = "";

    constructor(leaf: WorkspaceLeaf, owner: NotegenPlugin) {
        super(leaf, owner, ASK, "Ask your books", "message-circle-question");
    }

    protected override addControls(head: HTMLElement): void {
        const form = head.createEl("form", { cls: "notegen-form" });
        const input = form.createEl("input", {
            attr: { type: "text", "aria-label": "Your question", placeholder: "What is a perceptron?" },
        });
        form.createEl("button", { text: "Ask", cls: "mod-cta", attr: { type: "submit" } });
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.question = input.value.trim();
            void this.refresh();
        });
    }

    /** Ask this. */
    async ask(question: string): Promise<void> {
        this.question = question;
        const input = this.contentEl.querySelector("input");
        if (input) input.value = question;
        await this.refresh();
    }

    override async refresh(): Promise<void> {
        if (!this.question) {
            this.say("The answer is what the books of your vault say, word for word. PDFs that are new are read first.");
            return;
        }
        const offline = this.owner.settings.offline;
        await this.fill(
            (said) => this.owner.work.ask("ask", { question: this.question, offline }, said),
            (result) => this.show(result),
        );
    }

    private show(result: AskResult): void {
        if (!result.found) {
            this.body.createEl("p", { text: "Not in your sources.", cls: "notegen-strong" });
            if (result.missing?.length) this.body.createEl("p", { text: `No page has: ${result.missing.join(", ")}.` });
            this.list("Nearest", result.passages.slice(0, NEAREST));
            return;
        }
        const shown = new Set(result.answer.map((each) => each.text));
        this.list("Answer", result.answer);
        this.list("See also", result.passages.filter((each) => !shown.has(each.text)));
    }

    private list(heading: string, passages: Passage[]): void {
        if (!passages.length) return;
        this.body.createEl("h3", { text: heading });
        for (const each of passages) {
            const quote = this.body.createEl("blockquote", { cls: "notegen-quote" });
            quote.createDiv({ text: each.text });
            const foot = quote.createDiv({ cls: "notegen-card-head" });
            const target = `${each.pdf}#page=${each.pdf_page}`;
            linkTo(foot, this.owner, target, `${each.pdf.replace(/^.*\//, "")}, p. ${each.page}`);
            button(foot, "Insert", () => this.owner.insertQuote(each)).setAttribute("aria-label", "Insert this quotation into the note");
        }
    }
}
