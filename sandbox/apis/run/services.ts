import { defined, RecentMap } from "../../../common";
import { ApiError, type Cloud } from "../../cloud";
import { memberOf, projectNumberOf } from "../../iam";
import { checkActAs, defaultServiceAccount } from "../act-as";
import {
    createOperations,
    crud,
    etagOf,
    nameParts,
    policyMethods,
    shortName,
    uid,
    type ApiDefinition,
    type Call,
    unimplemented,
} from "../framework";
import { checkConstraints } from "./constraints";
import { checkAudiences, checkKeys, checkScaling } from "./limits";
import { keepRevision, removeRevisions, revisionName, revisions } from "./revisions";
import { checkOwn, checkedRegions, deployRegions, isGlobal, removeRegions } from "./multi-region";
import { checkTemplate, services, serviceUrls, withDefaults, type RunService, type RunTemplate } from "./resource";
import { atRevision, checkedTraffic, servedRevisions, tagOf, trafficStatuses } from "./traffic";
import { workerPools } from "./worker-pools";
import { checkKeyUse } from "../kms";

const HOST = "run.googleapis.com";
const TYPE = "run.googleapis.com/Service";
const operations = createOperations("run", "v2", "run.operations.get");

/** Who may invoke and administer a service. */
export const servicePolicies = {
    host: HOST,
    permissions: "run.services",
    resourceType: TYPE,
    mustExist: (cloud: Cloud, name: string) => services.get(cloud, name),
};

type Writable = Partial<RunService> & { template?: RunTemplate };

/** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services */
export const run: ApiDefinition = {
    host: HOST,
    // https://cloud.google.com/run/docs/reference/rest#service-endpoint
    otherHosts: ["*-run.googleapis.com"],
    unverified: [
        "a token for a service's own URL with a path is taken, and one for a URL with a query or fragment is not",
        "the defaults that are filled into a service's template, and the region codes of hashed URLs, are from documentation",
    ],
    services: {
        "google.cloud.run.v2.Services": {
            ...crud({
                resources: services,
                singular: "Service",
                permissions: "run.services",
                resourceType: TYPE,
                idField: "serviceId",
                taken: (id) => new ApiError("ALREADY_EXISTS", `Resource '${id}' already exists.`),
                // Without a mask the whole service is replaced: what the request lacks returns to its default.
                kept: [],
                build(call, name, wanted, current) {
                    checkKeys(wanted, current);
                    return deploy(call, name, checkedRegions(call.cloud, name, wanted, current), current);
                },
                changed(call, service) {
                    keepRevision(call, service);
                    deployRegions(call, service, deployService, removeService);
                },
                deleting: (_, service) => checkOwn(service),
                deleted(call, name, service) {
                    removeRevisions(call, name);
                    removeRegions(call, service, removeService);
                },
                operations: {
                    operations,
                    type: "google.cloud.run.v2.Service",
                    metadata: "google.cloud.run.v2.Service",
                    answersDeleted: true,
                },
            }),
            ...policyMethods(servicePolicies),
        },
        "google.cloud.run.v2.Revisions": crud({
            resources: revisions,
            singular: "Revision",
            permissions: "run.revisions",
            deleting: ({ cloud }, { name }) => checkServesNone(cloud, name),
            operations: {
                operations,
                type: "google.cloud.run.v2.Revision",
                metadata: "google.cloud.run.v2.Revision",
                answersDeleted: true,
            },
        }),
        "google.cloud.run.v2.Builds": {},
        "google.longrunning.Operations": operations.service,
    },
};

/** @throws ApiError FAILED_PRECONDITION if a revision serves traffic, or a worker pool runs it */
function checkServesNone(cloud: Cloud, revision: string): void {
    const service = services.find(cloud, parentOf(revision));
    const latest = (service ?? workerPools.find(cloud, parentOf(revision)))?.latestReadyRevision;
    if (latest === revision || (service && servedRevisions(service).includes(revision))) {
        const does = service ? "serves traffic" : "has instances";
        throw new ApiError("FAILED_PRECONDITION", `Revision '${revision}' ${does} and cannot be deleted`);
    }
}

/**
 * Deploys a service for another API, which has checked the permission of its caller.
 * @param rebuilt whether its container was built again, which makes a revision whatever else is the same
 */
export function deployService(call: Call, name: string, wanted: Writable, rebuilt = false): RunService {
    const service = deploy(call, name, wanted, services.find(call.cloud, name), rebuilt);
    keepRevision(call, service);
    return services.put(call.cloud, name, service);
}

/** Deletes a service with all that belongs to it. */
export function removeService(call: Call, name: string): void {
    const { cloud } = call;
    cloud.store.delete(services.collection, name);
    removeRevisions(call, name);
    cloud.iam.deletePolicy(`//${HOST}/${name}`);
}

/** The service as Google answers it once a revision of it is ready. */
function deploy(
    call: Call,
    name: string,
    wanted: Writable,
    current: RunService | undefined,
    rebuilt = false,
): RunService {
    const { cloud, principal, time } = call;
    const project = nameParts(name).projects ?? "";
    refuseSource(wanted);
    checkConstraints(cloud, name, wanted);
    const template = withDefaults(checkTemplate(wanted.template), defaultServiceAccount(call, project));
    checkScaling(wanted);
    checkActAs(call, template.serviceAccount ?? "");
    checkKeyUse(cloud, "run", name, template.encryptionKey);
    checkAudiences(wanted.customAudiences);
    const generation = String(Number(current?.generation ?? 0) + 1);
    const revision = revisionName(cloud, name, generation, template, rebuilt ? undefined : current);
    const isNew = revision !== current?.latestCreatedRevision;
    const { hashed, deterministic } = serviceUrls(name, projectNumberOf(project, cloud.settings, cloud.store));
    const hasAddress = !wanted.defaultUriDisabled && !isGlobal({ name });
    const ready = { state: "CONDITION_SUCCEEDED", lastTransitionTime: time };
    const traffic = checkedTraffic(cloud, name, wanted.traffic, revision);
    const who = memberOf(principal).replace(/^[^:]+:/, "");
    const { uri: _, urls: __, ...asked } = wanted;
    const service: RunService = {
        ...asked,
        ingress: wanted.ingress ?? "INGRESS_TRAFFIC_ALL",
        launchStage: wanted.launchStage ?? "GA",
        template,
        traffic,
        name,
        uid: current?.uid ?? uid(),
        generation,
        observedGeneration: generation,
        createTime: current?.createTime ?? time,
        updateTime: time,
        creator: current?.creator ?? who,
        lastModifier: who,
        latestReadyRevision: revision,
        latestCreatedRevision: revision,
        terminalCondition: (!isNew && current.terminalCondition) || { type: "Ready", ...ready },
        conditions: [
            { type: "RoutesReady", ...ready },
            { type: "ConfigurationsReady", ...ready },
        ],
        trafficStatuses: trafficStatuses(traffic, hasAddress ? hashed : undefined),
        ...(hasAddress && { uri: hashed, urls: [deterministic, hashed] }),
    };
    return { ...service, etag: etagOf(service) };
}

/** @throws ApiError UNIMPLEMENTED if a service is to be built from its source: `gcloud run deploy --source` */
function refuseSource({ buildConfig }: Writable): void {
    if (buildConfig !== undefined) {
        throw unimplemented("to deploy a service from its source (build_config; deploy an image)");
    }
}

/**
 * Keeps whether the revision that a service runs has started.
 * https://cloud.google.com/run/docs/reference/rest/v2/Condition
 * @param problem Why it cannot start; undefined if it has started.
 */
export function setReady(cloud: Cloud, { name, latestReadyRevision }: RunService, problem?: string): void {
    const service = services.find(cloud, name);
    const said =
        problem &&
        `Revision '${shortName(String(latestReadyRevision))}' is not ready and cannot serve traffic. ${problem}`;
    if (
        service?.latestReadyRevision !== latestReadyRevision ||
        service?.terminalCondition === undefined ||
        service.terminalCondition.message === said
    ) {
        return;
    }
    const state = said === undefined ? "CONDITION_SUCCEEDED" : "CONDITION_FAILED";
    const lastTransitionTime = new Date(cloud.clock.now()).toISOString();
    const terminalCondition = { type: "Ready", state, ...defined({ message: said, lastTransitionTime }) };
    services.put(cloud, name, { ...service, terminalCondition });
}

function parentOf(name: string): string {
    return name.replace(/\/[^/]+\/[^/]+$/, "");
}

const HOSTS_KEPT = 10_000;
/** The service that each host led to last. This is a cache, because a front door asks for every request. */
const found = new WeakMap<Cloud, Map<string, string>>();

/** The service that answers at a host name of `run.app`, as the revision shows it that answers this request. */
export function findByHost(cloud: Cloud, host: string): RunService | undefined {
    const whole = serviceAt(cloud, host);
    if (whole) {
        return atRevision(cloud, whole);
    }
    const { tag, host: rest } = tagOf(host);
    const service = tag === undefined ? undefined : serviceAt(cloud, rest);
    return service && atRevision(cloud, service, tag);
}

function serviceAt(cloud: Cloud, host: string): RunService | undefined {
    const url = `https://${host}`;
    const known = found.get(cloud) ?? new RecentMap<string, string>(HOSTS_KEPT);
    found.set(cloud, known);
    const last = services.find(cloud, known.get(url) ?? "");
    if (last?.urls?.includes(url)) {
        return last;
    }
    known.delete(url);
    const service = cloud.store
        .list(services.collection)
        .map(([, value]) => value as RunService)
        .find(({ urls = [] }) => urls.includes(url));
    if (service) {
        known.set(url, service.name);
    }
    return service;
}
