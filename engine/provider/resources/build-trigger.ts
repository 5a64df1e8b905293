import { asText, type Properties } from "../../values";
import type { HandwrittenType } from "../handwritten";
import { fillPath, matchTemplate } from "../inputs";
import { resourceSchema } from "../schema";
import { decode, encode, type Shape } from "../transcode";

const token = "gcp:cloudbuild/trigger:Trigger";
const ID = "projects/{project}/locations/{location}/triggers/{triggerId}";
const BASE = "https://cloudbuild.googleapis.com/v1/";
const shape: Shape = { notSent: ["location", "project", "deletionPolicy"] };
const schema = (): NonNullable<ReturnType<typeof resourceSchema>> =>
    resourceSchema(token) ?? { inputs: {}, outputs: {} };

const placed = (inputs: Properties): Properties => ({ location: "global", ...inputs });
const body = (inputs: Properties): Properties => encode(inputs, schema().inputs, shape);

/** `gcp.cloudbuild.Trigger`. https://cloud.google.com/build/docs/api/reference/rest/v1/projects.locations.triggers */
export const buildTrigger: HandwrittenType = {
    token,
    autoName: { property: "name", maximum: 64 },
    readById: true,
    async create(http, inputs) {
        const path = fillPath("projects/{project}/locations/{location}/triggers", placed(inputs));
        const made = await http.call("POST", `${BASE}${path}`, body(inputs));
        const id = asText(made["resourceName"]);
        return { id, outputs: (await buildTrigger.read(http, id, inputs)) ?? {} };
    },
    async read(http, id, inputs) {
        const remote = await http.find("GET", `${BASE}${id}`);
        if (remote === undefined) {
            return undefined;
        }
        const named = { deletionPolicy: "DELETE", ...matchTemplate(ID, id), ...placed(inputs) };
        return { ...decode(remote, schema(), shape, named), triggerId: remote["id"] ?? "" };
    },
    async update(http, id, inputs) {
        await http.call("PATCH", `${BASE}${id}`, body(inputs));
    },
    async delete(http, id) {
        await http.call("DELETE", `${BASE}${id}`);
    },
};
