import { ControlError, type Cloud, type Principal } from "../cloud";
import { findAccount, kubernetesPrincipal } from "../iam";
import type { MetadataIdentity } from "./identity";

/** The region of clients that are no workloads, because the sandbox's own machine is in no region. */
export const CLIENT_REGION = "us-central1";

/** A service account of Kubernetes: `kubernetes:NAMESPACE/NAME`. */
const KUBERNETES = /^kubernetes:([a-z0-9][-a-z0-9.]*)\/([a-z0-9][-a-z0-9.]*)$/;
const PLACES = ["cloud-run", "compute-engine", "app-engine", "cloud-build"] as const;

/** Where a client acts as if it ran there. Its metadata server answers as the one of that place does. */
export type ClientPlace = (typeof PLACES)[number] | `kubernetes:${string}`;

/** @throws ControlError for a text that is none of the places */
export function checkedPlace(text: string): ClientPlace {
    if (KUBERNETES.test(text) || (PLACES as readonly string[]).includes(text)) {
        return text as ClientPlace;
    }
    throw new ControlError(`"${text}" is no place where code runs`, {
        fix: `use ${PLACES.join(", ")} or kubernetes:NAMESPACE/NAME, with the service account of Kubernetes`,
    });
}

/**
 * What the metadata server of a place knows of a client that runs there as an account.
 * @param id The unique ID of the account; absent for a service account of Kubernetes that has none.
 */
export function identityAt(cloud: Cloud, place: ClientPlace, id: string | undefined): MetadataIdentity {
    const { project } = cloud.settings;
    const account = (): ReturnType<typeof findAccount> => (id === undefined ? undefined : findAccount(cloud.store, id));
    const zone = `${CLIENT_REGION}-a`;
    const [, namespace = "", name = ""] = KUBERNETES.exec(place) ?? [];
    return {
        ...{ project, region: CLIENT_REGION, account },
        ...(place === "compute-engine" && { instance: { zone, name: "sandbox-client" } }),
        ...(namespace !== "" && { pod: kubernetesPrincipal(project, namespace, name, cloud) }),
    };
}

/** The place of a service account of Kubernetes that acts without an account; undefined for all other principals. */
export function placeOfPrincipal(principal: Principal): ClientPlace | undefined {
    const [, namespace, name] =
        principal.kind === "federated"
            ? (/\.svc\.id\.goog\/subject\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(principal.subject) ?? [])
            : [];
    return namespace === undefined || name === undefined ? undefined : `kubernetes:${namespace}/${name}`;
}

/** The variables that code finds in a place, beside those of the metadata server. */
export function variablesAt(place: ClientPlace, project: string): Record<string, string> {
    return place === "app-engine"
        ? { GAE_APPLICATION: `s~${project}`, GAE_ENV: "standard", GAE_SERVICE: "default", GAE_VERSION: "sandbox" }
        : {};
}
