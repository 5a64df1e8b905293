import * as pulumi from "@pulumi/pulumi";
import type { Probe } from "../../smoke";
import { policyUrl, type Grant } from "../grants";
import { argumentError, checkPath, doorsOf, inEachRegion, log, smokeMode } from "../base";
import { ownCallersProbe, secretProbes } from "./callers-check";
import { deniedAtItself, isInternal, warnWhereUnproven } from "./denials";
import {
    checkEndpointsArgs,
    declareDocument,
    deniedByDocument,
    endpointsProbe,
    signersProbes,
    undeclared,
} from "./endpoints-check";
import { gate } from "./gate";
import type { InsidePlace } from "./inside-probe";
import { restsOn } from "./last-change";
import { ownCallProbes } from "./own-calls";
import { minterProbes, probeAccount, strangerAccount } from "./probe-account";
import { isInvoked, type ServiceCheck } from "./service-check-args";
import { allowedRequest, type CheckedService, deniedTokens, publishedCard } from "./service-requests";
import { accountProbe, policyProbes, type SmokeCheck, smokeSpec } from "./smoke-check";
import { GrantResourceType } from "../grant-resource";
import { Ingress, type Target, TargetKind } from "../target";
import { defined } from "../../common";

/** What a check rests on: it runs again when the revision or the account changes. */
export interface Revision {
    /** Where the service is. */
    place: InsidePlace;
    /** The project of the service. */
    project: pulumi.Output<string>;
    /** Changes whenever the service changes. */
    revision: pulumi.Output<string>;
    /** The account that the service runs as, if it is known. */
    account?: pulumi.Output<string>;
    /** What the service invokes. */
    invokes?: Record<string, Target> | undefined;
    /** Whether the service is ESPv2, which takes the tokens that a document of Cloud Endpoints names. */
    isEndpoints?: pulumi.Output<boolean>;
    /** The image that it runs, if the program says it. */
    image?: pulumi.Output<string | undefined>;
    /** The custom audiences, if the program decides them. */
    audiences?: string[];
    /** Who else got grants from the component, by the name that the report gives them. */
    members?: [who: string, grants: Grant[]][];
}

/**
 * Puts the spec of a service together, and makes the gate that runs it.
 * @param grants The grants of the service's own account on what it invokes.
 * @throws ResourceError if a request could not be made, or its answer is expected and no request is made
 */
export function checkService(
    service: CheckedService,
    name: string,
    args: ServiceCheck = {},
    grants: Grant[],
    { place, project, revision, account, invokes = {}, members = [], audiences, isEndpoints, image }: Revision,
): SmokeCheck {
    checkArgs(service, args);
    checkEndpointsArgs(service, args, isEndpoints !== undefined);
    declareDocument(service, args.endpoints);
    const minters = args.probeMinters ?? [];
    const caller = isInvoked(args) ? probeAccount(service, name, service, minters) : undefined;
    const stranger = minters.length === 0 ? undefined : strangerAccount(service, name, service, minters);
    const own = [...(caller?.grants ?? []), ...[caller, stranger].flatMap((each) => each?.minters ?? [])];
    const isService = service.kind === TargetKind.Run || service.kind === TargetKind.Function;
    const hasIngress = isService || service.resource?.type === GrantResourceType.IapRunService;
    const callable = {
        grants: own,
        ...(hasIngress && { ingress: service.ingress }),
        ...(isService && { audiences }),
    };
    const doors = doorsOf(name, service).map((door) => ({ door, receiver: policyUrl(door.target.resource, project) }));
    // A multi-region service has a policy in each region, and its domain is one more door to the same policies.
    const nobodyElse = doors
        .slice(0, inEachRegion(service).length)
        .map(({ door, receiver }) => ownCallersProbe(service, door.label, args, { ...callable, target: receiver }));
    const withTokens = [
        ...(args.endpoints === undefined ? doors : []).flatMap(({ door, receiver }, index) => {
            const granted = caller?.grants[index];
            const letting = caller && { ...caller, grants: granted ? [granted] : caller.grants };
            return [
                ...(letting ? [allowedRequest(service, door, args, letting, grants)] : []),
                ...(caller || stranger ? [deniedTokens(service, door, args, receiver, { caller, stranger })] : []),
            ];
        }),
        ...(args.agent?.published === undefined ? [] : [publishedCard(name, args.agent, args.agent.published)]),
    ];
    const denied = deniedAtItself(service, name, place, args);
    const ownCalls = ownCallProbes(service, name, { calls: args.calls ?? {}, invokes, account, grants, place });
    // One that exists already may be the proxy too, and only its arguments say so.
    const isProxy = args.endpoints === undefined ? (isEndpoints ?? pulumi.output(false)) : pulumi.output(true);
    const read = doors
        .slice(0, inEachRegion(service).length)
        .map(({ door, receiver }) => endpointsProbe(door.label, { resource: receiver, image }, args, invokes));
    const documents = pulumi.all([isProxy, pulumi.all(read)]).apply(([is, lists]) => (is ? lists.flat() : []));
    const probes = (): pulumi.Input<Probe[]>[] => [
        documents,
        // The proxy is open to everybody, so that its document alone decides.
        ...(args.endpoints === undefined
            ? [denied.probes(project)]
            : doors.map(({ door, receiver }) => deniedByDocument(service, door, receiver, args, stranger?.email))),
        policyProbes(name, grants),
        ...members.map(([who, granted]) => policyProbes(who, granted)),
        minterProbes(caller),
        minterProbes(stranger),
        ...withTokens,
        ownCalls,
        ...(args.endpoints === undefined ? nobodyElse : [signersProbes(service, args, own)]),
        secretProbes(service, args, grants),
        accountProbe(name, account),
    ];
    const untried = isEndpoints?.apply((is) => (is && args.endpoints === undefined ? [undeclared(name)] : []));
    const spec = smokeSpec(name, project, { revision, ...defined({ account }) }, probes, args, untried);
    const rests = restsOn(service, [...Object.values(invokes), ...denied.sender]);
    if (args.enabled !== false) {
        gate(service, name, spec, rests);
    }
    warnWhereUnproven(service, args);
    return { spec };
}

function checkArgs(service: CheckedService, args: ServiceCheck): void {
    checkAgentArgs(service, args);
    for (const key of ["expect", "argument", "method"] as const) {
        if (args[key] !== undefined && args.path === undefined && args.agent === undefined) {
            throw argumentError(service, `smokeCheck.${key}`, "needs a request, and the check sends none; add path");
        }
    }
    if (args.grpcService !== undefined && args.path !== undefined) {
        throw argumentError(
            service,
            "smokeCheck.path",
            "is for a request of HTTP, and grpcService asks by gRPC; keep one of the two",
        );
    }
    const asked = {
        path: args.path,
        grpcService: args.grpcService,
        tools: args.mcp?.tools,
        skills: args.agent?.skills,
        message: args.agent?.message,
        probeMinters: args.probeMinters,
        "endpoints.path": args.endpoints?.path,
    };
    const fromOutside = Object.entries(asked).find(([, value]) => value !== undefined)?.[0];
    if (service.ingress !== Ingress.All && fromOutside !== undefined && args.enabled !== false) {
        throw argumentError(
            service,
            `smokeCheck.${fromOutside}`,
            `asks for requests from outside, where ingress "${service.ingress}" answers 404 to everyone; ` +
                `leave it out and give a caller's check an argument, or set ingress to "all" (IAM still decides who gets in)`,
        );
    }
    if (!isInternal(service) && args.inside !== undefined) {
        const reason = `is of internal ingress, and that of ${pulumi.resourceName(service)} is "all", which is tried from outside; leave it out`;
        throw argumentError(service, "smokeCheck.inside", reason);
    }
    if (typeof args.path === "string") {
        checkPath(service, "smokeCheck.path", args.path);
    }
}

/**
 * Refuses an expectation without a message, and says where nothing reads a card.
 * @throws ResourceError for an expectation that nothing could meet
 */
function checkAgentArgs(component: pulumi.Resource, args: ServiceCheck): void {
    const { agent, expect, enabled } = args;
    if (agent === undefined) {
        return;
    }
    if (expect !== undefined && agent.message === undefined) {
        throw argumentError(component, "smokeCheck.expect", "needs a message, and the check sends none; add message");
    }
    const isDeployed = pulumi.runtime.getEngine() !== undefined && smokeMode() !== "off";
    if (isDeployed && enabled !== false && !isInvoked(args) && agent.published === undefined) {
        const name = pulumi.resourceName(component);
        void log.info(
            `nothing reads the card of ${name}, whose URLs tell callers where to send their tokens; ` +
                'ingress "all" and smokeCheck: { probeMinters: [deployer()] } have the check read it',
            component,
        );
    }
}
