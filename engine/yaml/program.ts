/**
 * The program of a project with `runtime: yaml`. The SDK's runner loads it in the project's folder like any Node program.
 * https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/
 */
import { RunError } from "@pulumi/pulumi";

import { messageOf } from "../../errors";
import { ProgramError } from "../errors";
import { readProgram } from "./read";
import { YamlProgram } from "./yaml-program";

/** Runs the program. What is wrong in it is told without the stack of this code, which is not the user's. */
function run(): Record<string, unknown> {
    try {
        return new YamlProgram(readProgram(process.env["PULUMI_YAML_FILE"] ?? "Pulumi.yaml")).run();
    } catch (error) {
        throw error instanceof ProgramError ? new RunError(messageOf(error)) : error;
    }
}

const outputs = run();

export = outputs;
