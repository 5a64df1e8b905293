import * as pulumi from "@pulumi/pulumi";
import type { Probe, RequestProbe, UntriedDenial } from "../../smoke";
import { argumentError, checkPath, type Door, originOf } from "../base";
import { type Target, TargetKind } from "../target";
import { accountUrl } from "../../access";
import { targetAudience } from "../wiring";
import { type Callable, ownCallersProbe } from "./callers-check";
import type { EndpointsCheckArgs, ServiceCheck } from "./service-check-args";
import type { CheckedService } from "./service-requests";
import { defined, DENIED_AUDIENCE } from "../../common";

const documents = new WeakMap<object, EndpointsCheckArgs>();

/** What the program declares of the document by which a target lets callers in. Undefined if IAM does that. */
export const declaredDocument = (target: Target): EndpointsCheckArgs | undefined =>
    documents.get(target) ?? documents.get(originOf(target));

/** Remembers what is declared of the document of a target. */
export function declareDocument(target: object, endpoints: EndpointsCheckArgs | undefined): void {
    if (endpoints !== undefined) {
        documents.set(target, endpoints);
    }
}

/** With Google as an issuer every Google account gets in, and without it no ID token of Google's is taken. */
export const takesEverybody = (issuers: readonly string[]): boolean => issuers.includes("https://accounts.google.com");

/**
 * Refuses a request with an ID token of Google's that the document of its target never lets in.
 * @throws ResourceError for an operation that takes the tokens of other issuers alone
 */
export function checkAnswered(
    component: pulumi.Resource,
    argument: string,
    { target, path }: { target: Target; path: string },
): pulumi.Output<void> {
    const document = declaredDocument(target);
    return pulumi.output(document?.issuers).apply((issuers) => {
        const { open = [] } = document ?? {};
        if (issuers === undefined || takesEverybody(issuers) || open.some((each) => isOperation(each, path))) {
            return;
        }
        const known = open.filter((each) => each.startsWith("GET ")).join(", ") || "it has none with GET until now";
        const reason = `"${path}" is answered to tokens of ${issuers.join(", ")} alone, and a continuous check sends ID tokens of Google's; request an operation among smokeCheck.endpoints.open of the service (${known})`;
        throw argumentError(component, argument, reason);
    });
}

/** Whether a request with GET is the one that an operation such as `GET /orders/{order}` describes. */
function isOperation(operation: string, path: string): boolean {
    const parts = operation.split(/(\{[^}]*\})/).map((part) => {
        const any = part.endsWith("=**}") ? ".*" : "[^/]+";
        return part.startsWith("{") ? any : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    });
    return new RegExp(`^${parts.join("")}$`).test(`GET ${path.replace(/[?#].*$/, "")}`);
}

/**
 * @param mayBeProxy whether it is a service that runs an image, and no function and no application behind IAP
 * @throws ResourceError for arguments of another front door than the one that the document is
 */
export function checkEndpointsArgs(service: CheckedService, args: ServiceCheck, mayBeProxy: boolean): void {
    const { endpoints } = args;
    if (endpoints === undefined) {
        return;
    }
    if (!mayBeProxy || service.kind !== TargetKind.Run) {
        throw argumentError(
            service,
            "smokeCheck.endpoints",
            "is for a Cloud Run service whose image is ESPv2; leave it out",
        );
    }
    const other = (["path", "grpcService", "inside"] as const).find((key) => args[key] !== undefined);
    if (other !== undefined) {
        const reason = `is for a service that Cloud Run's own front door protects, and the document of Cloud Endpoints protects this one; leave it out${other === "path" ? ", or give endpoints.path" : ""}`;
        throw argumentError(service, `smokeCheck.${other}`, reason);
    }
    if (endpoints.issuers.length === 0) {
        throw argumentError(service, "smokeCheck.endpoints.issuers", "is empty; name whose tokens the document takes");
    }
    const wrong = endpoints.open?.find((each) => !/^[A-Z]+ \//.test(each));
    if (wrong !== undefined) {
        const reason = `has "${wrong}"; write the method and the path of the document, such as GET /healthz`;
        throw argumentError(service, "smokeCheck.endpoints.open", reason);
    }
    if (typeof endpoints.path === "string") {
        checkPath(service, "smokeCheck.endpoints.path", endpoints.path);
    }
}

/** The probe that reads what the proxy serves. */
export function endpointsProbe(
    name: string,
    { resource, image }: { resource: pulumi.Output<string>; image: pulumi.Output<string | undefined> | undefined },
    { endpoints }: ServiceCheck,
    invokes: Record<string, Target>,
): pulumi.Output<Probe[]> {
    const called = Object.values(invokes);
    const backends = called.map((target) => pulumi.all([target.url, targetAudience(target)]));
    return pulumi
        .all([
            pulumi.all([resource, image]),
            pulumi.output(endpoints?.issuers),
            pulumi.output(endpoints?.audiences ?? []),
            pulumi.all(backends),
        ])
        .apply(([[service, runs], issuers, audiences, addresses]): Probe[] => [
            {
                ...{ kind: "endpoints", name: `${name} lets in what its document names`, service, label: name },
                ...(issuers !== undefined && { issuers, audiences }),
                ...defined({ image: runs, open: endpoints?.open }),
                ...(addresses.length > 0 && {
                    backends: addresses.map(([url]) => new URL(url).origin),
                    backendAudiences: addresses.map(([, audience]) => audience),
                }),
            },
        ]);
}

/** The requests that the proxy must deny. */
export function deniedByDocument(
    service: CheckedService,
    { label: name, target }: Door,
    resource: pulumi.Output<string>,
    { endpoints }: ServiceCheck,
    stranger: pulumi.Output<string> | undefined,
): pulumi.Output<Probe[]> {
    return pulumi
        .all([
            ...([resource, target.url, endpoints?.path, stranger] as const),
            ...([pulumi.output(endpoints?.issuers ?? []), pulumi.output(endpoints?.audiences ?? [])] as const),
        ])
        .apply(([receiver, root, path, serviceAccount, issuers, [audience = root]]): Probe[] => {
            if (path === undefined) {
                return [];
            }
            checkPath(service, "smokeCheck.endpoints.path", path);
            const denied = (what: string, status: number, credential: RequestProbe["credential"]): RequestProbe => ({
                ...{
                    kind: "request",
                    name: `${what} → ${name}`,
                    url: root.replace(/\/+$/, "") + path,
                    resource: receiver,
                    credential,
                },
                ...{ outcome: "denied", deniedStatus: [status], ingress: "all" },
            });
            const everybody = takesEverybody(issuers);
            return [
                denied("anonymous", 401, { kind: "none" }),
                denied("broken token", 401, { kind: "broken" }),
                ...(serviceAccount === undefined
                    ? []
                    : [
                          denied("token for another audience", everybody ? 403 : 401, {
                              ...{ kind: "idToken", serviceAccount, audience: DENIED_AUDIENCE },
                          }),
                          ...(everybody
                              ? []
                              : [
                                    denied("account without grant", 401, {
                                        kind: "ungranted",
                                        serviceAccount,
                                        audience,
                                    }),
                                ]),
                      ]),
            ];
        });
}

/** Whether an issuer is a service account, so that IAM decides who may sign its tokens. */
export const isAccount = (issuer: string): boolean => issuer.endsWith(".gserviceaccount.com");

/** The probes that ask who may sign tokens as the accounts that the document takes: those may call, and nobody else. */
export function signersProbes(
    service: CheckedService,
    args: ServiceCheck,
    own: Callable["grants"],
): pulumi.Output<Probe[]> {
    return pulumi.output(args.endpoints?.issuers ?? []).apply((issuers) => {
        const accounts = [...new Set(issuers)].filter(isAccount);
        return pulumi
            .all(
                accounts.map((email) =>
                    ownCallersProbe(service, `tokens of ${email}`, args, {
                        target: pulumi.output(accountUrl(email)),
                        grants: own ?? [],
                    }),
                ),
            )
            .apply((lists): Probe[] => lists.flat());
    });
}

/** What nothing tries at a proxy of which the program declares nothing. */
export function undeclared(name: string): UntriedDenial {
    return {
        receiver: name,
        denial: "tokens of issuers whom nobody declared",
        why: "the check reads which tokens the document of Cloud Endpoints takes, and does not know which are right: smokeCheck: { endpoints: { issuers: [...] } } says it",
    };
}
