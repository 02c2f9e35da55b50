package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.cli.view.Colour;
import dev.atelier.local.workstation.Condition;
import dev.atelier.local.workstation.Resource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes resources, and waits until nothing is left of them. */
final class Deletion {

  private static final Duration LOOK = Duration.ofMillis(300);
  private static final String FORCE =
      "{\"metadata\":{\"annotations\":{\"atelier.dev/force-delete\":\"true\"}}}";

  private final Console console;
  private final ApiKinds kinds;
  private final Interrupts interrupts;
  private final Clock clock;
  private final ResourceSource source;
  private final ResourceHandles handles;
  private final Map<String, String> said = new HashMap<>();

  /**
   * @param namespace whose resources are meant; empty for all
   */
  Deletion(
      Console console,
      KubernetesClient client,
      Optional<String> namespace,
      ApiKinds kinds,
      Interrupts interrupts,
      Clock clock) {
    this.console = console;
    this.handles = new ResourceHandles(client, kinds);
    this.kinds = kinds;
    this.interrupts = interrupts;
    this.clock = clock;
    this.source = new ApiSource(client, namespace, false);
  }

  /**
   * Deletes what the words name.
   *
   * @param force gives up on files that cannot be erased
   * @param start starts controllers, once it is clear that there is something to do
   * @return the exit code
   */
  int run(List<String> words, boolean force, Runnable start) {
    var began = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var left = new ArrayList<>(new Lookup(kinds, source).named(words));
    left.forEach(resource -> delete(resource, force));
    start.run();
    while (true) {
      boolean failed = false;
      for (var resource : List.copyOf(left)) {
        var now = current(resource);
        if (now.isEmpty()) {
          left.remove(resource);
          gone(resource, began);
        } else {
          tell(now.get());
          failed |= failed(now.get());
        }
      }
      if (left.isEmpty()) {
        return ExitStatus.DONE;
      }
      if (failed) {
        console.error(
            "not everything could be erased; the reasons are above",
            "Put it right and delete again, or give up on the files with --force.");
        return ExitStatus.FAILED;
      }
      if (interrupts.await(LOOK)) {
        console.say("Interrupted; the deletion goes on with the next run or delete.");
        return ExitStatus.INTERRUPTED;
      }
    }
  }

  private void delete(Resource resource, boolean force) {
    var handle = handles.of(resource);
    if (force && resource.isAtelier()) {
      handle.patch(PatchContext.of(PatchType.JSON_MERGE), FORCE);
    }
    handle.delete();
  }

  private Optional<Resource> current(Resource resource) {
    return kinds.all().stream()
        .filter(kind -> kind.holds(resource))
        .flatMap(kind -> source.list(kind).stream())
        .filter(now -> now.uid().equals(resource.uid()))
        .findFirst();
  }

  private void tell(Resource resource) {
    resource
        .condition("Ready")
        .filter(ready -> !ready.isTrue() && !ready.message().isEmpty())
        .filter(ready -> ready.reason().startsWith("Erase") || ready.reason().equals("Erasing"))
        .map(Condition::message)
        .filter(message -> !message.equals(said.put(resource.title(), message)))
        .ifPresent(message -> console.say(resource.title() + "  " + message));
  }

  private void gone(Resource resource, Instant began) {
    console.say(console.terminal().paint(Colour.GOOD, resource.title() + " deleted"));
    source.list(kinds.named("events")).stream()
        .filter(event -> event.body().path("reason").asText().startsWith("Erase"))
        .filter(event -> about(event, resource))
        .filter(event -> event.created().filter(at -> !at.isBefore(began)).isPresent())
        .map(event -> event.body().path("note").asText(event.body().path("message").asText()))
        .distinct()
        .filter(message -> !message.equals(said.get(resource.title())))
        .forEach(message -> console.say("  " + message));
  }

  private static boolean about(Resource event, Resource resource) {
    var body = event.body();
    var object = body.has("regarding") ? body.path("regarding") : body.path("involvedObject");
    return object.path("uid").asText().equals(resource.uid());
  }

  private static boolean failed(Resource resource) {
    return resource.condition("Ready").filter(c -> c.reason().equals("EraseFailed")).isPresent();
  }
}
