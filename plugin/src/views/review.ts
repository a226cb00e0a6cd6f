/** New text that waits beside the learner's: taken, edited or refused, one by one. */

import { Notice, setIcon, WorkspaceLeaf } from "obsidian";

import { changes } from "../diff";
import type NotegenPlugin from "../main";
import { Params, Proposal, refusedOf } from "../protocol";
import { tell } from "../work";
import { button, linkTo, Panel } from "./panel";

export const REVIEW = "notegen-review";

export class ReviewView extends Panel {
    constructor(leaf: WorkspaceLeaf, owner: NotegenPlugin) {
        super(leaf, owner, REVIEW, "Review changes", "git-pull-request-arrow");
    }

    override async refresh(): Promise<void> {
        await this.fill(
            (said) => this.owner.work.ask("review.list", {}, said),
            ({ proposals }) => this.show(proposals),
        );
    }

    private show(proposals: Proposal[]): void {
        this.owner.work.setToReview(waitingIn(proposals));
        if (!proposals.length) {
            this.say("Nothing waits. Where you and a new version change the same words, yours stay and the new ones come here.");
            return;
        }
        for (const each of proposals) this.showOne(each);
    }

    private showOne(proposal: Proposal): void {
        const card = this.body.createEl("section", { cls: "notegen-card", attr: { "aria-label": `Proposal for ${proposal.name}` } });
        const head = card.createDiv({ cls: "notegen-card-head" });
        linkTo(head, this.owner, proposal.note, proposal.note.replace(/^.*\/|\.md$/g, ""));
        head.createSpan({ text: proposal.name, cls: "notegen-quiet" });
        showChanges(card, proposal);
        if (proposal.state === "outdated") {
            card.createEl("p", { text: "Its place in the note is gone, so it is never put in.", cls: "notegen-quiet" });
            return;
        }
        if (proposal.why) card.createEl("p", { text: `${proposal.why}. Mend that in the note, then take it.`, cls: "notegen-quiet" });
        this.addDecisions(card, proposal);
    }

    private addDecisions(card: HTMLElement, proposal: Proposal): void {
        const editor = card.createEl("textarea", { cls: "notegen-edit", attr: { "aria-label": "The new text, as you want it", rows: 6 } });
        editor.value = proposal.after;
        editor.hide();
        const reason = card.createEl("input", {
            cls: "notegen-reason",
            attr: { type: "text", "aria-label": "Why it is refused", placeholder: "Why not? The next draft is told." },
        });
        const row = card.createDiv({ cls: "notegen-buttons" });
        button(
            row,
            "Accept",
            () => {
                const text = editor.isShown() ? { text: editor.value } : {};
                void this.decide("review.accept", { id: proposal.id, ...text });
            },
            "mod-cta",
        );
        const edit = button(row, "Edit", () => {
            editor.toggle(!editor.isShown());
            edit.setText(editor.isShown() ? "Do not edit" : "Edit");
            if (editor.isShown()) editor.focus();
        });
        button(row, "Reject", () => void this.decide("review.reject", { id: proposal.id, because: reason.value }));
    }

    private async decide(method: "review.accept" | "review.reject", params: Params): Promise<void> {
        try {
            const { left } = await this.owner.work.ask(method, params);
            if (left?.length) new Notice("It could not be put in: its place in the note has changed.");
        } catch (error) {
            tell(refusedOf(error));
        }
        await this.refresh();
    }
}

export function waitingIn(proposals: Proposal[]): number {
    return proposals.filter((each) => each.state !== "outdated").length;
}

/** What would go and what would come, each line said by a sign, too. */
function showChanges(card: HTMLElement, proposal: Proposal): void {
    const list = card.createDiv({ cls: "notegen-diff", attr: { role: "list" } });
    for (const { kind, text } of changes(proposal.before, proposal.after)) {
        const line = list.createDiv({ cls: `notegen-${kind}`, attr: { role: "listitem" } });
        const sign = line.createSpan({ cls: "notegen-sign" });
        if (kind !== "same") setIcon(sign, kind === "gone" ? "minus" : "plus");
        sign.setAttribute("aria-label", { gone: "removed", come: "added", same: "stays" }[kind]);
        line.createSpan({ text });
    }
}
