import assert from "node:assert/strict";
import { hasOption, ScalarType, type DescField, type DescMessage } from "@bufbuild/protobuf";
import { google } from "../../../../../sandbox/apis/framework/descriptors";
import { endpoints } from "../../../../../sandbox/apis/framework/endpoint";
import { withProjectIds } from "../../../../../sandbox/apis/framework/requests/project-names";
import { googleApis } from "../../../../../sandbox/apis/google-apis";
import type { Json } from "../../../../../sandbox/cloud";
import { testCloud } from "../../../support/cloud";

const NUMBER = "100000000001";

describe("names in requests", () => {
    /** A request with every field set once: each text is a name by the project's number. */
    function filled(descriptor: DescMessage, depth = 0): Json {
        const one = (field: DescField): unknown =>
            field.message === undefined
                ? field.scalar === ScalarType.STRING && `projects/${NUMBER}/x`
                : depth > 4 || field.message.typeName.startsWith("google.protobuf.")
                  ? undefined
                  : filled(field.message, depth + 1);
        return Object.fromEntries(
            descriptor.fields.flatMap((field) => {
                const value = one(field);
                if (value === undefined || value === false) {
                    return [];
                }
                const all =
                    field.fieldKind === "list" ? [value, value] : field.fieldKind === "map" ? { key: value } : value;
                return [[field.jsonName, all]];
            }),
        );
    }

    function check(descriptor: DescMessage, request: unknown, path: string, found: { ids: number; own: number }): void {
        const reference = google().getExtension("google.api.resource_reference");
        for (const field of descriptor.fields) {
            const value = (request as Json)[field.jsonName];
            const all =
                value === undefined
                    ? []
                    : Array.isArray(value)
                      ? value
                      : field.fieldKind === "map"
                        ? Object.values(value as Json)
                        : [value];
            for (const one of all as unknown[]) {
                if (field.message) {
                    check(field.message, one, `${path}.${field.name}`, found);
                } else if (reference && hasOption(field, reference)) {
                    assert.equal(one, "projects/demo/x", `${path}.${field.name}`);
                    found.ids++;
                } else if (field.fieldKind === "map" || /^(value|data|description|filter|payload)$/.test(field.name)) {
                    assert.equal(one, `projects/${NUMBER}/x`, `${path}.${field.name}`);
                    found.own++;
                }
            }
        }
    }

    it("have the project's ID in each field that Google's definitions call a name, and nowhere in the user's own texts", () => {
        const cloud = testCloud();
        const found = { ids: 0, own: 0 };
        for (const definition of googleApis) {
            for (const { descriptor, name, method } of endpoints(definition)) {
                if (method && !method.keepsNames) {
                    check(
                        descriptor.input,
                        withProjectIds(descriptor.input, filled(descriptor.input), cloud),
                        name,
                        found,
                    );
                }
            }
        }
        assert.ok(found.ids > 200 && found.own > 50, JSON.stringify(found));
        cloud.close();
    });
});
