package dev.atelier.operator.job;

import dev.atelier.stage.Stage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Labels of everything that the operator creates. */
public final class Labels {

  /** Who manages the object; the value is {@link #ATELIER}. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Value of {@link #MANAGED_BY}, and the name of the field manager. */
  public static final String ATELIER = "atelier";

  /** The stage, such as {@code train}. */
  public static final String COMPONENT = "app.kubernetes.io/component";

  /** The run's id. */
  public static final String RUN = "atelier.dev/run";

  /** Selects everything that the operator creates. */
  public static final String SELECTOR = MANAGED_BY + "=" + ATELIER;

  /**
   * Names the resource whose model a pod serves. Such a pod is no run's, so it has no kind's label.
   */
  public static final String SERVING = "atelier.dev/serving";

  private static final String KUEUE = "kueue.x-k8s.io/";
  private static final String QUEUE = KUEUE + "queue-name";

  private Labels() {}

  /** The label that names the resource: {@code atelier.dev/headshotmodel}. */
  public static String ofKind(String kind) {
    return "atelier.dev/" + kind.toLowerCase(Locale.ROOT);
  }

  /**
   * The labels of a stage's Job, pods and ConfigMap; Kueue's are copied from the resource. Not to
   * an erasure: no queue may hold up that a person's data goes.
   */
  static Map<String, String> of(StageKey key) {
    var labels = own(key);
    if (key.stage() != Stage.ERASE) {
      labels.putAll(ofQueue(key.owner()));
    }
    return labels;
  }

  /** The labels of what serves a resource's model, Kueue's included. */
  public static Map<String, String> serving(StageKey key) {
    var labels = new TreeMap<>(servingSelector(key.owner()));
    labels.put(MANAGED_BY, ATELIER);
    labels.put(RUN, key.runId());
    labels.putAll(ofQueue(key.owner()));
    return labels;
  }

  /** What the pods that serve a resource's model keep, whichever model it is. */
  public static Map<String, String> servingSelector(Owner owner) {
    return new TreeMap<>(Map.of(SERVING, owner.name(), COMPONENT, Stage.SERVE.slug()));
  }

  private static Map<String, String> ofQueue(Owner owner) {
    return owner.labels().entrySet().stream()
        .filter(label -> label.getKey().startsWith(KUEUE))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Kueue's queue that a Job waits in. */
  static Optional<String> queue(HasMetadata job) {
    return Optional.ofNullable(job.getMetadata().getLabels()).map(labels -> labels.get(QUEUE));
  }

  /** The same without Kueue's. */
  static Map<String, String> own(StageKey key) {
    var labels = new TreeMap<String, String>();
    labels.put(MANAGED_BY, ATELIER);
    labels.put(COMPONENT, key.stage().slug());
    labels.put(ofKind(key.owner().kind()), key.owner().name());
    labels.put(RUN, key.runId());
    return labels;
  }
}
