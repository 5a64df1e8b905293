import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { givenConfig, validateConfig } from "../../../engine/project/config-schema";
import { readProject } from "../../../engine/project/project";
import { Crypter } from "../../../engine/state/secrets";

describe("configuration in files", () => {
    let root: string;
    beforeEach(() => {
        root = mkdtempSync(join(tmpdir(), "config-"));
    });
    afterEach(() => {
        rmSync(root, { recursive: true });
    });
    const write = (name: string, text: string): void => {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), text);
    };
    const project = (more = ""): void => write("Pulumi.yaml", `name: shop\nruntime: nodejs\n${more}`);
    const read = (environment: Record<string, string> = {}, file?: string) =>
        readProject(root, "dev", environment, file);
    const values = async (): Promise<Record<string, string>> => {
        const { config } = await read();
        return Object.fromEntries(Object.entries(config).map(([key, { value }]) => [key, value]));
    };
    /** The configuration of a stack whose own file has this text. */
    const told = async (schema: string, own: string): Promise<void> => {
        project(`config:\n${schema}`);
        write("Pulumi.dev.yaml", `config:\n${own}`);
        const { schema: known, config } = await read();
        validateConfig("dev", known, config);
    };

    // These are the values that the Pulumi CLI 3.259 passed to a program.
    it("is passed to programs as the Pulumi CLI passes it", async () => {
        project("config: { word: hello, list: [1, two, true], map: { default: { a: 1 } }, valued: { value: set } }\n");
        write(
            "Pulumi.dev.yaml",
            `config:
  shop:yes: yes
  shop:octal: 0777
  shop:octal2: 0o17
  shop:hex: 0x1F
  shop:under: 1_000
  shop:float: 1.50
  shop:whole: 1.0
  shop:exp: 1e3
  shop:big: 12345678901234567890
  shop:date: 2020-01-02
  shop:time: 2020-01-02T03:04:05Z
  shop:empty:
  shop:text: "007"
  shop:nested: { a: { b: [1, 2.50, yes, 2020-01-02, null, 123456789012345678] }, 5: five }
  shop:config:legacy: old
  bare: here
  shop:true: True
`,
        );
        assert.deepEqual(await values(), {
            "shop:word": "hello",
            "shop:list": `[1,"two",true]`,
            "shop:map": `{"a":1}`,
            "shop:valued": "set",
            "shop:yes": "yes",
            "shop:octal": "511",
            "shop:octal2": "15",
            "shop:hex": "31",
            "shop:under": "1000",
            "shop:float": "1.5",
            "shop:whole": "1",
            "shop:exp": "1000",
            "shop:big": "12345678901234567890",
            "shop:date": "2020-01-02 00:00:00 +0000 UTC",
            "shop:time": "2020-01-02 03:04:05 +0000 UTC",
            "shop:empty": "",
            "shop:text": "007",
            "shop:nested": `{"5":"five","a":{"b":[1,2.5,"yes","2020-01-02 00:00:00 +0000 UTC",null,123456789012345678]}}`,
            "shop:legacy": "old",
            "shop:bare": "here",
            "shop:true": "true",
        });
        assert.match((await read()).warnings.join(), /Pulumi\.dev\.yaml: no value for "shop:empty", which is taken as/);
    });

    it("has a warning for each key of the file that nobody reads, with what was meant", async () => {
        project("");
        write("Pulumi.dev.yaml", 'confg: { shop:a: "1" }\ngcp:project: demo\nencryptionsalt: v1:x:y\n');
        assert.deepEqual(
            (await read()).warnings.map((each) => each.replace(/^.*?: "/, '"')),
            [
                '"confg" is no key of this file, and is not read; did you mean "config"?',
                '"gcp:project" is no key of this file, and is not read; if it is configuration, write it below config',
            ],
        );
        write("Pulumi.dev.yaml", 'config: { shop:a: "1" }\nencryptionsalt: v1:x:y\nsecretsprovider: passphrase\n');
        assert.deepEqual((await read()).warnings, []);
    });

    it("is found in the file that the project or the caller names", async () => {
        write("stacks/Pulumi.dev.yaml", "config: { shop:where: stacks }\n");
        write("other.yaml", "config: { shop:where: other }\n");
        project("stackConfigDir: stacks\n");
        assert.equal((await values())["shop:where"], "stacks");
        project("config: stacks\n");
        assert.equal((await values())["shop:where"], "stacks");
        assert.equal((await read({}, join(root, "other.yaml"))).config["shop:where"]?.value, "other");
        await assert.rejects(read({}, join(root, "none.yaml")), /none\.yaml does not exist; name the file/);
    });

    it("may have secrets, also in lists and maps, which a passphrase from the environment or from a file decrypts", async () => {
        const crypter = await Crypter.create("sesame");
        project();
        write("passphrase", "sesame\n");
        const secure = (text: string): string => `{ secure: "${crypter.encrypt(text)}" }`;
        write(
            "Pulumi.dev.yaml",
            `encryptionsalt: "${crypter.salt}"\nconfig:\n  shop:key: ${secure("hush")}\n  shop:users: [{ name: a, key: ${secure("b")} }]\n`,
        );
        for (const environment of [
            { PULUMI_CONFIG_PASSPHRASE: "sesame" },
            { PULUMI_CONFIG_PASSPHRASE_FILE: join(root, "passphrase") },
        ]) {
            assert.deepEqual((await read(environment)).config, {
                "shop:key": { value: "hush", secret: true },
                "shop:users": { value: `[{"key":"b","name":"a"}]`, object: true, secret: true },
            });
        }
        await assert.rejects(
            read({ PULUMI_CONFIG_PASSPHRASE: "open" }),
            /Pulumi\.dev\.yaml: incorrect passphrase; set PULUMI_CONFIG_PASSPHRASE, or/,
        );
        await assert.rejects(
            read(),
            /Pulumi\.dev\.yaml: shop:key, shop:users is secret; set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASS/,
        );
        write("Pulumi.dev.yaml", `secretsprovider: gcpkms://k\nconfig: { shop:key: { secure: AAAA } }\n`);
        await assert.rejects(
            read(),
            /shop:key is secret, by gcpkms:\/\/k; only secrets by passphrase can be read here/,
        );
    });

    it("is refused before anything runs where it comes from Pulumi ESC", async () => {
        project();
        write("Pulumi.dev.yaml", "environment: [shop-dev]\n");
        await assert.rejects(read(), /Pulumi\.dev\.yaml: environment takes values from Pulumi ESC, .* --config-file/);
        write("Pulumi.dev.yaml", "environment: []\n");
        assert.deepEqual((await read()).config, {});
    });

    it("must have the types that the project gives its keys", async () => {
        const list = "  hosts: { type: array, items: { type: string } }\n";
        await told("  size: { type: integer }\n", "  shop:size: 3\n");
        await told("  size: { type: integer }\n", `  shop:size: "3"\n`);
        await told("  size: { type: integer, default: 3 }\n", "  shop:other: 3\n");
        await told("  on: { type: boolean }\n", "  shop:on: true\n");
        await told(list, "  shop:hosts: [a, b]\n");
        await told("  map: { type: object }\n", "  shop:map: { a: 1 }\n");
        const cases: [string, string, RegExp][] = [
            [
                "  size: { type: integer }\n",
                "  shop:size: big\n",
                /^ProjectError: Stack 'dev' with configuration key 'size' must be of type 'integer', and is big$/,
            ],
            ["  on: { type: boolean }\n", "  shop:on: yes\n", /'on' must be of type 'boolean', and is yes/],
            [list, "  shop:hosts: [a, 1]\n", /'hosts' must be of type 'array<string>', and is \["a",1\]/],
            [list, `  shop:hosts: "[]"\n`, /'hosts' must be of type 'array<string>'/],
            ["  map: { type: object }\n", "  shop:map: [1]\n", /'map' must be of type 'object'/],
            [
                "  key: { type: string, secret: true }\n",
                "  shop:key: hush\n",
                /^ProjectError: Stack 'dev' with configuration key 'key' must be encrypted as it's secret; set it again/,
            ],
            [
                "  a: {}\n  b: { description: what }\n  c: { type: string }\n",
                "  x: 1\n",
                /^ProjectError: Stack 'dev' is missing configuration values 'a', 'b' and 'c'; set it in/,
            ],
        ];
        for (const [schema, own, message] of cases) {
            await assert.rejects(told(schema, own), message);
        }
    });

    it("of a project is refused where it is not valid", async () => {
        const cases: [string, RegExp][] = [
            ["  a: { default: 1, value: 2 }\n", /config\.a has both a default and a value; leave one out/],
            [
                "  gcp:region: { type: string, value: x }\n",
                /config\.gcp:region is not a key of the project and cannot have a type/,
            ],
            [
                "  gcp:region: { default: x }\n",
                /config\.gcp:region is not a key .* cannot have a default; call it value/,
            ],
            ["  gcp:region: { description: x }\n", /config\.gcp:region is not a key .* must have a value; add value/],
            [
                "  a: { type: float }\n",
                /config\.a\.type is float, expected one of string, integer, boolean, array, object/,
            ],
            ["  a: { type: array }\n", /config\.a is an array without items; add items/],
            ["  a: { type: integer, default: x }\n", /config\.a\.default is x, which is no integer/],
        ];
        for (const [schema, message] of cases) {
            project(`config:\n${schema}`);
            await assert.rejects(read(), message);
        }
    });

    it("is secret, or an object, where it is given without a file and the project says so of the key", async () => {
        project("config: { key: { type: string, secret: true }, hosts: { type: array, items: { type: string } } }\n");
        const { schema } = await read();
        const given = givenConfig("shop", schema, { key: "hush", hosts: `["a"]`, "gcp:region": "x" });
        assert.deepEqual(given, {
            "shop:key": { value: "hush", secret: true },
            "shop:hosts": { value: `["a"]`, object: true },
            "gcp:region": { value: "x" },
        });
        validateConfig("dev", schema, given);
        const plain = givenConfig("shop", schema, { key: "hush", hosts: "a" });
        assert.throws(() => validateConfig("dev", schema, plain), /'hosts' must be of type 'array<string>', and is a/);
    });
});
