import { policyPack } from "pulumi-gcp-invoke/policy";

policyPack();
