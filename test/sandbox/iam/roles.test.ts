import { strict as assert } from "node:assert";
import { predefinedRoles } from "../../../access/roles";
import { narrowestRole } from "../../../sandbox/iam/roles";

const reads = /\.(get|getIamPolicy|list|(query|search|view)\w*)$/;

describe("the role that an explanation proposes", () => {
    it("holds the permission, and changes nothing where one that reads is enough", () => {
        const roles = new Map(predefinedRoles().map((role) => [role.name, role]));
        const all = new Set([...roles.values()].flatMap(({ permissions }) => [...permissions]));
        for (const permission of all) {
            const role = roles.get(narrowestRole(permission) ?? "");
            const holders = [...roles.values()].filter(
                ({ name, permissions }) => permissions.has(permission) && !name.endsWith("erviceAgent"),
            );
            assert.ok(holders.length === 0 ? role === undefined : role?.permissions.has(permission), permission);
            const reading = holders.filter(({ permissions }) => [...permissions].every((each) => reads.test(each)));
            if (reads.test(permission) && reading.length > 0) {
                assert.ok(role && [...role.permissions].every((each) => reads.test(each)));
            }
        }
    });

    it("is not one that makes accounts, for who only has to look at one", () => {
        assert.equal(narrowestRole("iam.serviceAccounts.get"), "roles/iam.serviceAccountViewer");
        assert.equal(narrowestRole("run.routes.invoke"), "roles/run.invoker");
    });
});
