import type { Question, Way } from "./answer";
import { INGRESS, type Receiver } from "./facts";

/** How a service is more open than it was declared, beside its policies. */
export function openings(on: string, receiver: Receiver, { ingress, audiences }: Question["expected"]): Way[] {
    const { customAudiences } = receiver;
    const surplus = audiences === undefined ? [] : customAudiences.filter((each) => !audiences.includes(each));
    const keep = customAudiences.filter((each) => !surplus.includes(each));
    const wider = ingress !== undefined && INGRESS.indexOf(receiver.ingress) > INGRESS.indexOf(ingress);
    return [
        ...(receiver.invokerCheck || receiver.iap
            ? []
            : [{ kind: "public" as const, member: "allUsers", steps: [{ kind: "invoker-check" as const, on }] }]),
        ...surplus.map((audience) => ({
            kind: "stranger" as const,
            member: `a token for ${audience}`,
            steps: [{ kind: "audience" as const, on, audience, keep }],
        })),
        ...(wider
            ? [
                  {
                      kind: "stranger" as const,
                      member: "requests from outside",
                      steps: [{ kind: "ingress" as const, on, found: receiver.ingress, declared: ingress }],
                  },
              ]
            : []),
    ];
}
