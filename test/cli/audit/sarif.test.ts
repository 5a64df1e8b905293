import assert from "node:assert/strict";
import Ajv from "ajv";
import draft04 from "ajv/lib/refs/json-schema-draft-04.json";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import { reportOf } from "../../../cli/audit/report";
import { sarif } from "../../../cli/audit/sarif";
import { auditFile } from "../../../workflow/auth";

describe("the SARIF that an audit writes", () => {
    const ajv = new Ajv({ schemaId: "id", meta: false, unknownFormats: "ignore", allErrors: true }).addMetaSchema(
        draft04,
    );
    const validate = ajv.compile(schema);
    const errors = (log: unknown): string[] => {
        void validate(log);
        return (validate.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message ?? ""}`);
    };
    const log = (text: string, file: string): Record<string, unknown> =>
        sarif(reportOf([{ file, audit: auditFile(text, file) }]));
    const calls = [
        "https://a-uc.a.run.app/x",
        "http://b.example",
        "${args.url}",
        "https://a-uc.a.run.app/PROJECT_ID",
    ].map((url, index) => `    - s${index}: {call: http.get, args: {url: '${url}'}}`);

    it("is valid by the schema of SARIF 2.1.0: findings, none, a file that does not parse, any path", () => {
        const bad = `main:\n  params: [args]\n  steps:\n${calls.join("\n")}\n`;
        assert.ok(auditFile(bad, "w.yaml").findings.length >= 4);
        for (const file of ["w.yaml", "a dir/ä #1.yaml", "/tmp/w.yaml", "<stdin>", "C:\\w.yaml"]) {
            assert.deepEqual(errors(log(bad, file)), [], file);
        }
        assert.deepEqual(errors(log("main:\n  steps: []\n", "w.yaml")), []);
        assert.deepEqual(errors(log("main:\n  steps: [\n", "w.yaml")), []);
        assert.deepEqual(errors(log("", "w.yaml")), []);
    });

    it("would not be valid with a level or a place that SARIF does not have", () => {
        const broken = JSON.stringify(log(`main:\n  steps:\n${calls[0] ?? ""}\n`, "w.yaml"));
        assert.notDeepEqual(errors(JSON.parse(broken.replace('"level":"error"', '"level":"fatal"'))), []);
        assert.notDeepEqual(errors(JSON.parse(broken.replace(/"startLine":\d+/, '"startLine":0'))), []);
    });
});
