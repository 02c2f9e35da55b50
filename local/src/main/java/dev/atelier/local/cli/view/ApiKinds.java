package dev.atelier.local.cli.view;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.atelier.local.admission.NearestName;
import dev.atelier.local.workstation.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every kind that {@code get} and {@code describe} know: ours from the CRDs, a few built-in. */
public final class ApiKinds {

  private static final Column AGE = new Column("Age", "date", ".metadata.creationTimestamp");
  private static final List<ApiKind> BUILT_IN =
      List.of(
          ApiKind.builtIn(
              "batch/v1",
              "Job",
              "jobs",
              "job",
              new Column(
                  "Complete", "string", ".status.conditions[?(@.type==\"Complete\")].status"),
              new Column("Failed", "string", ".status.conditions[?(@.type==\"Failed\")].status"),
              AGE),
          ApiKind.builtIn(
              "v1",
              "Pod",
              "pods",
              "po",
              new Column("Status", "string", ".status.phase"),
              new Column(
                  "Exit code", "integer", ".status.containerStatuses[0].state.terminated.exitCode"),
              AGE),
          ApiKind.builtIn("v1", "ConfigMap", "configmaps", "cm", AGE),
          ApiKind.builtIn("v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc", AGE),
          ApiKind.builtIn(
              "v1",
              "Event",
              "events",
              "ev",
              new Column("Type", "string", ".type"),
              new Column("Reason", "string", ".reason"),
              new Column("Message", "string", ".message")));
  private static final List<String> OURS =
      List.of("headshotmodels", "generationjobs", "videogenerators", "diffusionruntimes");

  private final List<ApiKind> ours;

  ApiKinds(List<ApiKind> ours) {
    this.ours = List.copyOf(ours);
  }

  /** Reads the CRDs that the API module carries. */
  public static ApiKinds load() {
    var yaml = YAMLMapper.builder().build();
    var kinds = new ArrayList<ApiKind>();
    for (var plural : OURS) {
      var path = "/META-INF/fabric8/" + plural + ".atelier.dev-v1.yml";
      try (var text = ApiKinds.class.getResourceAsStream(path)) {
        if (text != null) {
          kinds.add(ApiKind.of(yaml.readTree(text)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the CRD " + path, e);
      }
    }
    return new ApiKinds(kinds);
  }

  /** The kinds of our own group, in the order in which they are listed. */
  public List<ApiKind> ours() {
    return ours;
  }

  /** All kinds. */
  public List<ApiKind> all() {
    return Stream.concat(ours.stream(), BUILT_IN.stream()).toList();
  }

  /**
   * The kind that a word means.
   *
   * @throws UserError naming the known kinds
   */
  public ApiKind named(String word) {
    return all().stream()
        .filter(kind -> kind.answersTo(word))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "there is no kind of resource '%s'".formatted(word),
                    meant(word) + "Use one of: " + names()));
  }

  /** Whether a word means a kind. */
  public boolean isKind(String word) {
    return all().stream().anyMatch(kind -> kind.answersTo(word));
  }

  private String meant(String word) {
    var known = all().stream().flatMap(kind -> kind.words().stream()).toList();
    return NearestName.of(word, known).map("Did you mean %s? "::formatted).orElse("");
  }

  private String names() {
    return String.join(
        ", ",
        all().stream()
            .map(
                kind ->
                    kind.shortNames().isEmpty()
                        ? kind.plural()
                        : kind.shortNames().get(0) + " (" + kind.plural() + ")")
            .toList());
  }
}
