import { isKind, KINDS, SIGNATURE, type Value } from "../values";
import { mapResource } from "./format";
import type { Crypter } from "./secrets";
import type { ResourceState } from "./state";

/** A copy of a resource as it is kept: its secrets are encrypted, or on request in the clear. */
export function encryptResource(crypter: Crypter, resource: ResourceState, inTheClear = false): ResourceState {
    return mapResource(resource, (value) => {
        if (!isKind(value, "secret")) {
            return undefined;
        }
        const plaintext = JSON.stringify(value["value"]);
        const kept = inTheClear ? { plaintext } : { ciphertext: crypter.encrypt(plaintext) };
        return { [SIGNATURE]: KINDS.secret, ...kept };
    });
}

/** Reads what {@link encryptResource} encrypts. */
export function decryptResource(crypter: Crypter, resource: ResourceState): ResourceState {
    return mapResource(resource, (value) =>
        isKind(value, "secret") && typeof value["ciphertext"] === "string"
            ? { [SIGNATURE]: KINDS.secret, value: JSON.parse(crypter.decrypt(value["ciphertext"])) as Value }
            : undefined,
    );
}
