import { strict as assert } from "node:assert";
import fc from "fast-check";
import { isEveryone } from "../../common";

/** Each spelling of everybody beside a member that looks like it and is not. */
const cases: [everyone: string, somebody: string][] = [
    ["allUsers", "user:allusers@example.com"],
    ["allAuthenticatedUsers", "group:allauthenticatedusers@example.com"],
    ["ALLUSERS", "serviceAccount:all-users@p.iam.gserviceaccount.com"],
    [" allUsers ", "domain:allusers.example.com"],
    ["principalSet://goog/public:all", "principalSet://goog/cloudIdentityCustomerId/C01abc"],
    ["principalSet://goog/public:allAuthenticated", "principal://goog/subject/ann@example.com"],
    ["user:*", "user:ann@example.com"],
    ["user:*@example.com", "user:a.n.n@example.com"],
    ["serviceAccount:*", "serviceAccount:web@p.iam.gserviceaccount.com"],
    ["domain:*", "domain:example.com"],
    ["domain:*.com", "domain:example.com"],
    ["group:allUsers", "group:staff@example.com"],
    ["group:AllAuthenticatedUsers", "group:all@example.com"],
    ["user:public:all", "user:public@example.com"],
    [
        "principal://goog/public:all",
        "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*",
    ],
];

describe("a member", () => {
    for (const [everyone, somebody] of cases) {
        it(`is everybody as "${everyone}", and somebody as "${somebody}"`, () => {
            assert.equal(isEveryone(everyone), true);
            assert.equal(isEveryone(somebody), false);
        });
    }

    it("is somebody as any address of a person, a group or an account", () => {
        const kind = fc.constantFrom("user", "group", "serviceAccount");
        fc.assert(
            fc.property(kind, fc.emailAddress(), (type, address) => {
                fc.pre(!address.includes("*"));
                assert.equal(isEveryone(`${type}:${address}`), false);
            }),
        );
    });

    it("is everybody in any case", () => {
        fc.assert(
            fc.property(fc.mixedCase(fc.constantFrom(...cases.map(([everyone]) => everyone))), (member) => {
                assert.equal(isEveryone(member), true);
            }),
        );
    });
});
