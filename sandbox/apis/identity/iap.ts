import { ApiError, type Cloud } from "../../cloud";
import { projectId } from "../../iam";
import {
    applyMask,
    invalidArgument,
    policyMethodsByKind,
    Resources,
    type ApiDefinition,
    type Stored,
} from "../framework";

type IapSettings = Stored<"google.cloud.iap.v1.IapSettings">;

const HOST = "iap.googleapis.com";
const settings = new Resources<IapSettings>("iap.settings", "google.cloud.iap.v1.IapSettings");

/** The settings that decide which requests pass. */
export interface IapAccess {
    corsSettings?: { allowHttpOptions?: boolean };
    oauthSettings?: { programmaticClients?: string[] };
}

/** The levels of `projects/P/iap_web/TYPE/services/S/versions/V`, and the prefix of the permissions at each level. */
const LEVELS: [pattern: RegExp, permissions: string, resourceType: string][] = [
    [/^projects\/[^/]+\/iap_web$/, "iap.web", "iap.googleapis.com/Web"],
    [/^projects\/[^/]+\/iap_web\/[^/]+$/, "iap.webTypes", "iap.googleapis.com/WebType"],
    [/^projects\/[^/]+\/iap_web\/[^/]+\/services\/[^/]+$/, "iap.webServices", "iap.googleapis.com/WebService"],
    [/\/services\/[^/]+\/versions\/[^/]+$/, "iap.webServiceVersions", "iap.googleapis.com/WebServiceVersion"],
];

/** https://cloud.google.com/iap/docs/reference/rest: who may pass, and settings. Brands and tunnels are not here. */
export const iap: ApiDefinition = {
    host: HOST,
    unverified: [
        "whether a backend service exists is checked only if sandbox.yaml names some: the sandbox has no Compute Engine",
    ],
    services: {
        "google.cloud.iap.v1.IdentityAwareProxyAdminService": {
            ...policyMethodsByKind((name) => ({ host: HOST, ...levelOf(name), mustExist: checkBackend })),
            GetIapSettings: {
                permission: undefined,
                keepsNames: true,
                handle({ name }, call) {
                    const { permissions, resourceType } = levelOf(name);
                    call.authorize(`${permissions}.getSettings`, name, resourceType);
                    return { ...settings.find(call.cloud, keyOf(name, call.cloud)), name };
                },
            },
            UpdateIapSettings: {
                permission: undefined,
                keepsNames: true,
                handle({ iapSettings, updateMask }, call) {
                    const { name = "" } = iapSettings;
                    const { permissions, resourceType } = levelOf(name);
                    call.authorize(`${permissions}.updateSettings`, name, resourceType);
                    const key = keyOf(name, call.cloud);
                    const current = settings.find(call.cloud, key) ?? { name };
                    // The paths of these masks begin with the name of the request's field.
                    const mask = updateMask?.replaceAll(/(^|,)iapSettings\./g, "$1");
                    // Without a mask everything is replaced. The provider relies on that when it destroys settings.
                    const updated = mask ? applyMask(current, iapSettings, mask) : iapSettings;
                    return { ...settings.put(call.cloud, key, { ...updated, name: key }), name };
                },
            },
        },
        "google.cloud.iap.v1.IdentityAwareProxyOAuthService": {},
    },
};

/** The access settings of an application. Its own settings come before those of the levels above it. */
export function iapSettingsOf(cloud: Cloud, name: string): IapAccess {
    const { store } = cloud;
    const parts = keyOf(name, cloud).split("/");
    const levels = parts.map((_, i) => parts.slice(0, i + 1).join("/")).filter((level) => level.includes("/iap_web"));
    const found = levels.map(
        (level) => store.get(settings.collection, level) as { accessSettings?: IapAccess } | undefined,
    );
    return Object.assign({}, ...found.map((one) => one?.accessSettings)) as IapAccess;
}

/** Settings are found by the project's ID, and answered with the name that the client wrote: the provider compares the two. */
function keyOf(name: string, cloud: Cloud): string {
    const [collection = "", project = "", ...rest] = name.split("/");
    return [collection, projectId(project, cloud.settings, cloud.store), ...rest].join("/");
}

function levelOf(name: string): { permissions: string; resourceType: string } {
    const [, permissions, resourceType] = LEVELS.find(([pattern]) => pattern.test(name)) ?? [];
    if (permissions === undefined || resourceType === undefined) {
        throw invalidArgument(
            `"${name}" is no resource of IAP: projects/PROJECT/iap_web, then /compute or /cloud_run-REGION, then /services/SERVICE`,
            "resource",
        );
    }
    return { permissions, resourceType };
}

/**
 * Checks a backend service. The sandbox has no Compute Engine: it knows only the backend services that `sandbox.yaml` has
 * behind IAP. If there are none, or the service is in another project, the check passes.
 * @throws ApiError NOT_FOUND
 */
function checkBackend(cloud: Cloud, name: string): void {
    const { backendServices, project } = cloud.settings;
    const [, owner = "", , type = "", , service] = keyOf(name, cloud).split("/");
    if (owner !== project || !/^compute(-|$)/.test(type) || service === undefined) {
        return;
    }
    if (backendServices?.includes(service) !== false) {
        return;
    }
    throw new ApiError(
        "NOT_FOUND",
        `The resource "${name}" was not found: sandbox.yaml has the backend services ${backendServices.join(", ")} behind IAP, ` +
            `and not ${service}; give a host iap: ${service}`,
    );
}
