/** What the views have in common: a heading, one thing at a time in the body, and troubles said in words. */

import { IconName, ItemView, WorkspaceLeaf } from "obsidian";

import type NotegenPlugin from "../main";
import { RefusedError, refusedOf } from "../protocol";

export abstract class Panel extends ItemView {
    override navigation = false;
    protected body!: HTMLElement;
    private turn = 0;

    constructor(
        leaf: WorkspaceLeaf,
        protected readonly owner: NotegenPlugin,
        private readonly type: string,
        private readonly heading: string,
        override icon: IconName,
    ) {
        super(leaf);
    }

    override getViewType(): string {
        return this.type;
    }

    override getDisplayText(): string {
        return this.heading;
    }

    override async onOpen(): Promise<void> {
        this.contentEl.empty();
        this.contentEl.addClass("notegen-panel");
        const head = this.contentEl.createDiv({ cls: "notegen-head" });
        head.createEl("h2", { text: this.heading });
        this.addControls(head);
        this.body = this.contentEl.createDiv({ cls: "notegen-body", attr: { "aria-live": "polite" } });
        await this.refresh();
    }

    /** Show what is so now. */
    abstract refresh(): Promise<void>;

    protected addControls(head: HTMLElement): void {
        button(head, "Refresh", () => void this.refresh());
    }

    /** Show what `load` brings by `show`, or why it brings nothing. Of two at once the later one counts. */
    protected async fill<T>(load: (said: (words: string) => void) => Promise<T>, show: (data: T) => void): Promise<void> {
        const turn = ++this.turn;
        const isCurrent = () => turn === this.turn;
        const said = (text: string) => {
            if (isCurrent()) this.say(text);
        };
        said("Looking …");
        try {
            const data = await load(said);
            if (!isCurrent()) return;
            this.body.empty();
            show(data);
        } catch (error) {
            if (isCurrent()) this.complain(refusedOf(error));
        }
    }

    protected say(text: string): void {
        this.body.empty();
        this.body.createEl("p", { text, cls: "notegen-quiet" });
    }

    private complain(refused: RefusedError): void {
        this.body.empty();
        const box = this.body.createDiv({ cls: "notegen-trouble", attr: { role: "alert" } });
        box.createEl("p", { text: refused.reason });
        if (refused.nextStep) box.createEl("p", { text: refused.nextStep, cls: "notegen-next-step" });
    }
}

/** A button with words, reached by keyboard like any. */
export function button(parent: HTMLElement, text: string, onClick: () => void, cls = ""): HTMLButtonElement {
    const made = parent.createEl("button", { text, cls });
    made.addEventListener("click", onClick);
    return made;
}

/** A link to a note or a page that opens in the vault. */
export function linkTo(parent: HTMLElement, owner: NotegenPlugin, target: string, text: string): void {
    const link = parent.createEl("a", { text, cls: "internal-link", href: target, attr: { "data-href": target } });
    link.addEventListener("click", (event) => {
        event.preventDefault();
        void owner.app.workspace.openLinkText(target, "", event.ctrlKey || event.metaKey);
    });
}
