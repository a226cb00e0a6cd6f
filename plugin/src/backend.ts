/** The one process of notegen that this vault's window talks to: started when it is needed, ended with the plugin. */

import { ChildProcessWithoutNullStreams, spawn } from "child_process";

import { Connection } from "./connection";
import { HOW_TO_INSTALL, HOW_TO_UPDATE } from "./find";
import { Answers, Greeting, MethodName, Params, Progress, PROTOCOL, RefusedError } from "./protocol";

const STDERR_KEPT = 8000;

/** Times in ms. */
export interface Patience {
    /** For the first word of a new process. */
    hello: number;
    /** Without a word on a request, after which the process is asked whether it lives. */
    silence: number;
    /** For that answer. */
    sign: number;
    /** After the end of its input, then again after SIGTERM. */
    end: number;
}

export const PATIENCE: Patience = { hello: 20_000, silence: 60_000, sign: 15_000, end: 1500 };

export interface Options {
    onProgress?: (progress: Progress) => void;
    signal?: AbortSignal;
}

export class Backend {
    private child: ChildProcessWithoutNullStreams | null = null;
    private connection: Connection | null = null;
    private greeting: Promise<Greeting> | null = null;
    private stderr = "";

    /**
     * @param program where notegen is; "" when it was not found
     * @param vault the folder of the vault, asked for whenever a process starts: it may have been moved
     * @param answers what notegen may ask this side, by method
     */
    constructor(
        private readonly program: () => string,
        private readonly vault: () => string,
        private readonly patience: Patience = PATIENCE,
        private readonly answers: Record<string, (params: never) => Promise<object>> = {},
    ) {}

    /** The number of the process, for those who want to see that it has gone. */
    get pid(): number | undefined {
        return this.child?.pid;
    }

    /** What notegen says of itself. Starts it where it does not run. */
    hello(): Promise<Greeting> {
        if (this.greeting) return this.greeting;
        const greeting = this.start();
        this.greeting = greeting;
        greeting.catch(() => {
            if (this.greeting === greeting) this.greeting = null; // the next one looks again
        });
        return greeting;
    }

    /** Ask notegen. Rejects with a RefusedError. */
    async ask<M extends MethodName>(method: M, params: Params = {}, options: Options = {}): Promise<Answers[M]> {
        const { methods } = await this.hello();
        if (!methods.includes(method)) {
            throw new RefusedError(`This notegen cannot do “${method}”.`, `Update it: ${HOW_TO_UPDATE}`);
        }
        const connection = this.connection;
        if (options.signal?.aborted) throw cancelled();
        if (!connection) throw this.hasEnded(null);
        return (await this.watched(connection, method, params, options)) as Answers[M];
    }

    /** End the process: its input ends, and what does not obey is killed. Does not wait. */
    stop(): void {
        const child = this.child;
        this.forget(new RefusedError("notegen was stopped.", "It starts again when it is needed.", "CancelledError"));
        if (!child || child.exitCode !== null || child.signalCode !== null) return;
        child.stdin.end();
        const terminate = window.setTimeout(() => child.kill("SIGTERM"), this.patience.end);
        const kill = window.setTimeout(() => child.kill("SIGKILL"), 2 * this.patience.end);
        child.once("exit", () => {
            window.clearTimeout(terminate);
            window.clearTimeout(kill);
        });
    }

    private async start(): Promise<Greeting> {
        try {
            const connection = this.spawn();
            const [, answer] = connection.ask("hello", { client: "obsidian", protocol: PROTOCOL, methods: Object.keys(this.answers) }, () => {});
            const slow = new RefusedError("notegen does not answer.", this.whatItSaid("Run in a terminal: notegen doctor"));
            const greeting = (await inTime(answer, this.patience.hello, slow)) as Greeting;
            if (greeting.protocol !== PROTOCOL) throw this.otherVersion(greeting);
            return greeting;
        } catch (error) {
            this.stop();
            throw error;
        }
    }

    private spawn(): Connection {
        const program = this.program();
        if (!program) {
            const step = `Install it with: ${HOW_TO_INSTALL} or name its place in the settings.`;
            throw new RefusedError("notegen was not found on this computer.", step, "NotFound");
        }
        const vault = this.vault();
        const child = spawn(program, ["serve", "--stdio", "--vault", vault], { cwd: vault, windowsHide: true });
        const connection = new Connection((line) => {
            if (child.stdin.writable) child.stdin.write(line);
        }, this.answers);
        this.child = child;
        this.connection = connection;
        this.stderr = "";
        child.stdout.setEncoding("utf8");
        child.stderr.setEncoding("utf8");
        child.stdout.on("data", (text: string) => connection.receive(text));
        child.stderr.on("data", (text: string) => {
            this.stderr = (this.stderr + text).slice(-STDERR_KEPT);
        });
        child.stdin.on("error", () => {}); // it has ended: "close" tells
        child.on("error", (error) => this.ended(child, new RefusedError(`notegen cannot be started: ${error.message}.`, "Look at its place in the settings.")));
        child.on("close", (code) => this.ended(child, this.hasEnded(code)));
        return connection;
    }

    /** The answer, if the process lives to give it. */
    private async watched(connection: Connection, method: string, params: Params, options: Options): Promise<unknown> {
        let heard = Date.now();
        const [id, answer] = connection.ask(method, params, (progress) => {
            heard = Date.now();
            options.onProgress?.(progress);
        });
        const stop = () => connection.cancel(id);
        options.signal?.addEventListener("abort", stop);
        const look = window.setInterval(() => {
            if (Date.now() - heard > this.patience.silence) {
                heard = Date.now();
                void this.seesALife(connection);
            }
        }, this.patience.silence / 4);
        try {
            return await answer;
        } finally {
            window.clearInterval(look);
            options.signal?.removeEventListener("abort", stop);
        }
    }

    private async seesALife(connection: Connection): Promise<void> {
        const hangs = new RefusedError("notegen hangs, and was ended.", "Ask again; what was finished is in the vault.");
        try {
            await inTime(connection.ask("hello", {}, () => {})[1], this.patience.sign, hangs);
        } catch {
            if (this.connection !== connection) return;
            const child = this.child;
            this.forget(hangs);
            child?.kill("SIGKILL");
        }
    }

    private ended(child: ChildProcessWithoutNullStreams, why: RefusedError): void {
        if (this.child === child) this.forget(why);
    }

    private forget(why: RefusedError): void {
        const connection = this.connection;
        this.child = this.connection = this.greeting = null;
        connection?.end(why);
    }

    private hasEnded(code: number | null): RefusedError {
        const how = code === null ? "" : ` (exit status ${code})`;
        return new RefusedError(`notegen has ended unexpectedly${how}.`, this.whatItSaid("Ask again; if it stays so, run: notegen doctor"));
    }

    private otherVersion(greeting: Greeting): RefusedError {
        const older = greeting.protocol < PROTOCOL;
        const step = older ? `Update notegen: ${HOW_TO_UPDATE}` : "Update this plugin.";
        return new RefusedError(`notegen ${greeting.version} and this plugin do not understand each other.`, step, "Version");
    }

    /** Its last words, where it had some, before what to do. */
    private whatItSaid(step: string): string {
        const last = this.stderr.trim().split("\n").slice(-3).join(" ") || this.connection?.garbage || "";
        return last ? `It said: ${last.slice(0, 300)} ${step}` : step;
    }
}

export function cancelled(): RefusedError {
    return new RefusedError("Stopped.", "", "CancelledError");
}

function inTime<T>(answer: Promise<T>, patience: number, late: Error): Promise<T> {
    return new Promise((resolve, reject) => {
        const timer = window.setTimeout(() => reject(late), patience);
        answer.then(resolve, reject).finally(() => window.clearTimeout(timer));
    });
}
