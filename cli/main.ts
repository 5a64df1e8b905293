#!/usr/bin/env node
// This comes first, because it is for all that is loaded after it.
import "./compile-cache";
import { buildProgram, checkNode } from "./program";
import { reportError } from "./errors";

// Node would print the error unchanged, and its text, such as the answer of a receiver, may hold a token.
process.on("uncaughtException", (error) => {
    process.exit(reportError(error, process.stderr, true));
});

async function main(): Promise<void> {
    checkNode();
    await buildProgram(process.argv[2]).parseAsync();
}

main().catch((error: unknown) => {
    process.exitCode = reportError(error, process.stderr);
});
