package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.safety.PromptCheck;
import dev.atelier.runtime.serve.Api;
import dev.atelier.runtime.serve.ModelService;
import dev.atelier.runtime.serve.ServeContext;
import dev.atelier.runtime.serve.ServeTimes;
import dev.atelier.stage.ServeInput;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Serves a published video model, or the base model, until it is asked to stop. */
final class ServeStage implements StageWork {

  /** File of a mounted Secret. */
  private static final String KEY = "API_KEY";

  private final StageContext context;
  private final ServeInput input;
  private final Compute compute;

  ServeStage(StageContext context, ServeInput input, Compute compute) {
    this.context = context;
    this.input = input;
    this.compute = compute;
  }

  /** What is drawn belongs to requests, and no manifest lists it. */
  @Override
  public boolean publishes() {
    return false;
  }

  @Override
  public TerminationMessage run() throws IOException {
    context.progress().begin("loading the model", 0, 0);
    var served = served();
    var base = BaseModel.open(input.model(), context.stores());
    var tuned =
        Optional.ofNullable(input.tuned())
            .map(model -> PublishedModel.open(model, context.stores()));
    var provenance = Provenance.of(context).with(base);
    tuned.ifPresent(found -> found.into(provenance));
    var usual = ClipRequest.of(input.sampler(), input.clip(), context.stores());
    try (var judges =
            ClipJudges.open(context, input.perception(), List.of(), usual.clip().frames());
        var model =
            LoadedWan.start(compute, base, tuned.map(PublishedModel::files), usual.enlargement())) {
      model.warm(usual);
      var wan = new ServedWan(context, model, judges, usual, provenance);
      try (var service = ModelService.start(served, wan, address())) {
        service.work();
      }
    }
    return TerminationMessage.of(
        TerminationMessage.Result.Succeeded,
        "Serving",
        "stopped (%s); requests that were not done wait for another pod"
            .formatted(context.stop().reason()));
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(context.settings().address(), context.settings().apiPort());
  }

  private ServeContext served() {
    return new ServeContext(
        context.store(),
        context.file().prefix(),
        apis(),
        Optional.ofNullable(input.credentials()).map(this::key),
        PromptCheck.of(input.perception().prompts()),
        ServeTimes.keeping(Duration.ofSeconds(input.keepSeconds())),
        context.clock(),
        context.progress(),
        context.stop(),
        context.meters());
  }

  private Path key(String directory) {
    return context.settings().resolve(directory).resolve(KEY);
  }

  private Set<Api> apis() {
    return input.apis().stream()
        .map(
            title ->
                Api.titled(title)
                    .orElseThrow(
                        () ->
                            new StageFailure.NotSupported(
                                "serving.apis: %s is not part of this runtime image; use the image of the operator's release"
                                    .formatted(title))))
        .collect(Collectors.toSet());
  }
}
