#!/usr/bin/env node
import { buildProgram } from "./program";
import { reportError } from "./errors";

buildProgram(process.argv[2])
    .parseAsync()
    .catch((error: unknown) => {
        process.exitCode = reportError(error, process.stderr);
    });
