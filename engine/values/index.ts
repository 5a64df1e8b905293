/** Property values: how secrets, unknowns and assets are marked in them, how they differ, and the URNs that name their owners. */
export { contentOf, inputsForCheck } from "./assets";
export { hideCredentials, isCredential } from "./credentials";
export { differences, type PropertyDiff, same, visibleDifferences } from "./differences";
export { dependenciesIn, fromOutputValues, toOutputValues } from "./output-values";
export { covers, keepPaths, parsePath } from "./paths";
export { makeUrn, nameOf, packageOf, providerUrnOf, STACK_TYPE, STASH_TYPE, typeOf } from "./urn";
export {
    asText,
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
    UNKNOWN,
    type Value,
} from "./values";
