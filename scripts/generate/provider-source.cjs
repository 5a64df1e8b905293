// What the source of Google's provider says of the properties of the enforced types, which no package of npm has:
// provider-source.json names them, with `^` if a change forces a replacement (`ForceNew`) and `~` if their order does not
// matter (`schema.TypeSet`, or a list that is compared as a set). Behind `=` is the value that the provider fills in.
const source = require("./provider-source.json");

/**
 * Lists of other types whose order does not matter, by the names that they have wherever the source says so. After a
 * refresh a state has their members in an order of the provider.
 */
const SETS =
    /^(members|permissions|scopes|oauthScopes|notificationChannels|eventFilters|matchingCriterias|methods|origins|responseHeaders|deniedPrincipals|exceptionPrincipals|deniedPermissions|exceptionPermissions|secretEnvironmentVariables|programmaticClients|envs|instances|allowedPersistenceRegions|cleanupPolicies|upstreamPolicies|dataLocations|labels|additionalTrustBundles)$/;

/** What the source says of the properties of a resource type or an object type, by name; nothing if it was not read. */
function sourceOf(owner) {
    const names = source.resources[owner] ?? source.types[owner];
    if (names === undefined) {
        return undefined;
    }
    return new Map(
        names.split(" ").map((word) => {
            const [, name, flags, value] = /^(\w*)([~^]*)(?:=(.*))?$/.exec(word);
            const filledIn = value === undefined ? undefined : JSON.parse(value);
            return [name, { replaces: flags.includes("^"), isSet: flags.includes("~"), filledIn }];
        }),
    );
}

/** Whether the order of a list's members does not matter. */
function isSet(owner, name) {
    return sourceOf(owner)?.get(name)?.isSet ?? SETS.test(name);
}

module.exports = { isSet, sourceOf };
