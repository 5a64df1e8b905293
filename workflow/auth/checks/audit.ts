import { defined } from "../../../common";
import type { Parsed, Span } from "../../syntax";
import { type Cause, type Facts, inBody, ruleOf, type Said, said } from "../advice";
import { callSite, type CallSite } from "../calls";
import { deliverySites } from "../deliveries";
import { checkAudience } from "./audience";
import { checkConnector } from "./connector";
import { checkCredential } from "./credential";
import { checkHeaders } from "./header";
import { checkHost } from "./host";
import { checkLiterals } from "./literals";
import { checkScope } from "./scope";
import { connectorHost, isHttpCall, resolveCalls, type ResolvedCall } from "../flow";
import { mayOpen, publicGrants } from "./public-grant";
import { checkPrivateService } from "./private-service";
import type { Reporter } from "./reporter";
import { rules } from "../rules";
import { suppressionsIn, suppressor } from "./suppress";
import type { AuditOptions, AuditResult, Finding } from "../types";

/** All calls of a source with their resolved arguments, and among them those that send HTTP requests. */
export interface Survey {
    calls: ResolvedCall[];
    sites: CallSite[];
    /** The requests with a token that other services are to send: tasks, jobs and pushes. */
    deliveries: CallSite[];
}

export function survey(parsed: Parsed, options: AuditOptions): Survey {
    const targets = options.targets ?? [];
    const { program } = parsed;
    const calls = program === undefined ? [] : resolveCalls(program, { targets, env: options.env ?? {} });
    const sites = calls.filter((call) => isHttpCall(call.action.callee.text)).map((call) => callSite(call, options));
    const siteOf = new Map(sites.map((site) => [site.call, site]));
    return { calls, sites, deliveries: calls.flatMap((call) => deliverySites(call, siteOf.get(call), options)) };
}

/** Runs every check of one HTTP call. */
export function checkSite(site: CallSite, reporter: Reporter): void {
    checkCredential(site, reporter);
    checkHost(site, reporter);
    checkHeaders(site, reporter);
    checkAudience(site, reporter);
    checkScope(site, reporter);
    checkPrivateService(site, reporter);
}

/** Finds, for a receiver, the step of the workflow that may let everyone invoke it. */
export function openedBy(calls: readonly ResolvedCall[]): Reporter["openedBy"] {
    const grants = publicGrants(calls);
    return (receiver) => grants.find((grant) => mayOpen(grant, receiver))?.call.step.name.text;
}

/**
 * Finds calls whose credential is missing, wrong or goes to the wrong place.
 * What the parser found is in `parsed.diagnostics`, not here; a source that does not parse has no findings.
 *
 * @example
 * const { findings } = auditWorkflow(parseWorkflow(source, { file: "fulfil.yaml" }), {
 *     targets: [{ name: "orders", kind: "run", urlVariable: "ORDERS_URL" }],
 * });
 *
 * @throws Error if `universeDomain` is no domain
 */
export function auditWorkflow(parsed: Parsed, options: AuditOptions = {}): AuditResult {
    return auditSurvey(parsed, survey(parsed, options), options);
}

/** The same for a source whose calls are resolved. */
export function auditSurvey(parsed: Parsed, seen: Survey, options: AuditOptions): AuditResult {
    const { calls, sites, deliveries } = seen;
    const findings: Finding[] = [];
    const reported = new Set<string>();
    const targets = options.targets ?? [];

    function report<C extends Cause>(cause: C, step: string | undefined, span: Span, ...facts: Facts<C>): void {
        add(cause, step, span, said(cause, ...facts));
    }

    function add(cause: Cause, step: string | undefined, span: Span, [what, fix, severity]: Said): void {
        const rule = ruleOf(cause);
        const chosen = options.rules?.[rule] ?? severity ?? rules[rule].severity;
        const key = `${rule} ${span.start.offset}`;
        if (chosen !== "off" && !reported.has(key)) {
            reported.add(key);
            const { why } = rules[rule];
            findings.push({ rule, cause, severity: chosen, span, ...defined({ step }), what, why, fix });
        }
    }

    if (parsed.program !== undefined) {
        const opened = openedBy(calls);
        for (const site of [...sites, ...deliveries]) {
            checkSite(site, {
                options,
                program: parsed.program,
                openedBy: opened,
                report: (cause, span, ...facts) => {
                    add(cause, site.call.step.name.text, span, inBody(said(cause, ...facts), site.tokenFields));
                },
            });
        }
        for (const call of calls) {
            checkConnector(call, (cause, span, ...facts) => {
                report(cause, call.step.name.text, span, ...facts);
            });
        }
        checkLiterals(parsed.program, report);
        for (const { call } of publicGrants(calls)) {
            const name = call.step.name.text;
            report("public-invoker/grant", name, call.action.callee.span, `step "${name}"`);
        }
    }
    for (const { span, problem } of suppressionsIn(parsed.source)) {
        if (problem !== undefined) {
            const [cause, ...facts] = problem;
            report(cause, undefined, span, ...facts);
        }
    }
    const suppressed = suppressor(parsed.source);
    const kept = findings.filter(({ rule, span }) => !suppressed(rule, span));
    const used = usedTargets();
    return {
        findings: kept.sort((a, b) => a.span.start.offset - b.span.start.offset),
        unusedTargets: targets.map((t) => t.name).filter((name) => !used.has(name)),
        calls: sites.length,
    };

    function usedTargets(): Set<string> {
        const names = new Set(
            [...sites, ...deliveries].flatMap((s) => s.receivers.flatMap((r) => r.target?.name ?? [])),
        );
        const apis = new Set(calls.flatMap((call) => connectorHost(call.action.callee.text) ?? []));
        for (const target of targets) {
            const host = target.url === undefined ? undefined : URL.parse(target.url)?.hostname;
            if (target.kind === "google-api" && host !== undefined && apis.has(host)) {
                names.add(target.name);
            }
        }
        return names;
    }
}
