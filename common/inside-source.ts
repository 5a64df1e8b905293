/** The longest signature that a token of Google's has, in base64url: 256 bytes, all of them zero. */
const SIGNATURE = "A".repeat(342);

/**
 * The source of a workflow that sends a request that must be denied three times, and returns the statuses. It sends it to Cloud
 * Run alone, and returns nothing else of an answer. `credential` is `none`, `broken` (a token whose claims are right and whose
 * signature is not) or `token` (an ID token of the workflow's own account).
 */
export const INSIDE_SOURCE = `main:
  params: [args]
  steps:
    - init:
        assign:
          - statuses: []
          - headers: {}
    - check:
        switch:
          - condition: \${not(text.match_regex(args.url, "^https://[-a-z0-9.]+[.]run[.]app(/[^?#]*)?$"))}
            raise: \${"it probes services of Cloud Run, and not " + args.url}
          - condition: \${args.credential == "broken"}
            next: forge
    - start:
        next: thrice
    - forge:
        steps:
          - header:
              call: encoded
              args:
                value: {alg: RS256, kid: gcp-invoke, typ: JWT}
              result: header
          - claims:
              call: encoded
              args:
                value:
                  iss: https://accounts.google.com
                  aud: \${args.audience}
                  sub: "0"
                  email: nobody@denied.invalid
                  email_verified: true
                  iat: \${int(sys.now())}
                  exp: \${int(sys.now()) + 3600}
              result: claims
          - carry:
              assign:
                - headers:
                    Authorization: \${"Bearer " + header + "." + claims + ".${SIGNATURE}"}
    - thrice:
        for:
          value: time
          range: [1, 3]
          steps:
            - send:
                try:
                  steps:
                    - choose:
                        switch:
                          - condition: \${args.credential == "token"}
                            steps:
                              - signed:
                                  call: http.get
                                  args:
                                    url: \${args.url}
                                    timeout: 60
                                    auth:
                                      type: OIDC
                                      audience: \${args.audience}
                                  result: answer
                          - condition: true
                            steps:
                              - unsigned:
                                  call: http.get
                                  args:
                                    url: \${args.url}
                                    timeout: 60
                                    headers: \${headers}
                                  result: answer
                except:
                  as: error
                  steps:
                    - refused:
                        assign:
                          - answer: \${error}
            - note:
                assign:
                  - statuses: \${list.concat(statuses, map.get(answer, "code"))}
    - done:
        return:
          statuses: \${statuses}
encoded:
  params: [value]
  steps:
    - encode:
        return: \${text.replace_all(text.replace_all(base64.encode(json.encode(value), false), "+", "-"), "/", "_")}
`;
