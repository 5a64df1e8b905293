import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
    type AuditOptions,
    type AuditResult,
    auditWorkflow,
    type DeclaredTarget,
    type Finding,
    injectAuth,
    type InjectResult,
    type Diagnostic,
    parseWorkflow,
    DEPLOY_LIMITS,
} from "../../workflow";
import { argumentError, userError, oncePerProgram } from "../base";
import type { Target, TargetSecret } from "../target";
import type { TargetVariables } from "./variables";

/** A workflow's source as its author wrote it. */
interface Authored {
    text: string;
    /** For messages: the path as the program gave it, or the workflow's name. */
    file: string;
}

/** A workflow's source, ready to be deployed. */
export interface Source {
    authored: string;
    /** With the `auth` sections added. */
    generated: string;
    file: string;
}

/** Reads the source, audits it, and adds the `auth` sections. */
export async function prepareSource(
    component: pulumi.Resource,
    name: string,
    asset: pulumi.asset.Asset,
    targets: Record<string, Target>,
    variables: Map<string, TargetVariables>,
    env: Record<string, string>,
    /** The variables of `env` whose values are not known yet. */
    pending: readonly string[],
): Promise<Source> {
    const { text, file } = await read(component, name, asset);
    const inspected = inspect(text, file, { targets: declared(targets, variables), env, closed: true });
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
    const known = new Set([
        ...Object.keys(env),
        ...pending,
        ...[...variables.values()].flatMap(({ url, audience }) => [url, audience]),
    ]);
    report(component, file, { ...injected.audit, findings: [...own, ...refused(findings, known)] });
    const bytes = Buffer.byteLength(injected.source);
    if (bytes > DEPLOY_LIMITS.source) {
        throw sourceError(component, [
            `${file}: with its generated auth the source has ${bytes} bytes, more than the ${DEPLOY_LIMITS.source} that a workflow may have: move a part of it to a workflow of its own`,
        ]);
    }
    return { authored: text, generated: injected.source, file };
}

/** What the audit says of a source: what makes it none, or what comes of it. */
type Inspected = { problems: Diagnostic[] } | { own: Finding[]; injected: InjectResult };

const inspections = oncePerProgram(() => new Map<string, Inspected>());

/** One source may be deployed for each region, or for each customer: it is read once. */
function inspect(text: string, file: string, options: AuditOptions): Inspected {
    const key = JSON.stringify([text, path.extname(file), options]);
    const seen = inspections().get(key) ?? inspectAnew(text, file, options);
    inspections().set(key, seen);
    return seen;
}

function inspectAnew(text: string, file: string, options: AuditOptions): Inspected {
    const parsed = parseWorkflow(text, { file });
    const problems = parsed.diagnostics.filter(({ severity }) => severity === "error");
    if (problems.length > 0) {
        return { problems };
    }
    // An author's own auth is not put right in silence: what it says is wrong somewhere else too.
    const own = auditWorkflow(parsed, options).findings.filter(({ rule }) => rule === "wrong-auth-type");
    return { own, injected: injectAuth(parsed, options) };
}

/**
 * What a component refuses beyond the audit: a plain http: URL that needs a credential (and not the credential that it
 * cannot have), a host that cannot be told at a call that needs a credential elsewhere, and a receiver in an environment
 * variable that nothing sets, most often a target that was left out.
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

/** Errors stop the preview, all of them at once; the rest is told beside the resource. */
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
        void pulumi.log.warn(warning, component);
    }
    for (const target of audit.unusedTargets) {
        void pulumi.log.warn(
            `targets.${target}: no call in ${file} goes there, and the workflow may invoke it all the same; take it out of targets or call it`,
            component,
        );
    }
}

function sourceError(component: pulumi.Resource, lines: string[]): pulumi.ResourceError {
    return userError(component, lines.join("\n"));
}

async function read(component: pulumi.Resource, name: string, asset: pulumi.asset.Asset): Promise<Authored> {
    // By its properties: an asset that was an output, or comes from another language, has lost its class.
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
        return { text: await readFile(file, "utf8"), file: shown(file) };
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
            throw error;
        }
        throw argumentError(component, "source", `there is no file ${file} in ${process.cwd()}`);
    }
}

/** The targets as the resolver sees them. Their URLs are left out even where known: preview and update must agree. */
function declared(targets: Record<string, Target>, variables: Map<string, TargetVariables>): DeclaredTarget[] {
    return Object.entries(targets).map(([name, target]) => {
        const { url, audience, secret } = variables.get(name) ?? {};
        return {
            name,
            kind: target.kind,
            ...(typeof target.url === "string" && { url: target.url }),
            ...(typeof target.audience === "string" && { audience: target.audience }),
            ...(url !== undefined && { urlVariable: url }),
            ...(audience !== undefined && { audienceVariable: audience }),
            ...(target.scopes !== undefined && { scopes: target.scopes }),
            ...(target.secret && { secret: secretOf(target.secret, secret) }),
        };
    });
}

function secretOf(
    { header, prefix }: TargetSecret,
    versionVariable: string | undefined,
): NonNullable<DeclaredTarget["secret"]> {
    return {
        header,
        ...(prefix !== undefined && { prefix }),
        ...(versionVariable !== undefined && { versionVariable }),
    };
}

/** A short name for a source's contents. */
export function hashOf(text: string): string {
    return createHash("sha256").update(text).digest("hex");
}

/** A path as people see it in their project. */
function shown(file: string): string {
    const relative = path.relative(process.cwd(), file);
    return relative.startsWith("..") ? file : relative;
}
