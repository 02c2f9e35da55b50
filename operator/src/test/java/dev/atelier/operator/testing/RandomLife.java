package dev.atelier.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Anything happens to a resource in any order, and it is deleted: at any moment, or when it has
 * come to rest. A failure tells the seed and the diary.
 */
public abstract class RandomLife {

  private static final int EVENTS = 80;
  private static final List<Integer> EXITS = List.of(0, 0, 0, 1, 42, 43, 44, 75, 137);
  private static final String ERASE = "-erase-";

  /** The only source of chance. */
  protected final Random random;

  /** What happened, for a failure's message. */
  protected final List<String> diary = new ArrayList<>();

  private final Living living;
  private final FakeJobs jobs;
  private final Set<String> created = new HashSet<>();
  private boolean clean = true;

  /** A life of a seed. */
  protected RandomLife(int seed, Living living) {
    this.random = new Random(seed);
    this.living = living;
    this.jobs = living.jobs();
    diary.add("seed " + seed);
  }

  /**
   * Somebody changes something.
   *
   * @param dice 0 to 9; numbers without a meaning change nothing
   */
  protected abstract void somebody(int dice);

  /** Everything that the resource needs is there again. */
  protected abstract void mend();

  /**
   * Reconciles, and checks what must hold for the kind.
   *
   * @param late with caches that have not heard of the last events
   * @return the decision, for the diary
   */
  protected abstract String reconcile(boolean late);

  /** Whether the status says that a person's data is erased. */
  protected abstract boolean forgotten();

  /** Last words of a pod that did well. */
  protected abstract Optional<TerminationMessage> said(String job);

  /** Lives it. */
  public final void live() {
    int end = random.nextInt(2 * EVENTS);
    for (int i = 0; i < Math.min(end, EVENTS); i++) {
      diary.add(something());
      diary.add("-> " + reconcile(late()));
      noticeNew();
      assertThat(unfinished()).as("one live Job: %s", diary).hasSizeLessThanOrEqualTo(1);
      if (forgotten()) {
        assertThat(clean).as("nothing was written after the erasure: %s", diary).isTrue();
      }
    }
    if (end >= EVENTS) {
      settle();
      noticeNew();
    }
    depart();
  }

  /** Reconciles until nothing changes; whatever comes then changes nothing. */
  private void settle() {
    var end = living.settle();
    assertThat(living.settle()).as("%s", diary).isEqualTo(end);
  }

  /** The user deletes the resource; its finalizer keeps it. */
  private void depart() {
    living.resource().getMetadata().setDeletionTimestamp(living.now().toString());
    diary.add("deleted");
    clean &= !living.started();
    for (int i = 0; i < 100; i++) {
      var before = Set.copyOf(created);
      boolean gone = living.leave(late());
      living.remember();
      noticeNew();
      assertThat(created)
          .as("nothing but an erasure starts: %s", diary)
          .allMatch(name -> before.contains(name) || name.contains(ERASE));
      if (gone) {
        assertThat(clean).as("all that was written is erased: %s", diary).isTrue();
        assertThat(unfinished()).as("nothing is left that writes: %s", diary).isEmpty();
        return;
      }
      diary.add(i < 20 ? something() : goesWell());
    }
    throw new AssertionError("never gone: " + diary);
  }

  /** A Job of another stage writes, from now on, what has to be erased. */
  private void noticeNew() {
    for (var name : names(jobs.jobs())) {
      if (created.add(name) && !name.contains(ERASE)) {
        clean = false;
      }
    }
  }

  private boolean late() {
    return random.nextInt(4) == 0;
  }

  private String something() {
    int dice = random.nextInt(24);
    if (dice < 14) {
      var running = List.copyOf(unfinished());
      return running.isEmpty() ? "nothing" : happens(running.get(random.nextInt(running.size())));
    }
    living.pass(Duration.ofSeconds(random.nextInt(90)));
    somebody(dice - 14);
    return "somebody " + (dice - 14);
  }

  private String goesWell() {
    mend();
    living.pass(Duration.ofHours(1));
    for (var job : unfinished()) {
      jobs.start(job, living.now());
      end(job, 0, said(job));
    }
    return "all goes well";
  }

  private String happens(String job) {
    int code = EXITS.get(random.nextInt(EXITS.size()));
    switch (random.nextInt(6)) {
      case 0 -> jobs.delete(job);
      case 1 -> jobs.deadline(job, living.now());
      case 2 -> jobs.removePods(job);
      default -> {
        jobs.start(job, living.now());
        if (random.nextInt(3) > 0) {
          end(job, code, words(job, code));
        }
      }
    }
    return job + " " + code;
  }

  private void end(String job, int code, Optional<TerminationMessage> words) {
    jobs.end(job, code, words, living.now());
    if (job.contains(ERASE) && code == 0 && words.isPresent()) {
      clean = unfinished().isEmpty();
    }
  }

  private Optional<TerminationMessage> words(String job, int code) {
    return random.nextInt(5) == 0
        ? Optional.empty()
        : code == 0 ? said(job) : Words.failed("BadInput", "exit " + code);
  }

  private Set<String> unfinished() {
    return names(jobs.unfinished());
  }

  private static Set<String> names(List<Job> jobs) {
    return jobs.stream()
        .map(job -> job.getMetadata().getName())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
