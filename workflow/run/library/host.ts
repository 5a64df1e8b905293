import { failure } from "../values";
import { HostError } from "../host";

/** Waits for an answer of the host. A failure of the host becomes an error of the workflow. */
export async function host<T>(answer: Promise<T>): Promise<T> {
    try {
        return await answer;
    } catch (error) {
        if (error instanceof HostError) {
            throw failure(error.tag, error.message);
        }
        throw error;
    }
}
