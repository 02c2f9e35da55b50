package dev.atelier.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The chart's own roles for the operators of tests: the API server refuses them whatever the chart
 * does not grant.
 */
final class OperatorRights {

  /** Whoever is in it may do what the chart's ServiceAccount may. */
  static final String GROUP = "atelier-operators";

  private static final Path CHART = Path.of("src/test/resources/chart/atelier/default.yaml");
  private static final String API = "rbac.authorization.k8s.io";
  private static final String EVERYWHERE = "atelier";
  private static final String ELECTION = "atelier-leader-election";
  private static final Subject OPERATORS = new Subject(API, "Group", GROUP, null);

  private OperatorRights() {}

  /** All but the election of a leader, in every namespace. */
  static void grant(KubernetesClient admin) {
    admin.resource(rendered(admin, ClusterRole.class, EVERYWHERE)).serverSideApply();
    admin
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(GROUP)
                .endMetadata()
                .withRoleRef(new RoleRef(API, "ClusterRole", EVERYWHERE))
                .withSubjects(OPERATORS)
                .build())
        .serverSideApply();
  }

  /** The election of a leader in one namespace. */
  static void grantElection(KubernetesClient admin, String namespace) {
    var role = rendered(admin, Role.class, ELECTION);
    role.getMetadata().setNamespace(namespace);
    admin.resource(role).serverSideApply();
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(GROUP)
                .withNamespace(namespace)
                .endMetadata()
                .withRoleRef(new RoleRef(API, "Role", ELECTION))
                .withSubjects(OPERATORS)
                .build())
        .serverSideApply();
  }

  private static <R extends HasMetadata> R rendered(
      KubernetesClient client, Class<R> kind, String name) {
    try (var chart = Files.newInputStream(CHART)) {
      return client.load(chart).items().stream()
          .filter(kind::isInstance)
          .map(kind::cast)
          .filter(role -> role.getMetadata().getName().equals(name))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
