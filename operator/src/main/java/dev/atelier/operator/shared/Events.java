package dev.atelier.operator.shared;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in {@code kubectl describe} what happened, once for every change of the Ready reason. */
public final class Events {

  private static final Logger LOG = LoggerFactory.getLogger(Events.class);
  private static final int MESSAGE_LENGTH = 1024;

  private final KubernetesClient client;
  private final Clock clock;

  /** Events through a client. */
  public Events(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Tells of a Ready condition whose reason changed; a warning if a person has to act. */
  public void phase(HasMetadata about, List<Condition> before, List<Condition> after) {
    ConditionSet.find(after, ConditionType.Ready)
        .filter(ready -> !ready.getReason().equals(reason(before)))
        .ifPresent(
            ready ->
                write(
                    about,
                    ConditionSet.isTrue(after, ConditionType.Stalled) ? "Warning" : "Normal",
                    ready.getReason(),
                    ready.getMessage()));
  }

  /** Something that went as it should. */
  public void normal(HasMetadata about, Reason reason, String message) {
    write(about, "Normal", reason.name(), message);
  }

  /** Something that a person should know. */
  public void warning(HasMetadata about, Reason reason, String message) {
    write(about, "Warning", reason.name(), message);
  }

  private void write(HasMetadata about, String type, String reason, String message) {
    var metadata = about.getMetadata();
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    var namespace = Objects.requireNonNullElse(metadata.getNamespace(), "default");
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withGenerateName(metadata.getName() + ".")
            .withNamespace(namespace)
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion(about.getApiVersion())
            .withKind(about.getKind())
            .withName(metadata.getName())
            .withNamespace(metadata.getNamespace())
            .withUid(metadata.getUid())
            .endInvolvedObject()
            .withType(type)
            .withReason(reason)
            .withMessage(cut(message))
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .withNewSource()
            .withComponent("atelier")
            .endSource()
            .withReportingComponent("atelier")
            .build();
    try {
      client.v1().events().inNamespace(namespace).resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.warn("cannot write the event {} of {}: {}", reason, metadata.getName(), e.getMessage());
    }
  }

  private static String reason(List<Condition> conditions) {
    return ConditionSet.find(conditions, ConditionType.Ready).map(Condition::getReason).orElse("");
  }

  private static String cut(String message) {
    return message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH);
  }
}
