package dev.atelier.operator.testing;

import dev.atelier.operator.job.Isolation;
import dev.atelier.operator.job.StageChildren;
import dev.atelier.operator.job.StageNetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Compares a stage's children with a case's {@code out-*.yaml}. */
public final class GoldenManifests {

  private static final Isolation ISOLATION = new Isolation("atelier-system", Set.of("monitoring"));

  private GoldenManifests() {}

  /** The Job, its NetworkPolicy, the ConfigMap without its content, and the content. */
  public static void compare(Golden golden, StageChildren children) {
    var file = children.stageFile();
    golden.out(
        children.work().getKind().toLowerCase(Locale.ROOT), Serialization.asYaml(children.work()));
    golden.out("networkpolicy", Serialization.asYaml(StageNetworkPolicy.of(children, ISOLATION)));
    golden.out("stage", Objects.requireNonNull(file.getData().get("stage.yaml")));
    var bare = Serialization.clone(file);
    bare.getData().put("stage.yaml", "see out-stage.yaml");
    golden.out("configmap", Serialization.asYaml(bare));
    golden.allUsed();
  }
}
