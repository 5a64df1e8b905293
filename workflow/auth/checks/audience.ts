import type { Span } from "../../syntax";
import type { Cause, Facts } from "../advice";
import { authEntry, type CallSite, shownCall } from "../calls";
import { type Abstract, keyOfAll, literalOf, originsOf, partsOf, type Values, worst } from "../flow";
import {
    type Address,
    hasAudience,
    kinds,
    mayBeFunctionsService,
    mayBeSameService,
    parseAddress,
    type Receiver,
    receiversOf,
    shownReceiver,
} from "../receivers";
import { audienceRemedy } from "../credentials";
import type { Reporter } from "./reporter";
import type { AuditOptions } from "../types";

/**
 * What IAP takes as an audience: the client ID of OAuth, or the resource of the application.
 * https://docs.cloud.google.com/iap/docs/authentication-howto
 */
const forIap = /^([\w-]+\.apps\.googleusercontent\.com|\/projects\/[^/]+\/(global|locations|apps)(\/.*)?)$/;

/** Whether the ID token of a call is for an application behind IAP, whatever its host is. */
export function isForIap({ auth }: CallSite): boolean {
    const audiences = auth.kind === "map" && auth.type === "OIDC" ? auth.audience : [];
    return audiences.length > 0 && audiences.every((audience) => forIap.test(literalOf(audience) ?? ""));
}

/** Checks that the audience of a call's ID token fits the receivers of the call. */
export function checkAudience(site: CallSite, { report, options }: Reporter): void {
    const { auth } = site;
    if (auth.kind !== "map" || auth.type !== "OIDC") {
        return;
    }
    const call = shownCall(site.call);
    const span = authEntry(auth, "audience")?.value.span ?? auth.span;
    const receivers = site.receivers.filter((r) => r.kind !== "google-api");
    const fix = audienceRemedy(site);
    if (auth.audience.length === 0) {
        for (const receiver of receivers.filter((each) => !isForeign(each))) {
            const { kind, target, shown } = receiver;
            if (kinds[kind].namedBy !== undefined || hasAudience(receiver)) {
                report("audience-path/target", span, call, target?.name ?? shown, fix);
            } else if (receiver.beyondAudience || (target === undefined && reachesBeyond(site, receiver))) {
                report("audience-path/default", span, call, shown, fix);
            }
        }
        return;
    }
    const problems = auth.audience.map((audience) =>
        receivers.map((receiver) => compare(audience, receiver, site.url, options)),
    );
    for (const row of problems) {
        for (const column of receivers.keys()) {
            const problem = row[column];
            // With several audiences and several receivers, one that fits some audience or receiver on the other side
            // is right.
            const paired =
                row.includes(undefined) && problems.some((other) => other[column] === undefined) && row.length > 1;
            if (problem !== undefined && !paired) {
                problem(report, span, call, fix, isUrlItself(site));
            }
        }
    }
}

/** Whether the author wrote the whole URL as the audience, which a service can have as a custom audience. */
export function isUrlItself({ auth, url }: CallSite): boolean {
    return auth.kind === "map" && auth.audience.length > 0 && keyOfAll(auth.audience) === keyOfAll(url);
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

/** Reports a problem with an audience. */
type Problem = (report: Reporter["report"], span: Span, call: string, fix: string, isUrl: boolean) => void;

function pathIn(audience: string): Problem {
    return (report, span, call, fix, isUrl) => {
        report(isUrl ? "audience-path/url" : "audience-path/path", span, call, audience, fix);
    };
}

function mismatch<C extends Cause & `audience-${string}`>(cause: C, ...facts: [string, string]): Problem {
    return (report, span, call, fix) => {
        report(cause, span, ...([call, ...facts, fix] as Facts<C>));
    };
}

function compare(audience: Abstract, receiver: Receiver, url: Values, options: AuditOptions): Problem | undefined {
    const [of] = receiversOf([audience], options);
    const literal = literalOf(audience);
    const declared = receiver.target;
    // IAP takes its client ID, never the URL: https://docs.cloud.google.com/iap/docs/authentication-howto
    const urlIsAudience = declared?.kind !== "iap";
    if (literal !== undefined && literal === (declared?.audience ?? (urlIsAudience ? declared?.url : undefined))) {
        return undefined;
    }
    if (audience.kind === "text" && audience.parts[0]?.kind === "target") {
        const { name, what } = audience.parts[0];
        if (declared !== undefined && name !== declared.name) {
            return mismatch("audience-mismatch/target", declared.name, name);
        }
        if (declared !== undefined && what === "url" && !urlIsAudience) {
            return mismatch("audience-mismatch/not-its-own", declared.name, of?.shown ?? "its URL");
        }
        return what === "url" && audience.parts.length > 1 && of?.beyondAudience === true
            ? pathIn(of.shown)
            : undefined;
    }
    if (literal === "" || (audience.kind !== "text" && audience.kind !== "unknown")) {
        return (report, span, call, fix) => {
            report("audience-mismatch/empty", span, call, fix);
        };
    }
    const [root, ...path] = audience.kind === "text" ? audience.parts : [];
    if (
        root?.kind === "hole" &&
        root.origin === "env" &&
        path.some((p) => p.kind === "text" && /\/[^/]|\?/.test(p.text))
    ) {
        return pathIn(of?.shown ?? "");
    }
    const origin = worst(originsOf(audience));
    const isChosen = (origin === "caller" || origin === "data") && !url.some((each) => beginsWith(each, audience));
    if (isChosen && receiver.kind !== "unknown" && !isForeign(receiver)) {
        return mismatch(
            "audience-mismatch/chosen",
            shownReceiver(receiver),
            origin === "caller" ? "whoever executes the workflow chooses" : "comes from data",
        );
    }
    const address = literal === undefined ? undefined : parseAddress(literal, options.universeDomain);
    if (literal === undefined || receiver.kind === "unknown" || forIap.test(literal)) {
        return of?.beyondAudience === true && of.kind !== "unknown" ? pathIn(of.shown) : undefined;
    }
    if (declared?.kind === "iap" || declared?.audience !== undefined) {
        return mismatch("audience-mismatch/not-its-own", declared.name, literal);
    }
    // What a host accepts that is neither Google's nor declared is not known here.
    if (receiver.host?.includes("*") !== false || isForeign(receiver)) {
        return undefined;
    }
    if (kinds[receiver.kind].otherAudiences === true && address?.host !== receiver.host) {
        return undefined;
    }
    if (address?.scheme !== "https" || !alike(receiver, address)) {
        return declared !== undefined
            ? mismatch("audience-mismatch/not-its-own", declared.name, literal)
            : address === undefined || address.scheme !== "https" || address.kind === "external"
              ? mismatch("audience-mismatch/custom", receiver.host, literal)
              : mismatch("audience-mismatch/host", receiver.host, address.host);
    }
    if (address.kind === "function" && receiver.kind === "function" && address.audience !== receiver.audience) {
        return mismatch(
            (address.audience ?? "").split("/").length > 3 && receiver.audience !== undefined
                ? "audience-mismatch/function"
                : "audience-path/function",
            receiver.audience ?? receiver.shown,
            literal,
        );
    }
    return address.beyondAudience ? pathIn(literal) : undefined;
}

/** Whether a URL begins with a root that its author took for the audience too. */
function beginsWith(url: Abstract, root: Abstract): boolean {
    const parts = partsOf(url);
    return partsOf(root).every((part, index) => JSON.stringify(part) === JSON.stringify(parts[index]));
}

function isForeign({ kind, target }: Receiver): boolean {
    return (kind === "external" || kind === "private") && target === undefined;
}

/** Both URLs of a Cloud Run service are good for it; a 2nd generation function is a Cloud Run service as well. */
function alike(receiver: Receiver, { host, kind }: Address): boolean {
    const own = receiver.host ?? "";
    if (own === host) {
        return true;
    }
    if (kind !== "run") {
        return false;
    }
    return receiver.kind === "function"
        ? receiver.audience === undefined || mayBeFunctionsService(receiver.audience, host)
        : receiver.kind === "run" && mayBeSameService(own, host);
}
