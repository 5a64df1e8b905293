// Writes workflow/build/connectors.ts from the connectors' table: the names and arguments of every method that it has.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");

/** `POST projects/{+projectId}/queries?key*&a body` → `Method<"projectId", "key" | "a", true>`. */
function typeOf(entry) {
    const [, target = "", ...traits] = entry.split(" ");
    const [path = "", query = ""] = target.split("?");
    const quoted = (names) => names.map((name) => JSON.stringify(name)).join(" | ") || "never";
    const inPath = [...path.matchAll(/\{\+?(\w+)\}/g)].map(([, name]) => name);
    const inQuery = query === "" ? [] : query.split("&").map((name) => name.replace("*", ""));
    // A dotted name is given as a map; which one is left to the definition.
    const names = [...new Set(inQuery.map((name) => name.split(".")[0]))].filter((name) => !inPath.includes(name));
    return `Method<${quoted(inPath)}, ${quoted(names)}, ${traits.includes("body")}>`;
}

/** The file's text. */
function connectorTypes() {
    const table = JSON.parse(readFileSync(join(root, "workflow", "run", "connectors", "methods.json"), "utf8"));
    const lines = Object.entries(table).flatMap(([service, { methods }]) =>
        Object.entries(methods).map(([name, entry]) => `    "googleapis.${service}.${name}": ${typeOf(entry)};`),
    );
    return [
        "// Made by scripts/connector-types.cjs from workflow/run/connectors/methods.json.",
        'import type { Method } from "./connector";',
        "",
        "/** The methods of Google's APIs, as connectors, with the arguments that their definitions name. */",
        "// prettier-ignore",
        "export interface Connectors {",
        ...lines,
        "}",
        "",
    ].join("\n");
}

module.exports = { connectorTypes };
if (require.main === module) writeFileSync(join(root, "workflow", "build", "connectors.ts"), connectorTypes());
