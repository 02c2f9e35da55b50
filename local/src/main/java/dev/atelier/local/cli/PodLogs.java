package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The logs of the pods that ran or run for a resource. */
final class PodLogs {

  private static final Comparator<PodLog> AGE =
      Comparator.comparing((PodLog log) -> log.pod().created().orElse(Instant.EPOCH))
          .thenComparing(log -> log.pod().name());

  private final LogFiles files;
  private final ApiKinds kinds;
  private final ResourceSource source;
  private final String stage;

  /**
   * @param stage only pods of this stage, or all if empty
   */
  PodLogs(LogFiles files, ApiKinds kinds, ResourceSource source, String stage) {
    this.files = files;
    this.kinds = kinds;
    this.source = source;
    this.stage = stage;
  }

  /** All pods of what the words name, the oldest first. */
  List<PodLog> every(List<String> words) {
    var pods = kinds.named("pods");
    var chosen = isPod(words) ? source.find(pods, words.get(0)) : owned(source.list(pods), words);
    return chosen.stream()
        .map(pod -> new PodLog(pod, files.of(pod)))
        .filter(log -> stage.isEmpty() || log.stage().equalsIgnoreCase(stage))
        .sorted(AGE)
        .toList();
  }

  /** Those that run; if none does, those of the last Job. */
  List<PodLog> newest(List<String> words) {
    var every = every(words);
    var running = every.stream().filter(PodLog::running).toList();
    if (!running.isEmpty() || every.isEmpty()) {
      return running;
    }
    var last = job(every.get(every.size() - 1));
    return every.stream().filter(log -> job(log).equals(last)).toList();
  }

  /** Whether no pod runs and none will. */
  boolean settled(List<String> words) {
    return every(words).stream().noneMatch(PodLog::running)
        && (isPod(words)
            || new Lookup(kinds, source)
                .named(words).stream().allMatch(owner -> Outcome.of(owner).isFinal()));
  }

  private boolean isPod(List<String> words) {
    return words.size() == 1 && !source.find(kinds.named("pods"), words.get(0)).isEmpty();
  }

  private List<Resource> owned(List<Resource> pods, List<String> words) {
    var owners = new Lookup(kinds, source).named(words);
    var jobs =
        source.list(kinds.named("jobs")).stream()
            .filter(job -> owners.stream().anyMatch(job::ownedBy))
            .toList();
    return pods.stream().filter(pod -> jobs.stream().anyMatch(pod::ownedBy)).toList();
  }

  private static String job(PodLog log) {
    return log.pod().label("batch.kubernetes.io/job-name");
  }
}
