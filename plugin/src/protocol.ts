/** What notegen is asked and answers: the fields of its commands' --json. Only those that this plugin shows. */

/** The version of the protocol that this plugin speaks. */
export const PROTOCOL = 1;

export interface Greeting {
    protocol: number;
    version: string;
    vault: string;
    methods: string[];
    writes: string[];
}

export interface Progress {
    done: number;
    total: number;
    text: string;
}

export interface Failed {
    pdf: string;
    reason: string;
    next_step: string;
}

export interface Written {
    path: string;
    status: string;
}

export interface NoteResult extends Written {
    source: string;
    title: string;
    pages: string;
    said: string[];
    concepts: Written[];
    attachments: Written[];
}

export interface DayResult {
    dry_run: boolean;
    notes: NoteResult[];
    failed: Failed[];
    waiting: string[];
    finished: string[];
    drawn: string[];
}

export interface Suggestion {
    path: string;
    score: number;
    reason: string;
}

export interface RelatedResult {
    related: Record<string, Suggestion[]>;
}

export interface Passage {
    text: string;
    pdf: string;
    pdf_page: number;
    page: string;
    heading?: string;
}

export interface AskResult {
    question: string;
    found: boolean;
    answer: Passage[];
    passages: (Passage & { score: number })[];
    missing?: string[];
}

export interface Proposal {
    id: string;
    note: string;
    name: string;
    state: string;
    why: string;
    before: string;
    after: string;
}

export interface ReviewResult {
    proposals: Proposal[];
    written?: string[];
    left?: Proposal[];
}

export interface Question {
    id: string;
    question: string;
    answer: string;
    book: string;
    pages: string;
    note: string;
    due: boolean;
}

export interface QuizResult {
    date: string;
    questions?: Question[];
    troubles?: string[];
}

export interface Problem {
    rule: string;
    severity: string;
    line: number;
    message: string;
}

export interface CheckResult {
    ok: boolean;
    notes: Record<string, Problem[]>;
}

export interface UndoResult {
    dry_run: boolean;
    run: { id: number; command: string };
    files: { path: string; status: string; said: string }[];
}

/** Each method with what it answers. */
export interface Answers {
    hello: Greeting;
    day: DayResult;
    draft: DayResult;
    related: RelatedResult;
    ask: AskResult;
    "review.list": ReviewResult;
    "review.accept": ReviewResult;
    "review.reject": ReviewResult;
    quiz: QuizResult;
    check: CheckResult;
    undo: UndoResult;
    refine: { written?: boolean | string; note?: string };
    quest: { path?: string; notes?: Written[] };
}

export type MethodName = keyof Answers;
export type Params = Record<string, unknown>;

/** notegen said no, or could not be asked: why, and what to do about it. */
export class RefusedError extends Error {
    constructor(
        readonly reason: string,
        readonly nextStep: string,
        readonly kind = "",
    ) {
        super(`${reason} ${nextStep}`.trim());
        this.name = "RefusedError";
    }

    get isCancelled(): boolean {
        return this.kind === "CancelledError";
    }
}

/** What any error is, as a person can be told it. */
export function refusedOf(error: unknown): RefusedError {
    if (error instanceof RefusedError) return error;
    const words = error instanceof Error ? error.message : String(error);
    return new RefusedError(`Something went wrong: ${words}.`, "Try again.");
}
