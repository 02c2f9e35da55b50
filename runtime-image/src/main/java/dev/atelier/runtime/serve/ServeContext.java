package dev.atelier.runtime.serve;

import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.safety.PromptCheck;
import dev.atelier.runtime.store.ArtifactStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * What a model is served with.
 *
 * @param store where requests wait and results lie
 * @param prefix directory of this model's requests below the store's root
 * @param apis what is offered
 * @param key file with the key that requests have to send; read for each one, so that it may change
 * @param prompts the rules for prompts
 * @param progress of what is drawn
 * @param stop ends serving
 */
public record ServeContext(
    ArtifactStore store,
    String prefix,
    Set<Api> apis,
    Optional<Path> key,
    PromptCheck prompts,
    ServeTimes times,
    Clock clock,
    ProgressReporter progress,
    StopRequest stop,
    MeterRegistry meters) {}
