// A plugin on the interface of Pulumi's SDK for providers: boxes with a size that can change and a colour that cannot.
const { main } = require("@pulumi/pulumi/provider");
const pulumi = require("@pulumi/pulumi");
const { appendFileSync } = require("node:fs");

/** Tells the test what the engine asked for. */
const tell = (what) => appendFileSync(process.env.SAMPLE_CALLS, `${what}\n`);

tell("start");

/** Two boxes, one of them larger. */
class Pair extends pulumi.ComponentResource {
    constructor(name, { size }, options) {
        super("sample:index:Pair", name, {}, options);
        const box = (suffix, inputs) =>
            new (class extends pulumi.CustomResource {})(
                "sample:index:Box",
                `${name}-${suffix}`,
                { volume: undefined, ...inputs },
                { parent: this },
            );
        const small = box("small", { size });
        this.volume = pulumi
            .all([small.volume, box("large", { size: pulumi.output(size).apply((n) => n + 1) }).volume])
            .apply(([one, other]) => one + other);
        this.registerOutputs({ volume: this.volume });
    }
}

const provider = {
    version: "1.0.0",
    async parameterizeValue(name, version, value) {
        tell(`parameterize ${name} ${version} ${value}`);
        return { name, version };
    },
    async check(urn, olds, news) {
        tell("check");
        const failures =
            typeof news.size === "number" && news.size < 0 ? [{ property: "size", reason: "is negative" }] : [];
        return { inputs: { colour: "red", ...news }, failures };
    },
    async diff(id, urn, olds, news) {
        tell("diff");
        const replaces = olds.colour === news.colour ? [] : ["colour"];
        return { changes: replaces.length > 0 || olds.size !== news.size, replaces };
    },
    async create(urn, inputs) {
        tell("create");
        return { id: `box-${inputs.colour}`, outs: { ...inputs, volume: inputs.size ** 3 } };
    },
    async update(id, urn, olds, news) {
        tell("update");
        return { outs: { ...news, volume: news.size ** 3 } };
    },
    async read(id, urn, props) {
        tell("read");
        return {
            id,
            props: { ...props, colour: id.slice("box-".length), size: props.size ?? 7, volume: (props.size ?? 7) ** 3 },
        };
    },
    async delete() {
        tell("delete");
    },
    async construct(name, type, inputs, options) {
        if (type !== "sample:index:Pair") {
            throw new Error(`unknown component ${type}`);
        }
        const pair = new Pair(name, inputs, options);
        return { urn: pair.urn, state: { volume: pair.volume } };
    },
    async call(token, { __self__: self, factor, ...rest }) {
        if (token === "pulumi:providers:sample/greet") {
            return { outputs: { greeting: pulumi.interpolate`hello ${rest.name}` } };
        }
        if (token !== "sample:index:Pair/scaled") {
            return { failures: [{ property: "", reason: `unknown method ${token}` }] };
        }
        const urn = pulumi.output(self).apply((pair) => pair.urn ?? pair);
        const scaled = pulumi.all([factor, urn]).apply(([times, of]) => `${of.split("::").at(-1)} * ${times}`);
        return { outputs: { scaled } };
    },
    async invoke(token, inputs) {
        tell(`invoke ${token}`);
        return { outputs: { doubled: inputs.value * 2 }, failures: [] };
    },
};

main(provider, process.argv.slice(2));
