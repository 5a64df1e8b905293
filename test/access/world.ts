import {
    gatherAnswer,
    type Answer,
    type DenyRule,
    type Fact,
    type FactValues,
    type Need,
    type Question,
} from "../../access";
import type { Binding, Principal } from "../../sandbox/cloud";
import { customRole } from "../../sandbox/iam/custom";
import { projectCollection, folderCollection } from "../../sandbox/iam/hierarchy";
import { predefinedRole } from "../../access/roles";
import { isSupported } from "../../sandbox/iam/supported";
import { testCloud, type TestCloud } from "../sandbox/support/cloud";

export const orders = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services/orders";
export const demo = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
export const folder = "https://cloudresourcemanager.googleapis.com/v3/folders/11";
export const organization = "https://cloudresourcemanager.googleapis.com/v3/organizations/22";
export const accountOf = (name: string): string => `${name}@demo.iam.gserviceaccount.com`;
export const accountUrl = (name: string): string =>
    `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${accountOf(name)}`;

/** `https://run.googleapis.com/v2/projects/…` → `//run.googleapis.com/projects/…`. */
export const fullName = (url: string): string => url.replace(/^https:\/\/([^/]+)\/v\d\//, "//$1/");

/** Policies in the sandbox's IAM, without a network, and a reader of them. */
export interface World {
    cloud: TestCloud;
    /** The principals that have an account of the sandbox's. */
    accounts: Record<string, Principal>;
    /** Sets the policies of all resources: those that are not named become empty. */
    set(policies: Record<string, Binding[]>, groups?: Record<string, string[]>, denials?: DenyRule[]): void;
    /** What the search says. Facts in `hidden` cannot be read. */
    ask(question?: Partial<Question>, hidden?: (need: Need) => boolean): Promise<Answer>;
}

const resources = [orders, demo, folder, organization];

export async function createWorld(): Promise<World> {
    const cloud = testCloud();
    const { iam, store } = cloud;
    const accounts: Record<string, Principal> = {};
    for (const name of ["caller", "helper", "runner"]) {
        accounts[name] = await cloud.account(name);
    }
    store.put(projectCollection, "projects/demo", { parent: "folders/11" });
    store.put(folderCollection, "folders/11", { parent: "organizations/22" });
    const owned = [...resources, ...Object.keys(accounts).map(accountUrl)];
    let rules: DenyRule[] = [];
    const roleOf = (name: string) => predefinedRole(name) ?? customRole(name, store);
    const values: { [K in keyof FactValues]: (name: string) => FactValues[K] | undefined } = {
        policy: (name) => iam.getPolicy(fullName(name)).bindings ?? [],
        role: (name) => [...(roleOf(name)?.permissions ?? [])],
        group: (name) => iam.groups.list().find(({ group }) => group === name)?.members ?? [],
        project: () => ({ number: cloud.settings.projectNumber, ancestors: [folder, organization] }),
        keys: () => [],
        denials: (name) => (name === demo ? rules : []),
        receiver: () => ({ invokerCheck: true, iap: false, ingress: "internal", customAudiences: [] }),
    };
    return {
        cloud,
        accounts,
        set(policies, groups = {}, denials = []) {
            iam.groups.list().forEach(({ group }) => iam.groups.set(group, []));
            Object.entries(groups).forEach(([group, members]) => iam.groups.set(group, members));
            for (const url of owned) {
                // A policy takes no role without a permission on its resource.
                const bindings = (policies[url] ?? []).filter(({ role }) => {
                    const known = roleOf(role);
                    return known && isSupported(known, fullName(url));
                });
                iam.setPolicy(fullName(url), { version: 3, bindings });
            }
            rules = denials;
            store.delete("iam.denyPolicies", "demo/rules");
            if (denials.length > 0) {
                const policy = { rules: denials.map((denyRule) => ({ denyRule })) };
                store.put("iam.denyPolicies", "demo/rules", policy);
            }
        },
        ask: (question = {}, hidden = () => false) =>
            gatherAnswer(
                {
                    target: orders,
                    allowed: [`serviceAccount:${accountOf("caller")}`],
                    administrators: "list",
                    expected: {},
                    now: cloud.clock.now(),
                    ...question,
                },
                <K extends keyof FactValues>(need: Need<K>): Promise<Fact<FactValues[K]>> => {
                    const value = hidden(need) ? undefined : values[need.kind](need.name);
                    return Promise.resolve(
                        value === undefined ? { what: `the ${need.kind} ${need.name}`, why: "403" } : { value },
                    );
                },
            ),
    };
}
