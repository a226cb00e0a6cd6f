/** Two texts, line by line: the longest common subsequence stays. */

export interface Change {
    kind: "same" | "gone" | "come";
    text: string;
}

/** Above this many pairs of lines all old ones go and all new ones come: a table of them would be too large. */
const MOST_PAIRS = 1_000_000;

export function changes(before: string, after: string): Change[] {
    const old = lines(before);
    const fresh = lines(after);
    if (old.length * fresh.length > MOST_PAIRS) return [...all("gone", old), ...all("come", fresh)];
    const width = fresh.length + 1;
    const common = new Uint32Array((old.length + 1) * width);
    const at = (i: number, j: number) => common[i * width + j] ?? 0;
    for (let i = old.length - 1; i >= 0; i--) {
        for (let j = fresh.length - 1; j >= 0; j--) {
            common[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
        }
    }
    const found: Change[] = [];
    let i = 0;
    let j = 0;
    while (i < old.length && j < fresh.length) {
        if (old[i] === fresh[j]) {
            found.push({ kind: "same", text: old[i] ?? "" });
            i++;
            j++;
        } else if (at(i + 1, j) >= at(i, j + 1)) {
            found.push({ kind: "gone", text: old[i++] ?? "" });
        } else {
            found.push({ kind: "come", text: fresh[j++] ?? "" });
        }
    }
    return [...found, ...all("gone", old.slice(i)), ...all("come", fresh.slice(j))];
}

function lines(text: string): string[] {
    const trimmed = text.replace(/^\n+|\n+$/g, "");
    return trimmed ? trimmed.split("\n") : [];
}

function all(kind: Change["kind"], texts: string[]): Change[] {
    return texts.map((text) => ({ kind, text }));
}
