// How the tables of properties write what is known about a property: as one word.
const { isSet } = require("./provider-source.cjs");

/** A property as one word: its type (`x<>` for a list whose order does not matter), and then `!` if it is required, `^` if it forces a replacement, `+` if it is computed, `*` if it is secret. */
function encode({ type, required, replaces, computed, secret }) {
    return `${type}${required ? "!" : ""}${replaces ? "^" : ""}${computed ? "+" : ""}${secret ? "*" : ""}`;
}

/** The words of the inputs of a resource type or an object type, with their facts, and of the outputs that are no inputs. */
function words(owner, { inputs, outputs, secrets = new Set() }, facts) {
    const given = [...inputs].map(([name, { type: declared, optional, sensitive }]) => {
        const { replaces, secret } = facts(name);
        const type = isSet(owner, name) ? declared.replace(/\[\]$/, "<>") : declared;
        const computed = optional && outputs.get(name)?.optional === false;
        return [
            name,
            encode({ type, required: !optional, replaces, computed, secret: secret || sensitive || secrets.has(name) }),
        ];
    });
    const others = [...outputs]
        .filter(([name]) => !inputs.has(name))
        .map(([name, { type, optional, sensitive }]) => [
            name,
            encode({ type, computed: !optional, secret: sensitive || secrets.has(name) }),
        ]);
    return { given, others };
}

module.exports = { words };
