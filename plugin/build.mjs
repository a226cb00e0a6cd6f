// Bundles the plugin into plugin/main.js, the same bytes on every machine; the Python wheel takes it from there.
import { build } from "esbuild";
import { statSync } from "node:fs";

const LARGEST_BYTES = 100_000;
const root = new URL("..", import.meta.url).pathname;

await build({
    entryPoints: [`${root}plugin/src/main.ts`],
    outfile: `${root}plugin/main.js`,
    bundle: true,
    format: "cjs",
    target: "es2021",
    platform: "node",
    external: ["obsidian", "electron", "@codemirror/*"],
    minify: true,
    legalComments: "none",
    absWorkingDir: root,
    banner: { js: "/* notegen: its source is in plugin/src of the repository */" },
    logLevel: "warning",
});
const size = statSync(`${root}plugin/main.js`).size;
if (size > LARGEST_BYTES) throw new Error(`main.js has ${size} bytes, more than ${LARGEST_BYTES}`);
process.stdout.write(`plugin/main.js: ${size} bytes\n`);
