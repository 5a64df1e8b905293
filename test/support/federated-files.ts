/**
 * The files of credentials that `gcloud iam workload-identity-pools create-cred-config` writes, which Google's libraries read
 * (https://google.aip.dev/auth/4117).
 */

/** @param version of the metadata service, from which the credentials come unless they are variables */
export function awsFile(provider: string, version?: 1 | 2): object {
    const metadata = "http://169.254.169.254/latest";
    return {
        type: "external_account",
        audience: `//iam.googleapis.com/${provider}`,
        subject_token_type: "urn:ietf:params:aws:token-type:aws4_request",
        token_url: "https://sts.googleapis.com/v1/token",
        credential_source: {
            environment_id: "aws1",
            region_url: `${metadata}/meta-data/placement/availability-zone`,
            url: `${metadata}/meta-data/iam/security-credentials`,
            regional_cred_verification_url:
                "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
            ...(version === 2 && { imdsv2_session_token_url: `${metadata}/api/token` }),
        },
    };
}

/**
 * @param config the file that names the certificate and its key
 * @param chain the file with the certificates between that one and the trust store
 */
export function certificateFile(provider: string, config: string, chain: string): object {
    return {
        type: "external_account",
        audience: `//iam.googleapis.com/${provider}`,
        subject_token_type: "urn:ietf:params:oauth:token-type:mtls",
        token_url: "https://sts.mtls.googleapis.com/v1/token",
        credential_source: { certificate: { certificate_config_location: config, trust_chain_path: chain } },
    };
}
