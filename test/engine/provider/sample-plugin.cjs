// A plugin on the interface of Pulumi's SDK for providers: boxes with a size that can change and a colour that cannot.
const { main } = require("@pulumi/pulumi/provider");
const { appendFileSync } = require("node:fs");

/** Tells the test what the engine asked for. */
const tell = (what) => appendFileSync(process.env.SAMPLE_CALLS, `${what}\n`);

tell("start");

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
    async invoke(token, inputs) {
        tell(`invoke ${token}`);
        return { outputs: { doubled: inputs.value * 2 }, failures: [] };
    },
};

main(provider, process.argv.slice(2));
