import json
import pulumi

made = {
    "other": type("Provider", (pulumi.ProviderResource,), {})("gcp", "other", {"project": "other"}),
    "before": pulumi.CustomResource("gcp:serviceaccount/account:Account", "before", {"accountId": "before"}),
}


def known(value):
    if isinstance(value, list):
        return [known(each) for each in value]
    if isinstance(value, dict):
        return {key: known(each) for key, each in value.items()}
    return made[value[2:-1]] if isinstance(value, str) and value.startswith("$") else value


names = {"protect": "protect", "retainOnDelete": "retain_on_delete", "dependsOn": "depends_on", "parent": "parent",
    "provider": "provider", "providers": "providers", "deletedWith": "deleted_with", "ignoreChanges": "ignore_changes",
    "replaceOnChanges": "replace_on_changes", "replacementTrigger": "replacement_trigger",
    "pluginDownloadURL": "plugin_download_url"}
for name, options in json.load(open("options.json")).items():
    opts = pulumi.ResourceOptions(**{names[key]: known(value) for key, value in options.items()})
    made[name] = pulumi.ComponentResource("pulumi-gcp-invoke:index:InvokableService", name, json.load(open("args.json")), opts, remote=True)
