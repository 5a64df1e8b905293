import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The files of the page, by their names. */
export interface Asset {
    type: string;
    content: string;
}

const INDEX = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>gcp-invoke console</title>
<link rel="icon" href="icon.svg">
<link rel="stylesheet" href="page.css">
<script type="module" src="page.js"></script>
</head>
<body><div id="app"></div><noscript>The console needs JavaScript.</noscript></body>
</html>
`;

const ICON =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="4" cy="8" r="3" fill="#1d5fc4"/><path d="M8 8h4m-2-2 2 2-2 2" fill="none" stroke="#1d5fc4" stroke-width="1.6"/></svg>';

/** Reads the page. It is built with the package; in a checkout it is built when it is first needed. */
export function readAssets(): ReadonlyMap<string, Asset> {
    const built = join(__dirname, "page");
    const folder = existsSync(built) ? built : buildInCheckout();
    const read = (name: string): string => readFileSync(join(folder, name), "utf8");
    return new Map([
        ["", { type: "text/html; charset=utf-8", content: INDEX }],
        ["icon.svg", { type: "image/svg+xml", content: ICON }],
        ["page.js", { type: "text/javascript; charset=utf-8", content: read("page.js") }],
        ["page.css", { type: "text/css; charset=utf-8", content: read("page.css") }],
    ]);
}

function buildInCheckout(): string {
    const root = join(__dirname, "..", "..");
    const load = createRequire(__filename);
    const { buildConsole } = load(join(root, "scripts", "console.cjs")) as { buildConsole: (folder: string) => string };
    return buildConsole(join(root, ".cache", "console"));
}
