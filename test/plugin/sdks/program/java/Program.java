import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.asset.FileAsset;
import com.pulumi.core.Output;
import com.pulumi.gcpinvoke.*;
import com.pulumi.gcpinvoke.enums.Ingress;
import com.pulumi.gcpinvoke.inputs.*;
import com.pulumi.resources.ComponentResource;
import java.util.List;
import java.util.Map;

public class Program {
    static final String LOCATION = "europe-west1";

    static String image(String name) {
        return "europe-docker.pkg.dev/acme/shop/" + name + ":1";
    }

    static TargetArgs targetOf(ComponentResource component) {
        return TargetArgs.builder().component(component.urn()).build();
    }

    static void program(Context context) {
        boolean healthy = context.config().requireBoolean("healthy");
        InvokableService stock = new InvokableService("stock", InvokableServiceArgs.builder()
            .image(image("stock")).location(LOCATION).ingress(Ingress.All).build());
        InvokableService orders = new InvokableService("orders", InvokableServiceArgs.builder()
            .image(image("orders")).location(LOCATION).ingress(Ingress.All)
            .env(Output.ofSecret(Map.of("PASSWORD", "never-shown")))
            .invokes(Map.of("stock", targetOf(stock)))
            .build());
        InvokableFunction report = new InvokableFunction("report", InvokableFunctionArgs.builder()
            .source("./report").runtime("nodejs22").entryPoint("report").location(LOCATION).build());
        AuthenticatedWorkflow place = new AuthenticatedWorkflow("place", AuthenticatedWorkflowArgs.builder()
            .location(LOCATION).source(new FileAsset("place.yaml"))
            .targets(Map.of("orders", targetOf(orders)))
            .smokeCheck(WorkflowSmokeCheckArgs.builder()
                .argument(Map.of("order", 7)).expect(Map.of("ok", healthy)).build())
            .build());
        new AuthenticatedSchedule("nightly", AuthenticatedScheduleArgs.builder()
            .location(LOCATION).schedule("0 2 * * *").target(targetOf(report)).build());
        new AuthenticatedQueue("emails", AuthenticatedQueueArgs.builder()
            .location(LOCATION).target(targetOf(stock)).path("/send")
            .enqueuers(orders.member().applyValue(List::of))
            .build());
        new AuthenticatedPush("placed", AuthenticatedPushArgs.builder()
            .target(targetOf(stock)).path("/placed").build());
        new ContinuousCheck("pulse", ContinuousCheckArgs.builder()
            .location(LOCATION).schedule("*/5 * * * *")
            .requests(Map.of("stock", RequestCheckArgs.builder().target(targetOf(stock)).path("/").build()))
            .build());
        context.export("kind", orders.target().applyValue(target -> target.kind().orElseThrow()));
        context.export("invokeCommand", place.invokeCommand());
    }

    public static void main(String[] arguments) {
        Pulumi.run(Program::program);
    }
}
