import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
    resolve: {
        alias: {
            obsidian: "obsidian-test-mocks/obsidian",
            electron: here("tests/electron.ts"),
        },
    },
    test: {
        environment: "jsdom",
        setupFiles: [here("tests/setup.ts")],
        testTimeout: 20_000,
        server: { deps: { inline: ["obsidian-test-mocks"] } },
    },
});
