#!/usr/bin/env node
// This comes first, because it is for all that is loaded after it.
import "./compile-cache";
import { checkNode, programFor } from "./program";
import { reportError } from "./errors";

// Node would print the error unchanged, and its text, such as the answer of a receiver, may hold a token.
process.on("uncaughtException", (error) => {
    process.exit(reportError(error, process.stderr, true));
});

// Whoever read the output has gone, as in `gcp-invoke sandbox decisions | head`. A command that has a sandbox, or changes one,
// listens as well, and goes on.
for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") {
            throw error;
        }
        if (stream === process.stdout && stream.listenerCount("error") === 1) {
            process.exit(0);
        }
    });
}

async function main(): Promise<void> {
    checkNode();
    await programFor(process.argv.slice(2)).parseAsync();
}

main().catch((error: unknown) => {
    process.exitCode = reportError(error, process.stderr);
});
