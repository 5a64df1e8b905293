import { asText, type Properties } from "../../values";
import type { RestType } from "../rest";

const email = (inputs: Properties): string =>
    `${asText(inputs["accountId"])}@${asText(inputs["project"])}.iam.gserviceaccount.com`;

/** `gcp.serviceaccount.Account`. https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts */
export const account: RestType = {
    token: "gcp:serviceaccount/account:Account",
    base: "https://iam.googleapis.com/v1/",
    id: "projects/{project}/serviceAccounts/{accountId}@{project}.iam.gserviceaccount.com",
    create: "projects/{project}/serviceAccounts",
    update: "snakeMask",
    autoName: { property: "accountId", maximum: 30 },
    notSent: ["accountId", "createIgnoreAlreadyExists", "disabled"],
    toBody: (body, inputs, purpose, mask) =>
        purpose === "create"
            ? { accountId: inputs["accountId"] ?? null, serviceAccount: body }
            : { serviceAccount: body, updateMask: mask },
    plannedOutputs: (inputs) =>
        typeof inputs["accountId"] === "string" && typeof inputs["project"] === "string"
            ? { email: email(inputs), member: `serviceAccount:${email(inputs)}`, disabled: inputs["disabled"] ?? false }
            : {},
    toOutputs: (outputs, remote) => ({
        ...outputs,
        accountId: asText(remote["email"]).split("@")[0] ?? "",
        member: `serviceAccount:${asText(remote["email"])}`,
        disabled: remote["disabled"] === true,
    }),
    after: async (http, path, inputs, _, old) => {
        const disabled = inputs["disabled"] === true;
        if (disabled !== (old?.["disabled"] === true)) {
            await http.call("POST", `${path}:${disabled ? "disable" : "enable"}`, {});
        }
    },
};
