using System.Collections.Generic;
using Pulumi;
using Pulumi.GcpInvoke;
using Pulumi.GcpInvoke.Inputs;

return await Deployment.RunAsync(() =>
{
    const string location = "europe-west1";
    var healthy = new Config().RequireBoolean("healthy");
    string ImageOf(string name) => $"europe-docker.pkg.dev/acme/shop/{name}:1";
    TargetArgs TargetOf(ComponentResource component) => new() { Component = component.Urn };

    var stock = new InvokableService("stock", new()
    {
        Image = ImageOf("stock"), Location = location, Ingress = Ingress.All,
    });
    var orders = new InvokableService("orders", new()
    {
        Image = ImageOf("orders"), Location = location, Ingress = Ingress.All,
        Env = { ["PASSWORD"] = Output.CreateSecret("never-shown") },
        Invokes = { ["stock"] = TargetOf(stock) },
    });
    var report = new InvokableFunction("report", new()
    {
        Source = "./report", Runtime = "nodejs22", EntryPoint = "report", Location = location,
    });
    var place = new AuthenticatedWorkflow("place", new()
    {
        Location = location,
        Source = new FileAsset("place.yaml"),
        Targets = { ["orders"] = TargetOf(orders) },
        SmokeCheck = new WorkflowSmokeCheckArgs
        {
            Argument = new Dictionary<string, object> { ["order"] = 7 },
            Expect = new Dictionary<string, object> { ["ok"] = healthy },
        },
    });
    _ = new AuthenticatedSchedule("nightly", new()
    {
        Location = location, Schedule = "0 2 * * *", Target = TargetOf(report),
    });
    _ = new AuthenticatedQueue("emails", new()
    {
        Location = location, Target = TargetOf(stock), Path = "/send", Enqueuers = { orders.Member },
    });
    _ = new AuthenticatedPush("placed", new() { Target = TargetOf(stock), Path = "/placed" });
    _ = new ContinuousCheck("pulse", new()
    {
        Location = location,
        Schedule = "*/5 * * * *",
        Requests = { ["stock"] = new RequestCheckArgs { Target = TargetOf(stock), Path = "/" } },
    });
    return new Dictionary<string, object?>
    {
        ["kind"] = orders.Target.Apply(target => target.Kind),
        ["invokeCommand"] = place.InvokeCommand,
    };
});
