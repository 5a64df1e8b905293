/** A stack's state: what is kept of each resource, in which file, and how its secrets are encrypted. */
export { StateFile } from "./file";
export type { Exported } from "./format";
export { readExported } from "./import";
export { redactState } from "./redact";
export { hidesSecretsOf, SecretTexts } from "./secret-texts";
export { Crypter, KEY_FILE, passphraseOf, prepareKey, prepareKeyOf } from "./secrets";
export {
    dependenciesOf,
    inDependencyLevels,
    inDependencyOrder,
    type PendingOperation,
    type ResourceState,
} from "./state";
