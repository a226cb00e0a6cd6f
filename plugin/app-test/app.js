// A stub of Obsidian for a real browser: just enough of its API, over a real vault folder and real processes, both reached
// through functions that run.mjs exposes (window.node*).
"use strict";

const DOM = {
    createEl(tag, given = {}, then) {
        const options = typeof given === "string" ? { cls: given } : given;
        const made = document.createElement(tag);
        if (options.cls) made.classList.add(...[options.cls].flat().join(" ").split(/\s+/).filter(Boolean));
        if (options.text !== undefined) made.append(options.text);
        if (options.href) made.setAttribute("href", options.href);
        for (const [name, value] of Object.entries(options.attr ?? {})) if (value !== null && value !== false) made.setAttribute(name, String(value));
        this.append(made);
        then?.(made);
        return made;
    },
    createDiv(options, then) { return this.createEl("div", options, then); },
    createSpan(options, then) { return this.createEl("span", options, then); },
    empty() { this.replaceChildren(); },
    setText(text) { this.textContent = text; },
    addClass(...names) { this.classList.add(...names); },
    toggleClass(name, on) { this.classList.toggle(name, on); },
    hide() { this.style.display = "none"; },
    show() { this.style.display = ""; },
    toggle(on) { on ? this.show() : this.hide(); },
    isShown() { return this.offsetParent !== null || this.getClientRects().length > 0; },
};
for (const [name, value] of Object.entries(DOM)) {
    Object.defineProperty(Element.prototype, name, { value, configurable: true, writable: true });
    if (name.startsWith("create") || name === "empty") Object.defineProperty(DocumentFragment.prototype, name, { value, configurable: true });
}
window.createFragment = (then) => { const made = document.createDocumentFragment(); then?.(made); return made; };

class Events {
    handlers = {};
    on(name, handler) { (this.handlers[name] ??= []).push(handler); return { name, handler, owner: this }; }
    trigger(name, ...args) { for (const each of this.handlers[name] ?? []) each(...args); }
    off(ref) { this.handlers[ref.name] = (this.handlers[ref.name] ?? []).filter((each) => each !== ref.handler); }
}

class Component {
    cleanups = [];
    registerEvent(ref) { this.cleanups.push(() => ref.owner.off(ref)); }
    registerDomEvent(el, name, handler) { el.addEventListener(name, handler); this.cleanups.push(() => el.removeEventListener(name, handler)); }
    registerInterval(id) { this.cleanups.push(() => clearInterval(id)); return id; }
    unload() { this.onunload?.(); for (const each of this.cleanups.splice(0)) each(); }
}

class TAbstractFile { constructor(path) { this.path = path; this.name = path.split("/").pop(); } }
class TFile extends TAbstractFile {
    get extension() { return this.name.split(".").pop(); }
    get basename() { return this.name.replace(/\.[^.]*$/, ""); }
}
class FileSystemAdapter { constructor(folder) { this.folder = folder; } getBasePath() { return this.folder; } }

class View extends Component {
    constructor(leaf) { super(); this.leaf = leaf; this.app = leaf.app; this.containerEl = leaf.el; }
}
class ItemView extends View { constructor(leaf) { super(leaf); this.contentEl = leaf.el.createDiv("view-content"); } async onClose() {} }
class MarkdownView extends ItemView {
    constructor(leaf, file, text) {
        super(leaf);
        this.file = file;
        this.contentEl.createDiv({ cls: "view-title", text: file.basename });
        this.area = this.contentEl.createEl("textarea", { cls: "editor", attr: { "aria-label": "Note" } });
        this.area.value = text;
        this.editor = { replaceSelection: (put) => this.area.setRangeText(put, this.area.selectionStart, this.area.selectionEnd, "end") };
        this.saved = text;
    }
    getViewType() { return "markdown"; }
    getViewData() { return this.area.value; }
    async save() { if (this.area.value !== this.saved) { await window.nodeWrite(this.file.path, this.area.value); this.saved = this.area.value; } }
}

class Leaf {
    constructor(app, el) { this.app = app; this.el = el; this.view = null; }
    async setViewState({ type }) {
        if (this.view?.getViewType() === type) return;
        await this.view?.onClose?.();
        this.view?.unload();
        this.el.empty();
        this.view = this.app.workspace.makers[type](this);
        await this.view.onOpen();
    }
}

class Workspace extends Events {
    makers = {};
    activeFile = null;
    constructor(app) { super(); this.app = app; this.main = new Leaf(app, document.querySelector("#main")); this.right = new Leaf(app, document.querySelector("#right")); }
    onLayoutReady(then) { setTimeout(then); }
    getActiveFile() { return this.activeFile; }
    getLeavesOfType(type) { return [this.main, this.right].filter((leaf) => leaf.view?.getViewType() === type); }
    getRightLeaf() { return this.right; }
    async revealLeaf() {}
    async openLinkText(link) {
        window.opened.push(link);
        const path = link.split("#")[0];
        const file = this.app.vault.getFileByPath(path);
        if (file) await this.openFile(file);
    }
    async openFile(file) {
        this.main.view?.unload();
        this.main.el.empty();
        this.activeFile = file;
        this.main.view = file.extension === "md" ? new MarkdownView(this.main, file, await window.nodeRead(file.path)) : Object.assign(new ItemView(this.main), { getViewType: () => "pdf" });
        if (file.extension !== "md") this.main.view.contentEl.createDiv({ cls: "view-title", text: file.name });
        this.trigger("file-open", file);
    }
}

class App {
    constructor(folder) {
        this.vault = Object.assign(new Events(), {
            adapter: new FileSystemAdapter(folder),
            process: async (file, change) => {
                const now = await window.nodeRead(file.path);
                hashes.set(now, await window.nodeSha256(now));
                const text = change(now);
                await window.nodeWrite(file.path, text);
                window.processed.push(file.path);
                const view = this.workspace.main.view;
                if (view?.file?.path === file.path) view.area.value = view.saved = text;
                return text;
            },
            getFileByPath: (path) => (window.nodeExists(path) && window.known.has(path) ? new TFile(path) : null),
        });
        this.fileManager = { generateMarkdownLink: (file, source, sub = "", alias = "") => `[[${file.path.replace(/\.md$/, "")}${sub}${alias ? `|${alias}` : ""}]]` };
        this.workspace = new Workspace(this);
    }
}

class Plugin extends Component {
    constructor(app, manifest) { super(); this.app = app; this.manifest = manifest; this.commands = {}; }
    async loadData() { return window.pluginData; }
    async saveData(data) { window.pluginData = data; }
    addStatusBarItem() { return document.querySelector("#status").createDiv("status-bar-item"); }
    addRibbonIcon(icon, title, onClick) { const made = document.querySelector("#ribbon").createEl("button", { text: "📖", attr: { "aria-label": title } }); made.addEventListener("click", onClick); return made; }
    registerView(type, maker) { this.app.workspace.makers[type] = maker; }
    addCommand(command) { this.commands[command.id] = command; }
    addSettingTab(tab) { this.tab = tab; }
}

class Modal {
    constructor(app) { this.app = app; }
    setTitle(text) { this.title = text; }
    open() {
        this.el = document.body.createDiv({ cls: "modal", attr: { role: "dialog", "aria-modal": "true" } });
        this.contentEl = document.createElement("div");
        this.onOpen();
        this.el.createEl("h3", { text: this.title });
        this.el.append(this.contentEl);
        this.el.setAttribute("aria-label", this.title);
    }
    close() { this.el.remove(); this.onClose(); }
}

class Setting {
    constructor(parent) {
        this.el = parent.createDiv("setting-item");
        this.info = this.el.createDiv("setting-item-info");
        this.nameEl = this.info.createDiv("setting-item-name");
        this.descEl = this.info.createDiv("setting-item-description");
        this.controlEl = this.el.createDiv("setting-item-control");
    }
    setName(text) { this.nameEl.setText(text); return this; }
    setDesc(text) { this.descEl.setText(text); return this; }
    addText(then) {
        const inputEl = this.controlEl.createEl("input", { attr: { type: "text" } });
        const text = { inputEl, setPlaceholder: (value) => ((inputEl.placeholder = value), text), setValue: (value) => ((inputEl.value = value), text), onChange: (handler) => (inputEl.addEventListener("input", () => handler(inputEl.value)), text) };
        then(text);
        return this;
    }
    addButton(then) {
        const el = this.controlEl.createEl("button");
        const button = { setButtonText: (value) => (el.setText(value), button), onClick: (handler) => (el.addEventListener("click", handler), button), setCta: () => (el.addClass("mod-cta"), button) };
        then(button);
        return this;
    }
}

class PluginSettingTab {
    constructor(app, plugin) { this.app = app; this.plugin = plugin; }
    async setControlValue(key, value) { this.plugin.settings[key] = value; await this.plugin.saveData(this.plugin.settings); }
    /** As the app shows declared settings. */
    renderInto(el) {
        for (const each of this.getSettingDefinitions()) {
            const setting = new Setting(el).setName(each.name).setDesc(each.desc ?? "");
            if (each.action) setting.addButton((button) => button.setButtonText(each.name).onClick(() => each.action(setting.info, 0)));
            else if (each.control) {
                const input = setting.controlEl.createEl("input", { attr: { type: { toggle: "checkbox", slider: "range" }[each.control.type] ?? "text", "aria-label": each.name, placeholder: each.control.placeholder ?? "" } });
                input.value = this.plugin.settings[each.control.key];
                input.checked = this.plugin.settings[each.control.key] === true;
                input.addEventListener("change", async () => {
                    const value = each.control.type === "toggle" ? input.checked : input.value;
                    const wrong = await each.control.validate?.(value);
                    if (wrong) setting.descEl.setText(wrong);
                    else await this.setControlValue(each.control.key, value);
                });
            }
        }
    }
}

class Notice {
    constructor(message) {
        this.el = document.querySelector("#notices").createDiv({ cls: "notice", attr: { role: "alert" } });
        this.el.append(message);
        window.notices.push(this.el.textContent);
        setTimeout(() => this.el.remove(), 4000);
    }
}

const debounce = (run, wait) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(run, wait); }; };
const setIcon = (el, name) => el.setText({ minus: "−", plus: "+" }[name] ?? "");

// Node's modules, as far as the plugin uses them: processes are started by run.mjs.
class Emitter { constructor() { this.h = {}; } on(n, f) { (this.h[n] ??= []).push(f); return this; } once(n, f) { return this.on(n, f); } emit(n, ...a) { for (const f of this.h[n] ?? []) f(...a); } setEncoding() {} }
const children = new Map();
window.childEvent = (id, name, data) => {
    const child = children.get(id);
    if (name === "stdout" || name === "stderr") child[name].emit("data", data);
    else if (name === "pid") child.pid = data;
    else { child.exitCode = name === "close" ? data ?? -1 : child.exitCode; if (name === "close") { child.stdin.writable = false; child.emit("exit", data); } child.emit(name, name === "error" ? new Error(data) : data); }
};
let nextChild = 1;
const childProcess = {
    spawn(program, args, options) {
        const id = nextChild++;
        const child = Object.assign(new Emitter(), { stdout: new Emitter(), stderr: new Emitter(), exitCode: null, signalCode: null });
        child.stdin = Object.assign(new Emitter(), { writable: true, write: (text) => window.nodeSend(id, text), end: () => window.nodeEnd(id) });
        child.kill = (signal) => window.nodeKill(id, signal ?? "SIGTERM");
        children.set(id, child);
        window.nodeSpawn(id, program, args, options.cwd);
        return child;
    },
};

/** SHA-256 by text: the browser computes none while it is waited for. */
const hashes = new Map();
const hash = () => ({ update(text) { this.text = text; return this; }, digest() { return hashes.get(this.text); } });

const modules = {
    obsidian: { Component, FileSystemAdapter, ItemView, MarkdownView, Modal, Notice, Plugin, PluginSettingTab, Setting, TAbstractFile, TFile, debounce, setIcon },
    electron: { shell: { openPath: async (path) => { window.opened.push(path); return ""; } } },
    child_process: childProcess,
    crypto: { createHash: hash },
    fs: { accessSync() {}, statSync: (path) => ({ isFile: () => path === window.program }), constants: { X_OK: 1, F_OK: 0 } },
    os: { homedir: () => "/home/me" },
    path: { delimiter: ":", isAbsolute: (path) => path.startsWith("/"), join: (...parts) => parts.join("/") },
};
window.process = { platform: "linux", env: {} };
window.notices = [];
window.opened = [];
window.processed = [];
window.TFile = TFile;
window.startApp = async (source, manifest, folder) => {
    window.app = new App(folder);
    const module = { exports: {} };
    new Function("module", "exports", "require", source)(module, module.exports, (name) => { if (!modules[name]) throw new Error(`no module ${name}`); return modules[name]; });
    window.plugin = new module.exports.default(window.app, manifest);
    const before = performance.now();
    await window.plugin.onload();
    return performance.now() - before;
};
window.run = (id) => {
    const command = window.plugin.commands[id];
    return command.checkCallback ? command.checkCallback(true) && (command.checkCallback(false), true) : (command.callback(), true);
};
