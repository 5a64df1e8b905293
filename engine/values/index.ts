/** Property values: how secrets, unknowns and assets are marked in them, how they differ, and the URNs that name their owners. */
export { contentOf, inputsForCheck } from "./assets";
export { hideCredentials, isCredential } from "./credentials";
export { differences, type PropertyDiff, same, shown } from "./differences";
export { dependenciesIn, withoutOutputs, withOutputs } from "./output-values";
export { covers, keepPaths, parsePath } from "./paths";
export { makeUrn, nameOf, packageOf, STACK_TYPE, STASH_TYPE, typeOf } from "./urn";
export {
    hasSecret,
    hasUnknown,
    hideSecrets,
    isKind,
    isObject,
    KINDS,
    mapMembers,
    markSecretProperties,
    plain,
    plainProperties,
    type Properties,
    secret,
    SIGNATURE,
    text,
    UNKNOWN,
    type Value,
} from "./values";
