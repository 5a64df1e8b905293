import { asText, isObject, type Properties } from "../../values";
import type { Http } from "../http";
import type { RestType } from "../rest";

const base = "https://cloudkms.googleapis.com/v1/";

/** `gcp.kms.KeyRing`. Google deletes none: the provider only forgets it. https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings */
export const keyRing: RestType = {
    token: "gcp:kms/keyRing:KeyRing",
    base,
    id: "projects/{project}/locations/{location}/keyRings/{name}",
    create: "projects/{project}/locations/{location}/keyRings?keyRingId={name}",
    autoName: { property: "name", maximum: 63 },
    notSent: ["name"],
    remove: () => Promise.resolve(),
};

/**
 * `gcp.kms.CryptoKey`. Google deletes no key that has versions: the provider ends its rotation and destroys its versions.
 * https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys
 */
export const cryptoKey: RestType = {
    token: "gcp:kms/cryptoKey:CryptoKey",
    base,
    id: "{keyRing}/cryptoKeys/{name}",
    create: "{keyRing}/cryptoKeys?cryptoKeyId={name}&skipInitialVersionCreation={skipInitialVersionCreation}",
    update: "mask",
    autoName: { property: "name", maximum: 63 },
    defaults: { purpose: "ENCRYPT_DECRYPT", skipInitialVersionCreation: false },
    notSent: ["keyRing", "name", "skipInitialVersionCreation"],
    toOutputs: (outputs, remote, inputs) => {
        const primary = isObject(remote["primary"]) ? remote["primary"] : undefined;
        return {
            ...outputs,
            keyRing: inputs["keyRing"] ?? asText(remote["name"]).replace(/\/cryptoKeys\/[^/]*$/, ""),
            primaries: primary === undefined ? [] : [{ name: primary["name"] ?? "", state: primary["state"] ?? "" }],
        };
    },
    async remove(http, path) {
        await http.call("PATCH", `${path}?updateMask=rotationPeriod,nextRotationTime`, {});
        const { cryptoKeyVersions } = await http.call("GET", `${path}/cryptoKeyVersions`);
        for (const version of Array.isArray(cryptoKeyVersions) ? cryptoKeyVersions : []) {
            if (isObject(version)) {
                await destroy(http, version);
            }
        }
    },
};

/** `gcp.kms.CryptoKeyVersion`. https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys.cryptoKeyVersions */
export const cryptoKeyVersion: RestType = {
    token: "gcp:kms/cryptoKeyVersion:CryptoKeyVersion",
    base,
    create: "{cryptoKey}/cryptoKeyVersions",
    update: "mask",
    notSent: ["cryptoKey"],
    toOutputs: (outputs, remote, inputs) => ({
        ...outputs,
        cryptoKey: inputs["cryptoKey"] ?? asText(remote["name"]).replace(/\/cryptoKeyVersions\/[^/]*$/, ""),
    }),
    isGone: ({ state }) => state === "DESTROY_SCHEDULED" || state === "DESTROYED",
    remove: async (http, path) => destroy(http, await http.call("GET", path)),
};

async function destroy(http: Http, { name, state }: Properties): Promise<void> {
    if (state === "ENABLED" || state === "DISABLED") {
        await http.call("POST", `${base}${asText(name)}:destroy`, {});
    }
}
