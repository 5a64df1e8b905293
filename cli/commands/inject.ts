import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { type Diagnostic, type FileInjection, injectFile } from "../../workflow";
import { addTargetFlags, auditOptions, noDefinition, readSources, type TargetFlags, targetsHelp } from "../audit";
import { UserError } from "../errors";
import { renderDiff, terminal } from "../render";

interface Flags extends TargetFlags {
    write?: boolean;
    check?: boolean;
}

const help = `
Without --write or --check it shows what it would change. From standard input (-) it writes the result to standard output.
Some calls need a credential and are written so that nothing can be added. They are listed, with what to do by hand.
The exit code is 1 if --check finds something to change or a definition has errors, and 2 if the command line is wrong
or a path has no definition.

${targetsHelp}

Examples:
  gcp-invoke inject fulfil.yaml
  gcp-invoke inject --write workflows/ --target orders=https://orders-abc123-ew.a.run.app
  gcp-invoke inject --check workflows/`;

/** Adds `gcp-invoke inject`, which writes the credentials that are missing or wrong. */
export function register(program: Command): void {
    const command = program
        .command("inject")
        .summary("write the auth sections that are missing or wrong")
        .description(
            "Adds the auth sections that Google Cloud Workflows definitions lack, if the receiver is certain. No other byte changes.",
        )
        .argument("<file...>", "YAML, JSON or Terraform files, folders, quoted globs, or - for standard input")
        .option("-w, --write", "change the files")
        .option("--check", "change nothing, and end with exit code 1 if something would change")
        .addHelpText("after", help);
    addTargetFlags(command).action((names: string[], flags: Flags) => {
        if (flags.write === true && flags.check === true) {
            throw new UserError("--write and --check exclude each other", { fix: "choose one", exitCode: 2 });
        }
        const options = auditOptions(flags);
        const results = readSources(names).map((file) => ({
            ...file,
            result: injectFile(file.text, file.path, options),
        }));
        const empty = results.find(({ result }) => result.workflows === 0 && result.unreadable.length === 0);
        if (empty !== undefined) {
            throw noDefinition(empty.path);
        }
        const unread = results.filter(({ result }) => result.unreadable.length > 0);
        for (const { path, text, result } of results) {
            if (path === "<stdin>" && flags.check !== true) {
                process.stdout.write(result.text);
            } else if (result.text !== text) {
                show(path, text, result.text, result.changes);
                if (flags.write === true) {
                    writeFileSync(path, result.text);
                }
            }
        }
        for (const { path, result } of unread) {
            result.unreadable.forEach((each) => process.stderr.write(diagnosticLine(path, each)));
        }
        for (const { path, result } of results) {
            result.warnings.forEach((each) => process.stderr.write(diagnosticLine(path, each)));
        }
        for (const { path, result } of results) {
            for (const { step, span, why, fix } of result.left) {
                process.stderr.write(
                    `${path}:${span.start.line}:${span.start.column}: ${step} is left as it is: ${why}; ${fix}\n`,
                );
            }
        }
        const changed = results.filter(({ text, result }) => result.text !== text);
        if (!names.includes("-")) {
            process.stdout.write(`${summary(results, changed.length, unread.length, flags.write === true)}\n`);
        }
        process.exitCode = unread.length > 0 || (flags.check === true && changed.length > 0) ? 1 : 0;
    });
}

const diagnosticLine = (path: string, { span, message }: Diagnostic): string =>
    `${path}:${span.start.line}:${span.start.column}: ${message}\n`;

function summary(results: { result: FileInjection }[], changed: number, unread: number, written: boolean): string {
    const count = (of: "changes" | "left"): number => results.reduce((sum, { result }) => sum + result[of].length, 0);
    const files = `${results.length} file${results.length === 1 ? "" : "s"}`;
    const left = count("left") === 0 ? "" : `; ${count("left")} left to you, see above`;
    const rest = unread === 0 ? left : `${left}; ${unread} not read for the errors above`;
    return count("changes") > 0
        ? `calls ${written ? "changed" : "to change"}: ${count("changes")}, in ${changed} of ${files}${rest}`
        : unread === results.length
          ? `nothing read: there are errors in ${files}, see above`
          : `nothing to change in ${files}${rest}`;
}

function show(
    path: string,
    before: string,
    after: string,
    changes: { step: string; line: number; description: string }[],
): void {
    const lines = changes.map(({ step, line, description }) => `${path}:${line}: ${step} ${description}`);
    process.stdout.write(`${[...lines, renderDiff(before, after, terminal(process.stdout))].join("\n")}\n\n`);
}
