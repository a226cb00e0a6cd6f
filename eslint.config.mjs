import { defineConfig, globalIgnores } from "eslint/config";
import obsidianmd from "eslint-plugin-obsidianmd";

export default defineConfig([
    globalIgnores(["node_modules", "plugin/main.js", "notegen", "plugin/app-test", "plugin/*.mjs", "*.json", ".ci"]),
    ...obsidianmd.configs.recommended,
    {
        files: ["plugin/**/*.ts"],
        languageOptions: { parserOptions: { project: "./plugin/tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    },
]);
