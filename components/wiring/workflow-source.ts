import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
    type AuditOptions,
    type AuditResult,
    auditWorkflow,
    type Finding,
    injectAuth,
    type InjectResult,
    type Diagnostic,
    parseWorkflow,
    DEPLOY_LIMITS,
} from "../../workflow";
import { argumentError, configuredUniverse, log, memoizedPerProgram, userError } from "../base";
import type { Target } from "../target";
import { declared } from "./declared-targets";
import type { PrivateService } from "./private-services";
import type { TargetVariables } from "./variables";
import { defined } from "../../common";
import { fileProblem } from "../../errors";

/** A workflow's source as its author wrote it. */
interface Authored {
    text: string;
    /** Its name in messages: the path as the program gave it, or the workflow's name. */
    file: string;
}

/** A workflow's source, ready to be deployed. */
export interface Source {
    authored: string;
    /** The source with the `auth` sections added. */
    generated: string;
    file: string;
}

/** What a source may refer to. */
export interface SourceContext {
    targets: Record<string, Target>;
    variables: Map<string, TargetVariables>;
    privateServices: Map<string, PrivateService>;
    /** The user's own environment variables. */
    env: Record<string, pulumi.Input<string>>;
}

/**
 * Reads the source, audits it, and adds the `auth` sections.
 * @throws ResourceError with every error that the audit found
 */
export function prepareSource(
    component: pulumi.Resource,
    name: string,
    source: pulumi.Input<pulumi.asset.Asset>,
    context: SourceContext,
): pulumi.Output<Source> {
    return pulumi
        .output(source)
        .apply(async (asset) => prepare(component, await read(component, name, asset), context));
}

function prepare(
    component: pulumi.Resource,
    { text, file }: Authored,
    { targets, variables, env, privateServices }: SourceContext,
): Source {
    const known = knownStrings(env);
    const inspected = inspect(text, file, {
        ...{ targets: declared(targets, variables, privateServices), env: known, closed: true },
        ...defined({ universeDomain: configuredUniverse(component) }),
    });
    if ("problems" in inspected) {
        throw sourceError(
            component,
            inspected.problems.map(
                ({ span, message }) => `${file}:${span.start.line}:${span.start.column}: ${message}`,
            ),
        );
    }
    const { own, injected } = inspected;
    const { findings } = injected.audit;
    const set = new Set([
        ...Object.keys(env),
        ...[...variables.values()].flatMap(({ url, audience, job }) => [url, audience, job]),
        ...[...privateServices.values()].map(({ variable }) => variable),
    ]);
    report(component, file, { ...injected.audit, findings: [...own, ...refused(findings, set)] });
    const bytes = Buffer.byteLength(injected.source);
    if (bytes > DEPLOY_LIMITS.source) {
        throw sourceError(component, [
            `${file}: with its generated auth the source has ${bytes} bytes, more than the ${DEPLOY_LIMITS.source} that a workflow may have: move a part of it to another workflow`,
        ]);
    }
    return { authored: text, generated: injected.source, file };
}

/** The variables whose values are known without waiting, so that the audit may look into them. */
function knownStrings(env: Record<string, pulumi.Input<string>>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
}

/** What the audit finds in a source: the errors that keep it from being read, or what comes of the injection. */
type Inspected = { problems: Diagnostic[] } | { own: Finding[]; injected: InjectResult };

const inspections = memoizedPerProgram(() => new Map<string, Inspected>());

/** A program may deploy one source several times, for each region or each customer. It is inspected once. */
function inspect(text: string, file: string, options: AuditOptions): Inspected {
    const key = JSON.stringify([text, path.extname(file), options]);
    const seen = inspections().get(key) ?? auditAndInject(text, file, options);
    inspections().set(key, seen);
    return seen;
}

function auditAndInject(text: string, file: string, options: AuditOptions): Inspected {
    const parsed = parseWorkflow(text, { file });
    const problems = parsed.diagnostics.filter(({ severity }) => severity === "error");
    if (problems.length > 0) {
        return { problems };
    }
    // The injection would correct a wrong type of auth. It is reported too, because its author must have meant something.
    const own = auditWorkflow(parsed, options).findings.filter(({ rule }) => rule === "wrong-auth-type");
    return { own, injected: injectAuth(parsed, options) };
}

/**
 * Makes three kinds of findings errors, which a component refuses:
 * - a plain http: URL whose call needs a credential. The credential itself is then not reported as missing, since it could not
 *   be sent;
 * - an unknown host, at a call that needs a credential elsewhere;
 * - a host in an environment variable that nothing sets, which is most often a target that the user forgot.
 */
function refused(findings: Finding[], known: ReadonlySet<string | undefined>): Finding[] {
    const at = ({ span }: Finding): number => span.start.offset;
    const missing = new Set(findings.filter(({ rule }) => rule === "missing-auth").map(at));
    const insecure = new Set(findings.filter(({ rule }) => rule === "insecure-scheme").map(at));
    return findings
        .filter((finding) => !(finding.rule === "missing-auth" && insecure.has(at(finding))))
        .map((finding): Finding => {
            const mayNeedOne = missing.has(at(finding));
            const variable = /the environment variable (\w+)/.exec(finding.what)?.[1];
            if (finding.rule !== "unknown-host" || variable === undefined || known.has(variable)) {
                return mayNeedOne && /^(insecure-scheme|unknown-host)$/.test(finding.rule)
                    ? { ...finding, severity: "error" }
                    : finding;
            }
            const target = /^(\w+)_URL$/.exec(variable)?.[1]?.toLowerCase().replaceAll("_", "-");
            const fix =
                target === undefined
                    ? `set ${variable} in env, or call a declared target`
                    : `add ${target} to targets, or set ${variable} in env`;
            return { ...finding, severity: "error", what: `${finding.what}, which nothing sets`, fix };
        });
}

/** Fails with all errors at once, and shows warnings beside the resource. */
function report(component: pulumi.Resource, file: string, audit: AuditResult): void {
    const lines = (severity: string): string[] =>
        audit.findings
            .filter((finding) => finding.severity === severity)
            .map(({ span, what, fix }) => `${file}:${span.start.line}:${span.start.column}: ${what}; ${fix}`);
    const errors = lines("error");
    if (errors.length > 0) {
        throw sourceError(component, errors);
    }
    for (const warning of lines("warning")) {
        void log.warn(warning, component);
    }
    for (const target of audit.unusedTargets) {
        void log.warn(
            `targets.${target}: no call in ${file} goes there, although the workflow gets a grant to invoke it; take it out of targets or call it`,
            component,
        );
    }
}

function sourceError(component: pulumi.Resource, lines: string[]): pulumi.ResourceError {
    return userError(component, lines.join("\n"));
}

async function read(component: pulumi.Resource, name: string, asset: pulumi.asset.Asset): Promise<Authored> {
    // The properties decide the kind, because an asset that was an output or comes from another language has lost its class.
    const { text, path: file } = asset as { text?: string | Promise<string>; path?: string | Promise<string> };
    if (text !== undefined) {
        return { text: await text, file: `${name}.workflow` };
    }
    if (file !== undefined) {
        return readSource(component, await file);
    }
    throw argumentError(component, "source", "is neither a FileAsset nor a StringAsset; give one of the two");
}

async function readSource(component: pulumi.Resource, file: string): Promise<Authored> {
    try {
        return { text: await readFile(file, "utf8"), file: pathInProject(file) };
    } catch (error) {
        const problem = fileProblem(error);
        if (problem === undefined) {
            throw error;
        }
        const { wrong, fix } = problem;
        throw argumentError(component, "source", `cannot read ${file} in ${process.cwd()}: ${wrong}; ${fix}`);
    }
}

/** The SHA-256 of a text, in hexadecimal digits. */
export function hashOf(text: string): string {
    return createHash("sha256").update(text).digest("hex");
}

/** The path of a file in the folder of the project, if it is in there. */
function pathInProject(file: string): string {
    const relative = path.relative(process.cwd(), file);
    return relative.startsWith("..") ? file : relative;
}
