import { ScalarType, type DescField, type DescMessage } from "@bufbuild/protobuf";
import fc from "fast-check";
import { endpoints } from "../../../sandbox/apis/framework/endpoint";
import { httpBindings } from "../../../sandbox/apis/framework/descriptors";
import { googleApis } from "../../../sandbox/apis";
import { identityApis } from "../../../sandbox/apis/identity";

/** A request as a client with an odd day sends it. */
export interface FuzzRequest {
    method: string;
    url: string;
    body: unknown;
}

/** Few names, so that what one request makes others find. */
const id = fc.constantFrom("a", "b", "demo", "europe-west1", "-", "1", "latest", "run.googleapis.com");
const odd = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom("", "..", "%", "ÿ", "\u0000", "a/b", "projects/demo"),
);
const word = fc.oneof({ weight: 8, arbitrary: id }, { weight: 1, arbitrary: odd });

/** What people write into such fields: some of it is even right. */
const text = fc.oneof(
    { weight: 3, arbitrary: word },
    {
        weight: 3,
        arbitrary: fc.constantFrom(
            "projects/demo/locations/europe-west1/services/a",
            "projects/demo/topics/aaa",
            "projects/demo/secrets/a",
            "projects/demo/locations/europe-west1/queues/a",
            "123456789012-compute@developer.gserviceaccount.com",
            "roles/run.invoker",
            "allUsers",
            "https://a.example/",
            "* * * * *",
            "nodejs22",
            "main:\n  steps:\n    - done:\n        return: 1\n",
            "YWJj",
        ),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
);

const anything = fc.letrec((tie) => ({
    value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.string({ maxLength: 6 }), tie("value"), { maxKeys: 3 }),
    ),
})).value;

/** Google's own small types; of others, cut off by depth, nothing. */
function wellKnown(name: string): fc.Arbitrary<unknown> {
    const right = { Duration: "3s", Timestamp: "2026-01-01T00:00:00Z", FieldMask: "labels" }[name.split(".")[2] ?? ""];
    return fc.oneof({ weight: 30, arbitrary: fc.constant(right ?? {}) }, { weight: 1, arbitrary: anything });
}

const arbitraries = new Map<string, fc.Arbitrary<unknown>>();

/** JSON of a message: most of it of the right kind. */
export function messageOf(descriptor: DescMessage, depth: number): fc.Arbitrary<unknown> {
    if (depth === 0 || descriptor.typeName.startsWith("google.protobuf.")) {
        return wellKnown(descriptor.typeName);
    }
    const key = `${descriptor.typeName} ${depth}`;
    let known = arbitraries.get(key);
    if (!known) {
        const fields = Object.fromEntries(
            descriptor.fields.map((field) => [field.jsonName, fieldOf(field, depth - 1)]),
        );
        known = fc.record(fields, { requiredKeys: [] });
        arbitraries.set(key, known);
    }
    return fc.oneof({ weight: 40, arbitrary: known }, { weight: 1, arbitrary: anything });
}

function fieldOf(field: DescField, depth: number): fc.Arbitrary<unknown> {
    const one = (): fc.Arbitrary<unknown> => {
        if (field.message) {
            return messageOf(field.message, depth);
        }
        if (field.enum) {
            return fc.constantFrom(...field.enum.values.map(({ name }) => name));
        }
        if (field.scalar === ScalarType.BOOL) {
            return fc.boolean();
        }
        return field.scalar === ScalarType.STRING || field.scalar === ScalarType.BYTES
            ? text
            : fc.integer({ min: -3, max: 99 });
    };
    if (field.fieldKind === "list") {
        return fc.array(one(), { maxLength: 2 });
    }
    if (field.fieldKind === "map") {
        return fc.dictionary(word, one(), { maxKeys: 2 });
    }
    return fc.oneof({ weight: 80, arbitrary: one() }, { weight: 1, arbitrary: anything });
}

/** A path of a template, its variables filled. */
function pathOf(template: string): fc.Arbitrary<string> {
    const holes = template.replace(/\{[^}=]+=([^}]*)\}/g, "$1").replace(/\{[^}]+\}/g, "*");
    const parts = holes.split(/\*\*|\*/);
    return fc.array(word, { minLength: parts.length - 1, maxLength: parts.length - 1 }).map((words) =>
        parts
            .map((part, i) => {
                const filled = /projects\/$/.test(part)
                    ? "demo"
                    : /locations\/$/.test(part)
                      ? "europe-west1"
                      : (words[i] ?? "");
                return i === parts.length - 1 ? part : `${part}${encodeURIComponent(filled)}`;
            })
            .join(""),
    );
}

const parameters = fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    {
        weight: 1,
        arbitrary: fc.dictionary(
            fc.constantFrom(..."pageSize pageToken updateMask filter fields alt project uploadType view x".split(" ")),
            fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("-1", "json", "a.b", "labels", "media")),
            { maxKeys: 2 },
        ),
    },
);

function request(
    verb: string,
    host: string,
    path: string,
    input: DescMessage | undefined,
    own: string[],
    asked: DescMessage | undefined,
): fc.Arbitrary<FuzzRequest> {
    const names = fc.constantFrom("a", "b");
    const body = input ? messageOf(input, 5) : anything;
    return fc
        .tuple(pathOf(path), parameters, fieldsIn(asked), names, body)
        .map(([filled, others, fields, name, sent]) => {
            const all = { ...others, ...fields, ...Object.fromEntries(own.map((field) => [field, name])) };
            return {
                method: verb,
                url: `https://${host.replace("*", "europe-west1")}${filled}?${new URLSearchParams(all).toString()}`,
                body: verb === "GET" ? undefined : sent,
            };
        });
}

/** Some of a request's own fields as parameters. */
function fieldsIn(message: DescMessage | undefined): fc.Arbitrary<Record<string, string>> {
    const scalars = (message?.fields ?? []).filter(({ fieldKind }) => fieldKind === "scalar" || fieldKind === "enum");
    const value = fc.oneof(text, fc.constantFrom("true", "1", "-1", "name:a", "name desc", "FULL"));
    return scalars.length === 0
        ? fc.constant({})
        : fc.dictionary(fc.constantFrom(...scalars.map(({ jsonName }) => jsonName)), value, { maxKeys: 2 });
}

/** A request of each method and route that the APIs have, as often as any other. */
export function fuzzRequests(): fc.Arbitrary<FuzzRequest> {
    const all = [...googleApis, ...identityApis].flatMap((definition) => [
        ...endpoints(definition).flatMap(({ descriptor, method }) =>
            (method?.http ?? httpBindings(descriptor)).map(({ verb, path, body }) => {
                const field = descriptor.input.fields.find(({ name }) => name === body);
                // The ID of what is to be made comes as a parameter: `serviceId`.
                const own =
                    body === "*"
                        ? []
                        : descriptor.input.fields
                              .map(({ jsonName }) => jsonName)
                              .filter((n) => /Id$/.test(n) && n !== "requestId");
                return request(
                    verb,
                    definition.host,
                    path,
                    body === "*" ? descriptor.input : field?.message,
                    own,
                    body === "*" ? undefined : descriptor.input,
                );
            }),
        ),
        ...(definition.routes ?? []).map(({ verb, path }) =>
            request(verb, definition.host, path, undefined, [], undefined),
        ),
    ]);
    return fc.oneof(...all);
}
