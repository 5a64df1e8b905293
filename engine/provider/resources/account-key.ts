import { asText, type Properties } from "../../values";
import type { HandwrittenType } from "../handwritten";

const base = "https://iam.googleapis.com/v1/";

/** The name of an account, which may be given by its name or by its email. */
const accountOf = ({ serviceAccountId }: Properties): string => {
    const given = asText(serviceAccountId);
    return given.includes("/") ? given : `projects/-/serviceAccounts/${given}`;
};

/** What the provider assumes if the program does not say. */
const DEFAULTS = {
    keyAlgorithm: "KEY_ALG_RSA_2048",
    privateKeyType: "TYPE_GOOGLE_CREDENTIALS_FILE",
    publicKeyType: "TYPE_X509_PEM_FILE",
};

/** `gcp.serviceaccount.Key`. https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts.keys */
export const accountKey: HandwrittenType = {
    token: "gcp:serviceaccount/key:Key",
    defaults: DEFAULTS,
    async create(http, inputs) {
        const { publicKeyData, privateKeyType, keyAlgorithm } = inputs;
        const keys = `${base}${accountOf(inputs)}/keys`;
        const made =
            publicKeyData === undefined
                ? await http.call("POST", keys, { privateKeyType, keyAlgorithm })
                : await http.call("POST", `${keys}:upload`, { publicKeyData });
        const id = asText(made["name"]);
        const outputs = { ...(await accountKey.read(http, id, inputs)), privateKey: made["privateKeyData"] ?? "" };
        return { id, outputs };
    },
    async read(http, id, inputs, known) {
        const { publicKeyType = DEFAULTS.publicKeyType } = inputs;
        const remote = await http.find("GET", `${base}${id}?publicKeyType=${asText(publicKeyType)}`);
        if (remote === undefined) {
            return undefined;
        }
        return {
            ...DEFAULTS,
            keepers: null,
            publicKeyData: null,
            deletionPolicy: "DELETE",
            ...inputs,
            name: id,
            keyAlgorithm: remote["keyAlgorithm"] ?? DEFAULTS.keyAlgorithm,
            publicKey: remote["publicKeyData"] ?? "",
            // Google Cloud gives the private key once, when the key is made.
            privateKey: known?.outputs["privateKey"] ?? "",
            validAfter: remote["validAfterTime"] ?? "",
            validBefore: remote["validBeforeTime"] ?? "",
        };
    },
    async delete(http, id) {
        await http.call("DELETE", `${base}${id}`);
    },
};
