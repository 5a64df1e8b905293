import type { Cloud, Principal } from "../cloud";
import { projectNumberOf } from "./initial";
import { KUBERNETES } from "./members";

/** A service account of Kubernetes in the pool of a project, by both of its names. */
export function kubernetesPrincipal(
    project: string,
    namespace: string,
    name: string,
    { settings, store }: Pick<Cloud, "settings" | "store">,
): Principal & { kind: "federated" } {
    const number = projectNumberOf(project, settings, store);
    const pool = `//iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
    return {
        kind: "federated",
        subject: `principal:${pool}/subject/ns/${namespace}/sa/${name}`,
        sets: [
            `serviceAccount:${project}.svc.id.goog[${namespace}/${name}]`,
            `principalSet:${pool}/namespace/${namespace}`,
            `principalSet:${pool}/*`,
        ],
    };
}

/** The service account of Kubernetes that a member names; undefined for all other members. */
export function kubernetesMember(member: string, cloud: Pick<Cloud, "settings" | "store">): Principal | undefined {
    const [, project, namespace = "", name = ""] = KUBERNETES.exec(member) ?? [];
    return project === undefined ? undefined : kubernetesPrincipal(project, namespace, name, cloud);
}
