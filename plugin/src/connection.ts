/** JSON-RPC 2.0, one object a line, over whatever carries lines. */

import { Progress, RefusedError } from "./protocol";

/** A line that is longer comes from something else than notegen. */
const LONGEST_LINE = 64 * 1024 * 1024;
/** Colours and cursor movements, as a wrapper or a shell's start-up file may print them. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const TERMINAL_CODES = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007]*\u0007/g;

interface Waiting {
    resolve: (result: unknown) => void;
    reject: (error: Error) => void;
    onProgress: (progress: Progress) => void;
}

interface Heard {
    id?: number | string | null;
    method?: string;
    params?: Progress & { id?: number };
    result?: unknown;
    error?: { message: string; data?: { reason?: string; next_step?: string; kind?: string } };
}

export class Connection {
    private rest = "";
    private nextId = 1;
    private readonly waiting = new Map<number, Waiting>();
    /** The last line that was no JSON; it may say why nothing else comes. */
    garbage = "";

    /**
     * @param send puts a line on its way
     * @param answers what the other side may ask, by method
     */
    constructor(
        private readonly send: (line: string) => void,
        private readonly answers: Record<string, (params: never) => Promise<object>> = {},
    ) {}

    get isIdle(): boolean {
        return this.waiting.size === 0;
    }

    /** Ask; the number is what `cancel` takes. */
    ask(method: string, params: object, onProgress: (progress: Progress) => void): [number, Promise<unknown>] {
        const id = this.nextId++;
        const answer = new Promise<unknown>((resolve, reject) => {
            this.waiting.set(id, { resolve, reject, onProgress });
        });
        this.write({ jsonrpc: "2.0", id, method, params });
        return [id, answer];
    }

    cancel(id: number): void {
        if (this.waiting.has(id)) this.write({ jsonrpc: "2.0", method: "cancel", params: { id } });
    }

    /** What came in, in pieces as they come. */
    receive(text: string): void {
        this.rest += text;
        const lines = this.rest.split("\n");
        this.rest = lines.pop() ?? "";
        if (this.rest.length > LONGEST_LINE) this.rest = "";
        for (const line of lines) this.hear(line.replace(TERMINAL_CODES, "").trim());
    }

    /** Nothing more will come: whoever waits is told why. */
    end(why: RefusedError): void {
        const left = [...this.waiting.values()];
        this.waiting.clear();
        for (const each of left) each.reject(why);
    }

    private async answer(id: string, method: string, params: unknown): Promise<void> {
        try {
            const answer = this.answers[method];
            if (!answer) throw new Error(`There is no method ${method}.`);
            this.write({ jsonrpc: "2.0", id, result: await answer(params as never) });
        } catch (error) {
            this.write({ jsonrpc: "2.0", id, error: { code: -32603, message: String(error) } });
        }
    }

    private write(message: object): void {
        this.send(JSON.stringify(message) + "\n");
    }

    private hear(line: string): void {
        if (!line) return;
        let heard: Heard;
        try {
            heard = JSON.parse(line) as Heard;
        } catch {
            this.garbage = line.slice(0, 200);
            return;
        }
        if (typeof heard !== "object" || heard === null) return;
        if (heard.method === "progress" && heard.params) {
            this.waiting.get(heard.params.id ?? -1)?.onProgress(heard.params);
            return;
        }
        if (heard.method !== undefined) {
            if (typeof heard.id === "string") void this.answer(heard.id, heard.method, heard.params);
            return;
        }
        if (typeof heard.id !== "number") return;
        const one = this.waiting.get(heard.id);
        if (!one) return;
        this.waiting.delete(heard.id);
        if (heard.error) {
            const { reason, next_step: nextStep, kind } = heard.error.data ?? {};
            one.reject(new RefusedError(reason ?? heard.error.message, nextStep ?? "", kind ?? ""));
        } else {
            one.resolve(heard.result);
        }
    }
}
