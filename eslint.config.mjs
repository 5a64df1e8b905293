import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** The folders, and what each may import: arrows point one way only (ARCHITECTURE.md). */
const arrows = {
    components: ["workflow", "smoke"],
    workflow: [],
    credentials: [],
    smoke: ["credentials"],
    policy: ["workflow"],
    engine: [],
    sandbox: ["workflow", "engine"],
    cli: ["workflow", "credentials", "smoke", "policy", "engine", "sandbox"],
    testing: [],
};
const folders = Object.keys(arrows);

const arrowRules = folders.map((folder) => ({
    files: [`${folder}/**/*.ts`],
    rules: {
        "no-restricted-imports": [
            "error",
            {
                patterns: [
                    {
                        // Only paths that leave the folder by its top: "../smoke", "../../smoke/run", never "./smoke".
                        regex: `^(\\.\\./)+(${[...folders, "examples", "test"].filter((f) => f !== folder && !arrows[folder].includes(f)).join("|")})(/|$)`,
                        message: `${folder}/ may import ${arrows[folder].length > 0 ? arrows[folder].map((f) => `${f}/`).join(", ") : "no other folder"}: arrows point one way only (ARCHITECTURE.md)`,
                    },
                    {
                        regex: "^pulumi-gcp-invoke(/|$)",
                        message: "the package imports itself only in examples and tests: use a relative path",
                    },
                    ...(["components", "policy", "testing", "engine"].includes(folder)
                        ? []
                        : [{ regex: "^@pulumi/", message: `${folder}/ works without Pulumi` }]),
                ],
            },
        ],
    },
}));

export default defineConfig(
    {
        ignores: [
            "dist/",
            ".gcp-invoke/",
            ".cache/",
            "temp/",
            "**/fixtures/",
            "sandbox/apis/descriptors/",
            "workflow/build/apis/",
        ],
    },
    js.configs.recommended,
    {
        files: ["**/*.ts"],
        extends: [tseslint.configs.strictTypeChecked],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
            "@typescript-eslint/no-unnecessary-type-parameters": "off",
            "@typescript-eslint/consistent-type-imports": "error",
        },
    },
    {
        files: ["test/**/*.ts"],
        rules: { "@typescript-eslint/no-non-null-assertion": "off" },
    },
    {
        // Each has a tsconfig.json, as a user's program does: a dozen programs with the provider's types are 4 GB. What
        // is wrong with their types, tsc says.
        files: ["examples/**/*.ts"],
        extends: [tseslint.configs.disableTypeChecked],
        languageOptions: { parserOptions: { projectService: false } },
    },
    {
        files: ["**/*.cjs", "**/*.mjs", "**/*.js"],
        languageOptions: {
            globals: {
                require: "readonly",
                module: "writable",
                exports: "writable",
                process: "readonly",
                console: "readonly",
                __dirname: "readonly",
                Buffer: "readonly",
                URL: "readonly",
                setTimeout: "readonly",
                performance: "readonly",
                fetch: "readonly",
            },
        },
    },
    ...arrowRules,
);
