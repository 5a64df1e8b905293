import * as apigateway from "@pulumi/gcp/apigateway";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import {
    argumentError,
    inPublicUniverse,
    type Kept,
    knownProject,
    refuseTransform,
    transformed,
    withExistingPlace,
} from "../base";
import {
    bindingsOf,
    checkedEmail,
    enableApis,
    type Grant,
    grantTargets,
    identityOf,
    keepsId,
    ownAccountId,
    projectOfAccount,
    targetRoles,
} from "../grants";
import { type GrantResource, GrantResourceType } from "../grant-resource";
import { takesExisting } from "../workloads";
import type { InvokableGatewayArgs, InvokableGatewayOptions } from "./args";
import { addressesOf, checkBackends, checkedAudience, planOf } from "./plan";
import { deployedDocument, type GatewayPlan } from "./openapi";
import { defined } from "../../common";

/** A gateway, made or found. */
export interface FoundGateway {
    gateway: apigateway.Gateway;
    /** What tokens must be for. */
    audience: pulumi.Output<string>;
    /** The account as which callers sign; absent if the gateway takes ID tokens of Google's. */
    signer?: pulumi.Output<string>;
    /** What callers get their grants on: the account that signs. */
    resource?: GrantResource;
    /** The account that calls the backends, if the component made the gateway. */
    email?: pulumi.Output<string>;
    /** What that account may do on the backends. */
    grants: Grant[];
    /** A request that the gateway serves; absent if nobody says. */
    sample?: pulumi.Output<GatewayPlan["sample"]>;
    project: pulumi.Output<string>;
}

type Signer = Pick<FoundGateway, "signer" | "resource">;

const KEYS = { what: "where a gateway finds the keys of its callers", instead: "call its backends directly there" };

/** What may be said about an existing gateway; all else would configure one that is made. */
const OF_EXISTING = ["audience", "idTokens", "signer", "smokeCheck"];

/**
 * Makes an API, its configuration and a gateway that calls its backends as an account of its own, or finds a gateway that exists.
 * @throws ResourceError if an argument cannot be used
 */
export function exposeGateway(
    component: pulumi.Resource,
    name: string,
    args: InvokableGatewayArgs,
    transform: InvokableGatewayOptions["transform"],
): FoundGateway {
    if (args.idTokens === true && args.signer !== undefined) {
        throw argumentError(
            component,
            "signer",
            "signs tokens, and idTokens takes those of Google's; keep one of the two",
        );
    }
    takesExisting(component, args, OF_EXISTING, ["backends", "location"]);
    if (args.existing === undefined) {
        return makeGateway(component, name, args, transform);
    }
    refuseTransform(component, transform);
    return existingGateway(component, name, args, args.existing);
}

/** What a transform of a gateway may not change. */
const KEPT: Kept = {
    gatewayId: "give name in the arguments",
    project: "give project in the arguments",
    region: "give location in the arguments",
    apiConfig: "give backends, and routes or openapi in the arguments",
};

function makeGateway(
    component: pulumi.Resource,
    name: string,
    args: InvokableGatewayArgs,
    transform: InvokableGatewayOptions["transform"],
): FoundGateway {
    const { backends = {}, location = "", labels } = args;
    checkBackends(component, backends);
    const plan = planOf(component, name, args, Object.keys(backends));
    const roles = targetRoles(component, "backends", backends);
    const identity = identityOf(component, name, "API gateway", args, Object.values(backends));
    const signer: Signer = args.idTokens === true ? {} : signerOf(component, name, args, identity.project);
    const grants = grantTargets(component, name, roles, identity);
    const apis = enableApis(component, name, args, ["apigateway", "servicemanagement", "servicecontrol", "iam"]);
    const id = args.name ?? ownAccountId(component, name);
    const place = defined({ project: args.project, labels });
    const kept = (argument: string): pulumi.CustomResourceOptions => (args.name === undefined ? keepsId(argument) : {});
    const own = { parent: component, dependsOn: apis, ...kept("apiId") };
    const api = new apigateway.Api(name, { apiId: id, ...place }, own);
    const audience = pulumi
        .output(args.audience ?? pulumi.interpolate`https://${api.managedService}`)
        .apply((given) => checkedAudience(component, given));
    const contents = pulumi
        .all([plan, addressesOf(backends), audience, signer.signer])
        .apply(([planned, addresses, accepted, signs]) =>
            deployedDocument(planned, addresses, { audience: accepted, ...defined({ signer: signs }) }),
        );
    // A configuration never changes: another one is made under another name, the gateway takes it, and the old one is deleted.
    const config = new apigateway.ApiConfig(
        `${name}-config`,
        {
            api: api.apiId,
            gatewayConfig: { backendConfig: { googleServiceAccount: identity.email } },
            openapiDocuments: [
                {
                    document: {
                        path: "openapi.json",
                        contents: inPublicUniverse(component, KEYS, contents).apply(encoded),
                    },
                },
            ],
            ...defined({ project: args.project }),
        },
        { parent: component, dependsOn: bindingsOf(apis, grants) },
    );
    const settings: apigateway.GatewayArgs = { gatewayId: id, region: location, apiConfig: config.id, ...place };
    const gateway = new apigateway.Gateway(
        name,
        transformed(component, "gateway", settings, transform?.gateway, KEPT),
        { parent: component, ...kept("gatewayId") },
    );
    const { project } = identity;
    return {
        gateway,
        audience,
        ...signer,
        email: identity.email,
        grants,
        sample: plan.apply(({ sample }) => sample),
        project,
    };
}

const encoded = (document: object): string => Buffer.from(JSON.stringify(document, undefined, 2)).toString("base64");

function existingGateway(
    component: pulumi.Resource,
    name: string,
    args: InvokableGatewayArgs,
    existing: NonNullable<InvokableGatewayArgs["existing"]>,
): FoundGateway {
    if (args.audience === undefined) {
        const reason = "is missing; give what x-google-audiences of the gateway's document names";
        throw argumentError(component, "audience", reason);
    }
    if (args.idTokens !== true && args.signer === undefined) {
        const reason =
            "is missing; give the account that the gateway's document names as x-google-issuer, or idTokens: true if that is https://accounts.google.com";
        throw argumentError(component, "signer", reason);
    }
    const project = pulumi.output(knownProject(component, existing.project) ?? "");
    const id = pulumi.interpolate`projects/${project}/locations/${existing.location}/gateways/${existing.name}`;
    const gateway = apigateway.Gateway.get(name, id, undefined, { parent: component });
    const audience = pulumi.output(args.audience).apply((given) => checkedAudience(component, given));
    const found = { gateway, audience, grants: [], project: gateway.project };
    if (args.signer === undefined) {
        return found;
    }
    const { signer, resource } = signerOf(component, name, args, gateway.project);
    return { ...found, signer, resource: withExistingPlace(resource, existing) };
}

/** The account as which callers sign their tokens. It has no access to anything. */
function signerOf(
    component: pulumi.Resource,
    name: string,
    { signer, project }: InvokableGatewayArgs,
    own: pulumi.Output<string>,
): Required<Signer> {
    if (signer !== undefined) {
        const email = pulumi.output(signer).apply((given) => checkedEmail(component, "signer", given));
        const resource = {
            type: GrantResourceType.ServiceAccount,
            name: email,
            project: email.apply(projectOfAccount),
        };
        return { signer: email, resource };
    }
    const account = new serviceaccount.Account(
        `${name}-signer`,
        {
            accountId: ownAccountId(component, `${name}-signer`),
            displayName: `${name} (signs the tokens of callers)`.slice(0, 100),
            ...defined({ project }),
        },
        { parent: component, ...keepsId("accountId") },
    );
    const resource = { type: GrantResourceType.ServiceAccount, name: account.email, project: own };
    return { signer: account.email, resource };
}
