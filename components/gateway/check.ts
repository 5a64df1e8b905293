import * as pulumi from "@pulumi/pulumi";
import type { Probe } from "../../smoke";
import { argumentError, checkPath, log } from "../base";
import { type Grant, grantRole, memberNames, policyUrl, rolesOf, warned } from "../grants";
import type { GatewaySmokeCheckArgs } from "./check-args";
import {
    allowedRequest,
    type CheckedGateway,
    deniedRequests,
    documentProbe,
    type Parts,
    pastGateway,
    requestOf,
} from "./requests";
import {
    accountProbe,
    gate,
    minterProbes,
    ownCallersProbe,
    policyProbes,
    restsOn,
    type SmokeCheck,
    smokeSpec,
    strangerAccount,
} from "../checks";
import type { Target } from "../target";
import { defined } from "../../common";

/** What the check of a gateway is about. */
export interface GatewayFacts {
    /** The full name of the gateway. */
    id: pulumi.Output<string>;
    project: pulumi.Output<string>;
    backends: Record<string, Target>;
    /** The grants of the gateway's own account on its backends. */
    grants: Grant[];
    /** That account, if the component made the gateway. */
    account?: pulumi.Output<string>;
    /** The account as which callers sign. */
    signer?: pulumi.Output<string>;
    /** A request that the gateway serves, for those that it must deny. */
    sample?: pulumi.Output<{ method: string; path: string }>;
}

/**
 * Puts the spec of a gateway together, and makes the gate that runs it.
 * @throws ResourceError if an answer is expected and no request is made that could be let in
 */
export function checkGateway(
    gateway: CheckedGateway,
    name: string,
    args: GatewaySmokeCheckArgs = {},
    { id, project, backends, grants, account, signer, sample }: GatewayFacts,
): SmokeCheck {
    checkArgs(gateway, args, signer !== undefined);
    const minters = args.probeMinters ?? [];
    const stranger = minters.length === 0 ? undefined : strangerAccount(gateway, name, gateway, minters);
    const signing = signer === undefined ? [] : signingGrants(gateway, name, minters);
    const resource = pulumi.interpolate`https://apigateway.googleapis.com/v1/${id}`;
    const request = requestOf(gateway, args, sample);
    const parts: Parts = { gateway, name, request, resource, signer, stranger, grants };
    const own = [...signing, ...(stranger?.minters ?? [])];
    const nobodyElse =
        gateway.resource === undefined
            ? pulumi.output([])
            : ownCallersProbe(gateway, name, args, { target: policyUrl(gateway.resource, project), grants: own });
    const probes = (): pulumi.Input<Probe[]>[] => [
        documentProbe(parts, backends),
        deniedRequests(parts, args),
        pastGateway(parts, backends, project),
        policyProbes(name, grants),
        minterProbes(stranger),
        minterProbes(signer === undefined ? undefined : { email: signer, minters: signing }),
        ...(args.path !== undefined && signer !== undefined ? [allowedRequest(parts, args, signing)] : []),
        nobodyElse,
        accountProbe(name, account),
        accountProbe(`${name}'s signer`, signer),
    ];
    const prints = { gateway: id, audience: gateway.audience, ...defined({ account, signer }) };
    const spec = smokeSpec(name, project, prints, probes, args);
    if (args.enabled !== false) {
        gate(gateway, name, spec, restsOn(gateway, Object.values(backends)));
        warnWhereOpen(gateway, name, args, signer !== undefined, sample !== undefined);
    }
    return { spec };
}

function checkArgs(gateway: CheckedGateway, args: GatewaySmokeCheckArgs, isSigned: boolean): void {
    if (typeof args.path === "string") {
        checkPath(gateway, "smokeCheck.path", args.path);
    }
    if (args.method !== undefined && args.path === undefined) {
        throw argumentError(gateway, "smokeCheck.method", "needs a request, and the check sends none; add path");
    }
    if (args.expect !== undefined && (args.path === undefined || !isSigned)) {
        const reason = isSigned
            ? "needs a request, and the check sends none; add path"
            : "is of a request that is let in, and the backends know no account of the check; leave it out";
        throw argumentError(gateway, "smokeCheck.expect", reason);
    }
}

/** Nothing but the backends refuses strangers if the gateway takes tokens that every account can get. */
function warnWhereOpen(
    gateway: CheckedGateway,
    name: string,
    { path, probeMinters = [] }: GatewaySmokeCheckArgs,
    isSigned: boolean,
    isMade: boolean,
): void {
    if (!isSigned) {
        const proven = path !== undefined && probeMinters.length > 0;
        const proof = proven ? "the smoke check tries it" : "smokeCheck: { path, probeMinters: [deployer()] } tries it";
        void log.warn(
            `idTokens: every Google account gets past ${name}; its backends must refuse all callers but their own, by X-Apigateway-Api-Userinfo: ${proof}`,
            gateway,
        );
    }
    if (path === undefined && !isMade) {
        void log.info(
            `nothing tries what ${name} denies, because only its document says which paths it serves; smokeCheck: { path: … } tries it`,
            gateway,
        );
    }
}

/** The deployer signs as the account as which callers sign, because the gateway lets in no other. */
function signingGrants(gateway: CheckedGateway, name: string, minters: pulumi.Input<string>[]): Grant[] {
    const [request] = rolesOf(gateway, "smokeCheck", gateway);
    if (request === undefined) {
        return [];
    }
    const names = memberNames(`${name}-signer-minter`, minters);
    const project = pulumi.output(gateway.resource?.project ?? "");
    return warned(
        minters.map((given, index) => {
            const member = pulumi.output(given);
            return grantRole(gateway, names[index] ?? name, name, request, { member, project });
        }),
    );
}
