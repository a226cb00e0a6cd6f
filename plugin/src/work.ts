/** Work that notegen does for the person: shown in the status bar while it lasts, and stopped on demand. */

import { Notice } from "obsidian";

import { Backend } from "./backend";
import { Answers, MethodName, Params, Progress, RefusedError, refusedOf } from "./protocol";

const NOTICE_MS = 15_000;

export class Work {
    private readonly running = new Set<AbortController>();
    private toReview = 0;

    /**
     * @param bar the item of the status bar
     * @param beforeWriting lets open editors be saved, so that notegen sees what was typed
     */
    constructor(
        private readonly backend: Backend,
        private readonly bar: HTMLElement,
        private readonly beforeWriting: () => Promise<void>,
    ) {
        this.show();
    }

    get isBusy(): boolean {
        return this.running.size > 0;
    }

    /** Ask, show how far it is, and give the answer. Rejects with a RefusedError. */
    async ask<M extends MethodName>(method: M, params: Params = {}, onProgress?: (said: string) => void): Promise<Answers[M]> {
        const control = new AbortController();
        this.running.add(control);
        this.show("starting");
        onProgress?.("Starting …");
        try {
            await this.beforeWriting();
            return await this.backend.ask(method, params, {
                signal: control.signal,
                onProgress: (progress) => {
                    this.show(words(progress));
                    onProgress?.(words(progress));
                },
            });
        } finally {
            this.running.delete(control);
            if (!this.isBusy) this.show();
        }
    }

    /** As `ask`; what goes wrong becomes a notice, and the answer undefined. */
    async tryTo<M extends MethodName>(method: M, params: Params = {}): Promise<Answers[M] | undefined> {
        try {
            return await this.ask(method, params);
        } catch (error) {
            tell(refusedOf(error));
            return undefined;
        }
    }

    /** Stop all that is going on; whether there was anything. */
    stop(): boolean {
        const any = this.isBusy;
        for (const each of this.running) each.abort();
        return any;
    }

    /** Say in the status bar how many proposals wait. */
    setToReview(count: number): void {
        this.toReview = count;
        if (!this.isBusy) this.show();
    }

    private show(what?: string): void {
        const idle = this.toReview ? `${this.toReview} to review` : "idle";
        this.bar.setText(`notegen: ${what ?? idle}`);
        this.bar.toggleClass("notegen-busy", what !== undefined);
        this.bar.setAttribute("aria-label", what ? "notegen is at work. Click to stop." : "Open the review of notegen");
    }
}

/** "page 12 of 26", or what else is going on. */
export function words({ done, total, text }: Progress): string {
    if (total > 0 && /pages are read/.test(text)) return `page ${done} of ${total}`;
    return total > 0 && done < total ? `${text} (${done} of ${total})` : text;
}

/** A notice that says why, and what to do. */
export function tell(refused: RefusedError): void {
    if (refused.isCancelled) {
        new Notice("Stopped. What was finished is in the vault.");
        return;
    }
    const lines = createFragment((fragment) => {
        fragment.createDiv({ text: refused.reason });
        if (refused.nextStep) fragment.createDiv({ text: refused.nextStep, cls: "notegen-next-step" });
    });
    new Notice(lines, NOTICE_MS);
}
