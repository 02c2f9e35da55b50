package dev.atelier.operator.run;

import dev.atelier.operator.job.Children;
import dev.atelier.operator.shared.Refusal;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Instant;
import java.util.List;

/** What a kind of resource has in the cluster beside the Jobs of its runs. */
public interface RunCompanion<P extends CustomResource<?, ?>> {

  /** What wakes the resource. */
  List<EventSource<?, P>> eventSources(EventSourceContext<P> context);

  /** Whether pods of it may be there: they read and write files that an erasure is about. */
  boolean alive(P resource, Context<P> context);

  /** What comes next, by the caches. */
  Step next(P resource, Turn turn, Context<P> context);

  /** Ends what is there, because the resource is being deleted; its owner takes the rest along. */
  void leave(P resource, Context<P> context);

  /**
   * A reconciliation as far as the run is concerned.
   *
   * @param decision about the run
   * @param next status after it
   */
  record Turn(
      Staged staged, RunObserved seen, RunDecision decision, StagedStatus next, Instant now) {}

  /** One step, told before it is taken. */
  interface Step {

    /** The turn's status with what this step says. */
    StagedStatus status();

    /**
     * Takes it.
     *
     * @throws Refusal where the API server does not take something
     */
    void act(Children children);

    /** A status with what was refused. */
    StagedStatus refused(StagedStatus status, Refusal refusal);
  }

  /** Nothing. */
  static <P extends CustomResource<?, ?>> RunCompanion<P> none() {
    return new NoCompanion<>();
  }
}
