import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { readProgram } from "../../../engine/yaml/read";
import { fullToken } from "../../../engine/yaml/tokens";
import { YamlProgram } from "../../../engine/yaml/yaml-program";

interface Made {
    type: string;
    name: string;
    provider?: string;
    inputs: Record<string, unknown>;
}

describe("a YAML program", () => {
    let folder = "";
    let made: Made[] = [];
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "yaml-"));
        await pulumi.runtime.setMocks(
            {
                newResource: ({ type, name, inputs, provider = "" }) => {
                    made.push({ type, name, provider, inputs: inputs as Record<string, unknown> });
                    return { id: `${name}-id`, state: { ...(inputs as object), uri: `https://${name}.example.com` } };
                },
                call: ({ token, inputs }) => ({ token, ...(inputs as object), number: "42" }),
            },
            "shop",
            "dev",
        );
    });
    beforeEach(() => (made = []));
    after(() => rmSync(folder, { recursive: true }));

    function run(text: string): Record<string, unknown> {
        const file = join(folder, "Pulumi.yaml");
        writeFileSync(file, `name: shop\nruntime: yaml\n${text}`);
        return new YamlProgram(readProgram(file)).run();
    }

    /** The outputs, once they are known. */
    function outputs(text: string): Promise<unknown> {
        return new Promise((done) => pulumi.output(run(text)).apply(done));
    }

    it("makes each resource once, with what it takes from others, whatever their order", async () => {
        const found = await outputs(`
resources:
    caller:
        type: gcp:workflows:Workflow
        properties: { name: "call-\${service.name}", userEnvVars: { URL: "\${service.uri}/x" } }
        options: { dependsOn: ["\${service}"], protect: true }
    service:
        type: gcp:cloudrunv2:Service
        name: renamed
        properties: { name: "\${where}-orders" }
variables:
    where: eu
outputs:
    url: \${service.uri}
    caller: \${caller.id}
    list: ["\${where}", 3, true, null]
`);
        assert.deepEqual(found, {
            caller: "caller-id",
            url: "https://renamed.example.com",
            list: ["eu", 3, true, null],
        });
        const byType = Object.fromEntries(made.map((each) => [each.type, each]));
        assert.equal(made.length, 2);
        assert.equal(byType["gcp:cloudrunv2/service:Service"]?.name, "renamed");
        assert.deepEqual(byType["gcp:workflows/workflow:Workflow"]?.inputs, {
            name: "call-eu-orders",
            userEnvVars: { URL: "https://renamed.example.com/x" },
        });
    });

    it("gives a default provider to the resources of its own package alone", async () => {
        await outputs(`
resources:
    bucket: { type: gcp:storage:Bucket }
    name: { type: random:RandomPet }
    own: { type: "pulumi:providers:gcp", defaultProvider: true, properties: { project: other } }
outputs: { a: "\${bucket.id}", b: "\${name.id}" }
`);
        const providers = Object.fromEntries(made.map(({ name, provider }) => [name, provider]));
        assert.match(providers["bucket"] ?? "", /pulumi:providers:gcp::own::own-id$/);
        assert.doesNotMatch(providers["name"] ?? "", /own/);
    });

    it("has the functions of the language", async () => {
        writeFileSync(join(folder, "text.txt"), "from a file");
        const found = await outputs(`
variables:
    project: { "fn::invoke": { function: gcp:organizations:getProject, arguments: { projectId: p }, return: number } }
outputs:
    invoked: \${project}
    json: { "fn::toJSON": { a: [1, "\${pulumi.project}"] } }
    joined: { "fn::join": ["-", [a, b]] }
    split: { "fn::split": [",", "a,b"] }
    selected: { "fn::select": [1, [a, b]] }
    encoded: { "fn::toBase64": "hi" }
    decoded: { "fn::fromBase64": "aGk=" }
    file: { "fn::readFile": ${JSON.stringify(join(folder, "text.txt"))} }
    escaped: "$\${not.read}"
`);
        assert.deepEqual(found, {
            invoked: "42",
            json: '{"a":[1,"shop"]}',
            joined: "a-b",
            split: ["a", "b"],
            selected: "b",
            encoded: "aGk=",
            decoded: "hi",
            file: "from a file",
            escaped: "${not.read}",
        });
    });

    it("takes a setting without a type to be of the type of its default", async () => {
        pulumi.runtime.setConfig("shop:locked", "false");
        pulumi.runtime.setConfig("shop:length", "7");
        pulumi.runtime.setConfig("shop:text", "7");
        const defaults = "config: { locked: { default: true }, length: { default: 3 }, text: { default: three } }\n";
        const found = await outputs(`${defaults}outputs: { all: ["\${locked}", "\${length}", "\${text}"] }`);
        assert.deepEqual(found, { all: [false, 7, "7"] });
    });

    it("reads any key of the stack's configuration, declared or not, by its namespace and in the type that it has", async () => {
        const values = [true, false, 0, 7, -12, "eu", "07", "1.5", "true ", "", [1, "a"], { a: { b: 1 } }];
        const written = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
        for (const space of ["shop", "gcp"]) {
            written.forEach((value, index) => pulumi.runtime.setConfig(`${space}:key-${index}`, value));
        }
        const references = values.map((_, index) => `"\${gcp:key-${index}}"`).join(", ");
        assert.deepEqual(await outputs(`outputs: { all: [${references}] }`), { all: values });
        assert.deepEqual(await outputs(`outputs: { all: [${references.replaceAll("gcp:", "")}] }`), { all: values });
        assert.deepEqual(await outputs(`outputs: { all: [${references.replaceAll("gcp:", "shop:")}] }`), {
            all: values,
        });
        assert.deepEqual(await outputs('outputs: { b: "${gcp:key-11.a.b}", text: "in ${gcp:key-5}" }'), {
            b: 1,
            text: "in eu",
        });
    });

    it("keeps what is secret", async () => {
        const { secret } = run('outputs: { secret: { "fn::secret": { a: hidden } } }');
        assert.equal(await (secret as { isSecret: Promise<boolean> }).isSecret, true);
    });

    it("refuses what it does not know, with its place and what to do", () => {
        const cases: [string, RegExp][] = [
            ["resource: {}", /has resource, which the sandbox does not know/],
            ["resources: { a: {} }", /resources\.a has no type/],
            ["resources: { a: { type: x:y:Z, propertys: {} } }", /resources\.a has propertys/],
            ["resources: { a: { type: x:y:Z, options: { protekt: true } } }", /resources\.a\.options has protekt/],
            ["outputs: { a: '${b.c}' }", /outputs\.a: there is no resource, variable or configuration "b"/],
            ['outputs: { a: { "fn::nope": 1 } }', /outputs\.a: there is no function fn::nope; use one of fn::invoke/],
            ["variables: { a: '${b}', b: '${a}' }\noutputs: { x: '${a}' }", /a → b → a is a cycle/],
            ["outputs: { a: '${pulumi.home}' }", /pulumi has no home; it has cwd/],
            ["outputs: { a: '${gcp:nowhere}' }", /configuration gcp:nowhere is not set; .*--config gcp:nowhere=VALUE/],
            ["config: { size: { type: integer } }\noutputs: { a: '${size}' }", /configuration size is not set/],
        ];
        for (const [text, expected] of cases) {
            assert.throws(() => run(text), expected, text);
        }
    });

    it("refuses an option with a value of another kind, with its place and what it must be", () => {
        const right: Record<string, string[]> = {
            parent: ["${service}"],
            provider: ["${own}"],
            dependsOn: ["${service}", "[ '${service}' ]", "[]"],
            deletedWith: ["${service}"],
            replaceWith: ["[ '${service}' ]"],
            aliases: [
                "[ { name: a }, { noParent: true }, { urn: u } ]",
                "[ urn:pulumi:dev::shop::x:y:Z::a, '${service.urn}' ]",
            ],
            protect: ["true", "${locked}"],
            deleteBeforeReplace: ["false"],
            retainOnDelete: ["true"],
            ignoreChanges: ["[ image ]"],
            replaceOnChanges: ["[ image ]"],
            additionalSecretOutputs: ["[ url ]"],
            hideDiffs: ["[ image ]"],
            customTimeouts: ["{ create: 5m }"],
            version: ["1.0.0"],
            pluginDownloadURL: ["https://example.com"],
        };
        const text = (option: string, value: string): string => `
config: { locked: { default: true } }
resources:
    own: { type: "pulumi:providers:gcp" }
    service: { type: gcp:cloudrunv2:Service }
    a: { type: gcp:workflows:Workflow, options: { ${option}: ${value.startsWith("${") ? `"${value}"` : value} } }
outputs: { a: "\${a.id}", urn: "\${service.urn}" }
`;
        for (const [option, accepted] of Object.entries(right)) {
            for (const value of accepted) {
                run(text(option, value));
            }
        }
        for (const [option, wrong] of [
            ["protect", ["yes", "7", "null", "${service.uri}", "[ true ]"]],
            ["retainOnDelete", ["1"]],
            ["dependsOn", ["service", "[ '${service.id}' ]", "{ a: '${service}' }"]],
            ["parent", ["service", "[ '${service}' ]", "${service.urn}"]],
            ["provider", ["${service}", "own"]],
            ["providers", ["[ '${service}' ]", "own"]],
            ["deletedWith", ["${service.urn}"]],
            ["ignoreChanges", ["image", "[ 7 ]", "{ image: true }"]],
            ["aliases", ["former", "[ { nam: former } ]", "[ 7 ]", "[ '${service}' ]", "{ name: a }"]],
            ["customTimeouts", ["5m", "{ make: 5m }", "{ create: 5 }"]],
            ["version", ["1"]],
        ] as const) {
            for (const value of wrong) {
                const message = new RegExp(`resources\\.a\\.options\\.${option}(\\[0\\])? must be `);
                assert.throws(() => run(text(option, value)), message, `${option}: ${value}`);
            }
        }
    });

    it("has the full names of types, as the engine knows them", () => {
        assert.equal(fullToken("gcp:storage:Bucket", false), "gcp:storage/bucket:Bucket");
        assert.equal(fullToken("random:RandomId", false), "random:index/randomId:RandomId");
        assert.equal(fullToken("gcp:storage/bucket:Bucket", false), "gcp:storage/bucket:Bucket");
        assert.equal(fullToken("pulumi:providers:gcp", false), "pulumi:providers:gcp");
        assert.equal(fullToken("pulumi-gcp-invoke:InvokableService", true), "pulumi-gcp-invoke:index:InvokableService");
    });
});
