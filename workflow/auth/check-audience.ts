import type { CallSite } from "./call-site";
import { authEntry } from "./call-site";
import type { Reporter } from "./check-credential";
import type { Abstract } from "./domain";
import { literalOf } from "./domain";
import { mayBeFunctionsService, mayBeSameService, parseAddress } from "./hosts";
import type { Receiver } from "./receiver";
import { receiversOf } from "./receiver";
import type { DeclaredTarget } from "./types";

/** IAP's OAuth client identifiers: https://docs.cloud.google.com/iap/docs/authentication-howto. */
const clientId = /^[\w-]+\.apps\.googleusercontent\.com$/;

/** What the ID token of a call is for, against who receives it. */
export function checkAudience(site: CallSite, targets: readonly DeclaredTarget[], reporter: Reporter): void {
    const { auth } = site;
    if (auth.kind !== "map" || auth.type !== "OIDC") {
        return;
    }
    const step = site.call.step.name.text;
    const span = authEntry(auth, "audience")?.value.span ?? auth.span;
    const receivers = site.receivers.filter((r) => r.kind !== "google-api");
    if (auth.audience.length === 0) {
        for (const receiver of receivers) {
            const { kind, target, audience } = receiver;
            if (kind === "iap" || target?.audience !== undefined || target?.audienceVariable !== undefined) {
                reporter.report(
                    "audience-path",
                    span,
                    `call "${step}" leaves the audience to its default, the URL; ${target?.name ?? receiver.shown} has one of its own`,
                    `write audience: ${target?.audience ?? `\${sys.get_env("${target?.audienceVariable ?? ""}")}`}`,
                    "error",
                );
            } else if (receiver.beyondAudience || (target === undefined && reachesBeyond(site, receiver))) {
                reporter.report(
                    "audience-path",
                    span,
                    `call "${step}" leaves the audience to its default, the whole URL ${receiver.shown}`,
                    `write audience: ${audience ?? "the receiver's root URL"}`,
                );
            }
        }
        return;
    }
    const problems = auth.audience.map((audience) => receivers.map((receiver) => compare(audience, receiver, targets)));
    for (const row of problems) {
        for (const [column, receiver] of receivers.entries()) {
            const problem = row[column];
            // Of several audiences and several receivers, each that has its like on the other side is right.
            const paired =
                row.includes(undefined) && problems.some((other) => other[column] === undefined) && row.length > 1;
            if (problem !== undefined && !paired) {
                const fix = `write audience: ${receiver.audience ?? "the receiver's root URL"}`;
                reporter.report(problem.rule, span, `call "${step}" ${problem.what}`, fix);
            }
        }
    }
}

/** A root from the environment with a path after it: whatever the root is, the audience goes beyond it. */
function reachesBeyond(site: CallSite, receiver: Receiver): boolean {
    return (
        receiver.kind === "unknown" &&
        receiver.origin === "env" &&
        site.url.some(
            (value) =>
                value.kind === "text" &&
                value.parts.slice(1).some((p) => p.kind === "text" && /\/[^/]|\?/.test(p.text)),
        )
    );
}

interface Problem {
    rule: "audience-path" | "audience-mismatch";
    what: string;
}

function compare(audience: Abstract, receiver: Receiver, targets: readonly DeclaredTarget[]): Problem | undefined {
    const [of] = receiversOf([audience], targets);
    const literal = literalOf(audience);
    const declared = receiver.target;
    if (literal !== undefined && literal === (declared?.audience ?? declared?.url)) {
        return undefined;
    }
    if (audience.kind === "text" && audience.parts[0]?.kind === "target") {
        const { name, what } = audience.parts[0];
        if (declared !== undefined && name !== declared.name) {
            return {
                rule: "audience-mismatch",
                what: `calls target ${declared.name} with the audience of target ${name}`,
            };
        }
        return what === "url" && audience.parts.length > 1 && of?.beyondAudience === true
            ? { rule: "audience-path", what: `has an audience with a path: ${of.shown}` }
            : undefined;
    }
    const [root, ...path] = audience.kind === "text" ? audience.parts : [];
    if (
        root?.kind === "hole" &&
        root.origin === "env" &&
        path.some((p) => p.kind === "text" && /\/[^/]|\?/.test(p.text))
    ) {
        return { rule: "audience-path", what: `has an audience with a path: ${of?.shown ?? ""}` };
    }
    const address = literal === undefined ? undefined : parseAddress(literal);
    if (literal === undefined || receiver.kind === "unknown" || clientId.test(literal)) {
        return of?.beyondAudience === true && of.kind !== "unknown"
            ? { rule: "audience-path", what: `has an audience with a path: ${of.shown}` }
            : undefined;
    }
    if (declared?.kind === "iap" || declared?.audience !== undefined) {
        return {
            rule: "audience-mismatch",
            what: `calls target ${declared.name} with audience ${literal}, which is not its own`,
        };
    }
    if (address === undefined || receiver.host === undefined || receiver.host.includes("*")) {
        return undefined;
    }
    if (!alike(receiver, address.host)) {
        return { rule: "audience-mismatch", what: `goes to ${receiver.host} with the audience of ${address.host}` };
    }
    if (address.kind === "function" && receiver.kind === "function" && address.audience !== receiver.audience) {
        return {
            rule:
                address.audience.split("/").length > 3 && receiver.audience !== undefined
                    ? "audience-mismatch"
                    : "audience-path",
            what: `calls ${receiver.audience ?? receiver.shown} with audience ${literal}`,
        };
    }
    return address.beyondAudience
        ? { rule: "audience-path", what: `has an audience with a path or query: ${literal}` }
        : undefined;
}

/** Both URLs of a Cloud Run service are good for it; a 2nd generation function is a Cloud Run service as well. */
function alike(receiver: Receiver, host: string): boolean {
    const own = receiver.host ?? "";
    if (own === host) {
        return true;
    }
    if (!host.endsWith(".run.app")) {
        return false;
    }
    return receiver.kind === "function"
        ? receiver.audience === undefined || mayBeFunctionsService(receiver.audience, host)
        : own.endsWith(".run.app") && mayBeSameService(own, host);
}
