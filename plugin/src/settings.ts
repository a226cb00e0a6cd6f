/** Settings of the plugin. Those of notes and models are notegen's own, in notegen.toml. */

import { App, PluginSettingTab, SettingDefinitionItem } from "obsidian";

import { HOW_TO_INSTALL } from "./find";
import type NotegenPlugin from "./main";
import { refusedOf } from "./protocol";

export interface NotegenSettings {
    /** Where notegen is; "" to look for it. */
    program: string;
    /** Whether nothing may leave this computer. */
    offline: boolean;
    /** Whether the number of waiting proposals is looked up when Obsidian starts. */
    lookAtStart: boolean;
    /** How many related notes are shown. */
    related: number;
}

export const DEFAULTS: NotegenSettings = { program: "", offline: false, lookAtStart: true, related: 10 };

export class NotegenSettingTab extends PluginSettingTab {
    override icon = "book-open-check";

    constructor(
        app: App,
        private readonly owner: NotegenPlugin,
    ) {
        super(app, owner);
    }

    override getSettingDefinitions(): SettingDefinitionItem[] {
        return [
            {
                name: "Place of notegen",
                desc: "Leave it empty to have it looked for: the search path, pipx, uv, Homebrew, and a venv in the vault.",
                aliases: ["path", "executable", "backend"],
                control: {
                    type: "text",
                    key: "program",
                    placeholder: "/home/me/.local/bin/notegen",
                    validate: (value: string) => this.owner.complaintAbout(value),
                },
            },
            {
                name: "Check notegen",
                desc: `Start it and show its version. To install it, run in a terminal: ${HOW_TO_INSTALL}`,
                action: (el) => void this.check(el),
            },
            {
                name: "Stay offline",
                desc: "Nothing is fetched, and no text is sent to a language model elsewhere.",
                control: { type: "toggle", key: "offline" },
            },
            {
                name: "Look for proposals at the start",
                desc: "Starts notegen with Obsidian, so that the status bar tells how many proposals wait.",
                control: { type: "toggle", key: "lookAtStart" },
            },
            {
                name: "Related notes",
                desc: "How many are shown at most.",
                control: { type: "slider", key: "related", min: 3, max: 30, step: 1 },
            },
            {
                name: "Settings of notes and models",
                desc: "They are in notegen.toml in the vault, each with a comment. This opens the file in your text editor.",
                aliases: ["model", "language", "notegen.toml"],
                action: () => void this.owner.openSettingsFile(),
            },
        ];
    }

    override async setControlValue(key: string, value: unknown): Promise<void> {
        await super.setControlValue(key, value);
        if (key === "program") this.owner.backend.stop();
    }

    private async check(el: HTMLElement): Promise<void> {
        const told = el.querySelector(".notegen-check") ?? el.createDiv({ cls: "notegen-check", attr: { role: "status" } });
        told.setText("Looking …");
        try {
            const greeting = await this.owner.backend.hello();
            told.setText(`notegen ${greeting.version} serves ${greeting.vault}: ${greeting.methods.length} methods.`);
        } catch (error) {
            told.setText(refusedOf(error).message);
        }
    }
}
