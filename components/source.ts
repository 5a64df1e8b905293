import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type AuditResult, type DeclaredTarget, injectAuth } from "../workflow/auth";
import { parseWorkflow } from "../workflow/syntax";
import { argumentError, userError } from "./errors";
import type { Target, TargetSecret } from "./target";
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
): Promise<Source> {
    const { text, file } = await read(component, name, asset);
    const parsed = parseWorkflow(text, { file });
    const problems = parsed.diagnostics.filter(({ severity }) => severity === "error");
    if (problems.length > 0) {
        throw sourceError(
            component,
            problems.map(({ span, message }) => `${file}:${span.start.line}:${span.start.column}: ${message}`),
        );
    }
    const options = { targets: declared(targets, variables), env, closed: true };
    const injected = injectAuth(parsed, options);
    report(component, file, injected.audit);
    return { authored: text, generated: injected.source, file };
}

/** Errors stop the preview, all of them at once; the rest is told beside the resource. */
function report(component: pulumi.Resource, file: string, audit: AuditResult): void {
    const lines = (severity: string): string[] =>
        audit.findings
            .filter((finding) => finding.severity === severity)
            .map(({ span, what, fix }) => `${file}:${span.start.line}:${span.start.column}: ${what}; ${fix}`);
    const errors = lines("error");
    if (errors.length > 0) throw sourceError(component, errors);
    for (const warning of lines("warning")) void pulumi.log.warn(warning, component);
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
    if (text !== undefined) return { text: await text, file: `${name}.workflow` };
    if (file !== undefined) return readSource(component, await file);
    throw argumentError(component, "source", "is neither a FileAsset nor a StringAsset; give one of the two");
}

async function readSource(component: pulumi.Resource, file: string): Promise<Authored> {
    try {
        return { text: await readFile(file, "utf8"), file: shown(file) };
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
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
