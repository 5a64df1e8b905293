// Reads the facts that declarations lack from the provider's schema, for provider-facts.json.
const { readFileSync } = require("node:fs");

/** The names of all properties, with `^` if a change forces a replacement and `*` if they are secret. */
function names(properties = {}) {
    return Object.entries(properties)
        .map(
            ([name, { replaceOnChanges, willReplaceOnChanges, secret }]) =>
                `${name}${replaceOnChanges || willReplaceOnChanges ? "^" : ""}${secret ? "*" : ""}`,
        )
        .sort()
        .join(" ");
}

const references = (properties) =>
    [...JSON.stringify(properties ?? {}).matchAll(/"#\/types\/([^"]+)"/g)].map(([, token]) => token);

/** @param tokens the resource types to read */
function readSchema(file, tokens) {
    const schema = JSON.parse(readFileSync(file, "utf8"));
    const resources = Object.fromEntries(
        tokens.map((token) => [token, names(schema.resources[token].inputProperties)]),
    );
    const wanted = new Set(tokens.flatMap((token) => references(schema.resources[token].inputProperties)));
    const types = {};
    for (const token of wanted) {
        const [, path, name] = decodeURIComponent(token).split(":");
        const { properties } = schema.types[decodeURIComponent(token)];
        types[`${path.split("/")[0]}/${name}`] = names(properties);
        references(properties).forEach((each) => wanted.add(each));
    }
    return { source: `pulumi package get-schema gcp, ${schema.version}`, resources, types };
}

module.exports = { readSchema };
