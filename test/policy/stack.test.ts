import assert from "node:assert/strict";
import { policyRules, stackRules, type StackOptions, type StackSubject } from "../../policy";

type Props = Record<string, unknown>;

const ours = "pulumi-gcp-invoke:index:InvokableService$";

/** A resource of a stack. What is undefined in `props` is not known yet: reading it throws, as Pulumi's values do. */
function resource(type: string, name: string, props: Props, from: Props = {}, parent = ""): StackSubject {
    const urn = `urn:pulumi:dev::shop::${parent}${type}::${name}`;
    const propertyDependencies = Object.fromEntries(
        Object.entries(from).map(([key, value]) => [key, [value as StackSubject]]),
    );
    return { type, name, urn, props: guarded(props), propertyDependencies };
}

function guarded(props: Props): Props {
    return new Proxy(props, {
        get(target, key) {
            const value: unknown = Reflect.get(target, key);
            if (value === undefined && Reflect.has(target, key)) {
                throw new Error(`${String(key)} is not known yet`);
            }
            return value;
        },
    });
}

const email = (name: string): string => `${name}@demo.iam.gserviceaccount.com`;
const place = { project: "demo", location: "europe-west1" };
const account = (name: string): StackSubject =>
    resource("gcp:serviceaccount/account:Account", name, { accountId: name, project: "demo", email: email(name) });
const caller = account("fulfil");
const orders = resource("gcp:cloudrunv2/service:Service", "orders", { ...place, name: "orders-1", template: {} });
const declared = resource(
    "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
    "orders-fulfil",
    { ...place, name: "orders-1", role: "roles/run.invoker", member: `serviceAccount:${email("fulfil")}` },
    { name: orders, member: caller },
    ours,
);
const base = [caller, orders, declared];

const onOrders = (props: Props) => ({ ...place, name: "orders-1", role: "roles/run.invoker", ...props });
const onFulfil = (props: Props) => ({ serviceAccountId: `projects/demo/serviceAccounts/${email("fulfil")}`, ...props });
const eve = "user:eve@example.com";
const minter = "roles/iam.serviceAccountTokenCreator";
const policyData = (role: string, member: string) => JSON.stringify({ bindings: [{ role, members: [member] }] });

/** Ways in that nobody declared, each made by one resource. */
const ways: [what: string, type: string, props: Props, more?: StackSubject[]][] = [
    ["a stranger", "gcp:cloudrunv2/serviceIamMember:ServiceIamMember", onOrders({ member: eve })],
    ["the API of version 1", "gcp:cloudrun/iamMember:IamMember", { ...onOrders({ member: eve }), service: "orders-1" }],
    ["a binding", "gcp:cloudrunv2/serviceIamBinding:ServiceIamBinding", onOrders({ members: [eve] })],
    [
        "a policy",
        "gcp:cloudrunv2/serviceIamPolicy:ServiceIamPolicy",
        { ...place, name: "orders-1", policyData: policyData("roles/run.invoker", eve) },
    ],
    ["everybody", "gcp:cloudrunv2/serviceIamMember:ServiceIamMember", onOrders({ member: "allUsers" })],
    [
        "everybody, as newer APIs write it",
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        onOrders({ member: "principalSet://goog/public:all" }),
    ],
    ["a group", "gcp:cloudrunv2/serviceIamMember:ServiceIamMember", onOrders({ member: "group:dev@example.com" })],
    ["a domain", "gcp:cloudrunv2/serviceIamMember:ServiceIamMember", onOrders({ member: "domain:example.com" })],
    [
        "an administrator of it",
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        onOrders({ role: "roles/run.admin", member: eve }),
    ],
    [
        "a custom role",
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        onOrders({ role: "projects/demo/roles/callers", member: eve }),
        [
            resource("gcp:projects/iAMCustomRole:IAMCustomRole", "callers", {
                ...{ roleId: "callers", project: "demo", permissions: ["run.routes.invoke"] },
            }),
        ],
    ],
    [
        "a role that nobody knows",
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        onOrders({ role: "roles/run.newThing", member: eve }),
    ],
    ["the project", "gcp:projects/iAMMember:IAMMember", { project: "demo", role: "roles/run.invoker", member: eve }],
    ["the folder", "gcp:folder/iAMMember:IAMMember", { folder: "folders/1", role: "roles/run.invoker", member: eve }],
    [
        "the organization",
        "gcp:organizations/iAMMember:IAMMember",
        { orgId: "1", role: "roles/run.invoker", member: eve },
    ],
    ["a minter of tokens", "gcp:serviceaccount/iAMMember:IAMMember", onFulfil({ role: minter, member: eve })],
    [
        "a pool of workloads",
        "gcp:serviceaccount/iAMBinding:IAMBinding",
        onFulfil({ role: "roles/iam.workloadIdentityUser", members: ["principalSet://iam.googleapis.com/x"] }),
    ],
    [
        "a policy of the account",
        "gcp:serviceaccount/iAMPolicy:IAMPolicy",
        onFulfil({ policyData: policyData(minter, eve) }),
    ],
    [
        "a minter on the project",
        "gcp:projects/iAMBinding:IAMBinding",
        { project: "demo", role: minter, members: [eve] },
    ],
    ["a key", "gcp:serviceaccount/key:Key", onFulfil({ name: "k1" })],
    [
        "a service that does not check",
        "gcp:cloudrunv2/service:Service",
        { ...place, name: "open-1", template: {}, invokerIamDisabled: true },
    ],
    [
        "a condition that can hold",
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        onOrders({ member: eve, condition: { title: "now", expression: "true" } }),
    ],
    [
        "an application",
        "gcp:iap/webCloudRunServiceIamMember:WebCloudRunServiceIamMember",
        { ...place, cloudRunServiceName: "orders-1", role: "roles/iap.httpsResourceAccessor", member: eve },
    ],
    [
        "a function",
        "gcp:cloudfunctions/functionIamMember:FunctionIamMember",
        {
            project: "demo",
            region: "europe-west1",
            cloudFunction: "f",
            role: "roles/cloudfunctions.invoker",
            member: eve,
        },
    ],
];

async function problems(stack: StackSubject[], options?: StackOptions): Promise<{ urn: string; problem: string }[]> {
    return (await Promise.all(stackRules.map((rule) => rule.checkStack(stack, options)))).flat();
}

describe("the rule that nobody but declared callers may call", () => {
    it("finds nothing in a stack of components, and takes the configuration for a declaration", async () => {
        assert.deepEqual(await problems(base), []);
        const stranger = resource(
            "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
            "more",
            onOrders({ member: eve }),
        );
        assert.equal((await problems([...base, stranger])).length, 1);
        assert.deepEqual(await problems([...base, stranger], { allowedCallers: ["user:Eve@Example.com"] }), []);
    });

    for (const [what, type, props, more = []] of ways) {
        it(`finds ${what}, and keeps finding it whatever one value is not known yet`, async () => {
            const stack = (given: Props) => [...base, ...more, resource(type, "way", given)];
            const [found, ...others] = await problems(stack(props));
            assert.ok(found, "nothing was found");
            assert.ok(found.urn.endsWith("::way"), found.urn);
            assert.deepEqual(others, []);
            const fields = Object.keys(props).filter((field) => !["template"].includes(field));
            for (const field of fields) {
                const hidden = await problems(stack({ ...props, [field]: undefined }));
                const harmless = type.includes("service:Service") && field !== "invokerIamDisabled";
                assert.ok(harmless || hidden.some(({ urn }) => urn.endsWith("::way")), `${field} hides it`);
            }
        });
    }

    it("finds who may become a caller whose account is not known yet", async () => {
        const later = resource("gcp:serviceaccount/account:Account", "later", {
            accountId: undefined,
            project: "demo",
            email: undefined,
        });
        const grant = resource(
            "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
            "orders-later",
            onOrders({ name: undefined, member: undefined }),
            { name: orders, member: later },
            ours,
        );
        const way = resource(
            "gcp:serviceaccount/iAMMember:IAMMember",
            "way",
            { serviceAccountId: undefined, role: minter, member: eve },
            { serviceAccountId: later },
        );
        assert.deepEqual(await problems([...base, later, grant]), []);
        const [found] = await problems([...base, later, grant, way]);
        assert.match(found?.problem ?? "nothing", /lets user:eve@example\.com call .*orders/);
    });

    it("joins what is in one project, and nothing of another", async () => {
        const wide = (project: string) =>
            resource("gcp:projects/iAMMember:IAMMember", "way", { project, role: "roles/run.invoker", member: eve });
        assert.deepEqual(await problems([...base, wide("other")]), []);
        const project = resource("gcp:organizations/project:Project", "demo", { projectId: "demo", number: "7" });
        assert.equal((await problems([...base, project, wide("7")])).length, 1);
        assert.match((await problems([...base, wide("8")]))[0]?.problem ?? "", /not known/);
    });

    it("passes over a condition that never holds, and over none that is not known yet", async () => {
        const granted = (condition: Props) => {
            const props = onOrders({ member: eve, condition: guarded(condition) });
            return [...base, resource("gcp:cloudrunv2/serviceIamMember:ServiceIamMember", "way", props)];
        };
        assert.deepEqual(await problems(granted({ expression: "false" })), []);
        assert.equal((await problems(granted({ expression: undefined }))).length, 1);
        assert.equal((await problems(granted({}))).length, 1);
    });

    it("does not know who may become an account whose name has a number that nothing explains", async () => {
        const member = "serviceAccount:7-compute@developer.gserviceaccount.com";
        const type = "gcp:cloudrunv2/serviceIamMember:ServiceIamMember";
        const grant = resource(type, "orders-default", onOrders({ member }), {}, ours);
        const mint = resource("gcp:projects/iAMMember:IAMMember", "way", {
            project: "demo",
            role: minter,
            member: eve,
        });
        assert.match((await problems([orders, grant, mint]))[0]?.problem ?? "", /policy of project 7 is not known/);
        const project = resource("gcp:organizations/project:Project", "demo", { projectId: "demo", number: "7" });
        assert.match((await problems([orders, grant, mint, project]))[0]?.problem ?? "", /lets user:eve/);
        assert.deepEqual(await problems([orders, grant]), []);
    });

    it("counts administrators when they are refused, and only lists them otherwise", async () => {
        const editor = resource("gcp:projects/iAMMember:IAMMember", "way", {
            project: "demo",
            role: "roles/Editor",
            member: eve,
        });
        assert.deepEqual(await problems([...base, editor]), []);
        assert.equal((await problems([...base, editor], { administrators: "refuse" })).length, 1);
    });
});

describe("broad roles", () => {
    const check = (role: string, member: string, type = "gcp:projects/iAMMember:IAMMember"): string[] => {
        const subject = resource(type, "way", { project: "demo", role, member });
        return policyRules.filter(({ name }) => name === "no-broad-roles").flatMap((rule) => rule.check(subject));
    };
    const workload = `serviceAccount:${email("fulfil")}`;

    it("are refused to workloads in every spelling, and roles that hand out roles too", () => {
        for (const role of ["owner", "editor", "viewer", "admin", "writer", "reader", "Owner", "EDITOR"]) {
            assert.equal(check(`roles/${role}`, workload).length, 1, role);
            assert.equal(check(`roles/${role}`, workload, "gcp:pubsub/topicIAMMember:TopicIAMMember").length, 1, role);
        }
        for (const role of [
            "resourcemanager.projectIamAdmin",
            "iam.securityAdmin",
            "iam.serviceAccountAdmin",
            "run.admin",
            "made.upAdmin",
        ]) {
            assert.equal(check(`roles/${role}`, workload).length, 1, role);
        }
    });

    it("are left to people and to Google's own accounts, and other roles to everybody", () => {
        assert.deepEqual(check("roles/owner", eve), []);
        assert.deepEqual(
            check("roles/pubsub.serviceAgent", "serviceAccount:service-7@gcp-sa-pubsub.iam.gserviceaccount.com"),
            [],
        );
        for (const role of ["bigquery.jobUser", "logging.logWriter", "run.viewer"]) {
            assert.deepEqual(check(`roles/${role}`, workload), [], role);
        }
    });
});
