package dev.atelier.operator.run;

import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageInput;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;

/** What is special about one kind of resource that runs through stages. */
public interface StagedKind<P extends CustomResource<?, S>, S> {

  /** The resource's class. */
  Class<P> type();

  /** The kind's name, as labels and metrics have it. */
  String name();

  /** Name of the DiffusionRuntime of the spec; tolerant of one that was never validated. */
  Optional<String> runtime(P resource);

  /** Name of the DiffusionRuntime whose storage holds the run's files. */
  Optional<String> home(P resource);

  /** The resource as the rules see it. */
  Staged of(P resource);

  /** The resource's own form of the next status. */
  S status(P resource, StagedStatus next);

  /** What the pods of a stage have to do. */
  StageInput input(P resource, Stage stage, RunStatus run, RuntimeInputs inputs, Mounts mounts);

  /** Pods that share a stage. */
  default int shards(P resource, Stage stage) {
    return 1;
  }
}
