// A program that makes a component with each option, as `options.py` does in Python, and one with what only functions can say,
// as `life.py` does.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

const service = "pulumi-gcp-invoke:index:InvokableService"

type component struct {
	pulumi.ResourceState
	Target pulumi.MapOutput `pulumi:"target"`
}

type provider struct{ pulumi.ProviderResourceState }

type account struct{ pulumi.CustomResourceState }

func read(file string, into any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

type named struct {
	Name    string
	Options map[string]any
}

// optionsOf says an option as it is written in Go.
func optionsOf(key string, value any, made map[string]pulumi.Resource) (pulumi.ResourceOption, error) {
	one := func(each any) pulumi.Resource { return made[strings.Trim(each.(string), "${}")] }
	several := func() (found []pulumi.Resource) {
		if list, ok := value.([]any); ok {
			for _, each := range list {
				found = append(found, one(each))
			}
			return found
		}
		return []pulumi.Resource{one(value)}
	}
	texts := func() (found []string) {
		for _, each := range value.([]any) {
			found = append(found, each.(string))
		}
		return found
	}
	switch key {
	case "protect":
		return pulumi.Protect(value.(bool)), nil
	case "retainOnDelete":
		return pulumi.RetainOnDelete(value.(bool)), nil
	case "dependsOn":
		return pulumi.DependsOn(several()), nil
	case "parent":
		return pulumi.Parent(one(value)), nil
	case "provider":
		return pulumi.Provider(one(value).(pulumi.ProviderResource)), nil
	case "providers":
		if byPackage, ok := value.(map[string]any); ok {
			providers := map[string]pulumi.ProviderResource{}
			for name, each := range byPackage {
				providers[name] = one(each).(pulumi.ProviderResource)
			}
			return pulumi.ProviderMap(providers), nil
		}
		return pulumi.Providers(several()[0].(pulumi.ProviderResource)), nil
	case "deletedWith":
		return pulumi.DeletedWith(one(value)), nil
	case "ignoreChanges":
		return pulumi.IgnoreChanges(texts()), nil
	case "replaceOnChanges":
		return pulumi.ReplaceOnChanges(texts()), nil
	case "replacementTrigger":
		return pulumi.ReplacementTrigger(pulumi.String(value.(string))), nil
	case "pluginDownloadURL":
		return pulumi.PluginDownloadURL(value.(string)), nil
	}
	return nil, fmt.Errorf("no option %s", key)
}

func everyOption(ctx *pulumi.Context) error {
	other, before := &provider{}, &account{}
	made := map[string]pulumi.Resource{"other": other, "before": before}
	if err := ctx.RegisterResource("pulumi:providers:gcp", "other", pulumi.Map{"project": pulumi.String("other")}, other); err != nil {
		return err
	}
	id := pulumi.Map{"accountId": pulumi.String("before")}
	if err := ctx.RegisterResource("gcp:serviceaccount/account:Account", "before", id, before); err != nil {
		return err
	}
	var components []named
	args := map[string]string{}
	if err := read("options-list.json", &components); err != nil {
		return err
	}
	if err := read("args.json", &args); err != nil {
		return err
	}
	for _, each := range components {
		options := []pulumi.ResourceOption{}
		for key, value := range each.Options {
			option, err := optionsOf(key, value, made)
			if err != nil {
				return err
			}
			options = append(options, option)
		}
		resource := &component{}
		if err := ctx.RegisterRemoteComponentResource(service, each.Name, pulumi.ToMap(plain(args)), resource, options...); err != nil {
			return err
		}
		made[each.Name] = resource
	}
	return nil
}

func plain(texts map[string]string) map[string]any {
	found := map[string]any{}
	for key, text := range texts {
		found[key] = text
	}
	return found
}

func life(ctx *pulumi.Context, step string) error {
	hook := func(time string) *pulumi.ResourceHook {
		made, err := ctx.RegisterResourceHook(strings.ReplaceAll(time, " ", "_"), func(args *pulumi.ResourceHookArgs) error {
			fmt.Println(time, args.Name)
			if step == "failing" && time == "before create" {
				return fmt.Errorf("the hook says no")
			}
			return nil
		}, nil)
		if err != nil {
			panic(err)
		}
		return made
	}
	hooks := &pulumi.ResourceHookBinding{
		BeforeCreate: []*pulumi.ResourceHook{hook("before create")},
		AfterCreate:  []*pulumi.ResourceHook{hook("after create")},
	}
	transform := func(_ context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
		if args.Type != service {
			return nil
		}
		args.Props["labels"] = pulumi.StringMap{"step": pulumi.String(step)}
		return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
	}
	stock, orders := &component{}, &component{}
	props := func(more pulumi.Map) pulumi.Map {
		all := pulumi.Map{"image": pulumi.String("i"), "location": pulumi.String("europe-west1")}
		for key, value := range more {
			all[key] = value
		}
		return all
	}
	if err := ctx.RegisterRemoteComponentResource(service, "stock", props(pulumi.Map{"ingress": pulumi.String("all")}), stock); err != nil {
		return err
	}
	name := "orders"
	aliases := []pulumi.Alias{}
	if step == "failing" {
		name = "broken"
	}
	if step == "two" {
		name = "sales"
		aliases = append(aliases, pulumi.Alias{Name: pulumi.String("orders")})
	}
	more := pulumi.Map{
		"invokes": pulumi.Map{"stock": stock.Target},
		"env":     pulumi.Map{"PASSWORD": pulumi.ToSecret(pulumi.String("never-shown"))},
	}
	return ctx.RegisterRemoteComponentResource(service, name, props(more), orders,
		pulumi.ResourceHooks(hooks), pulumi.Transforms([]pulumi.ResourceTransform{transform}), pulumi.Aliases(aliases))
}

type output struct {
	pulumi.CustomResourceState
	Name  pulumi.StringOutput `pulumi:"name"`
	Email pulumi.StringOutput `pulumi:"email"`
}

type workflow struct{ pulumi.ResourceState }

// wired makes what `wired.py` makes in Python.
func wired(ctx *pulumi.Context, step string) error {
	space, entry, signer, stock, front := &output{}, &output{}, &output{}, &component{}, &component{}
	location := pulumi.String("europe-west1")
	inner := pulumi.Map{"namespaceId": pulumi.String("inner"), "location": location}
	if err := ctx.RegisterResource("gcp:servicedirectory/namespace:Namespace", "inner", inner, space); err != nil {
		return err
	}
	inSpace := pulumi.Map{"serviceId": pulumi.String("stock"), "namespace": space.ID()}
	if err := ctx.RegisterResource("gcp:servicedirectory/service:Service", "stock", inSpace, entry); err != nil {
		return err
	}
	account := pulumi.Map{"accountId": pulumi.String("signer-account")}
	if err := ctx.RegisterResource("gcp:serviceaccount/account:Account", "signer-account", account, signer); err != nil {
		return err
	}
	called := pulumi.Map{"image": pulumi.String("i"), "location": location, "ingress": pulumi.String("all")}
	if err := ctx.RegisterRemoteComponentResource(service, "stock", called, stock); err != nil {
		return err
	}
	issuers := pulumi.StringArray{signer.Email}
	if step == "no-issuers" {
		issuers = pulumi.StringArray{}
	}
	proxy := pulumi.Map{
		"image":    pulumi.String("gcr.io/endpoints-release/endpoints-runtime-serverless:2"),
		"location": location,
		"ingress":  pulumi.String("all"),
		"invokes":  pulumi.Map{"stock": stock.Target},
		"smokeCheck": pulumi.Map{"endpoints": pulumi.Map{
			"issuers":   issuers,
			"audiences": pulumi.ToStringArray([]string{"https://shop.example.com"}),
			"open":      pulumi.ToStringArray([]string{"GET /healthz"}),
			"path":      pulumi.String("/orders").ToStringOutput(),
		}},
	}
	if err := ctx.RegisterRemoteComponentResource(service, "front", proxy, front); err != nil {
		return err
	}
	project := "shared"
	if step == "no-project" {
		project = ""
	}
	source := "main:\n  steps:\n    - go:\n        call: http.get\n        args:\n          url: ${sys.get_env(\"STOCK_URL\")}\n"
	calling := pulumi.Map{
		"location": location,
		"source":   pulumi.NewStringAsset(source),
		"targets":  pulumi.Map{"stock": stock.Target},
		"privateServices": pulumi.Map{
			"stock": pulumi.Map{"name": entry.Name, "networkProject": pulumi.String(project)},
		},
	}
	name, aliases := "first", []pulumi.Alias{}
	if step == "renamed" {
		name, aliases = "second", []pulumi.Alias{{Name: pulumi.String("first")}}
	}
	kind := "pulumi-gcp-invoke:index:AuthenticatedWorkflow"
	return ctx.RegisterRemoteComponentResource(kind, name, calling, &workflow{}, pulumi.Aliases(aliases))
}

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		step := config.Get(ctx, "step")
		if step == "" {
			return everyOption(ctx)
		}
		if config.GetBool(ctx, "wired") {
			return wired(ctx, step)
		}
		return life(ctx, step)
	})
}
