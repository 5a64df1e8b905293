import { WorkloadError, type Cloud } from "../../cloud";
import { accountPrincipal, findAccount, projectNumberOf } from "../../iam";
import { type Deployed, projectOf } from "../service";

interface Variable {
    name: string;
    value?: string;
    valueSource?: { secretKeyRef?: { secret?: string; version?: string } };
}

/**
 * The environment of a revision: its own variables and those that Cloud Run sets.
 * https://cloud.google.com/run/docs/container-contract#env-vars
 * @throws Error if the account may not read a secret, or does not exist
 */
export async function variablesOf(cloud: Cloud, service: Deployed, revision: string): Promise<Record<string, string>> {
    return {
        ...(await ownVariables(cloud, service)),
        K_SERVICE: service.name.split("/").at(-1) ?? "",
        K_REVISION: revision.split("/").at(-1) ?? "",
        K_CONFIGURATION: service.name.split("/").at(-1) ?? "",
    };
}

/**
 * The variables that the user gave it, and its project. Secrets are read as its account.
 * @throws Error if the account may not read a secret, or does not exist
 */
export async function ownVariables(cloud: Cloud, service: Deployed): Promise<Record<string, string>> {
    const project = projectOf(service);
    const own = (service.template?.containers?.[0]?.env ?? []) as Variable[];
    const values = own.map(async ({ name, value = "", valueSource }) => {
        const { secret, version = "latest" } = valueSource?.secretKeyRef ?? {};
        return [name, secret === undefined ? value : await secretValue(cloud, service, secret, version)];
    });
    return {
        ...(Object.fromEntries(await Promise.all(values)) as Record<string, string>),
        GOOGLE_CLOUD_PROJECT: project,
        GOOGLE_CLOUD_PROJECT_NUMBER: projectNumberOf(project, cloud.settings, cloud.store),
    };
}

/**
 * The value of a secret, read as the service's account.
 * https://cloud.google.com/run/docs/configuring/services/secrets
 * @throws WorkloadError if the account may not read it, or does not exist
 */
export async function secretValue(cloud: Cloud, service: Deployed, secret: string, version: string): Promise<string> {
    const project = projectOf(service);
    const email = service.template?.serviceAccount ?? "";
    const account = findAccount(cloud.store, email);
    if (!account) {
        throw new WorkloadError(`${service.name}: its service account ${email} does not exist`);
    }
    const name = secret.startsWith("projects/") ? secret : `projects/${project}/secrets/${secret}`;
    const answer = await cloud.apis.request(
        "GET",
        `https://secretmanager.googleapis.com/v1/${name}/versions/${version}:access`,
        { principal: accountPrincipal(account) },
    );
    const { payload, error } = (answer?.body ?? {}) as { payload?: { data?: string }; error?: { message?: string } };
    if (payload?.data === undefined) {
        throw new WorkloadError(
            `${service.name}: the secret ${name}, version ${version}, cannot be read as ${email}: ${error?.message ?? "Secret Manager does not answer"}`,
            { fix: `grant roles/secretmanager.secretAccessor on it to serviceAccount:${email}` },
        );
    }
    return Buffer.from(payload.data, "base64").toString();
}
