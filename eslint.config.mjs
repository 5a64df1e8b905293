import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { house } from "./scripts/lint/index.mjs";

/** The folders, and what each may import: arrows point one way only (ARCHITECTURE.md). */
const arrows = {
    common: [],
    errors: [],
    components: ["common", "errors", "workflow", "smoke"],
    workflow: ["common", "errors"],
    credentials: ["common", "errors"],
    smoke: ["common", "errors", "credentials"],
    policy: ["common", "errors", "workflow"],
    engine: ["common", "errors"],
    sandbox: ["common", "errors", "workflow", "engine"],
    cli: ["common", "errors", "workflow", "credentials", "smoke", "policy", "engine", "sandbox"],
    testing: ["common", "errors"],
};
const folders = Object.keys(arrows);

/** Entries beside the index of a folder, for files for which the index would load too much. */
const doors = [
    "credentials/redact.ts",
    "cli/sandbox/commands/index.ts",
    "engine/light.ts",
    "engine/project/index.ts",
    "sandbox/light.ts",
    "sandbox/control/index.ts",
];

const withPulumi = ["components", "policy", "testing", "engine"];
const itself = {
    regex: "^pulumi-gcp-invoke(/|$)",
    message: "the package imports itself only in examples and tests: use a relative path",
};

const houseRules = [
    {
        files: folders.map((folder) => `${folder}/**/*.ts`),
        rules: {
            "house/arrows": ["error", arrows],
            "house/cycles": "error",
            "house/doors": ["error", { doors }],
            "no-restricted-imports": ["error", { patterns: [itself] }],
        },
    },
    ...folders
        .filter((folder) => !withPulumi.includes(folder))
        .map((folder) => ({
            files: [`${folder}/**/*.ts`],
            rules: {
                "no-restricted-imports": [
                    "error",
                    { patterns: [itself, { regex: "^@pulumi/", message: `${folder}/ works without Pulumi` }] },
                ],
            },
        })),
    {
        // Examples are programs of users: their index is the program.
        files: ["index.ts", ...folders.map((folder) => `${folder}/**/index.ts`)],
        rules: { "house/indexes": "error" },
    },
    {
        // A file that is generated from an API has the name of the API and its version.
        files: ["**/*.ts", "**/*.mjs", "**/*.cjs"],
        rules: { "house/file-names": "error" },
    },
];

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
    {
        // oxlint checks types and all general rules (.oxlintrc.json).
        files: ["**/*.ts"],
        languageOptions: { parser: tseslint.parser },
        // For the comments that silence its rules.
        plugins: { "@typescript-eslint": tseslint.plugin },
    },
    { plugins: { house }, linterOptions: { reportUnusedDisableDirectives: "off" } },
    ...houseRules,
);
