package dev.atelier.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.atelier.local.cluster.EmbeddedCluster;
import dev.atelier.local.cluster.ResourceAdmission;
import dev.atelier.local.workstation.Platform;
import dev.atelier.local.workstation.StateDirectory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The embedded API without controllers: what they would write is a script. */
final class FakePlatform implements Platform {

  private final StateDirectory state;
  private final EmbeddedCluster cluster;
  private final Consumer<FakePlatform> script;

  /** What was called, in order. */
  final List<String> calls;

  private FakePlatform(
      StateDirectory state,
      ResourceAdmission admission,
      Consumer<FakePlatform> script,
      List<String> calls) {
    this.state = state;
    this.script = script;
    this.calls = calls;
    cluster = EmbeddedCluster.start(admission, Clock.systemUTC());
    try {
      cluster.restore(state.resources());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (var plural : List.of("headshotmodels", "generationjobs", "diffusionruntimes")) {
      cluster
          .client()
          .load(
              FakePlatform.class.getResourceAsStream(
                  "/META-INF/fabric8/%s.atelier.dev-v1.yml".formatted(plural)))
          .serverSideApply();
    }
  }

  /**
   * Opens such platforms.
   *
   * @param script run when controllers start
   * @param calls collects what is called
   */
  static Platform.Opener opener(
      ResourceAdmission admission, Consumer<FakePlatform> script, List<String> calls) {
    return state -> new FakePlatform(state, admission, script, calls);
  }

  /** Writes the status of a resource, as the operator does. */
  void status(String kind, String name, String yaml) {
    try {
      var status = YAMLMapper.builder().build().readTree(yaml);
      var resource =
          client()
              .genericKubernetesResources("atelier.dev/v1alpha1", kind)
              .inNamespace("default")
              .withName(name);
      var body = (ObjectNode) Serialization.jsonMapper().valueToTree(resource.get());
      body.set("status", status);
      client()
          .resource(Serialization.jsonMapper().convertValue(body, GenericKubernetesResource.class))
          .updateStatus();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public KubernetesClient client() {
    return cluster.client();
  }

  @Override
  public void start() {
    calls.add("start");
    script.accept(this);
  }

  @Override
  public void save() {
    try {
      cluster.export(state.resources());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    calls.add("stop");
    save();
  }

  @Override
  public void close() {
    calls.add("close");
    cluster.close();
  }

  /** A list for {@link #calls}. */
  static List<String> recorder() {
    return new ArrayList<>();
  }
}
