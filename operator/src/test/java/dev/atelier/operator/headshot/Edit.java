package dev.atelier.operator.headshot;

import dev.atelier.api.EvaluationSpec;
import dev.atelier.api.GateRule;
import dev.atelier.api.HeadshotSpec;
import dev.atelier.api.LimitsSpec;
import dev.atelier.api.Metric;
import dev.atelier.api.RuntimeRef;
import dev.atelier.api.SubjectSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A spec with one field changed. */
record Edit(HeadshotSpec spec) {

  HeadshotSpec suspend(boolean suspend) {
    return with(spec.runtimeRef(), spec.subject(), spec.limits(), suspend, spec.runNonce());
  }

  HeadshotSpec nonce(long nonce) {
    return with(spec.runtimeRef(), spec.subject(), spec.limits(), spec.suspend(), nonce);
  }

  HeadshotSpec limits(int deadline, int retries, long maxGpuSeconds) {
    var limits = new LimitsSpec(deadline, retries, maxGpuSeconds);
    return with(spec.runtimeRef(), spec.subject(), limits, spec.suspend(), spec.runNonce());
  }

  HeadshotSpec runtime(String name, long nonce) {
    return with(new RuntimeRef(name), spec.subject(), spec.limits(), spec.suspend(), nonce);
  }

  HeadshotSpec consentUntil(@Nullable Instant end) {
    var consent = spec.subject().consent();
    var subject =
        new SubjectSpec(
            spec.subject().className(),
            spec.subject().token(),
            new SubjectSpec.Consent(consent.id(), consent.grantedAt(), end));
    return with(spec.runtimeRef(), subject, spec.limits(), spec.suspend(), spec.runNonce());
  }

  /** A gate that names only a metric. */
  HeadshotSpec gate(Metric metric) {
    var plain = spec.evaluation();
    return new HeadshotSpec(
        spec.runtimeRef(),
        spec.subject(),
        spec.photos(),
        spec.training(),
        new EvaluationSpec(
            plain.promptPack(),
            plain.prompts(),
            plain.imagesPerPrompt(),
            plain.sampler(),
            plain.metrics(),
            List.of(new GateRule(metric, null, null))),
        spec.retention(),
        spec.limits(),
        spec.suspend(),
        spec.runNonce());
  }

  private HeadshotSpec with(
      RuntimeRef runtime, SubjectSpec subject, LimitsSpec limits, boolean suspend, long nonce) {
    return new HeadshotSpec(
        runtime,
        subject,
        spec.photos(),
        spec.training(),
        spec.evaluation(),
        spec.retention(),
        limits,
        suspend,
        nonce);
  }
}
