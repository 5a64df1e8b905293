import { ApiError, type Call, type Json, type RouteRequest } from "../../cloud";
import { invalidArgument, isObject, page, unimplemented } from "../framework";
import { datedId, found, managed, type Rollout } from "./managed";

/** https://docs.cloud.google.com/service-infrastructure/docs/service-management/reference/rest/v1/services.rollouts */
const ID = /^[a-z0-9._-]{1,63}$/;

/** How many configurations one rollout can name: https://cloud.google.com/service-management/rollout */
const MOST_CONFIGURATIONS = 5;

/** Puts configurations into effect. Whoever names an older one rolls back to it. */
export function rollOut(request: RouteRequest, { cloud, principal }: Call): Json {
    const service = found(request, cloud);
    const { trafficPercentStrategy, deleteServiceStrategy, rolloutId, serviceName } = request.json;
    if (deleteServiceStrategy !== undefined) {
        throw unimplemented("delete_service_strategy of a rollout; delete the service by its own method");
    }
    if (serviceName !== undefined && serviceName !== service.serviceName) {
        throw invalidArgument(`the rollout is of ${JSON.stringify(serviceName)}`, "rollout.service_name");
    }
    const known = service.rollouts.map((each) => each.rolloutId);
    const id = rolloutId ?? datedId(cloud, known);
    if (typeof id !== "string" || !ID.test(id)) {
        throw invalidArgument(`${JSON.stringify(id)} is no ID of a rollout`, "rollout.rollout_id");
    }
    if (known.includes(id)) {
        throw new ApiError("ALREADY_EXISTS", `${service.serviceName} has a rollout ${id} already`);
    }
    const rollout: Rollout = {
        ...{
            rolloutId: id,
            createTime: new Date(cloud.clock.now()).toISOString(),
            createdBy: "email" in principal ? principal.email : "",
        },
        ...{ status: "SUCCESS", serviceName: service.serviceName },
        trafficPercentStrategy: { percentages: sharesIn(trafficPercentStrategy, Object.keys(service.documents)) },
    };
    managed.put(cloud, service.serviceName, { ...service, rollouts: [...service.rollouts, rollout] });
    return rollout;
}

/** The shares must be greater than 0 and add up to 100, as the page of the rollouts says. */
function sharesIn(strategy: unknown, known: string[]): Record<string, number> {
    const at = "rollout.traffic_percent_strategy";
    const percentages = isObject(strategy) ? strategy["percentages"] : undefined;
    const shares = Object.entries(isObject(percentages) ? percentages : {});
    for (const [id, share] of shares) {
        if (!known.includes(id)) {
            throw invalidArgument(`there is no configuration ${id}`, at);
        }
        if (typeof share !== "number" || !(share > 0)) {
            throw invalidArgument(`the share of ${id} is ${JSON.stringify(share)}, not greater than 0`, at);
        }
    }
    const sum = shares.reduce((total, [, share]) => total + Number(share), 0);
    if (Math.abs(sum - 100) > 1e-6 || shares.length > MOST_CONFIGURATIONS) {
        throw invalidArgument(
            `the shares of 1 to ${MOST_CONFIGURATIONS} configurations must add up to 100, and those of ${shares.length} add up to ${sum}`,
            at,
        );
    }
    return Object.fromEntries(shares) as Record<string, number>;
}

/** From the newest to the oldest, as far as the filter asks for them. */
export function listRollouts(request: RouteRequest, { cloud }: Call): Json {
    const { rollouts } = found(request, cloud);
    const { query } = request;
    const filter = query.get("filter") ?? "";
    const [, field, value] = /^(status|strategy)\s*=\s*'?(\w+)'?$/.exec(filter.trim()) ?? [];
    if (filter.trim() !== "" && field === undefined) {
        throw unimplemented(
            `the filter ${JSON.stringify(filter)}; write status=SUCCESS or strategy=TrafficPercentStrategy`,
        );
    }
    const asked = rollouts.filter(({ status }) =>
        field === "status" ? value === status : field === undefined || value === "TrafficPercentStrategy",
    );
    return page("rollouts", asked.toReversed(), pageIn(query));
}

/** What a request says about pages. */
export const pageIn = (query: URLSearchParams): { pageSize: number; pageToken?: string } => {
    const token = query.get("pageToken");
    return {
        pageSize: Number(query.get("pageSize") ?? 0),
        ...(token !== null && token !== "" && { pageToken: token }),
    };
};

/** @throws ApiError NOT_FOUND */
export function getRollout(request: RouteRequest, { cloud }: Call): Json {
    const { serviceName, rollouts } = found(request, cloud);
    const id = request.params["rollout"] ?? "";
    const rollout = rollouts.find(({ rolloutId }) => rolloutId === id);
    if (rollout === undefined) {
        throw new ApiError("NOT_FOUND", `${serviceName} has no rollout ${id}`);
    }
    return rollout;
}
