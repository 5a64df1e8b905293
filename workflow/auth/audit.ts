import type { Parsed, Severity, Span } from "../syntax/ast";
import { callSite, type CallSite } from "./call-site";
import { checkAudience } from "./check-audience";
import { checkCredential, type Reporter } from "./check-credential";
import { checkLiterals, checkPublicInvoker } from "./check-literals";
import { checkScope } from "./check-scope";
import { connectorHost, isHttpCall } from "./connectors";
import { resolveCalls, type ResolvedCall } from "./resolve";
import { rules, type RuleId } from "./rules";
import { suppressionsIn, suppressor } from "./suppress";
import type { AuditOptions, AuditResult, Finding } from "./types";

/** The calls of a source, resolved, and those of them that send HTTP requests. */
export interface Survey {
    calls: ResolvedCall[];
    sites: CallSite[];
}

export function survey(parsed: Parsed, options: AuditOptions): Survey {
    const targets = options.targets ?? [];
    const { program, source } = parsed;
    const calls = program === undefined ? [] : resolveCalls(program, targets, options.env ?? {}, source);
    return {
        calls,
        sites: calls.filter((call) => isHttpCall(call.action.callee.text)).map((call) => callSite(call, targets)),
    };
}

/**
 * Finds calls whose credential is missing, wrong or goes to the wrong place.
 * What the parser found is in `parsed.diagnostics`, not here; a source that does not parse has no findings.
 */
export function auditWorkflow(parsed: Parsed, options: AuditOptions = {}): AuditResult {
    return auditSurvey(parsed, survey(parsed, options), options);
}

function auditSurvey(parsed: Parsed, { calls, sites }: Survey, options: AuditOptions): AuditResult {
    const findings: Finding[] = [];
    const targets = options.targets ?? [];

    function report(rule: RuleId, span: Span, what: string, fix: string, step?: string, severity?: Severity): void {
        const chosen = options.rules?.[rule] ?? severity ?? rules[rule].severity;
        const again = findings.some((f) => f.rule === rule && f.span.start.offset === span.start.offset);
        if (chosen !== "off" && !again) {
            const { why } = rules[rule];
            findings.push({ rule, severity: chosen, span, ...(step !== undefined && { step }), what, why, fix });
        }
    }

    for (const site of sites) {
        const step = site.call.step.name.text;
        const reporter: Reporter = {
            closed: options.closed ?? false,
            report: (rule, span, what, fix, severity) => report(rule, span, what, fix, step, severity),
        };
        checkCredential(site, reporter);
        checkAudience(site, targets, reporter);
        checkScope(site, reporter);
    }
    if (parsed.program !== undefined) {
        checkLiterals(parsed.program, report);
        calls.forEach((call) => checkPublicInvoker(call, report));
    }
    for (const { span, problem } of suppressionsIn(parsed.source)) {
        if (problem !== undefined) {
            const fix = "write # gcp-invoke-ignore rule: reason";
            report("ignore-without-reason", span, `this gcp-invoke-ignore comment ${problem}`, fix);
        }
    }
    const suppressed = suppressor(parsed.source);
    const kept = findings.filter(({ rule, span }) => !suppressed(rule, span));
    const used = usedTargets({ calls, sites });
    return {
        findings: kept.sort((a, b) => a.span.start.offset - b.span.start.offset),
        unusedTargets: targets.map((t) => t.name).filter((name) => !used.has(name)),
        calls: sites.length,
    };

    function usedTargets(seen: Survey): Set<string> {
        const names = new Set(seen.sites.flatMap((s) => s.receivers.flatMap((r) => r.target?.name ?? [])));
        const apis = new Set(seen.calls.flatMap((call) => connectorHost(call.action.callee.text) ?? []));
        for (const target of targets) {
            const host = target.url === undefined ? undefined : URL.parse(target.url)?.hostname;
            if (target.kind === "google-api" && host !== undefined && apis.has(host)) {
                names.add(target.name);
            }
        }
        return names;
    }
}
