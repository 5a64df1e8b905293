#!/usr/bin/env node
// This comes first, because it is for all that is loaded after it.
import "./compile-cache";
import { checkNode, programFor } from "./program";
import { reportError } from "./errors";

// Node would print the error unchanged, and its text, such as the answer of a receiver, may hold a token.
process.on("uncaughtException", (error) => {
    process.exit(reportError(error, process.stderr, true));
});

// Whoever read the output has gone, as in `gcp-invoke audit . | head`. The command goes on to its end, because its exit code tells
// whether something is wrong. One that follows what happens has no end, and ends here.
const isEndless = process.argv.slice(2).some((word) => /^--(follow|watch(=.*)?)$/.test(word));
for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") {
            throw error;
        }
        if (isEndless && stream === process.stdout && stream.listenerCount("error") === 1) {
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
