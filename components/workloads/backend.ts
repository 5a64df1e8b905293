import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as iap from "@pulumi/gcp/iap";
import * as organizations from "@pulumi/gcp/organizations";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, returned, withExistingPlace } from "../base";
import { type Grant, grantRoles, serviceAgent } from "../grants";
import { makeService, type ServiceTransform } from "./run-service";
import type { RunServiceArgs } from "./run-service-args";
import { type GrantResource, GrantResourceType } from "../grant-resource";
import type { Ingress } from "../target";
import { defined } from "../../common";

/** What to do if the project is not known. */
const PROJECT = "set gcp:project in the configuration of the stack, and let the deployer see the project";

/** An application behind Identity-Aware Proxy that exists already. Name either a backend service or a Cloud Run service. */
export interface ExistingBackendArgs {
    /** The name of a backend service, in front of GKE, Compute Engine or machines of your own. @default - none */
    backendService?: pulumi.Input<string>;
    /** The name of a Cloud Run service that has IAP switched on. @default - none */
    cloudRunService?: pulumi.Input<string>;
    /** The region of the Cloud Run service, such as `europe-west1`. It is required for one. */
    location?: pulumi.Input<string>;
    /** The ID of the project. @default - the provider's project */
    project?: pulumi.Input<string>;
}

/** An application behind IAP, made or found. */
export interface FoundBackend {
    url: pulumi.Output<string>;
    /** What callers get their grants on. */
    resource: GrantResource;
    /** The Cloud Run service, if the component made it. */
    service?: cloudrunv2.Service;
    /** The email address of the account that it runs as, if the component made it. */
    email?: pulumi.Output<string>;
    /** What the application's account may do on what it invokes. */
    grants: Grant[];
    /** What lets IAP itself invoke the application. */
    access: Grant[];
}

/** Makes a Cloud Run service with IAP in front of it, which IAP alone may invoke. */
export function makeBackend(
    component: pulumi.Resource,
    name: string,
    args: RunServiceArgs & { url?: pulumi.Input<string> },
    ingress: Ingress,
    transform?: ServiceTransform,
): FoundBackend {
    const { service, url, email, grants } = makeService(
        component,
        name,
        args,
        { ingress, iapEnabled: true },
        transform,
    );
    const place = { name: service.name, location: service.location, project: service.project };
    const invoking = { role: "roles/run.invoker", resource: { type: GrantResourceType.RunService, ...place } };
    const agent = { member: serviceAgent(component, name, "iap", service.project), project: service.project };
    const access = grantRoles(component, `${name}-iap`, name, [invoking], agent);
    return {
        url: args.url === undefined ? url : pulumi.output(args.url),
        resource: { type: GrantResourceType.IapRunService, ...place },
        ...{ service, email, grants, access },
    };
}

/**
 * Describes an application that exists already.
 * @throws ResourceError if the arguments do not say which one it is, or by which URL it is called
 */
export function existingBackend(
    component: pulumi.Resource,
    url: pulumi.Input<string> | undefined,
    { backendService, cloudRunService, location, project }: ExistingBackendArgs,
): FoundBackend {
    if (url === undefined) {
        const reason = "is missing; give the URL that callers use, such as https://erp.example.com";
        throw argumentError(component, "url", reason);
    }
    const found = { url: pulumi.output(url), grants: [], access: [] };
    const inProject = defined({ project });
    if (backendService !== undefined && cloudRunService === undefined) {
        return {
            ...found,
            resource: withExistingPlace(
                { type: GrantResourceType.IapBackendService, name: backendService, ...inProject },
                { name: backendService, ...inProject },
            ),
        };
    }
    if (cloudRunService === undefined || backendService !== undefined) {
        throw argumentError(
            component,
            "existing",
            "give either backendService or cloudRunService, and only one of them",
        );
    }
    if (location === undefined) {
        const reason = "a Cloud Run service is in a region, and none is named; add location";
        throw argumentError(component, "existing.location", reason);
    }
    const place = { name: cloudRunService, location, ...inProject };
    return { ...found, resource: withExistingPlace({ type: GrantResourceType.IapRunService, ...place }, place) };
}

/**
 * Allows a client ID for programs. IAP refuses the tokens of Google's own clients unless their ID is allowed by name.
 * https://cloud.google.com/iap/docs/sharing-oauth-clients#programmatic_access
 */
export function allowPrograms(
    component: pulumi.Resource,
    name: string,
    clientId: string,
    resource: GrantResource,
): iap.Settings {
    const project = organizations.getProjectOutput(defined({ projectId: resource.project }), { parent: component });
    const place =
        resource.location === undefined ? pulumi.output("compute") : pulumi.interpolate`cloud_run-${resource.location}`;
    const number = project.number.apply((found: string | undefined) =>
        returned(found, "the number of the project", PROJECT),
    );
    return new iap.Settings(
        `${name}-programs`,
        {
            name: pulumi.interpolate`projects/${number}/iap_web/${place}/services/${resource.name}`,
            accessSettings: { oauthSettings: { programmaticClients: [clientId] } },
        },
        { parent: component },
    );
}

/** The ID of the provider's own project. */
export function providerProject(component: pulumi.Resource): pulumi.Output<string> {
    return organizations
        .getProjectOutput({}, { parent: component })
        .apply(({ projectId }) => returned(projectId, "the project of the provider", PROJECT));
}
