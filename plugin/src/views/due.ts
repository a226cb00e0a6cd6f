/** What is due to be recalled today: a question, the source's words, and how it went. */

import { WorkspaceLeaf } from "obsidian";

import type NotegenPlugin from "../main";
import { Question, refusedOf } from "../protocol";
import { tell } from "../work";
import { button, linkTo, Panel } from "./panel";

export const DUE = "notegen-due";
const GRADES = ["again", "hard", "good", "easy"] as const;

export class DueView extends Panel {
    private left: Question[] = [];
    private asked = 0;

    constructor(leaf: WorkspaceLeaf, owner: NotegenPlugin) {
        super(leaf, owner, DUE, "Due today", "calendar-check");
    }

    override async refresh(): Promise<void> {
        await this.fill(
            (said) => this.owner.work.ask("quiz", { n: 10 }, said),
            ({ questions }) => {
                this.left = questions ?? [];
                this.asked = 0;
                this.next();
            },
        );
    }

    private next(): void {
        this.body.empty();
        const question = this.left[0];
        if (!question) {
            const done = this.asked ? `${this.asked} asked. ` : "";
            this.say(`${done}Nothing more is due, and nothing is left that was never asked.`);
            return;
        }
        const card = this.body.createEl("section", { cls: "notegen-card", attr: { "aria-label": "Question" } });
        card.createDiv({ text: `${this.asked + 1} of ${this.asked + this.left.length} · ${question.book}`, cls: "notegen-quiet" });
        card.createEl("p", { text: question.question, cls: "notegen-strong" });
        card.createEl("textarea", { cls: "notegen-edit", attr: { "aria-label": "Your answer", rows: 3, placeholder: "Your answer" } });
        const row = card.createDiv({ cls: "notegen-buttons" });
        button(row, "Show the source", () => this.reveal(card, row, question), "mod-cta");
    }

    private reveal(card: HTMLElement, row: HTMLElement, question: Question): void {
        row.empty();
        const quote = card.createEl("blockquote", { cls: "notegen-quote" });
        for (const line of question.answer.split("\n")) quote.createDiv({ text: line });
        if (question.note) linkTo(quote.createDiv(), this.owner, question.note, question.pages || question.note);
        card.appendChild(row);
        for (const grade of GRADES) {
            button(row, grade.charAt(0).toUpperCase() + grade.slice(1), () => void this.grade(question, grade));
        }
        row.querySelector("button")?.focus();
    }

    private async grade(question: Question, grade: string): Promise<void> {
        this.say("Writing it down …");
        try {
            await this.owner.work.ask("quiz", { grade: [`${question.id}=${grade}`] });
            this.asked++;
            this.left.shift();
        } catch (error) {
            tell(refusedOf(error));
        }
        this.next();
    }
}
