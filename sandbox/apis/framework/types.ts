import type { ApiDefinition as LooseApi, Method } from "../../cloud";
import type { Messages, Services, With } from "../descriptors";

/** A message of Google's by its full name, as canonical JSON. */
export type Message<Name extends keyof Messages> = Messages[Name];

/** A message that is kept as a resource: some of its fields are always there. */
export type Stored<
    Name extends keyof Messages,
    Field extends keyof Messages[Name] = "name" & keyof Messages[Name],
> = With<Name, Field>;

/** The methods of a service, each with the request that Google defines for it. */
export type Methods<Service extends keyof Services> = {
    [Name in keyof Services[Service]]?: Method<Services[Service][Name]>;
};

/** Everything that one host answers, its methods by their services. Those that are not named answer 501. */
export interface ApiDefinition extends Omit<LooseApi, "services"> {
    services?: { [Service in keyof Services]?: Methods<Service> };
}
