import * as grpc from "@grpc/grpc-js";
import { CallbackInvokeRequest, CallbackInvokeResponse, type Callback } from "@pulumi/pulumi/proto/callback_pb";
import { CallEnded, ProgramError } from "../errors";

/** The statuses of a call whose connection has ended. The program's own errors have other ones. */
const ENDED = [grpc.status.CANCELLED, grpc.status.UNAVAILABLE];

/** Whether the connection has ended, as the SDK of each language ends it: that of Python resets the stream. */
const isEnded = ({ code, details }: grpc.ServiceError): boolean =>
    ENDED.includes(code) || (code === grpc.status.INTERNAL && details.startsWith("Received RST_STREAM"));

/** What the program says, without the words that the SDK of Python puts before it. */
const ownWords = ({ details }: grpc.ServiceError): string =>
    details.replace(/^Invoke callback [\w-]+ error: /, "").trim();

/** Calls functions of the program that runs: hooks and transforms. */
export class Callbacks {
    private readonly clients = new Map<string, grpc.Client>();
    private readonly running = new Set<grpc.ClientUnaryCall>();

    /** Sends a message to a callback and returns its answer. Throws a {@link CallEnded} if the program has ended. */
    invoke(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
        const target = callback.getTarget();
        let client = this.clients.get(target);
        if (client === undefined) {
            // A proxy in the environment is meant for Google's hosts, and not for a program on this machine.
            client = new grpc.Client(target, grpc.credentials.createInsecure(), {
                "grpc.enable_http_proxy": 0,
                // An earlier program of this process may have had the same port; its end must not fail this connection.
                "grpc.use_local_subchannel_pool": 1,
            });
            this.clients.set(target, client);
        }
        const message = new CallbackInvokeRequest();
        message.setToken(callback.getToken());
        message.setRequest(request);
        return new Promise((resolve, reject) => {
            const call = client.makeUnaryRequest(
                "/pulumirpc.Callbacks/Invoke",
                (sent: CallbackInvokeRequest) => Buffer.from(sent.serializeBinary()),
                (bytes: Buffer) => CallbackInvokeResponse.deserializeBinary(bytes),
                message,
                (error, response) => {
                    this.running.delete(call);
                    if (error === null) {
                        resolve(response?.getResponse_asU8() ?? new Uint8Array());
                    } else {
                        reject(isEnded(error) ? new CallEnded(error.message) : new ProgramError(ownWords(error)));
                    }
                },
            );
            this.running.add(call);
        });
    }

    /** Stops waiting for the calls that are under way: they reject. */
    cancel(): void {
        for (const call of this.running) {
            call.cancel();
        }
    }

    close(): void {
        for (const client of this.clients.values()) {
            client.close();
        }
        this.clients.clear();
    }
}
