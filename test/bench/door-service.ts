/** A service that answers what the bare server answers, and whom it lets in. */
export interface DoorService {
    host: string;
    /** An ID token of an account that may call it. */
    token: string;
}

type Request = (method: string, url: string, body?: unknown) => Promise<{ status: number; body: unknown }>;

const location = "projects/demo/locations/europe-west1";

/** Deploys the service that the benches of the front door knock at; the sandbox was started with `door.yaml`. */
export async function deployDoor(request: Request): Promise<DoorService> {
    const call = async (method: string, url: string, body?: unknown): Promise<Record<string, unknown>> => {
        const answer = await request(method, url, body);
        if (answer.status >= 300) {
            throw new Error(`${method} ${url}: ${JSON.stringify(answer.body)}`);
        }
        return answer.body as Record<string, unknown>;
    };
    const grant = (url: string, role: string, member: string): Promise<unknown> =>
        call("POST", `${url}:setIamPolicy`, { policy: { bindings: [{ role, members: [member] }] } });
    const accounts = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
    const email = String((await call("POST", accounts, { accountId: "caller" })).email);
    const services = `https://run.googleapis.com/v2/${location}/services`;
    await call("POST", `${services}?serviceId=orders`, { template: { containers: [{ image: "bench:1" }] } });
    const uri = String((await call("GET", `${services}/orders`)).uri);
    await grant(`${services}/orders`, "roles/run.invoker", `serviceAccount:${email}`);
    await grant(`${accounts}/${email}`, "roles/iam.serviceAccountOpenIdTokenCreator", "user:owner@example.com");
    const generate = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateIdToken`;
    const { token } = await call("POST", generate, { audience: uri, includeEmail: true });
    return { host: new URL(uri).host, token: String(token) };
}
