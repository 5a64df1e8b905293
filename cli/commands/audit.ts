import { type Command, Option } from "commander";
import { auditFile, auditRules } from "../../workflow";
import { QUIET } from "../global-options";
import { type Destination, destinationsOf, terminal, writeTo } from "../render";
import {
    addTargetFlags,
    auditOptions,
    collect,
    type FormatName,
    formatNames,
    formats,
    noDefinition,
    readSources,
    reportOf,
    ruleOverrides,
    type Style,
    type TargetFlags,
    targetsHelp,
} from "../audit";

interface Flags extends TargetFlags {
    format?: Destination<FormatName>[];
    rule?: string[];
    quiet?: boolean;
    maxSeverity: "error" | "warning" | "info" | "none";
}

const severities = ["none", "info", "warning", "error"];

function rulesHelp(): string {
    return Object.entries(auditRules)
        .map(([id, { severity, title }]) => `  ${id.padEnd(22)}${severity.padEnd(9)}${title}`)
        .join("\n");
}

const help = (): string => `
The exit code is 1 if something is worse than --max-severity allows, and 2 if the command line is wrong or a path has no
definition.

To accept a finding, write a comment with the reason on the line above it:
  # gcp-invoke-ignore unknown-host: the partner's host is checked before

Rules, and how severe they are unless the finding or --rule says otherwise:
${rulesHelp()}

${targetsHelp}

Examples:
  gcp-invoke audit fulfil.yaml
  gcp-invoke audit workflows/ 'modules/**/*.tf' --format text --format sarif=audit.sarif
  gcp-invoke audit fulfil.yaml --target orders=https://orders-abc123-ew.a.run.app --rule broad-scope=error
  cat fulfil.yaml | gcp-invoke audit -`;

/** Adds `gcp-invoke audit`, which finds what is wrong with the credentials in workflow definitions. */
export function register(program: Command): void {
    const command = program
        .command("audit")
        .summary("find missing, wrong and leaking credentials in workflow definitions")
        .description(
            "Finds the calls of Google Cloud Workflows definitions whose credential is missing, is wrong or goes to the wrong host.",
        )
        .argument("<file...>", "YAML, JSON or Terraform files, folders, quoted globs, or - for standard input")
        .option(
            "-f, --format <format>",
            `the format of the report: ${formatNames.join(", ")} (default: text). FORMAT=FILE writes it to a file; it can be given several times`,
            destinationsOf(formatNames),
        )
        .option(
            "-r, --rule <id=severity>",
            "set the severity of a rule: off, info, warning or error; may be repeated",
            collect,
        )
        .addOption(
            new Option(
                "--max-severity <severity>",
                "the highest severity of a finding with which the command still succeeds",
            )
                .choices(severities)
                .default("warning"),
        )
        .option(...QUIET)
        .addHelpText("after", help);
    addTargetFlags(command).action((names: string[], flags: Flags) => {
        const options = { ...auditOptions(flags), rules: ruleOverrides(flags.rule ?? []) };
        const audits = readSources(names).map(({ path, text }) => ({
            file: path,
            audit: auditFile(text, path, options),
        }));
        const other = audits.find(({ audit }) => audit.workflows === 0 && audit.diagnostics.length === 0);
        if (other !== undefined) {
            throw noDefinition(other.file);
        }
        const report = reportOf(audits);
        const screen = terminal(process.stdout);
        const worst = Math.max(0, ...report.items.map(({ severity }) => severities.indexOf(severity)));
        const isFine = worst <= severities.indexOf(flags.maxSeverity);
        for (const destination of flags.format ?? [{ format: "text" as const }]) {
            if (flags.quiet === true && isFine && destination.file === undefined) {
                continue;
            }
            const style: Style = (color, text) => (destination.file === undefined ? screen.style(color, text) : text);
            writeTo(destination, formats[destination.format](report, style));
        }
        process.exitCode = isFine ? 0 : 1;
    });
}
